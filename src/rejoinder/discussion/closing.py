"""The closing schedule: what may be done under a story at a moment.

A schedule is a row of steps counted from publication; the usual "open for N days" is one step. Within the steps in
which comments or replies are taken, a discussion may rest at some hours of the week. What holds is computed from the
moment a request arrived and never stored by a clock job; a job only announces.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct
from msgspec.structs import replace

from rejoinder.discussion.hours import rest_from
from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import BadRules

LONGEST = timedelta(days=36525)  # a century


class Phase(StrEnum):
    OPEN = "open"
    REPLIES = "replies"
    REACTIONS = "reactions"  # recommend and report
    READ_ONLY = "read-only"  # reading, and reporting, which never ends


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One phase. It ends `lasts` after the step before it, or at `ends_at`, or (neither given) never. Raises BadRules
    for a length that is negative or beyond LONGEST.
    """

    phase: Phase
    lasts: timedelta | None = None
    ends_at: Annotated[datetime, Meta(tz=True)] | None = None

    def __post_init__(self) -> None:
        if self.lasts is not None and not timedelta() <= self.lasts <= LONGEST:
            raise BadRules(problem=RulesProblem.PHASE_TOO_LONG, days=LONGEST.days)


Schedule = tuple[Step, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What holds now, until when (None: for good), and what comes then. Where it rests, or is about to, `closes` is
    when the schedule itself goes on to another phase (None: never).
    """

    phase: Phase
    until: datetime | None = None
    then: Phase | None = None
    rests: bool = False  # by its opening hours; it comes back
    rest_is_next: bool = False  # what comes then is such a rest
    closes: datetime | None = None

    @property
    def takes_comments(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def takes_replies(self) -> bool:
        return self.phase in (Phase.OPEN, Phase.REPLIES)

    @property
    def takes_recommendations(self) -> bool:
        return self.phase is not Phase.READ_ONLY


WRITING = (Phase.OPEN, Phase.REPLIES)


def open_for(days: float) -> Schedule:
    """The plain schedule: open for so many days after publication, then read-only. Raises BadRules."""
    return (Step(phase=Phase.OPEN, lasts=days_long(days)),)


def days_long(days: float) -> timedelta:
    """So many days. Raises BadRules where that is no time, or beyond LONGEST."""
    if not 0 <= days <= LONGEST.days:  # also what is not a number
        raise BadRules(problem=RulesProblem.DAYS, days=LONGEST.days)
    return timedelta(days=days)


def closed_at(moment: datetime) -> Schedule:
    """The schedule of a discussion closed by hand: open until that moment."""
    return (Step(phase=Phase.OPEN, ends_at=moment),)


def in_phases(*, days: float, replies: float = 0, reactions: float = 0) -> Schedule:
    """Open for so many days, then for replies only, then for recommending and reporting, then read-only. A phase of no
    days is left out. Raises BadRules.
    """
    lasting = ((Phase.OPEN, days), (Phase.REPLIES, replies), (Phase.REACTIONS, reactions))
    return tuple(Step(phase=phase, lasts=days_long(each)) for phase, each in lasting if each)


def days_of(schedule: Schedule, phase: Phase) -> float | None:
    """How many days such a phase lasts in a schedule made by `in_phases`; None in any other, and where it has none."""
    if any(step.lasts is None for step in schedule):
        return None
    return next((step.lasts / timedelta(days=1) for step in schedule if step.phase is phase and step.lasts), None)


UTC_ZONE = ZoneInfo("UTC")


def standing(
    schedule: Schedule,
    *,
    published_at: datetime | None,
    now: datetime,
    closed_hours: Sequence[str] = (),
    zone: ZoneInfo = UTC_ZONE,
) -> Standing:
    """What holds at `now`. A step counted from publication has no end while the publication time is unknown: nothing
    is closed on a guess. After the last step with an end a discussion is read-only. During its closed hours, on the
    clocks of `zone`, one that would take comments or replies takes recommendations and reports only.
    """
    scheduled = _scheduled(schedule, published_at=published_at, now=now)
    rest = rest_from(closed_hours, zone=zone, now=now) if scheduled.phase in WRITING else None
    if rest is None:
        return scheduled
    ends = scheduled.until
    if rest.begins <= now:
        if ends is not None and ends <= rest.ends:
            return replace(scheduled, phase=Phase.REACTIONS, rests=True, closes=ends)
        return Standing(phase=Phase.REACTIONS, until=rest.ends, then=scheduled.phase, rests=True, closes=ends)
    if ends is not None and ends <= rest.begins:
        return scheduled
    return replace(scheduled, until=rest.begins, then=Phase.REACTIONS, rest_is_next=True, closes=ends)


def _scheduled(schedule: Schedule, *, published_at: datetime | None, now: datetime) -> Standing:
    started = published_at
    for number, step in enumerate(schedule):
        ends = _end(step, started)
        if ends is None or now < ends:
            return Standing(phase=step.phase, until=ends, then=_next(schedule, number) if ends else None)
        started = ends
    return Standing(phase=Phase.READ_ONLY)


def _end(step: Step, started: datetime | None) -> datetime | None:
    if step.ends_at is not None:
        return step.ends_at
    if step.lasts is None or started is None:
        return None
    return started + step.lasts


def _next(schedule: Schedule, number: int) -> Phase:
    following = number + 1
    return schedule[following].phase if following < len(schedule) else Phase.READ_ONLY
