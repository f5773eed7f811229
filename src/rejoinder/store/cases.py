"""Cases: what waits at the desk. A queue is a query over open cases, so its counts are exact.

A case has its place from the moment it is opened: a higher priority first, then what is due sooner, then what waits
longer. The place is one number, so that every queue is read from an index in order, from after any case.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's too, letter for letter

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.screening import Finding
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.narrowing import Condition, Narrowed, of_cases
from rejoinder.store.tables import cases, comments
from rejoinder.store.values import instant, instant_or_none, micros, micros_or_none, new_id

COUNTED = (
    10_000  # open cases of a queue are counted exactly up to this many, at about a millisecond; one more says "more"
)
_NEVER = (1 << 53) - 1  # microseconds: after every date on which something can be due
_FIRST = -(1 << 62)  # before every place
NARROWED_BY_NOTHING = Narrowed()


class CaseKind(StrEnum):
    """Why something waits at the desk."""

    HELD = "held"
    REPORTED = "reported"
    APPEAL = "appeal"
    NOTICE = "notice"  # of illegal content
    CORRECTION = "correction"  # of a story: it has no comment
    OPINION = "opinion"  # a colleague asked for a second one


class Case(Struct, frozen=True, kw_only=True):
    """One reason to look at one comment, at a story, or at what was done about a person; flags add to it.
    `subject_seq` is the appeal, notice, correction or opinion that it is about.
    """

    seq: int
    id: UUID
    kind: CaseKind
    comment_seq: int  # 0: it is about the story itself, or a person
    story_seq: int  # 0: about a person
    opened_at: datetime
    findings: tuple[Finding, ...] = ()
    subject_seq: int | None = None
    due_at: datetime | None = None
    priority: int = 0


class Waiting(Struct, frozen=True, kw_only=True):
    """A queue: open cases of a kind (None: of all), or what is held because its writer is new, narrowed."""

    kind: CaseKind | None = None
    newcomers: bool = False
    narrowed: Narrowed = NARROWED_BY_NOTHING


EVERYTHING = Waiting()
_GIVEN = (
    "site_seq", "id", "kind", "comment_seq", "story_seq", "section_seq", "commenter_seq", "subject_seq", "opened_at",
    "due_at", "priority", "place", "checks", "score", "is_newcomer",
)  # fmt: skip
_new = insert(cases).values({name: bindparam(name) for name in _GIVEN})
_ADD = Statement(
    _new.on_conflict_do_update(
        index_elements=["site_seq", "comment_seq", "kind"],
        index_where=text("closed_at IS NULL"),
        set_={name: _new.excluded[name] for name in ("priority", "due_at", "place")},
        where=_new.excluded.place < cases.c.place,
    )
)
_NOTE = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.comment_seq == bindparam("of_comment"),
        cases.c.kind == CaseKind.HELD.value,
        cases.c.closed_at.is_(None),
    )
    .values(checks=bindparam("new_checks"), score=bindparam("new_score"), is_newcomer=bindparam("new_newcomer"))
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
_CLOSE_ABOUT = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.kind == bindparam("of_kind"),
        cases.c.subject_seq == bindparam("of_subject"),
        cases.c.closed_at.is_(None),
    )
    .values(closed_at=bindparam("moment"))
)
_REOPEN_ABOUT = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.kind == bindparam("of_kind"),
        cases.c.subject_seq == bindparam("of_subject"),
        cases.c.closed_at.is_not(None),
    )
    .values(closed_at=None)
)
_CLOSE_KIND = Statement(
    update(cases)
    .where(
        cases.c.site_seq == bindparam("of_site"),
        cases.c.comment_seq == bindparam("of_comment"),
        cases.c.kind == bindparam("of_kind"),
        cases.c.closed_at.is_(None),
    )
    .values(closed_at=bindparam("moment"), closed_by=bindparam("by_decision"))
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
_SELECT: Select[tuple[object, ...]] = select(
    cases.c.seq,
    cases.c.id,
    cases.c.kind,
    cases.c.comment_seq,
    cases.c.story_seq,
    cases.c.opened_at,
    comments.c.findings,
    cases.c.subject_seq,
    cases.c.due_at,
    cases.c.priority,
).select_from(
    cases.outerjoin(comments, (comments.c.site_seq == cases.c.site_seq) & (comments.c.seq == cases.c.comment_seq))
)
_OF_COMMENT = Statement(
    _SELECT.where(
        cases.c.site_seq == bindparam("site_seq"),
        cases.c.comment_seq == bindparam("comment_seq"),
        cases.c.closed_at.is_(None),
    ).order_by(cases.c.seq)
)
_SCORED = Statement(
    select(literal(1))
    .where(cases.c.site_seq == bindparam("site_seq"), cases.c.closed_at.is_(None), cases.c.score.is_not(None))
    .limit(1)
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
    findings: Sequence[Finding] = (),
) -> None:
    """Opens a case of this kind, unless one is open; what else becomes known is added to that one, and hastens it where
    it is more urgent. `subject_seq` is the appeal, notice or opinion that it is about; a higher priority (-255 to 255)
    comes first. `findings` are why it is held.
    """
    _open(
        w,
        comment.site_seq,
        kind,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        section_seq=section_seq,
        commenter_seq=comment.commenter_seq,
        subject_seq=subject_seq,
        due_at=due_at,
        priority=priority,
        findings=findings,
        now=now,
    )


def open_about_story(
    w: Write,
    site_seq: int,
    story_seq: int,
    kind: CaseKind,
    *,
    now: datetime,
    section_seq: int | None = None,
    subject_seq: int | None = None,
    due_at: datetime | None = None,
    priority: int = 0,
) -> None:
    """Opens a case that is about no comment. As many may be open as are opened."""
    _open(
        w,
        site_seq,
        kind,
        comment_seq=None,
        story_seq=story_seq,
        section_seq=section_seq,
        commenter_seq=None,
        subject_seq=subject_seq,
        due_at=due_at,
        priority=priority,
        findings=(),
        now=now,
    )


def open_about_person(
    w: Write, site_seq: int, commenter_seq: int, kind: CaseKind, *, subject_seq: int, now: datetime
) -> None:
    """Opens a case that is about a commenter, and no comment of theirs."""
    _open(
        w,
        site_seq,
        kind,
        comment_seq=None,
        story_seq=None,
        section_seq=None,
        commenter_seq=commenter_seq,
        subject_seq=subject_seq,
        due_at=None,
        priority=0,
        findings=(),
        now=now,
    )


def note_findings(w: Write, comment: Comment, findings: Sequence[Finding]) -> int:
    """What holds the comment is this from now on: a text was changed, or a check has answered. How many cases."""
    return w.run(_NOTE, of_site=comment.site_seq, of_comment=comment.seq, **_noted(findings, prefix="new_"))


def close_cases(w: Write, comment: Comment, *, decision_seq: int | None, now: datetime) -> int:
    """Closes the comment's open cases, but for an appeal. How many."""
    return w.run(_CLOSE, of_site=comment.site_seq, of_comment=comment.seq, moment=micros(now), by_decision=decision_seq)


