"""The desk's records of a site for an export, a page of rows at a time, each kind in the order of writing. A record's
fields are the columns of its table by their names, or what a column refers to.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, get_args
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import fields
from sqlalchemy import ColumnElement, Table, bindparam, select

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.desk_records import (
    AppealRecord,
    ConsentRecord,
    CorrectionRecord,
    FlaggerRecord,
    LogHeadRecord,
    MergeRecord,
    NoteRecord,
    NoticeRecord,
    PersonActRecord,
    PolicyRecord,
    RuleChangeRecord,
    ViewRecord,
)
from rejoinder.store import log
from rejoinder.store.database import Read, Row, Statement
from rejoinder.store.tables import (
    appeals,
    comments,
    consents,
    corrections,
    decisions,
    desk_notes,
    memberships,
    merges,
    notices,
    person_acts,
    policies,
    rule_changes,
    sections,
    stories,
    trusted_flaggers,
    views,
)
from rejoinder.store.values import instant

PAGE = 500  # rows in memory at once
NONE = type(None)

Kept = TypeVar("Kept", bound=Struct)


class _Refers(NamedTuple):
    """That a column is the seq of a row there, of which the export has this one instead."""

    column: str
    to: Table
    by: str = "id"
    where: ColumnElement[bool] | None = None  # where the column means something else in other rows


def _statement(kind: type[Struct], table: Table, refers: Mapping[str, _Refers | ColumnElement[Any]]) -> Statement:
    """Selects the fields of the struct, in their order, after the row's seq."""
    columns: list[Any] = [table.c.seq]
    joined: Any = table
    for each in fields(kind):
        known = refers.get(each.name, table.c.get(each.name))
        if not isinstance(known, _Refers):
            columns.append(known)
            continue
        there = known.to.alias(f"of_{each.name}")
        same = (there.c.site_seq == table.c.site_seq) & (there.c.seq == table.c[known.column])
        joined = joined.outerjoin(there, same if known.where is None else same & known.where)
        columns.append(there.c[known.by])
    return Statement(
        select(*columns)
        .select_from(joined)
        .where(table.c.site_seq == bindparam("site_seq"), table.c.seq > bindparam("after"))
        .order_by(table.c.seq)
        .limit(bindparam("most"))
    )


def _reads(kind: type[Struct]) -> list[tuple[str, Callable[[Any], Any]]]:
    """How each field of the struct is read from its column."""
    return [(each.name, _read(each.type)) for each in fields(kind)]


def _read(hint: Any) -> Callable[[Any], Any]:
    choices = get_args(hint)
    wanted = next(each for each in choices if each is not NONE) if NONE in choices else hint
    if wanted is UUID:
        return lambda stored: UUID(bytes=stored)
    if wanted is datetime:
        return instant
    if wanted is bool:
        return bool
    if wanted in (str, int):
        return lambda stored: stored
    return msgspec.json.Decoder(wanted).decode


def _every(
    kind: type[Kept], table: Table, **refers: _Refers | ColumnElement[Any]
) -> Callable[[Read, int], Iterator[Kept]]:
    """The function that reads all of a site's records of this kind."""
    statement, reads = _statement(kind, table, refers), _reads(kind)

    def every(r: Read, site_seq: int) -> Iterator[Kept]:
        after = 0
        while page := r.rows(statement, site_seq=site_seq, after=after, most=PAGE):
            yield from (kind(**_values(row)) for row in page)
            after = page[-1][0]

    def _values(row: Row) -> dict[str, Any]:
        given = zip(reads, row[1:], strict=True)
        return {name: read(stored) for (name, read), stored in given if stored is not None}

    return every


_BY = _Refers("by_seq", memberships)
_SECTION = _Refers("section_seq", sections, by="key")
_COMMENT = _Refers("comment_seq", comments)
_STORY = _Refers("story_seq", stories)
_COMMENTER = _Refers("commenter_seq", memberships)
_DECISION = _Refers("decision_seq", decisions)
_OF_A_PERSON = appeals.c.by == Appellant.PERSON.value

every_policy = _every(PolicyRecord, policies, section=_SECTION, by=_BY)
every_rule_change = _every(RuleChangeRecord, rule_changes, section=_SECTION, story=_STORY, by=_BY)
every_merge = _every(
    MergeRecord,
    merges,
    story=_Refers("from_seq", stories),
    into=_Refers("into_seq", stories),
    by=_BY,
    undone_by=_Refers("undone_by", memberships),
)
every_person_act = _every(
    PersonActRecord, person_acts, commenter=_COMMENTER, by=_BY, reverses=_Refers("reverses", person_acts)
)
every_flagger = _every(FlaggerRecord, trusted_flaggers)
every_notice = _every(
    NoticeRecord,
    notices,
    comment=_COMMENT,
    flagger=_Refers("flagger_seq", trusted_flaggers, by="name"),
    reporter=_Refers("reporter_seq", memberships),
    decision=_DECISION,
)
every_correction = _every(
    CorrectionRecord,
    corrections,
    story=_STORY,
    commenter=_COMMENTER,
    resolved_by=_Refers("resolved_by", memberships),
)
every_appeal = _every(
    AppealRecord,
    appeals,
    appellant=appeals.c.by,
    comment=_COMMENT,
    decision=_DECISION,
    act=_Refers("person_act_seq", person_acts),
    notice=_Refers("notice_seq", notices),
    heard_by=_Refers("heard_by", memberships),
    result=_Refers("result_seq", decisions, where=~_OF_A_PERSON),
    lifting=_Refers("result_seq", person_acts, where=_OF_A_PERSON),
)
every_note = _every(NoteRecord, desk_notes, comment=_COMMENT, commenter=_COMMENTER, by=_BY)
every_consent = _every(ConsentRecord, consents, comment=_COMMENT, asked_by=_Refers("asked_by", memberships))
every_view = _every(ViewRecord, views, owner=_Refers("owner_seq", memberships))


def log_head(r: Read, site_seq: int) -> LogHeadRecord | None:
    """The newest link of the site's record; None where somebody took it away."""
    found = log.head(r, site_seq)
    return None if found is None else LogHeadRecord(number=found.number, chain=found.chain.hex())
