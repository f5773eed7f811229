"""The desk's home."""

from collections.abc import Iterator
from datetime import timedelta

from tests.web.showcase.desk import at_desk
from tests.web.showcase.makers import NOW, OPEN, ago, an_id

from rejoinder.discussion.today import HOUR, Hour
from rejoinder.web.shown import today
from rejoinder.web.shown.page import Page

POSTED = (0, 0, 0, 0, 1, 4, 18, 41, 77, 64, 52, 49, 88, 96, 71, 40, 0, 0, 0, 0, 0, 0, 0, 0)


def today_pages() -> Iterator[tuple[str, Page]]:
    morning = NOW.replace(hour=0, minute=0)
    hours = [
        Hour(
            begins=morning + number * HOUR,
            published=count - count // 9 - count // 14,
            waiting=count // 14,
            removed=count // 9,
        )
        for number, count in enumerate(POSTED)
    ]
    counts = (212, 140, 61, 9, 2)
    yield (
        "desk-today",
        today.TodayPage(
            chrome=at_desk(),
            bars=today.bars(hours),
            highest=96,
            posted=sum(POSTED),
            waiting=38,
            removed=59,
            decided=sum(counts),
            median=timedelta(minutes=11).total_seconds(),
            p95=timedelta(hours=3).total_seconds(),
            waits=tuple(
                today.Wait(hours=hours, count=count, width=round(count * 100 / 212))
                for hours, count in zip((0.25, 1, 4, 24, None), counts, strict=True)
            ),
            oldest_report=ago(hours=5),
            oldest_report_on=an_id(),
            warm=(
                today.Warm(slug="ferry", headline="Ferry to run through the winter", now=88, before=31),
                today.Warm(slug="pier", headline="Pier lamps to stay dark until spring", now=12, before=0),
            ),
            closing=(
                today.Closing(slug="ferry", headline="Ferry to run through the winter", standing=OPEN, comments=214),
            ),
            is_partial=True,
        ),
    )
    quiet = [Hour(begins=morning + number * HOUR) for number in range(24)]
    yield (
        "desk-today-empty",
        today.TodayPage(
            chrome=at_desk(),
            bars=today.bars(quiet),
            highest=0,
            posted=0,
            waiting=0,
            removed=0,
            decided=0,
            median=None,
            p95=None,
            waits=(),
        ),
    )
