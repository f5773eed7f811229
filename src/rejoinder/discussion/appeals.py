"""Appeals: who may ask to have a decision looked at again, until when, and who may hear it (Regulation (EU) 2022/2065,
Article 20). Nothing here is decided by itself: an appeal is always heard by a person (Article 20(6)).
"""

from calendar import monthrange
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.discussion import notices
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.flags import Flag, Resolution
from rejoinder.discussion.moderation import Decision, Outcome, standing_word
from rejoinder.discussion.person_acts import RESTRICTS, OnPerson, in_force, standing
from rejoinder.discussion.refusals import (
    AlreadyAppealed,
    AlreadyHeard,
    AnswerNeeded,
    AppealOver,
    FreshLookTooSoon,
    HeardByAnother,
    NothingToAppeal,
    TooLong,
)

LONGEST_APPEAL = 2000  # characters of an appeal, and of its answer
MONTHS = 6  # from being told of the decision (Article 20(1))
TAKEN = (Status.REJECTED, Status.REMOVED, Status.SPAM, Status.HIDDEN)  # what readers are kept from


class Appellant(StrEnum):
    """Who asks."""

    WRITER = "writer"  # of the comment
    REPORTER = "reporter"  # whose report was declined
    NOTIFIER = "notifier"  # whose legal notice was declined
    PERSON = "person"  # whom the editors banned, suspended, held or took off the ladder


class Hearing(StrEnum):
    """What became of an appeal."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # who asked has left, with their words


class Appeal(Struct, frozen=True, kw_only=True):
    """One request to decide again: a decision on a comment, or (`person_act_seq`) what was done about a person, where
    `decision_seq` and `comment_seq` are 0. `result_seq` is the decision on a comment, or the act that lifted one, that
    came of it, where one was needed.
    """

    seq: int
    id: UUID
    site_seq: int
    decision_seq: int
    comment_seq: int
    by: Appellant
    text: str
    created_at: datetime
    flag_seq: int | None = None
    notice_seq: int | None = None
    person_act_seq: int | None = None
    heard_by: int | None = None
    heard_at: datetime | None = None
    outcome: Hearing | None = None
    answer: str = ""
    result_seq: int | None = None
    is_fresh_look: bool = False

    @property
    def event(self) -> str:
        """How jobs and the inbox name its hearing, where no decision came of it."""
        return f"appeal:{self.id}"


def ends(told_at: datetime) -> datetime:
    """Until when an appeal is taken: the end of the day MONTHS later, the day of being told not counted."""
    months = told_at.month - 1 + MONTHS
    year, month = told_at.year + months // 12, months % 12 + 1
    day = min(told_at.day, monthrange(year, month)[1])
    return told_at.replace(year=year, month=month, day=day) + timedelta(days=1)


def is_appealable(decision: Decision, comment: Comment, record: Sequence[Decision]) -> bool:
    """Whether the decision still keeps the comment, or its writer's own text, from readers; `record` is all that was
    decided on it.
    """
    if comment.status is Status.DELETED:
        return False
    if decision.outcome is Outcome.EDIT:
        return decision.reversed_by is None and decision.reverses is None
    holds = standing_word(record)
    return holds is not None and holds.seq == decision.seq and _keeps_away(decision, comment)


def may_appeal(
    decision: Decision, comment: Comment, record: Sequence[Decision], *, earlier: Appeal | None, now: datetime
) -> None:
    """Silent if the comment's writer may appeal. Raises AlreadyAppealed, AppealOver, NothingToAppeal."""
    if earlier is not None:
        raise AlreadyAppealed
    if not is_appealable(decision, comment, record):
        raise NothingToAppeal
    if now >= ends(decision.created_at):
        raise AppealOver


def may_appeal_report(flag: Flag, comment: Comment, *, earlier: Appeal | None, now: datetime) -> None:
    """Silent if whoever made the report may appeal what became of it (Article 20(1): also who notified). Raises
    AlreadyAppealed, AppealOver, NothingToAppeal.
    """
    if earlier is not None:
        raise AlreadyAppealed
    if flag.resolution is not Resolution.DECLINED or flag.resolved_at is None:
        raise NothingToAppeal
    if comment.status is not Status.PUBLISHED:
        raise NothingToAppeal
    if now >= ends(flag.resolved_at):
        raise AppealOver


