"""The desk's home: the day in figures and small charts, drawn by the server."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.today import Hour
from rejoinder.web.shown.page import Page

TALL = 96  # units of a chart's height


class Bar(Struct, frozen=True, kw_only=True):
    """One hour's column: from the foot up, each part with where it begins and how tall it is, in units."""

    hour: Hour
    x: int
    published: tuple[int, int]
    waiting: tuple[int, int]
    removed: tuple[int, int]


class Wait(Struct, frozen=True, kw_only=True):
    """How many cases waited up to `hours` (None: longer than all others), and how wide that is of a hundred."""

    hours: float | None
    count: int
    width: int


class Warm(Struct, frozen=True, kw_only=True):
    """A story that is heating up: comments in the last hour, and in the one before."""

    slug: str
    headline: str
    now: int
    before: int


class Closing(Struct, frozen=True, kw_only=True):
    """A discussion that changes within a day."""

    slug: str
    headline: str
    standing: Standing
    comments: int


class TodayPage(Page, frozen=True, kw_only=True):
    """Times are in seconds; None where nothing was decided today."""

    template: ClassVar[str] = "desk/today.html"
    at: ClassVar[str] = "today"

    bars: tuple[Bar, ...]
    highest: int
    posted: int
    waiting: int
    removed: int
    decided: int
    median: float | None
    p95: float | None
    waits: tuple[Wait, ...]
    oldest_report: datetime | None = None
    oldest_report_on: UUID | None = None
    warm: tuple[Warm, ...] = ()
    closing: tuple[Closing, ...] = ()
    is_partial: bool = False  # more came today than is looked at


def bars(hours: Sequence[Hour]) -> tuple[Bar, ...]:
    """The columns of the day, the tallest as tall as the chart. What is not nothing is at least a unit tall."""
    highest = max((hour.posted for hour in hours), default=0) or 1

    def units(count: int) -> int:
        return max(round(count * TALL / highest), 1) if count else 0

    drawn = []
    for number, hour in enumerate(hours):
        published, waiting, removed = units(hour.published), units(hour.waiting), units(hour.removed)
        drawn.append(
            Bar(
                hour=hour,
                x=number * 20,
                published=(TALL - published, published),
                waiting=(TALL - published - waiting, waiting),
                removed=(TALL - published - waiting - removed, removed),
            )
        )
    return tuple(drawn)
