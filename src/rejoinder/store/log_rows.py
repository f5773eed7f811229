"""Whether decisions, changes of rules and acts on people are what their entries say, and each decision has one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Table, bindparam, select

from rejoinder.discussion.proof import Fault
from rejoinder.discussion.record import RecordKind, digest_of
from rejoinder.store.database import Read, Statement, one_of
from rejoinder.store.tables import comments, decisions, log, person_acts, rule_changes

Details = Mapping[str, Any]
Told = Mapping[int, Details]  # entries' details by their numbers

_DECISION = {  # what the entry calls it, and what the row does
    "revision": "revision",
    "outcome": "outcome",
    "from": "status_before",
    "to": "status_after",
    "rule": "rule",
    "reason": "reason",
    "note": "note",
    "reverses": "reverses",
    "caused_by": "caused_by",
    "also": "also",
    "clauses": "clauses",
    "policy_version": "policy_version",
    "section_clauses": "section_clauses",
    "cited": "cited",
    "comment": "comment",
    "statement": "statement",
}
_ACT = {name: name for name in ("act", "reason", "text", "until", "reverses")}
_CHANGE = {name: name for name in ("section_seq", "before", "after", "note")}
_FIRST = Statement(
    select(log.c.details)
    .where(
        log.c.site_seq == bindparam("site_seq"),
        log.c.kind == RecordKind.DECISION.value,
        log.c.details.is_not(None),
    )
    .order_by(log.c.number)
    .limit(1)
)
_SEQ_OF = Statement(
    select(decisions.c.seq).where(decisions.c.site_seq == bindparam("site_seq"), decisions.c.id == bindparam("id"))
)
_MADE = Statement(
    select(decisions.c.seq, decisions.c.id, decisions.c.comment_seq)
    .where(decisions.c.site_seq == bindparam("site_seq"), decisions.c.seq > bindparam("after"))
    .order_by(decisions.c.seq)
    .limit(bindparam("most"))
)
_CHANGES_FROM = Statement(
    select(rule_changes.c.seq)
    .where(rule_changes.c.site_seq == bindparam("site_seq"), rule_changes.c.seq >= bindparam("first"))
    .order_by(rule_changes.c.seq)
)


def disagreeing(r: Read, site_seq: int, told: Told) -> Iterator[Fault]:
    """Faults of the rows that these entries are about."""
    yield from _of_decisions(r, site_seq, _by(told, RecordKind.DECISION, "decision"), told)
    changes = _by(told, RecordKind.RULES, "change")
    rows = {row["seq"]: row for row in _rows(r, rule_changes, site_seq, rule_changes.c.seq, changes)}
    yield from _held_against(told, changes, rows, _CHANGE, what="change of rules")
    acts = _by(told, RecordKind.PERSON, "id")
    found = _rows(r, person_acts, site_seq, person_acts.c.id, [UUID(each).bytes for each in acts])
    by_id = {str(UUID(bytes=row["id"])): row for row in found}
    yield from _held_against(told, acts, by_id, _ACT, what="act on a person")


def _by(told: Told, kind: RecordKind, name: str) -> dict[Any, int]:
    """The entries of a kind, by what they call the row they are about."""
    return {
        details[name]: number
        for number, details in told.items()
        if name in details and details["row"]["kind"] == kind.value
    }


def _of_decisions(r: Read, site_seq: int, numbers: Mapping[str, int], told: Told) -> Iterator[Fault]:
    rows = _rows(r, decisions, site_seq, decisions.c.id, [UUID(each).bytes for each in numbers])
    ids = _comment_ids(r, site_seq, {row["comment_seq"] for row in rows})
    for row in rows:
        row["comment"] = str(ids.get(row["comment_seq"]))
        row["statement"] = digest_of(b"", row["statement"]).hex()
    found = {str(UUID(bytes=row["id"])): row for row in rows}
    yield from _held_against(told, numbers, found, _DECISION, what="decision")


def _held_against(
    told: Told, numbers: Mapping[Any, int], rows: Mapping[Any, Details], names: Mapping[str, str], *, what: str
) -> Iterator[Fault]:
    """Each entry against its row; `names` are the columns by what the entry calls them."""
    for key, number in numbers.items():
        if key not in rows:
            yield _fault(number, f"is about a {what} that is not there any more.")
        else:
            yield from _compare(number, told[number], rows[key], names, what=what)


def before_the_record(r: Read, site_seq: int) -> int:
    """The seq of the last decision from before the site's record began; later ones have an entry each."""
    details = r.value(_FIRST, site_seq=site_seq)
    if details is None:
        return 0
    first = msgspec.json.decode(details, type=dict[str, Any])["decision"]
    return int(r.value(_SEQ_OF, site_seq=site_seq, id=UUID(first).bytes) or 1) - 1


