"""The desk's day in figures."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rejoinder.discussion.today import WARM, Heat, heating, midnight, percentile, waits

MINUTES = [timedelta(minutes=each) for each in (1, 2, 3, 4, 100)]


@pytest.mark.parametrize(("share", "minutes"), [(0, 1), (0.2, 1), (0.21, 2), (0.5, 3), (0.8, 4), (0.95, 100), (1, 100)])
def test_a_percentile_is_a_value_that_was_there(share: float, minutes: int) -> None:
    assert percentile(MINUTES, share) == timedelta(minutes=minutes)


def test_of_nothing_there_is_no_percentile() -> None:
    assert percentile([], 0.5) is None
    assert waits([]).decided == 0


def test_waits_are_counted_by_their_bounds() -> None:
    found = waits([*MINUTES, timedelta(hours=4), timedelta(hours=25), timedelta(minutes=15)])

    assert found.counts == (5, 0, 2, 0, 1)
    assert (found.decided, found.median, found.p95) == (8, timedelta(minutes=4), timedelta(hours=25))


@pytest.mark.parametrize(
    ("now", "zone", "day"),
    [
        (datetime(2026, 11, 17, 23, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-18"),
        (datetime(2026, 11, 17, 3, 0, tzinfo=UTC), "America/New_York", "2026-11-16"),
        (datetime(2026, 3, 29, 12, 0, tzinfo=UTC), "Europe/Berlin", "2026-03-29"),
    ],
)
def test_the_day_begins_at_midnight_of_the_site(now: datetime, zone: str, day: str) -> None:
    began = midnight(now, ZoneInfo(zone))

    assert (began.strftime("%Y-%m-%d %H:%M"), began <= now) == (f"{day} 00:00", True)


def test_a_story_heats_up_that_grows_and_is_warm() -> None:
    grows = Heat(story_seq=1, now=30, before=10)
    most = Heat(story_seq=2, now=90, before=10)
    cools = Heat(story_seq=3, now=50, before=60)
    small = Heat(story_seq=4, now=WARM - 1, before=0)

    assert heating([grows, most, cools, small]) == [most, grows]
    assert heating([grows, most], most=1) == [most]
