"""The closing schedule: what may be done under a story at a moment.

A schedule is a row of steps counted from publication; the usual "open for N days" is one step. What holds is computed
from the moment a request arrived and never stored by a clock job; a job only announces.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

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
            raise BadRules(problem=f"a phase lasts from no time to {LONGEST.days} days")


Schedule = tuple[Step, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """What holds now, until when (None: for good), and what comes then."""

    phase: Phase
    until: datetime | None = None
    then: Phase | None = None

    @property
    def takes_comments(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def takes_replies(self) -> bool:
        return self.phase in (Phase.OPEN, Phase.REPLIES)


def open_for(days: float) -> Schedule:
    """The plain schedule: open for so many days after publication, then read-only. Raises BadRules."""
    return (Step(phase=Phase.OPEN, lasts=days_long(days)),)


def days_long(days: float) -> timedelta:
    """So many days. Raises BadRules where that is no time, or beyond LONGEST."""
    if not 0 <= days <= LONGEST.days:  # also what is not a number
        raise BadRules(problem=f"give from 0 to {LONGEST.days} days")
    return timedelta(days=days)


def closed_at(moment: datetime) -> Schedule:
    """The schedule of a discussion closed by hand: open until that moment."""
    return (Step(phase=Phase.OPEN, ends_at=moment),)


def standing(schedule: Schedule, *, published_at: datetime | None, now: datetime) -> Standing:
    """What holds at `now`. A step counted from publication has no end while the publication time is unknown: nothing
    is closed on a guess. After the last step with an end a discussion is read-only.
    """
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
