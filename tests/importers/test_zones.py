"""Zone abbreviations, compared with the IANA database that Python uses."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from rejoinder.importers.places import place_named
from rejoinder.importers.zones import in_season, meanings, timedelta_of

_NO_PLACES = ("Etc/", "posix/", "right/", "SystemV/")


def _in_use() -> dict[str, set[timedelta]]:
    """Every abbreviation by letters that the clocks of a place show this year, with its offsets."""
    shown: dict[str, set[timedelta]] = defaultdict(set)
    for key in available_timezones():
        if "/" not in key or key.startswith(_NO_PLACES):
            continue
        for month in (1, 4, 7, 10):
            at = datetime(2026, month, 15, tzinfo=UTC).astimezone(ZoneInfo(key))
            name, offset = at.tzname(), at.utcoffset()
            if name and name[0].isalpha() and offset is not None:
                shown[name].add(offset)
    return shown


def test_every_abbreviation_in_use_is_known_with_all_its_offsets() -> None:
    missing = {
        name: offsets
        for name, offsets in _in_use().items()
        if not offsets <= {m.offset for m in meanings(name)} and None not in {m.offset for m in meanings(name)}
    }

    assert missing == {}


@pytest.mark.parametrize(
    ("abbreviation", "zones"),
    [
        ("CST", ["America/Chicago", "America/Havana", "Asia/Shanghai"]),
        ("IST", ["Asia/Jerusalem", "Asia/Kolkata", "Europe/Dublin"]),
        ("BST", ["Asia/Dhaka", "Europe/London", "Pacific/Bougainville"]),
        ("AST", ["America/Halifax", "Asia/Riyadh"]),
        ("EST", ["America/New_York", "Australia/Sydney"]),
        ("EDT", ["America/New_York"]),
        ("mesz", ["Europe/Paris"]),
        ("Europe/Berlin", ["Europe/Berlin"]),
        ("XQT", []),
        ("Nowhere/Town", []),
        ("../../etc/passwd", []),
    ],
)
def test_an_abbreviation_has_all_its_meanings(abbreviation: str, zones: list[str]) -> None:
    assert sorted(meaning.zone for meaning in meanings(abbreviation)) == zones


@pytest.mark.parametrize(("printed", "minutes"), [("+05:30", 330), ("-0400", -240), ("+2", 120), ("-03:30", -210)])
def test_an_offset_is_read_with_its_sign_and_minutes(printed: str, minutes: int) -> None:
    assert timedelta_of(printed) == timedelta(minutes=minutes)


def test_summer_time_in_winter_is_out_of_season_and_the_hour_that_comes_twice_is_not() -> None:
    (summer,) = meanings("EDT")
    winter = meanings("EST")[0]

    assert not in_season(summer, datetime(2012, 1, 5, 4, 0))  # noqa: DTZ001 (local times)
    assert in_season(summer, datetime(2012, 11, 4, 1, 30))  # noqa: DTZ001 (local times)
    assert in_season(winter, datetime(2012, 11, 4, 1, 30))  # noqa: DTZ001 (local times)


@pytest.mark.parametrize(
    ("printed", "territory"),
    [
        ("NEW DELHI", "IN"),
        ("Shanghai", "CN"),
        ("HAVANA", "CU"),
        ("AUSTIN, Texas", "US"),
        ("LONDON, Ontario", "CA"),
        ("DUBLIN", "IE"),
        ("Köln", "DE"),
        ("القاهرة", "EG"),
        ("ST. JOHN’S", "CA"),
        ("SAVANNAH, Georgia", None),
        ("WASHINGTON/MOSCOW", None),
        ("UPPER CAPPEL", None),
    ],
)
def test_a_dateline_names_a_country_or_nothing(printed: str, territory: str | None) -> None:
    place = place_named(printed)

    assert (place.territory if place else None) == territory