def close_of_kind(w: Write, comment: Comment, kind: CaseKind, *, decision_seq: int | None, now: datetime) -> int:
    """Closes the comment's open case of this kind alone. How many."""
    return w.run(
        _CLOSE_KIND,
        of_site=comment.site_seq,
        of_comment=comment.seq,
        of_kind=kind.value,
        moment=micros(now),
        by_decision=decision_seq,
    )


def close_appeal(w: Write, comment: Comment, *, now: datetime) -> None:
    """Closes the comment's case of an appeal."""
    close_of_kind(w, comment, CaseKind.APPEAL, decision_seq=None, now=now)


def close_about(w: Write, site_seq: int, kind: CaseKind, subject_seq: int, *, now: datetime) -> int:
    """Closes the case about this correction, notice or appeal, which no decision on a comment closed. How many."""
    return w.run(_CLOSE_ABOUT, of_site=site_seq, of_kind=kind.value, of_subject=subject_seq, moment=micros(now))


def reopen_about(w: Write, site_seq: int, kind: CaseKind, subject_seq: int) -> int:
    """Opens again what `close_about` closed. How many."""
    return w.run(_REOPEN_ABOUT, of_site=site_seq, of_kind=kind.value, of_subject=subject_seq)


def reopen(w: Write, site_seq: int, *, decision_seq: int) -> int:
    """Opens again what a decision closed, unless another of the kind was opened since. How many."""
    return w.run(_REOPEN, of_site=site_seq, by_decision=decision_seq)


def counts(r: Read, site_seq: int) -> dict[CaseKind, int]:
    """How many cases of each kind are open, as by `counted`. Kinds of which there are none are not there."""
    found = counted(r, site_seq, [Waiting(kind=kind) for kind in CaseKind])
    return {kind: count for kind, count in zip(CaseKind, found, strict=True) if count}


