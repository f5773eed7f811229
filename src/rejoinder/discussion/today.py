"""The desk's day in figures: how much came, how long it waited for a first decision, where it is heating up."""

import math
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

HOUR = timedelta(hours=1)
WAITS = (timedelta(minutes=15), HOUR, timedelta(hours=4), timedelta(hours=24))  # the bounds that waits are counted by
WARM = 5  # comments in an hour; below this a story is not heating up, whatever came before


class Hour(Struct, frozen=True, kw_only=True):
    """What was posted in one hour, by how it stands now."""

    begins: datetime
    published: int = 0
    waiting: int = 0
    removed: int = 0

    @property
    def posted(self) -> int:
        return self.published + self.waiting + self.removed


class Waits(Struct, frozen=True, kw_only=True):
    """How long cases waited for their first decision. `counts` has one more than WAITS: the rest waited longer."""

    median: timedelta | None
    p95: timedelta | None
    counts: tuple[int, ...]

    @property
    def decided(self) -> int:
        return sum(self.counts)


class Heat(Struct, frozen=True, kw_only=True):
    """How many comments a story had in the last hour, and in the hour before."""

    story_seq: int
    now: int
    before: int


def midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """When the day began that it is now in this zone."""
    return datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)


def percentile(values: Sequence[timedelta], share: float) -> timedelta | None:
    """The smallest value that at least this share (0 to 1) of all do not exceed (the nearest rank); None of none."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else None


def waits(lasted: Sequence[timedelta]) -> Waits:
    """The median, the 95th percentile, and how many waited up to each bound of WAITS."""
    below = [sum(1 for each in lasted if each <= bound) for bound in WAITS]
    counts = tuple(upto - before for upto, before in zip([*below, len(lasted)], [0, *below], strict=True))
    return Waits(median=percentile(lasted, 0.5), p95=percentile(lasted, 0.95), counts=counts)


def heating(found: Sequence[Heat], *, most: int = 5) -> list[Heat]:
    """The stories with more than in the hour before, those that grew by most first."""
    warm = [each for each in found if each.now >= WARM and each.now > each.before]
    return sorted(warm, key=lambda each: (each.before - each.now, each.story_seq))[:most]
