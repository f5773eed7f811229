"""The ledger of the trust ladder. A membership's points are its sum, kept in the same transaction under its lock."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.trust import Level, Step, Why
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import comments, memberships, points
from rejoinder.store.values import instant, micros

_ADD = Statement.insert(
    points,
    "site_seq",
    "commenter_seq",
    "comment_seq",
    "decision_seq",
    "points",
    "why",
    "level_before",
    "level_after",
    "created_at",
)
_SET = Statement(
    update(memberships)
    .where(memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
    .values(points=memberships.c.points + bindparam("more"), level=bindparam("new_level"))
)
_SUM = select(func.coalesce(func.sum(points.c.points), 0)).where(
    points.c.site_seq == bindparam("site_seq"), points.c.commenter_seq == bindparam("commenter_seq")
)
_OF_COMMENT = Statement(_SUM.where(points.c.comment_seq == bindparam("comment_seq")))
_OF_DECISION = Statement(
    select(func.coalesce(func.sum(points.c.points), 0)).where(
        points.c.site_seq == bindparam("site_seq"), points.c.decision_seq == bindparam("decision_seq")
    )
)
_LEDGER = Statement(
    select(
        points.c.seq,
        points.c.points,
        points.c.why,
        points.c.level_before,
        points.c.level_after,
        points.c.created_at,
        comments.c.id,
        comments.c.text,
        comments.c.removal_reason,
    )
    .select_from(
        points.outerjoin(
            comments, (comments.c.site_seq == points.c.site_seq) & (comments.c.seq == points.c.comment_seq)
        )
    )
    .where(
        points.c.site_seq == bindparam("site_seq"),
        points.c.commenter_seq == bindparam("commenter_seq"),
        points.c.seq < bindparam("before"),
    )
    .order_by(points.c.seq.desc())
    .limit(bindparam("most"))
)
_END = 1 << 62


class Entry(Struct, frozen=True, kw_only=True):
    """A line of somebody's ledger, with the comment it is about."""

    seq: int
    step: Step
    at: datetime
    comment_id: UUID | None = None
    text: str = ""
    reason: str | None = None  # why the comment was removed, if it is now


def add(
    w: Write,
    commenter: Commenter,
    step: Step,
    *,
    now: datetime,
    comment_seq: int | None = None,
    decision_seq: int | None = None,
) -> None:
    """Writes the step down; the commenter, who is locked, has its points and level from now on."""
    w.run(
        _ADD,
        site_seq=commenter.site_seq,
        commenter_seq=commenter.seq,
        comment_seq=comment_seq,
        decision_seq=decision_seq,
        points=step.points,
        why=step.why.value,
        level_before=step.before.value,
        level_after=step.after.value,
        created_at=micros(now),
    )
    w.run(_SET, of_site=commenter.site_seq, of_commenter=commenter.seq, more=step.points, new_level=step.after.value)


def of_comment(r: Read, site_seq: int, commenter_seq: int, comment_seq: int) -> int:
    """What a comment has brought its writer so far."""
    return int(r.value(_OF_COMMENT, site_seq=site_seq, commenter_seq=commenter_seq, comment_seq=comment_seq))


def of_decision(r: Read, site_seq: int, decision_seq: int) -> int:
    """What a decision has brought."""
    return int(r.value(_OF_DECISION, site_seq=site_seq, decision_seq=decision_seq))


def ledger(r: Read, commenter: Commenter, *, before: int | None = None, most: int = 50) -> list[Entry]:
    """The commenter's steps, the newest first, from before a seq."""
    rows = r.rows(_LEDGER, site_seq=commenter.site_seq, commenter_seq=commenter.seq, before=before or _END, most=most)
    return [
        Entry(
            seq=row[0],
            step=Step(points=row[1], why=Why(row[2]), before=Level(row[3]), after=Level(row[4])),
            at=instant(row[5]),
            comment_id=UUID(bytes=row[6]) if row[6] else None,
            text=row[7] or "",
            reason=row[8],
        )
        for row in rows
    ]
