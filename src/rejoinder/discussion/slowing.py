"""Who reports without ground again and again is warned, and then slowed for a time: their reports wait behind others
and do not count towards hiding a comment (Regulation (EU) 2022/2065, Article 23(2) to (4)). It ends by itself.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from rejoinder.discussion.sites import Rules

BEHIND = -20  # the priority of what only they reported


class Step(StrEnum):
    """What is done about somebody's reports now."""

    NOTHING = "nothing"
    WARN = "warn"
    SLOW = "slow"


class Standing(Struct, frozen=True, kw_only=True):
    """When they were last warned, and until when they are, or were, slowed."""

    warned_at: datetime | None = None
    slowed_until: datetime | None = None


def counted_from(standing: Standing, *, rules: Rules, now: datetime) -> datetime:
    """From when their answered reports count: the last `slow_days`, or since the last step if that is later, so that
    nothing counts twice.
    """
    moments = [now - timedelta(days=rules.slow_days), standing.warned_at, standing.slowed_until]
    return max(moment for moment in moments if moment is not None)


def next_step(standing: Standing, *, upheld: int, declined: int, rules: Rules, now: datetime) -> Step:
    """What follows from so many upheld and declined reports since `counted_from`: a warning first, and, if as many more
    are no better while it still holds, a slowing. A warning holds for `slow_days`.
    """
    if not rules.slow_after or is_slowed(standing.slowed_until, now=now):
        return Step.NOTHING
    answered = upheld + declined
    if answered < rules.slow_after or upheld * 100 >= rules.slow_share * answered:
        return Step.NOTHING
    holds = standing.warned_at is not None and now < standing.warned_at + timedelta(days=rules.slow_days)
    is_used_up = standing.slowed_until is not None and (
        standing.warned_at is None or standing.slowed_until > standing.warned_at
    )
    return Step.SLOW if holds and not is_used_up else Step.WARN


def is_slowed(slowed_until: datetime | None, *, now: datetime) -> bool:
    """Whether their reports wait behind others now."""
    return slowed_until is not None and now < slowed_until
