"""What happened in a year, as the report on it counts: each row once, in parts, with no name and no text."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select

from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.statement import NONE
from rejoinder.discussion.transparency import Appealed, Facts, Noticed, Restricted
from rejoinder.store.database import Read, Row, Statement
from rejoinder.store.tables import appeals, comments, decisions, flags, notices, person_acts
from rejoinder.store.values import micros

PAGE = 1000
AN_HOUR = 3600 * 1_000_000  # microseconds
_undone = decisions.alias("undone")
_FIRST_REPORT = (
    select(func.min(flags.c.created_at))
    .where(
        flags.c.site_seq == decisions.c.site_seq,
        flags.c.comment_seq == decisions.c.comment_seq,
        flags.c.created_at <= decisions.c.created_at,
    )
    .scalar_subquery()
)
_later = decisions.alias("later")
_NEXT_WORD = (
    select(_later.c.outcome)
    .where(
        _later.c.site_seq == decisions.c.site_seq,
        _later.c.comment_seq == decisions.c.comment_seq,
        _later.c.seq > decisions.c.seq,
        _later.c.outcome != Outcome.EDIT.value,
    )
    .order_by(_later.c.seq)
    .limit(1)
    .scalar_subquery()
)
_RESTRICTED = Statement(
    select(
        decisions.c.seq,
        decisions.c.reason,
        decisions.c.statement,
        decisions.c.outcome,
        decisions.c.created_at,
        comments.c.created_at,
        _FIRST_REPORT,
        _undone.c.created_at,
        _NEXT_WORD,
    )
    .select_from(
        decisions.join(
            comments, (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        ).outerjoin(_undone, (_undone.c.site_seq == decisions.c.site_seq) & (_undone.c.reverses == decisions.c.seq))
    )
    .where(
        decisions.c.site_seq == bindparam("site_seq"),
        decisions.c.seq > bindparam("after"),
        decisions.c.created_at >= bindparam("since"),
        decisions.c.created_at < bindparam("until"),
        decisions.c.statement != NONE,
    )
    .order_by(decisions.c.seq)
    .limit(PAGE)
)


def _in_year(table: Any, *columns: Any) -> Statement:
    """Rows of the table that were made in the time asked for, a page of them."""
    return Statement(
        select(table.c.seq, table.c.created_at, *columns)
        .where(
            table.c.site_seq == bindparam("site_seq"),
            table.c.seq > bindparam("after"),
            table.c.created_at >= bindparam("since"),
            table.c.created_at < bindparam("until"),
        )
        .order_by(table.c.seq)
        .limit(PAGE)
    )


_NOTICED = _in_year(notices, notices.c.kind, notices.c.flagger_seq, notices.c.resolution, notices.c.resolved_at)
_APPEALED = _in_year(appeals, appeals.c.by, appeals.c.outcome, appeals.c.heard_at)
_REPORTED = _in_year(flags, flags.c.resolved_at)
_ACTS = Statement(
    select(person_acts.c.act, func.count())
    .where(
        person_acts.c.site_seq == bindparam("site_seq"),
        person_acts.c.created_at >= bindparam("since"),
        person_acts.c.created_at < bindparam("until"),
    )
    .group_by(person_acts.c.act)
)
_POSTED = Statement(
    select(func.count()).where(
        comments.c.site_seq == bindparam("site_seq"),
        comments.c.created_at >= bindparam("since"),
        comments.c.created_at < bindparam("until"),
    )
)


def facts_of(r: Read, site_seq: int, *, since: datetime, until: datetime, undo_for: timedelta) -> Facts:
    """What happened on the site in [since, until)."""
    span = {"site_seq": site_seq, "since": micros(since), "until": micros(until)}
    reported = [(row[1], row[2]) for row in _every(r, _REPORTED, span)]
    undo = undo_for // timedelta(microseconds=1)
    return Facts(
        restricted=[
            _restricted(row)
            for row in _every(r, _RESTRICTED, span)
            if row[7] is None or row[7] - row[4] > undo  # taken back at once, it was none
        ],
        noticed=[
            Noticed(kind=row[2], is_trusted=row[3] is not None, resolution=row[4], hours=_hours(row[1], row[5]))
            for row in _every(r, _NOTICED, span)
        ],
        appealed=[
            Appealed(by=row[2], outcome=row[3], hours=_hours(row[1], row[4])) for row in _every(r, _APPEALED, span)
        ],
        acts={row[0]: row[1] for row in r.rows(_ACTS, **span)},
        posted=int(r.value(_POSTED, **span)),
        reported=len(reported),
        hours_to_answer=[hours for at, answered in reported if (hours := _hours(at, answered)) is not None],
    )


def _every(r: Read, statement: Statement, span: dict[str, int]) -> Iterator[Row]:
    after = 0
    while rows := r.rows(statement, **span, after=after):
        yield from rows
        after = rows[-1][0]


def _restricted(row: Row) -> Restricted:
    fields = _decode(row[2])
    return Restricted(
        reason=row[1] or "",
        restriction=(fields.get("decision_visibility") or ["DECISION_VISIBILITY_CONTENT_REMOVED"])[0],
        source=fields.get("source_type", "SOURCE_VOLUNTARY"),
        is_automatic=fields.get("automated_decision") in ("AUTOMATED_DECISION_FULLY", "AUTOMATED_DECISION_PARTIALLY"),
        is_detected=fields.get("automated_detection") == "Yes",
        is_illegal=fields.get("decision_ground") == "DECISION_GROUND_ILLEGAL_CONTENT",
        is_reversed=row[7] is not None or (row[3] == Outcome.HIDE and row[8] == Outcome.APPROVE),
        outcome=row[3],
        hours=_hours(row[6] or row[5], row[4]) or 0.0,
    )


_decode: Callable[[str], dict[str, Any]] = msgspec.json.Decoder(dict[str, Any]).decode


def _hours(start: int, end: int | None) -> float | None:
    return None if end is None else (end - start) / AN_HOUR