def counted(r: Read, site_seq: int, queues: Iterable[Waiting]) -> list[int]:
    """How many open cases each of these queues has: exactly, up to COUNTED; COUNTED + 1 stands for more. One query,
    none for none.
    """
    asked = tuple(queues)
    found = {row[0]: row[1] for row in r.rows(_count(site_seq, asked))} if asked else {}
    return [found[number] for number in range(len(asked))]


def queue(
    r: Read, site_seq: int, *, waiting: Waiting = EVERYTHING, after: int = 0, most: int = 25
) -> list[Case]:  # fmt: skip
    """Open cases in their order, from after the case of this seq (which may be closed by now)."""
    return [_case(row) for row in r.rows(_page(site_seq, waiting), after=after, most=most)]


def of_comment(r: Read, site_seq: int, comment_seq: int) -> list[Case]:
    """The comment's open cases."""
    return [_case(row) for row in r.rows(_OF_COMMENT, site_seq=site_seq, comment_seq=comment_seq)]


def are_scored(r: Read, site_seq: int) -> bool:
    """Whether any check has given a score to something that waits."""
    return r.value(_SCORED, site_seq=site_seq) is not None


@lru_cache(maxsize=256)
def _page(site_seq: int, waiting: Waiting) -> Statement:
    last = cases.alias("last_shown")
    of_last = last.c.site_seq == literal(site_seq), last.c.seq == bindparam("after")
    place = func.coalesce(select(last.c.place).where(*of_last).scalar_subquery(), literal_column(str(_FIRST)))
    return Statement(
        _SELECT.where(
            *_conditions(site_seq, waiting), tuple_(cases.c.place, cases.c.seq) > tuple_(place, bindparam("after"))
        )
        .order_by(cases.c.place, cases.c.seq)
        .limit(bindparam("most"))
    )


@lru_cache(maxsize=256)
def _count(site_seq: int, queues: tuple[Waiting, ...]) -> Statement:
    parts = [
        select(literal_column("1")).where(*_conditions(site_seq, each)).limit(COUNTED + 1).subquery(f"queue_{number}")
        for number, each in enumerate(queues)
    ]
    return Statement(
        union_all(
            *(
                select(literal_column(str(number)).label("number"), func.count().label("count")).select_from(part)
                for number, part in enumerate(parts)
            )
        )
    )


def _conditions(site_seq: int, waiting: Waiting) -> list[Condition]:
    found: list[ColumnElement[bool]] = [cases.c.site_seq == literal(site_seq), cases.c.closed_at.is_(None)]
    if waiting.kind is not None:
        found.append(cases.c.kind == literal(waiting.kind.value))
    if waiting.newcomers:
        found.append(cases.c.is_newcomer == literal(value=True))
    return found + of_cases(waiting.narrowed, site_seq)


def _open(
    w: Write,
    site_seq: int,
    kind: CaseKind,
    *,
    due_at: datetime | None,
    priority: int,
    findings: Sequence[Finding],
    now: datetime,
    **about: int | None,
) -> None:
    due = micros_or_none(due_at)
    w.run(
        _ADD,
        site_seq=site_seq,
        id=new_id().bytes,
        kind=kind.value,
        opened_at=micros(now),
        due_at=due,
        priority=priority,
        place=_place(priority, due),
        **about,
        **_noted(findings, prefix=""),
    )


def _place(priority: int, due: int | None) -> int:
    return -priority * (_NEVER + 1) + (_NEVER if due is None else due)


def _noted(findings: Sequence[Finding], *, prefix: str) -> dict[str, str | int | bool | None]:
    """What queues are narrowed by of what checks have found."""
    checks = [finding.check for finding in findings]
    scores = [score for finding in findings if isinstance(score := finding.data.get("score"), int | float)]
    return {
        f"{prefix}checks": f" {' '.join(checks)} " if checks else "",
        f"{prefix}score": round(max(scores) * 1000) if scores else None,
        f"{prefix}newcomer" if prefix else "is_newcomer": "newcomer" in checks,
    }


def _case(row: Row) -> Case:
    return Case(
        seq=row[0],
        id=UUID(bytes=row[1]),
        kind=CaseKind(row[2]),
        comment_seq=row[3] or 0,
        story_seq=row[4] or 0,
        opened_at=instant(row[5]),
        findings=_FINDINGS.decode(row[6]) if row[6] else (),
        subject_seq=row[7],
        due_at=instant_or_none(row[8]),
        priority=row[9],
    )
