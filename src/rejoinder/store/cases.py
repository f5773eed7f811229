"""Cases: what waits at the desk. A queue is a query over open cases, so its counts are exact."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, exists, func, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.screening import Finding
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import cases, comments
from rejoinder.store.values import instant, micros, new_id


class CaseKind(StrEnum):
    """Why something waits at the desk."""

    HELD = "held"
    REPORTED = "reported"
    APPEAL = "appeal"
    NOTICE = "notice"  # of illegal content
    CORRECTION = "correction"  # of a story: it has no comment
    OPINION = "opinion"  # a colleague asked for a second one


class Case(Struct, frozen=True, kw_only=True):
    """One reason to look at one comment; flags add to it."""

    seq: int
    id: UUID
    kind: CaseKind
    comment_seq: int
    story_seq: int
    opened_at: datetime
    findings: tuple[Finding, ...] = ()


_ADD = Statement.insert(
    cases,
    "site_seq",
    "id",
    "kind",
    "comment_seq",
    "story_seq",
    "section_seq",
    "commenter_seq",
    "subject_seq",
    "opened_at",
    "due_at",
    "priority",
    or_nothing=True,
)
_CLOSE = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.comment_seq == bindparam("of_comment"),
        cases.c.closed_at.is_(None),
        cases.c.kind != CaseKind.APPEAL.value,  # which a hearing closes, and nothing else
    )
    .values(closed_at=bindparam("moment"), closed_by=bindparam("by_decision"))
)
_CLOSE_APPEAL = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.comment_seq == bindparam("of_comment"),
        cases.c.closed_at.is_(None),
        cases.c.kind == CaseKind.APPEAL.value,
    )
    .values(closed_at=bindparam("moment"))
)
_newer = cases.alias("newer")
_REOPEN = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.closed_by == bindparam("by_decision"),
        ~exists().where(
            _newer.c.site_seq == cases.c.site_seq,
            _newer.c.comment_seq == cases.c.comment_seq,
            _newer.c.kind == cases.c.kind,
            _newer.c.closed_at.is_(None),
        ),
    )
    .values(closed_at=None, closed_by=None)
)
_OPEN = (cases.c.site_seq == bindparam("site_seq"), cases.c.closed_at.is_(None))
_COUNTS = Statement(select(cases.c.kind, func.count()).where(*_OPEN).group_by(cases.c.kind))
_WAITING = (
    select(
        cases.c.seq,
        cases.c.id,
        cases.c.kind,
        cases.c.comment_seq,
        cases.c.story_seq,
        cases.c.opened_at,
        comments.c.findings,
    )
    .select_from(
        cases.join(comments, (comments.c.site_seq == cases.c.site_seq) & (comments.c.seq == cases.c.comment_seq))
    )
    .where(*_OPEN, cases.c.seq > bindparam("after"))
    .order_by(cases.c.seq)
    .limit(bindparam("most"))
)
_QUEUE, _QUEUE_OF = Statement(_WAITING), Statement(_WAITING.where(cases.c.kind == bindparam("kind")))
_OF_COMMENT = Statement(
    select(
        cases.c.seq,
        cases.c.id,
        cases.c.kind,
        cases.c.comment_seq,
        cases.c.story_seq,
        cases.c.opened_at,
        comments.c.findings,
    )
    .select_from(
        cases.join(comments, (comments.c.site_seq == cases.c.site_seq) & (comments.c.seq == cases.c.comment_seq))
    )
    .where(*_OPEN, cases.c.comment_seq == bindparam("comment_seq"))
    .order_by(cases.c.seq)
)
_FINDINGS = msgspec.json.Decoder(tuple[Finding, ...])


def open_case(
    w: Write,
    comment: Comment,
    kind: CaseKind,
    *,
    now: datetime,
    section_seq: int | None = None,
    subject_seq: int | None = None,
    due_at: datetime | None = None,
    priority: int = 0,
) -> None:
    """Opens a case of this kind, unless one is open; what else becomes known is added to that one. `subject_seq` is the
    appeal, notice or opinion that it is about; a higher priority comes first.
    """
    w.run(
        _ADD,
        site_seq=comment.site_seq,
        id=new_id().bytes,
        kind=kind.value,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        section_seq=section_seq,
        commenter_seq=comment.commenter_seq,
        subject_seq=subject_seq,
        opened_at=micros(now),
        due_at=None if due_at is None else micros(due_at),
        priority=priority,
    )


def close_cases(w: Write, comment: Comment, *, decision_seq: int | None, now: datetime) -> int:
    """Closes the comment's open cases, but for an appeal. How many."""
    return w.run(_CLOSE, of_site=comment.site_seq, of_comment=comment.seq, moment=micros(now), by_decision=decision_seq)


def close_appeal(w: Write, comment: Comment, *, now: datetime) -> None:
    """Closes the comment's case of an appeal."""
    w.run(_CLOSE_APPEAL, of_site=comment.site_seq, of_comment=comment.seq, moment=micros(now))


def reopen(w: Write, site_seq: int, *, decision_seq: int) -> int:
    """Opens again what a decision closed, unless another of the kind was opened since. How many."""
    return w.run(_REOPEN, of_site=site_seq, by_decision=decision_seq)


def counts(r: Read, site_seq: int) -> dict[CaseKind, int]:
    """How many cases of each kind are open, exactly: they are counted, at about 0.15 ms for each thousand."""
    return {CaseKind(row[0]): row[1] for row in r.rows(_COUNTS, site_seq=site_seq)}


def queue(r: Read, site_seq: int, *, kind: CaseKind | None = None, after: int = 0, most: int = 25) -> list[Case]:
    """Open cases, the longest waiting first, from after a seq; of one kind or of all."""
    asked = {"site_seq": site_seq, "after": after, "most": most}
    rows = r.rows(_QUEUE, **asked) if kind is None else r.rows(_QUEUE_OF, **asked, kind=kind.value)
    return [_case(row) for row in rows]


def of_comment(r: Read, site_seq: int, comment_seq: int) -> list[Case]:
    """The comment's open cases."""
    return [_case(row) for row in r.rows(_OF_COMMENT, site_seq=site_seq, comment_seq=comment_seq)]


def _case(row: Row) -> Case:
    return Case(
        seq=row[0],
        id=UUID(bytes=row[1]),
        kind=CaseKind(row[2]),
        comment_seq=row[3],
        story_seq=row[4],
        opened_at=instant(row[5]),
        findings=_FINDINGS.decode(row[6]),
    )
