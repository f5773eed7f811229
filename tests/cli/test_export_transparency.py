"""`rejoinder export transparency`: what is counted is what happened, in all three files."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import literal, update
from tests.cli.conftest import Rejoinder
from tests.makers import NOON, Setting, a_flag

from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.moderation import Outcome
from rejoinder.store.database import Statement, Write
from rejoinder.store.opening import open_database
from rejoinder.store.tables import appeals, notices, person_acts, sites
from rejoinder.store.values import micros, new_id

LATER = NOON + timedelta(hours=3)


@pytest.fixture
def setting(rejoinder: Rejoinder) -> Iterator[Setting]:
    """A site on which everything that the report counts happened once or twice."""
    rejoinder("migrate")
    database = open_database("sqlite:///rejoinder-data/rejoinder.db")
    made = Setting(database, flags_to_hide=1, suspect_words=["scam"])
    _reject(made, "personal-attack", hours=2)
    _reject(made, "personal-attack", hours=4)
    _reject(made, "defamation", hours=3)
    undone = _reject(made, "hate", hours=5)
    at = NOON + timedelta(hours=5, seconds=9)
    made.write(lambda w: undo_decision(w, 1, undone.id, by_seq=made.editor.seq, now=at))
    made.decide(made.post("This is a scam."), Outcome.REJECT, reason="advertising", now=LATER)
    for device, outcome in enumerate((Outcome.APPROVE, Outcome.REJECT)):  # who was wrong once weighs less
        hidden = made.post()
        made.write(lambda w, c=hidden, n=device: a_flag(w, c, device=n))  # type: ignore[misc] # binds the loop's value
        made.decide(made.again(hidden), outcome, now=LATER)
    made.write(lambda w: _rows(w, made))
    yield made
    database.close()


def _reject(made: Setting, reason: str, *, hours: int) -> Any:
    return made.decide(made.post(now=NOON), Outcome.REJECT, reason=reason, now=NOON + timedelta(hours=hours))


def _rows(w: Write, made: Setting) -> None:
    at, then = micros(NOON), micros(LATER)
    add = Statement.insert(
        appeals, "site_seq", "id", "decision_seq", "comment_seq", "by", "outcome", "heard_at", "created_at"
    )
    for seq, outcome in ((1, "granted"), (2, "refused"), (3, None)):
        heard = then if outcome else None
        about = {"decision_seq": seq, "comment_seq": seq, "outcome": outcome, "heard_at": heard}
        w.run(add, site_seq=1, id=new_id().bytes, by="writer", created_at=at, **about)
    add = Statement.insert(
        notices, "site_seq", "id", "filing", "comment_seq", "revision", "kind", "is_in_good_faith", "flagger_seq",
        "receipt_hash", "resolution", "resolved_at", "created_at",
    )  # fmt: skip
    for number, flagger in ((1, None), (2, 5)):
        told = {"kind": "defamation", "flagger_seq": flagger, "receipt_hash": bytes([number]) * 32}
        told |= {"resolution": "removed", "resolved_at": then, "is_in_good_faith": True}
        told["filing"] = new_id().bytes
        w.run(add, site_seq=1, id=new_id().bytes, comment_seq=1, revision=1, created_at=at, **told)
    add = Statement.insert(person_acts, "site_seq", "id", "commenter_seq", "act", "created_at")
    w.run(add, site_seq=1, id=new_id().bytes, commenter_seq=made.reader.seq, act="suspend", created_at=at)


def _figures(rejoinder: Rejoinder, folder: Path, *more: str, year: int = 2026) -> dict[str, Any]:
    assert rejoinder("export", "transparency", "--year", str(year), "--out", str(folder), *more).code == 0
    report = json.loads((folder / f"courier-transparency-{year}.json").read_text(encoding="utf-8"))
    return {f"{part['number']}.{line['key']}": line["value"] for part in report["parts"] for line in part["lines"]}


def test_every_figure_is_what_happened(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    found = _figures(rejoinder, tmp_path)

    expected = {
        "2.all": 2,
        "2.trusted": 1,
        "2.kind.defamation": 2,
        "2.median": 3.0,
        "3.all": 1,
        "3.reason.defamation": 1,
        "4.reason.personal-attack": 2,
        "4.reason.not-yet-given": 2,  # hidden by the system
        "4.detected.check": 1,
        "5.all": 3,
        "5.reversed": 1,
        "5.upheld": 1,
        "5.open": 1,
        "5.median": 3.0,
        "6.act.suspend": 1,
        "7.all": 2,
        "7.hidden": 2,
        "7.reversed": 1,
        "7.error-rate": 50.0,
        "7.held": 1,
        "8.posted": 7,
        "8.reported": 2,
        "8.answer": 1.5,
    }
    assert {key: found.get(key) for key in expected} == expected
    assert "4.reason.hate" not in found  # was taken back at once


def test_all_three_files_say_the_same(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    figures = _figures(rejoinder, tmp_path)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "courier-transparency-2026.csv").read_text(encoding="utf-8"))))
    assert {f"{row['section']}.{row['key']}": row["value"] for row in rows} == {
        key: "" if value is None else f"{value:g}" for key, value in figures.items()
    }
    page = (tmp_path / "courier-transparency-2026.html").read_text(encoding="utf-8")
    assert page.count("<h2>") == 8
    assert "Attacks a person" in page
    assert "<script" not in page
    assert "http" not in page


def test_the_report_is_in_the_language_of_the_site(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    english = _figures(rejoinder, tmp_path)
    source = json.loads((tmp_path / "courier-transparency-2026.json").read_text(encoding="utf-8"))
    setting.write(lambda w: w.run(Statement(update(sites).values(language=literal("de")))))

    assert _figures(rejoinder, tmp_path) == english
    report = json.loads((tmp_path / "courier-transparency-2026.json").read_text(encoding="utf-8"))
    page = (tmp_path / "courier-transparency-2026.html").read_text(encoding="utf-8")
    labels = {line["key"]: line["label"] for part in report["parts"] for line in part["lines"]}
    assert (source["language"], report["language"]) == ("en", "de")
    assert not _words_of(source) & _words_of(report)
    assert '<html lang="de" dir="ltr">' in page
    for told in (labels["reason.personal-attack"], labels["kind.defamation"], labels["act.suspend"]):
        assert told in page
    assert labels["reason.personal-attack"] == "Greift eine Person an"
    assert labels["act.suspend"] == "Zeitweise gesperrt"
    assert "3,0" in page


def _words_of(report: dict[str, Any]) -> set[str]:
    """All that the report says in words."""
    lines = [line["label"] for part in report["parts"] for line in part["lines"]]
    return {*lines, *(part["title"] for part in report["parts"]), *(part["note"] for part in report["parts"])} - {""}


def test_nobody_is_named_in_it(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    _figures(rejoinder, tmp_path)

    text = "".join(file.read_text(encoding="utf-8") for file in tmp_path.glob("courier-*"))
    for word in ("northquay", "Teague", "scam.", "early boat", ".example"):
        assert word not in text, word


def test_a_year_without_anything_has_noughts(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    found = _figures(rejoinder, tmp_path, year=2020)

    assert (found["2.all"], found["7.all"], found["7.error-rate"]) == (0, 0, None)


def test_it_says_that_the_publisher_is_small(rejoinder: Rejoinder, setting: Setting, tmp_path: Path) -> None:
    _figures(rejoinder, tmp_path, "--small")

    assert "micro or small enterprise" in (tmp_path / "courier-transparency-2026.html").read_text(encoding="utf-8")