def may_appeal_notice(notice: notices.Notice, comment: Comment, *, earlier: Appeal | None, now: datetime) -> None:
    """Silent if whoever gave the notice may appeal what became of it (Article 20(1)). Raises AlreadyAppealed,
    AppealOver, NothingToAppeal.
    """
    if earlier is not None:
        raise AlreadyAppealed
    if notice.resolution is not notices.Outcome.LEFT or notice.resolved_at is None:
        raise NothingToAppeal
    if comment.status is not Status.PUBLISHED:
        raise NothingToAppeal
    if now >= ends(notice.resolved_at):
        raise AppealOver


def may_appeal_act(act: OnPerson, record: Sequence[OnPerson], *, earlier: Appeal | None, now: datetime) -> None:
    """Silent if the person may appeal what was done about them; `record` is all of it. A suspension that ran out is
    appealed like any other: the six months count from the decision (Article 20(1)), and it weighs in what comes after.
    Raises AlreadyAppealed, AppealOver, NothingToAppeal.
    """
    if earlier is not None:
        raise AlreadyAppealed
    if not act_stands(act, record):
        raise NothingToAppeal
    if now >= ends(act.created_at):
        raise AppealOver


def act_stands(act: OnPerson, record: Sequence[OnPerson]) -> bool:
    """Whether the act restricted its person, and nobody has taken it back or decided otherwise since."""
    return act.act in RESTRICTS and act.seq in {each.seq for each in standing(record)}


def act_holds(act: OnPerson, record: Sequence[OnPerson], *, now: datetime) -> bool:
    """Whether the act restricts its person now (Article 20(1)(b) and (c))."""
    return act.act in RESTRICTS and act.seq in {each.seq for each in in_force(record, now=now)}


def fits_appeal(text: str) -> None:
    """Silent if an appeal or its answer is not too long. Raises TooLong."""
    if len(text) > LONGEST_APPEAL:
        raise TooLong(limit=LONGEST_APPEAL, length=len(text))


class Sides(Struct, frozen=True, kw_only=True):
    """Who is where in an appeal: who decided what it is about, and when, the latest first; who asks, where they have a
    name here; and everybody on the site who may decide such a thing.
    """

    decided: tuple[Decision | OnPerson, ...]
    appellant_seq: int | None
    deciders: Collection[int]


def may_hear(sides: Sides, *, by_seq: int, zone: ZoneInfo, now: datetime) -> bool:
    """Whether hearing it is a fresh look by the one who decided, which must be said; for somebody else it is none.
    Raises HeardByAnother where somebody else is there to hear it or it is one's own, FreshLookTooSoon on the day of the
    decision.
    """
    if by_seq == sides.appellant_seq:
        raise HeardByAnother
    own = [each.created_at for each in sides.decided if each.by_seq == by_seq]
    if not own:
        return False
    involved = {each.by_seq for each in sides.decided} | {sides.appellant_seq}
    if set(sides.deciders) - involved:
        raise HeardByAnother
    if now.astimezone(zone).date() <= max(own).astimezone(zone).date():
        raise FreshLookTooSoon
    return True


def must_be_open(appeal: Appeal) -> None:
    """Silent if the appeal still waits. Raises AlreadyHeard: two editors had it open."""
    if appeal.outcome is not None:
        raise AlreadyHeard


def must_answer(answer: str) -> None:
    """Silent if a refusal gives its grounds (Article 20(5)). Raises AnswerNeeded."""
    if not answer.strip():
        raise AnswerNeeded


def may_undo_refusal(appeal: Appeal, *, undo_for: timedelta, now: datetime) -> bool:
    """Whether it was refused so short a time ago that its letter, `undo_for` after that, still waits."""
    return appeal.outcome is Hearing.REFUSED and appeal.heard_at is not None and now < appeal.heard_at + undo_for


def _keeps_away(decision: Decision, comment: Comment) -> bool:
    return (
        decision.outcome in (Outcome.REJECT, Outcome.HIDE)
        and comment.status is decision.status_after
        and comment.status in TAKEN
    )
