"""The trust ladder: new readers' comments are read before they appear; approvals earn points, removals cost some; with
enough points a reader is recognised and published at once, with too few left they are new again; experts stand at the
top. Every step is on a ledger that is only added to, tied to the decision that caused it, so that taking the decision
back gives back exactly its points.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import ActedMeanwhile, BadRules


class Level(StrEnum):
    NEW = "new"
    RECOGNISED = "recognised"
    EXPERT = "expert"


class Why(StrEnum):
    """What a step of the ladder was for."""

    APPROVED = "approved"
    REMOVED = "removed"
    REVERSED = "reversed"  # the decision was taken back
    APPOINTED = "appointed"  # by an editor, whichever way


Points = Annotated[int, Meta(ge=0, le=10_000)]


class Ladder(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A site's ladder. Raises BadRules where the way down does not lie below the way up: people would flap."""

    on: bool = False
    approval: Points = 1  # earned by an approved comment
    removal: Points = 3  # lost by a removed or rejected one
    recognised_at: Points = 5
    new_below: int = 2
    expert_at: Points | None = None  # None: only an editor makes experts
    experts_skip_lists: bool = False  # the word lists do not hold what experts write

    def __post_init__(self) -> None:
        if self.new_below > self.recognised_at:
            raise BadRules(problem=RulesProblem.NEW_ABOVE_RECOGNISED)
        if self.expert_at is not None and self.expert_at <= self.recognised_at:
            raise BadRules(problem=RulesProblem.EXPERT_TOO_LOW)


class Step(Struct, frozen=True, kw_only=True):
    """One entry of the ledger."""

    points: int
    why: Why
    before: Level
    after: Level


def must_be_there(level: Level, *, seen: Level | None, wanted: Level) -> None:
    """Silent if somebody stands where the editor saw them (None: nobody says), or where they are to stand. Raises
    ActedMeanwhile.
    """
    if seen is not None and level not in (seen, wanted):
        raise ActedMeanwhile


def worth(*, approved: bool, ladder: Ladder) -> int:
    """What a comment brings its writer while this decision holds."""
    return ladder.approval if approved else -ladder.removal


def step(level: Level, points: int, change: int, *, why: Why, ladder: Ladder) -> Step:
    """The step by which somebody of this level and these points comes to `points + change`."""
    return Step(points=change, why=why, before=level, after=level_with(points + change, level=level, ladder=ladder))


def level_with(points: int, *, level: Level, ladder: Ladder) -> Level:
    """The level of who was at `level` and has so many points now. Between the way up and the way down it stays."""
    if ladder.expert_at is not None and points >= ladder.expert_at:
        return Level.EXPERT
    if points < ladder.new_below:
        return Level.NEW
    if points >= ladder.recognised_at and level is Level.NEW:
        return Level.RECOGNISED
    return level


def appointment(level: Level, points: int, to: Level, *, ladder: Ladder) -> Step:
    """The step by which an editor puts somebody at a level: with the points that it takes to stay there."""
    target = min(points, ladder.new_below - 1) if to is Level.NEW else max(points, ladder.recognised_at)
    return Step(points=target - points, why=Why.APPOINTED, before=level, after=to)


def needed(points: int, *, ladder: Ladder) -> int:
    """How many points more make a new reader recognised."""
    return max(0, ladder.recognised_at - points)
