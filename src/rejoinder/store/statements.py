"""Statements of reasons as decisions stored them, a batch at a time, with what an export adds to each."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, null, select

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.statement import NONE
from rejoinder.store.database import Read, Row, Statement
from rejoinder.store.tables import comments, decisions, memberships, person_acts
from rejoinder.store.values import instant, micros

OF_EVERYBODY = ("pre-moderation", "newcomer", "held-person")  # checks that hold a comment whatever it says


class Stored(Struct, frozen=True, kw_only=True):
    """One statement, with its decision's moment and the moment and language of what was decided on."""

    seq: int
    id: UUID
    statement: str
    decided_at: datetime
    content_at: datetime
    language: str | None


_undone = decisions.alias("undone")
_lifted = person_acts.alias("lifted")
_DECISIONS = Statement(
    select(
        decisions.c.seq,
        decisions.c.id,
        decisions.c.statement,
        decisions.c.created_at,
        comments.c.created_at,
        comments.c.language,
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
        decisions.c.status_after != Status.SPAM.value,
        _undone.c.seq.is_(None) | (_undone.c.created_at - decisions.c.created_at > bindparam("undo_for")),
    )
    .order_by(decisions.c.seq)
    .limit(bindparam("most"))
)
_ACTS = Statement(
    select(
        person_acts.c.seq,
        person_acts.c.id,
        person_acts.c.statement,
        person_acts.c.created_at,
        memberships.c.created_at,
        null(),
    )
    .select_from(
        person_acts.join(
            memberships,
            (memberships.c.site_seq == person_acts.c.site_seq) & (memberships.c.seq == person_acts.c.commenter_seq),
        ).outerjoin(_lifted, (_lifted.c.site_seq == person_acts.c.site_seq) & (_lifted.c.reverses == person_acts.c.seq))
    )
    .where(
        person_acts.c.site_seq == bindparam("site_seq"),
        person_acts.c.seq > bindparam("after"),
        person_acts.c.created_at >= bindparam("since"),
        person_acts.c.created_at < bindparam("until"),
        person_acts.c.statement != NONE,
        _lifted.c.seq.is_(None) | (_lifted.c.created_at - person_acts.c.created_at > bindparam("undo_for")),
    )
    .order_by(person_acts.c.seq)
    .limit(bindparam("most"))
)
_FINDINGS = Statement(
    select(comments.c.findings).where(comments.c.site_seq == bindparam("site_seq"), comments.c.seq == bindparam("seq"))
)
_decoder = msgspec.json.Decoder(tuple[Finding, ...])


def of_decisions(
    r: Read, site_seq: int, *, since: datetime, until: datetime, undo_for: timedelta, after: int = 0, most: int = 100
) -> list[Stored]:
    """Of decisions on comments in that time, the first made first, from after a seq. Those that were taken back within
    `undo_for` took no effect; advertising that was never published needs no statement (Article 17(2)).
    """
    return _stored(r, _DECISIONS, site_seq, since=since, until=until, undo_for=undo_for, after=after, most=most)


def of_person_acts(
    r: Read, site_seq: int, *, since: datetime, until: datetime, undo_for: timedelta, after: int = 0, most: int = 100
) -> list[Stored]:
    """As `of_decisions`, of what was done about commenters; the content's moment is when they joined."""
    return _stored(r, _ACTS, site_seq, since=since, until=until, undo_for=undo_for, after=after, most=most)


def was_held_by_check(r: Read, comment: Comment) -> bool:
    """Whether a check of its text or links held the comment, and not only that everybody's is held."""
    findings = r.value(_FINDINGS, site_seq=comment.site_seq, seq=comment.seq)
    return any(finding.check not in OF_EVERYBODY for finding in _decoder.decode(findings))


def _stored(
    r: Read,
    statement: Statement,
    site_seq: int,
    *,
    since: datetime,
    until: datetime,
    undo_for: timedelta,
    after: int,
    most: int,
) -> list[Stored]:
    rows = r.rows(
        statement,
        site_seq=site_seq,
        since=micros(since),
        until=micros(until),
        undo_for=undo_for // timedelta(microseconds=1),
        after=after,
        most=most,
    )
    return [_one(row) for row in rows]


def _one(row: Row) -> Stored:
    return Stored(
        seq=row[0],
        id=UUID(bytes=row[1]),
        statement=row[2],
        decided_at=instant(row[3]),
        content_at=instant(row[4]),
        language=row[5],
    )