def unrecorded(r: Read, site_seq: int, *, after: int, most: int = 500) -> tuple[list[Fault], int | None]:
    """Decisions without an entry, of the next ones after a seq; and after which seq to go on (None: that was all)."""
    made = r.rows(_MADE, site_seq=site_seq, after=after, most=most)
    entries: dict[int, set[str]] = {}
    blank: dict[int, int] = {}
    for comment_seq, details in _entries_of(r, site_seq, {row[2] for row in made}):
        if details is None:
            blank[comment_seq] = blank.get(comment_seq, 0) + 1
        else:
            entries.setdefault(comment_seq, set()).add(msgspec.json.decode(details, type=dict[str, Any])["decision"])
    faults = []
    for _, decision_id, comment_seq in made:
        named = str(UUID(bytes=decision_id))
        if named in entries.get(comment_seq, ()):
            continue
        if blank.get(comment_seq, 0):  # one whose details were erased: which of them, nobody can say
            blank[comment_seq] -= 1
            continue
        faults.append(put_in(f"Decision {named}"))
    return faults, made[-1][0] if len(made) == most else None


def changes_from(r: Read, site_seq: int, first: int) -> list[int]:
    """The seqs of the changes of rules from this one on."""
    return [row[0] for row in r.rows(_CHANGES_FROM, site_seq=site_seq, first=first)]


def put_in(what: str) -> Fault:
    """The fault of what no entry is about."""
    return Fault(number=0, sentence=f"{what} is on no entry of the record: it was put in.")


def _compare(number: int, details: Details, row: Details, names: Mapping[str, str], *, what: str) -> Iterator[Fault]:
    of_row = {name: row[column] for name, column in names.items()}
    of_row |= {"at": row["created_at"], "by": row["by_seq"]}
    said = {**details, "at": details["row"]["at"], "by": details["row"]["by"]}
    for name, value in of_row.items():
        if name in said and said[name] != value and not _same_json(said[name], value):
            yield _fault(number, f"and its {what} say different things of “{name}”: the {what} was changed.")
            return


def _same_json(said: Any, stored: Any) -> bool:
    """Whether what is stored as JSON is what the entry holds as values."""
    if not isinstance(stored, str) or isinstance(said, str):
        return False
    try:
        return bool(msgspec.json.decode(stored) == said)
    except msgspec.DecodeError:
        return False


def _rows(
    r: Read, table: Table, site_seq: int, column: Any, values: Iterable[Any], *, only: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The rows where the column has one of these values, with `only` these columns, or all."""
    wanted = list(values)
    if not wanted:
        return []
    names = only or table.c.keys()
    chosen = select(*(table.c[name] for name in names)).where(table.c.site_seq == site_seq, one_of(column, wanted))
    return [dict(zip(names, row, strict=True)) for row in r.rows(Statement(chosen))]


def _comment_ids(r: Read, site_seq: int, seqs: set[int]) -> dict[int, UUID]:
    found = _rows(r, comments, site_seq, comments.c.seq, sorted(seqs), only=("seq", "id"))
    return {row["seq"]: UUID(bytes=row["id"]) for row in found}


def _entries_of(r: Read, site_seq: int, comment_seqs: set[int]) -> list[tuple[int, str | None]]:
    """The details of decisions on these comments, with the comment's seq."""
    only = ("comment_seq", "kind", "details")
    found = _rows(r, log, site_seq, log.c.comment_seq, sorted(comment_seqs), only=only)
    return [(row["comment_seq"], row["details"]) for row in found if row["kind"] == RecordKind.DECISION]


def _fault(number: int, sentence: str) -> Fault:
    return Fault(number=number, sentence=f"Entry {number} {sentence}")
