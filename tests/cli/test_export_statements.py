"""`rejoinder export statements`: batches that the transparency database takes, without a word of anybody's."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal, update
from tests.cli.conftest import Rejoinder
from tests.makers import NOON, Setting, a_comment, a_decision, a_flag
from tests.statements import misfits

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.edit_as_editor import EditorsEdit, edit_as_editor
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.statement import account_statement
from rejoinder.store.database import Statement, Write
from rejoinder.store.opening import open_database
from rejoinder.store.tables import person_acts, sites
from rejoinder.store.values import micros, new_id

DAYS = ("--since", "2026-11-17", "--until", "2026-11-18")
SECOND_DAY = NOON + timedelta(days=1)
WORDS = "Call northquay on 0161 496 0000 or write to quay@reader.example"


@pytest.fixture
def setting(rejoinder: Rejoinder) -> Iterator[Setting]:
    """A site with every kind of restriction, and what is none."""
    rejoinder("migrate")
    database = open_database("sqlite:///rejoinder-data/rejoinder.db")
    made = Setting(database, flags_to_hide=2, replies_of_removed="go")
    root = made.post(WORDS)
    made.write(lambda w: a_comment(w, made.story, made.editor, parent_id=root.id))
    made.decide(root, Outcome.REJECT, reason="defamation", note=WORDS)
    made.decide(made.post(), Outcome.APPROVE)
    hidden = made.post()
    for device in (1, 2):
        made.write(lambda w, d=device: a_flag(w, hidden, device=d, note=WORDS))  # type: ignore[misc] # binds the loop's value
    edited = made.post(f"{WORDS} today")
    edit = {"site_seq": 1, "comment_id": edited.id, "by_seq": made.editor.seq, "text": "Call.", "seen_revision": 1}
    order = EditorsEdit(**edit, reason="private-information", showing=Showing.TOLD, note=WORDS)  # type: ignore[arg-type] # a mapping of values
    made.write(lambda w: edit_as_editor(w, order, now=NOON))
    made.write(lambda w: _ban(w, made))
    yield made
    database.close()


def _ban(w: Write, made: Setting) -> None:
    until = NOON + timedelta(days=7)
    reasons = account_statement("hate", restriction="suspend", until=until, now=NOON)
    add = Statement.insert(
        person_acts, "site_seq", "id", "commenter_seq", "act", "by_seq", "reason", "text", "statement", "created_at"
    )
    values = {"id": new_id().bytes, "commenter_seq": made.reader.seq, "by_seq": made.editor.seq, "text": WORDS}
    w.run(add, site_seq=1, act="suspend", reason="hate", statement=reasons, created_at=micros(NOON), **values)


def _export(rejoinder: Rejoinder, folder: Path, *more: str) -> list[Any]:
    assert rejoinder("export", "statements", "--out", str(folder), *(more or DAYS)).code == 0
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]


def test_every_batch_is_what_the_database_takes(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    batches = _export(rejoinder, tmp_path / "out")

    assert [misfits(batch) for batch in batches] == [[], []]
    accounts, comments = (list(batch["statements"]) for batch in batches)
    assert [each["decision_account"] for each in accounts] == ["DECISION_ACCOUNT_SUSPENDED"]
    assert [each["automated_decision"].removeprefix("AUTOMATED_DECISION_") for each in comments] == [
        "NOT_AUTOMATED",
        "PARTIALLY",
        "FULLY",
        "NOT_AUTOMATED",
    ]
    assert {each["decision_ground_reference_url"] for each in comments} == {"http://127.0.0.1:8000/courier/policy"}
    assert len({each["puid"] for each in (*accounts, *comments)}) == 5


def test_nothing_personal_is_in_it(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    text = json.dumps(_export(rejoinder, tmp_path / "out"))

    for word in ("northquay", "0161", "reader.example", "Teague", "@", "Call", "people on the early boat"):
        assert word not in text, word


def test_a_decision_taken_back_at_once_is_left_out(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    for seconds in (5, 500):
        about = setting.post()
        made = setting.decide(about, Outcome.REJECT, now=NOON)
        moment = NOON + timedelta(seconds=seconds)
        setting.write(lambda w, d=made, at=moment: undo_decision(w, 1, d.id, by_seq=setting.editor.seq, now=at))  # type: ignore[misc] # binds the loop's values

    assert sum(len(batch["statements"]) for batch in _export(rejoinder, tmp_path / "out")) == 6


def test_a_batch_has_at_most_a_hundred_and_a_run_goes_on(
    rejoinder: Rejoinder, setting: Setting, tmp_path: Path
) -> None:
    def many(w: Write) -> None:
        for _ in range(120):
            a_decision(w, a_comment(w, setting.story, setting.reader).comment, setting.editor, Outcome.REJECT, now=NOON)

    setting.write(many)
    out = tmp_path / "out"
    first = _export(rejoinder, out)
    assert [len(batch["statements"]) for batch in first] == [1, 100, 24]
    sorted(out.glob("*.json"))[1].unlink()

    told = rejoinder("export", "statements", "--out", str(out), *DAYS, "--json").document

    assert (told["statements"], told["present"], len(told["files"])) == (125, 2, 3)
    assert _export(rejoinder, out) == first


def test_other_days_have_none(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    assert _export(rejoinder, tmp_path / "out", "--since", "2026-11-18", "--until", "2026-11-19") == []


def test_the_site_says_where_its_decisions_hold(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    rules = literal('{"territory":["DE","AT"]}')
    setting.write(lambda w: w.run(Statement(update(sites).values(rules=rules))))

    first = _export(rejoinder, tmp_path / "out")[1]["statements"][0]

    assert first["territorial_scope"] == ["AT", "DE"]


@pytest.mark.parametrize(("language", "written_in"), [("de", "de"), ("de-AT", "de"), ("ar", "en"), ("fr", "en")])
def test_it_is_written_in_the_sites_language_where_the_database_takes_that(
    rejoinder: Rejoinder, setting: Setting, tmp_path: Path, language: str, written_in: str
) -> None:
    setting.write(lambda w: w.run(Statement(update(sites).values(language=literal(language)))))
    setting.decide(setting.post(now=SECOND_DAY), Outcome.REJECT, reason="personal-attack", now=SECOND_DAY)
    days = ("--since", "2026-11-18", "--until", "2026-11-19")

    (batch,) = _export(rejoinder, tmp_path / "out", *days)
    told = rejoinder("export", "statements", "--out", str(tmp_path / "out"), *days, "--json").document

    assert misfits(batch) == []
    assert told["languages"] == [written_in]
    expected = {"de": "Ziffer 1 unserer Regeln: Setzen Sie sich", "en": "Clause 1 of our policy: Argue with"}
    [stated] = batch["statements"]
    assert stated["incompatible_content_ground"].startswith(expected[written_in])
    facts = {"de": "Die Redaktion hat ihn gelesen und entschieden.", "en": "An editor read it and decided."}
    assert facts[written_in] in stated["decision_facts"]


def test_an_act_on_an_account_is_told_in_the_sites_language(
    rejoinder: Rejoinder, setting: Setting, tmp_path: Path
) -> None:
    setting.write(lambda w: w.run(Statement(update(sites).values(language=literal("de")))))
    order = Order(site_seq=setting.site.seq, commenter_id=setting.reader.id, by_seq=setting.editor.seq, reason="hate")
    setting.write(lambda w: hold_commenter(w, order, now=SECOND_DAY))

    (batch,) = _export(rejoinder, tmp_path / "out", "--since", "2026-11-18", "--until", "2026-11-19")

    assert "Hass auf eine Gruppe" in batch["statements"][0]["incompatible_content_ground"]


@pytest.mark.parametrize("days", [("--until", "2999-01-01"), ("--since", "2026-11-18", "--until", "2026-11-17")])
def test_days_that_are_not_over_or_out_of_order_are_refused(
    rejoinder: Rejoinder, setting: Setting, tmp_path: Path, days: tuple[str, ...]
) -> None:
    assert rejoinder("export", "statements", "--out", str(tmp_path / "out"), *days).code == 2
