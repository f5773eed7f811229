"""Opening hours: when a discussion rests, by the clocks of its publication."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rejoinder.discussion.hours import Rest, read_hours, rest_from
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.sites import rules_here, with_rules

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
NIGHTS = ("22:00-06:00",)


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of 2026; the 1st of November is a Sunday."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("entries", "now", "begins", "ends"),
    [
        (NIGHTS, utc(4, 12), utc(4, 22), utc(5, 6)),  # a Wednesday noon: the coming night
        (NIGHTS, utc(4, 23), utc(4, 22), utc(5, 6)),
        (NIGHTS, utc(5, 5, 59), utc(4, 22), utc(5, 6)),
        (NIGHTS, utc(5, 6), utc(5, 22), utc(6, 6)),  # the end is no part of it
        (("12:00-24:00",), utc(4, 13), utc(4, 12), utc(5, 0)),
        (("00:00-06:00",), utc(4, 1), utc(4, 0), utc(4, 6)),
        (("saturday",), utc(4, 12), utc(7, 0), utc(8, 0)),
        (("saturday-sunday",), utc(7, 12), utc(7, 0), utc(9, 0)),  # days that touch are one rest
        (("friday-monday",), utc(4, 12), utc(6, 0), utc(10, 0)),  # over the end of the week
        (("22:00-06:00", "saturday"), utc(6, 23), utc(6, 22), utc(8, 6)),  # Friday night to Sunday morning
        (("sunday 00:00-12:00",), utc(9, 12), utc(15, 0), utc(15, 12)),
        (("friday 22:00-06:00",), utc(7, 3), utc(6, 22), utc(7, 6)),  # of Friday, though it is Saturday
        (("monday 10:00-10:00",), utc(2, 11), utc(2, 10), utc(3, 10)),  # a whole day
    ],
)
def test_a_rest_holds_or_is_the_next(entries: tuple[str, ...], now: datetime, begins: datetime, ends: datetime) -> None:
    assert rest_from(entries, zone=LONDON, now=now) == Rest(begins, ends)


def test_without_hours_there_is_no_rest() -> None:
    assert rest_from((), zone=LONDON, now=utc(4, 12)) is None


def test_the_hours_are_those_of_the_publication_in_summer_and_in_winter() -> None:
    winter = rest_from(NIGHTS, zone=NEW_YORK, now=utc(15, 0, month=12))
    summer = rest_from(NIGHTS, zone=NEW_YORK, now=utc(15, 0, month=7))

    assert winter == Rest(utc(15, 3, month=12), utc(15, 11, month=12))
    assert summer == Rest(utc(15, 2, month=7), utc(15, 10, month=7))


def test_a_night_in_which_the_clocks_change_ends_by_the_new_clock() -> None:
    """In London they went back on 25 October 2026: that night had nine hours."""
    rest = rest_from(NIGHTS, zone=LONDON, now=utc(24, 23, month=10))

    assert rest == Rest(utc(24, 21, month=10), utc(25, 6, month=10))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        (" 22:00-06:00 , Saturday ", ("22:00-06:00", "saturday")),
        ("22:00–06:00", ("22:00-06:00",)),
        ("SUNDAY   00:00-12:00", ("sunday 00:00-12:00",)),
    ],
)
def test_what_an_editor_types_is_read_kindly(typed: str, read: tuple[str, ...]) -> None:
    assert read_hours(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["22-6", "25:00-06:00", "22:00", "24:00-06:00", "someday", "saturday 22:00", "22:00-06:61", "mondaytuesday", "-"],
)
def test_what_are_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(BadRules, match="are no hours"):
        read_hours(typed)


@pytest.mark.parametrize("entries", [["monday-sunday"], ["00:00-24:00"], ["06:00-22:00", "22:00-06:00"]])
def test_hours_that_leave_no_time_are_refused(entries: list[str]) -> None:
    with pytest.raises(BadRules, match="leave no time"):
        with_rules("{}", {"closed_hours": entries})


def test_a_rule_that_is_no_hours_is_refused() -> None:
    with pytest.raises(BadRules):
        rules_here('{"closed_hours": ["at night"]}')


def test_too_many_hours_are_refused() -> None:
    with pytest.raises(BadRules, match="at most 50"):
        read_hours(", ".join(["saturday"] * 51))
