"""`rejoinder doctor --log`: whatever is changed in the record past Rejoinder is found, and the entry is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, literal, select, update
from tests.cli.conftest import Rejoinder
from tests.makers import NOON, Setting, a_site, after

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.export_heads import heads_of
from rejoinder.actions.leave import Leaving, Rest, erase_part, leave
from rejoinder.cli.checks import Level
from rejoinder.cli.log_check import examine_log
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.record import START, RecordKind, digest_of, next_link
from rejoinder.exporters.heads import HeadRecord
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.log import append
from rejoinder.store.opening import open_database
from rejoinder.store.tables import decisions, log, log_heads, rule_changes

Tamper = Callable[[Write], object]
ENTRIES = 9


@pytest.fixture
def setting(either_database: Database) -> Setting:
    """A site with seven decisions and two changes of rules on its record, in turns."""
    made = Setting(either_database)
    for number in range(7):
        comment = made.post()
        outcome = Outcome.REJECT if number % 2 else Outcome.APPROVE
        made.decide(comment, outcome, note="Seen twice." if number == 3 else "")
        if number in (1, 4):
            made.write(lambda w, n=number: change_site_rules(w, 1, {"longest": 900 + n}, by_seq=None, now=NOON))  # type: ignore[misc] # binds the loop's value
    return made


def _found(setting: Setting, exported: HeadRecord | None = None) -> list[str]:
    """What is wrong, in words."""
    findings = list(examine_log(setting.database, setting.site, exported=exported))
    return [finding.words for finding in findings if finding.level is Level.PROBLEM]


def _head(setting: Setting) -> HeadRecord:
    return setting.read(lambda r: heads_of(r, [setting.site], now=NOON))[0]


def _run(setting: Setting, core: Any) -> None:
    setting.write(lambda w: w.run(Statement(core)))


def _set(entry: int, **values: Any) -> Any:
    return update(log).where(log.c.number == literal(entry)).values({k: literal(v) for k, v in values.items()})


def _entry(setting: Setting, number: int) -> Any:
    columns = (log.c.kind, log.c.details, log.c.salt, log.c.digest, log.c.chain)
    return setting.read(lambda r: r.row(Statement(select(*columns).where(log.c.number == literal(number)))))


def _renumber(setting: Setting, number: int, to: int) -> None:
    _run(setting, _set(number, number=to))


def test_a_record_nobody_touched_is_as_it_was_written(setting: Setting) -> None:
    findings = list(examine_log(setting.database, setting.site, exported=_head(setting)))

    assert [finding.level for finding in findings] == [Level.OK]
    assert f"All {ENTRIES} entries" in findings[0].words


def test_a_record_goes_on_from_an_exported_head(setting: Setting) -> None:
    head = _head(setting)
    setting.decide(setting.post(), Outcome.REJECT)

    assert _found(setting, head) == []


def test_an_empty_record_is_sound(either_database: Database) -> None:
    site = either_database.write(a_site).result()

    assert [finding.level for finding in examine_log(either_database, site)] == [Level.OK]


def test_changed_details_are_found(setting: Setting) -> None:
    details = _entry(setting, 4)[1].replace('"approve"', '"reject"')
    _run(setting, _set(4, details=details))

    assert _found(setting)[0].startswith("Entry 4 has other details than it was written with")


def test_a_changed_digest_is_found(setting: Setting) -> None:
    _run(setting, _set(5, digest=bytes(32)))

    assert _found(setting)[0].startswith("Entry 5 has another digest than its details give")


def test_a_changed_link_is_found(setting: Setting) -> None:
    _run(setting, _set(5, chain=bytes(32)))

    assert _found(setting)[0].startswith("Entry 5 is not chained to entry 4")


def test_details_changed_with_their_digest_break_the_chain(setting: Setting) -> None:
    _, details, salt, _, _ = _entry(setting, 4)
    changed = details.replace('"approve"', '"reject"')
    _run(setting, _set(4, details=changed, digest=digest_of(bytes(salt), changed)))

    assert _found(setting)[0].startswith("Entry 4 is not chained to entry 3")


def test_an_entry_deleted_in_the_middle_is_found(setting: Setting) -> None:
    _run(setting, delete(log).where(log.c.number == literal(4)))

    assert _found(setting)[0] == "Entry 4 is missing: after entry 3 comes entry 5."


def test_entries_deleted_at_the_beginning_are_found(setting: Setting) -> None:
    _run(setting, delete(log).where(log.c.number <= literal(2)))

    assert _found(setting)[0] == "Entries 1 to 2 are missing: after entry 0 comes entry 3."


def test_an_end_cut_off_is_found(setting: Setting) -> None:
    _run(setting, delete(log).where(log.c.number > literal(6)))

    assert _found(setting)[0] == "Entries 7 to 9 are missing: the record was cut off there."


def test_an_end_cut_off_with_its_head_is_found_by_the_exported_head(setting: Setting) -> None:
    head = _head(setting)
    chain = bytes(_entry(setting, 6)[4])
    _run(setting, delete(decisions).where(decisions.c.seq > literal(5)))
    _run(setting, delete(rule_changes).where(rule_changes.c.seq > literal(1)))
    _run(setting, delete(log).where(log.c.number > literal(6)))
    _run(setting, update(log_heads).values(number=literal(6), chain=literal(chain)))

    assert _found(setting) == []
    assert _found(setting, head)[0] == "Entries 7 to 9 are missing: the record was cut off there."


def test_a_record_written_anew_is_found_by_the_exported_head(setting: Setting) -> None:
    head = _head(setting)
    chain = bytes(_entry(setting, 4)[4])
    for number in range(5, ENTRIES + 1):
        _, details, salt, _, _ = _entry(setting, number)
        details = details.replace("reject", "approve") if number == 5 else details
        digest = digest_of(bytes(salt), details)
        chain = next_link(chain, number, digest)
        _run(setting, _set(number, details=details, digest=digest, chain=chain))
    _run(setting, update(log_heads).values(chain=literal(chain)))

    assert _found(setting, head)[0].startswith("Entry 5 ")
    assert any("the one whose link was exported" in each for each in _found(setting, head))


def test_an_entry_put_in_is_found(setting: Setting) -> None:
    for number in range(ENTRIES, 4, -1):
        _renumber(setting, number, number + 1)
    kind, details, salt, digest, chain = _entry(setting, 3)
    values = {"kind": kind, "details": details, "salt": salt, "digest": digest, "chain": chain}
    _run(setting, insert(log).values(site_seq=1, number=5, created_at=0, **values))

    assert _found(setting)[0].startswith("Entry 5 is not chained to entry 4")


def test_an_entry_put_in_after_the_end_is_found(setting: Setting) -> None:
    kind, details, salt, digest, chain = _entry(setting, ENTRIES)
    values = {"kind": kind, "details": details, "salt": salt, "digest": digest}
    link = next_link(bytes(chain), ENTRIES + 1, bytes(digest))
    added = insert(log).values(site_seq=1, number=ENTRIES + 1, created_at=0, chain=link, **values)
    _run(setting, added)

    assert any(each.startswith(f"Entry {ENTRIES + 1} stands after the record's head") for each in _found(setting))


def test_entries_in_another_order_are_found(setting: Setting) -> None:
    for number, to in ((4, 100), (5, 4), (100, 5)):
        _renumber(setting, number, to)

    assert _found(setting)[0].startswith("Entry 4 is not chained to entry 3")


def test_an_entry_with_another_number_is_found(setting: Setting) -> None:
    _renumber(setting, ENTRIES, ENTRIES + 3)

    assert _found(setting)[0] == "Entries 9 to 11 are missing: after entry 8 comes entry 12."


@pytest.mark.parametrize(
    ("column", "value"), [("by_seq", 99), ("kind", "story"), ("comment_seq", 99), ("created_at", 5), ("story_seq", 9)]
)
def test_a_changed_field_of_an_entrys_row_is_found(setting: Setting, column: str, value: Any) -> None:
    _run(setting, _set(4, **{column: value}))

    assert _found(setting)[0].startswith("Entry 4 has another")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", "approve"),
        ("status_after", "published"),
        ("reason", "hate"),
        ("note", "Never."),
        ("by_seq", 1),
        ("created_at", 5),
        ("revision", 7),
        ("statement", "{}"),
        ("comment_seq", 1),
    ],
)
def test_a_changed_decision_is_found(setting: Setting, column: str, value: Any) -> None:
    _run(setting, update(decisions).where(decisions.c.seq == literal(4)).values({column: literal(value)}))

    assert _found(setting)[0].startswith("Entry 5 and its decision say different things of")


def test_a_deleted_decision_is_found(setting: Setting) -> None:
    _run(setting, delete(decisions).where(decisions.c.seq == literal(4)))

    assert _found(setting)[0] == "Entry 5 is about a decision that is not there any more."


def test_a_decision_that_was_put_in_is_found(setting: Setting) -> None:
    copied = [column for column in decisions.c if column.name not in ("seq", "id", "reverses")]
    source = select(literal(bytes(15) + b"\x07"), *copied).where(decisions.c.seq == literal(4))
    _run(setting, insert(decisions).from_select(["id", *(column.name for column in copied)], source))

    assert "is on no entry of the record: it was put in." in _found(setting)[0]


@pytest.mark.parametrize(("column", "value"), [("before", '{"longest":1}'), ("after", "{}"), ("note", "x")])
def test_a_changed_change_of_rules_is_found(setting: Setting, column: str, value: str) -> None:
    _run(setting, update(rule_changes).where(rule_changes.c.seq == literal(1)).values({column: literal(value)}))

    assert _found(setting)[0].startswith("Entry 3 and its change of rules say different things of")


def test_a_change_of_rules_that_was_put_in_or_taken_out_is_found(setting: Setting) -> None:
    _run(setting, insert(rule_changes).values(site_seq=1, before="{}", after="{}", note="", created_at=9))
    assert "Change of rules 3 is on no entry" in _found(setting)[0]

    _run(setting, delete(rule_changes).where(rule_changes.c.seq == literal(2)))
    assert _found(setting)[0] == "Entry 7 is about a change of rules that is not there any more."


@pytest.mark.parametrize("values", [{"number": ENTRIES - 1}, {"number": ENTRIES + 1}, {"chain": START}])
def test_a_changed_head_is_found(setting: Setting, values: dict[str, Any]) -> None:
    _run(setting, update(log_heads).values({name: literal(value) for name, value in values.items()}))

    assert _found(setting)


def test_a_head_that_is_gone_is_found(setting: Setting) -> None:
    _run(setting, delete(log_heads))

    assert "has no head after it" in _found(setting)[0]


def test_details_that_were_taken_away_without_an_erasure_are_found(setting: Setting) -> None:
    _run(setting, _set(5, details=None, salt=None))

    assert _found(setting)[0] == "Entry 5 has lost its details, and no erasure on the record names it."


def test_a_head_of_another_record_is_found(setting: Setting) -> None:
    head = HeadRecord(site="courier", number=4, chain="00" * 32, at=NOON)

    assert _found(setting, head)[0].startswith("Entry 4 is not the one whose link was exported")


def test_decisions_from_before_the_record_began_need_no_entry(setting: Setting) -> None:
    count = setting.read(lambda r: r.value(Statement(select(func.count()).select_from(decisions))))
    first = _entry(setting, 1)[3]
    _run(setting, delete(log).where(log.c.number > literal(1)))
    _run(setting, update(log_heads).values(number=literal(0), chain=literal(START)))
    _run(setting, delete(log))
    setting.decide(setting.post(), Outcome.REJECT)

    assert (count, len(first)) == (7, 32)
    assert _found(setting) == []


FILE = "sqlite:///rejoinder-data/rejoinder.db"


def _tamper(change: Tamper) -> None:
    database = open_database(FILE)
    database.write(change).result()
    database.close()


def test_the_command_verifies_every_record_and_its_exit_code_says_so(sample: Rejoinder) -> None:
    assert (sample("doctor", "--log").code, sample("doctor", "--log", "--site", "courier").code) == (0, 0)

    _tamper(lambda w: w.run(Statement(_set(2, digest=bytes(32)))))

    ran = sample("doctor", "--log", "--json")
    assert (ran.code, ran.document["ok"]) == (1, False)
    assert ran.document["checks"][0]["about"] == "record of courier"
    assert ran.document["checks"][0]["words"].startswith("Entry 2 ")


def test_a_head_is_exported_and_the_record_is_held_against_it(sample: Rejoinder, tmp_path: Path) -> None:
    out = tmp_path / "heads.json"
    assert sample("export", "head", "--out", str(out)).code == 0
    head = json.loads(out.read_text())["heads"][0]
    assert (head["site"], len(head["chain"])) == ("courier", 64)
    assert json.loads(sample("export", "head", "--site", "courier").out)["heads"][0]["chain"] == head["chain"]
    assert "lead to the head exported" in sample("doctor", "--log", "--head", str(out)).out

    out.write_text(json.dumps({"format": "rejoinder-heads", "heads": [head | {"chain": "ab" * 32}]}))

    assert sample("doctor", "--log", "--head", str(out)).code == 1


@pytest.mark.parametrize("text", ["", "{}", '{"heads": 3}', '{"format": "other", "heads": []}'])
def test_a_file_that_is_none_of_heads_is_told(sample: Rejoinder, tmp_path: Path, text: str) -> None:
    file = tmp_path / "heads.json"
    file.write_text(text)

    assert sample("doctor", "--log", "--head", str(file)).code == 3


def test_what_belongs_to_the_log_is_not_taken_without_it(sample: Rejoinder) -> None:
    assert sample("doctor", "--site", "courier").code == 2


def test_a_record_whose_words_left_with_somebody_still_holds(setting: Setting) -> None:
    rest = Rest(site_seq=1, commenter_seq=setting.reader.seq, name="northquay", called="Former", erase=True)
    setting.write(lambda w: erase_part(w, rest, now=after(hours=9)))

    assert _entry(setting, 5)[1:3] == (None, None)
    assert (
        setting.read(lambda r: r.value(Statement(select(decisions.c.note).where(decisions.c.seq == literal(4))))) == ""
    )
    assert _found(setting) == []


def test_leaving_takes_the_words_about_a_person_and_the_record_still_holds(setting: Setting) -> None:
    reader = setting.reader
    said = {"act": "warn", "text": "Please stop, northquay."}
    setting.write(lambda w: append(w, 1, RecordKind.PERSON, said, commenter_seq=reader.seq, now=NOON))
    assert reader.account_seq is not None
    order = Leaving(account_seq=reader.account_seq, erase=False, called={1: "Former reader"})
    setting.write(lambda w: leave(w, order, now=after(hours=9)))

    assert _entry(setting, ENTRIES + 1)[1:3] == (None, None)
    assert _found(setting) == []
