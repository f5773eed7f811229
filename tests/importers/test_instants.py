"""From printed times to instants: what decides, what is assumed, what is refused."""

from zoneinfo import ZoneInfo

import pytest

from rejoinder.importers.instants import Instants
from rejoinder.importers.record import AmbiguousDate, AmbiguousZone, NoZone, UnknownZone
from rejoinder.importers.stamps import Stamp, stamp_in


def a_stamp(printed: str) -> Stamp:
    stamp = stamp_in(printed)
    assert stamp is not None
    return stamp


def instant(printed: str, *, place: str = "", site_zone: str | None = None) -> tuple[str, list[str]]:
    instants = Instants(place=place, site_zone=ZoneInfo(site_zone) if site_zone else None)
    at = instants.of(a_stamp(printed))
    return at.isoformat(timespec="minutes").removesuffix("+00:00"), [remark.code for remark in instants.remarks()]


@pytest.mark.parametrize(
    ("printed", "utc"),
    [
        ("Wed Oct 3, 2012 3:09am EDT", "2012-10-03T07:09"),
        ("Oct 3, 2012 3:09am GMT", "2012-10-03T03:09"),
        ("Oct 3, 2012 9:09 MESZ", "2012-10-03T07:09"),
        ("Jan 3, 2013 9:09 CET", "2013-01-03T08:09"),
        ("Oct 3, 2012 9:09 CEST", "2012-10-03T07:09"),
        ("Oct 3, 2012 9:09 JST", "2012-10-03T00:09"),
        ("Dec 3, 2012 9:09 AEDT", "2012-12-02T22:09"),
        ("Oct 3, 2012 9:09 +05:30", "2012-10-03T03:39"),
        ("Oct 3, 2012 9:09 UTC+2", "2012-10-03T07:09"),
        ("Oct 3, 2012 9:09 GMT-0330", "2012-10-03T12:39"),
        ("Oct 3, 2012 11:09 МСК", "2012-10-03T07:09"),  # Moscow was four hours ahead in 2012
        ("Oct 3, 2015 11:09 MSK", "2015-10-03T08:09"),  # and three in 2015
        ("Oct 3, 2012 9:09 heure de Paris", "2012-10-03T07:09"),
        ("Oct 3, 2012 9:09 p.m. London time", "2012-10-03T20:09"),
        ("Oct 3, 2012 9:09 بتوقيت جرينتش", "2012-10-03T09:09"),
    ],
)
def test_a_clear_stamp_is_one_instant_and_needs_no_remark(printed: str, utc: str) -> None:
    assert instant(printed) == (utc, [])


@pytest.mark.parametrize(
    ("printed", "place", "utc"),
    [
        ("Jan 3, 2013 9:00 CST", "AUSTIN, Texas", "2013-01-03T15:00"),
        ("Jan 3, 2013 9:00 CST", "CHICAGO", "2013-01-03T15:00"),
        ("Jan 3, 2013 9:00 CST", "SHANGHAI", "2013-01-03T01:00"),
        ("Jan 3, 2013 9:00 CST", "BEIJING", "2013-01-03T01:00"),
        ("Jan 3, 2013 9:00 CST", "HAVANA", "2013-01-03T14:00"),
        ("Jul 3, 2013 9:00 IST", "NEW DELHI", "2013-07-03T03:30"),
        ("Jul 3, 2013 9:00 IST", "DUBLIN", "2013-07-03T08:00"),
        ("Jan 3, 2013 9:00 IST", "JERUSALEM", "2013-01-03T07:00"),
        ("Jul 3, 2013 9:00 BST", "LONDON", "2013-07-03T08:00"),
        ("Jul 3, 2013 9:00 BST", "DHAKA", "2013-07-03T03:00"),
        ("Jan 3, 2013 9:00 AST", "HALIFAX", "2013-01-03T13:00"),
        ("Jan 3, 2013 9:00 AST", "RIYADH", "2013-01-03T06:00"),
        ("Jan 3, 2013 9:00 EST", "NEW YORK", "2013-01-03T14:00"),
        ("Jan 3, 2013 9:00 EST", "SYDNEY", "2013-01-02T22:00"),  # summer there
        ("Jul 3, 2013 9:00 EST", "SYDNEY", "2013-07-02T23:00"),
    ],
)
def test_the_place_decides_what_an_ambiguous_abbreviation_means(printed: str, place: str, utc: str) -> None:
    assert instant(printed, place=place) == (utc, ["zone-decided"])


@pytest.mark.parametrize("abbreviation", ["CST", "IST", "BST", "AST", "EST"])
def test_an_ambiguous_abbreviation_is_refused_with_its_candidates_where_nothing_decides(abbreviation: str) -> None:
    with pytest.raises(AmbiguousZone) as refused:
        instant(f"Jul 3, 2013 9:00 {abbreviation}", place="UPPER CAPPEL")

    assert len(refused.value.candidates) > 1
    assert all(candidate in refused.value.sentence for candidate in refused.value.candidates)


def test_the_sites_zone_decides_too_and_against_the_place_nothing_is_decided() -> None:
    assert instant("Jan 3, 2013 9:00 EST", place="TOLLA", site_zone="America/New_York")[0] == "2013-01-03T14:00"
    with pytest.raises(AmbiguousZone):
        instant("Jan 3, 2013 9:00 CST", place="SHANGHAI", site_zone="America/Chicago")


def test_another_stamp_of_the_page_decides() -> None:
    instants = Instants(place="TOLLA")
    instants.of(a_stamp("Nov 3, 2012 9:00 EDT"))

    later = instants.of(a_stamp("Nov 5, 2012 9:00 EST"))

    assert later.isoformat() == "2012-11-05T14:00:00+00:00"


def test_a_time_without_a_zone_is_the_sites_with_a_remark_or_refused() -> None:
    assert instant("03.10.2012 09:09 Uhr", site_zone="Europe/Berlin") == ("2012-10-03T07:09", ["zone-assumed"])
    with pytest.raises(NoZone):
        instant("03.10.2012 09:09 Uhr")


@pytest.mark.parametrize("zone", ["XQT", "UTC+19", "Elsewhere time", "local time"])
def test_an_unknown_zone_is_refused_by_name(zone: str) -> None:
    with pytest.raises(UnknownZone):
        instant(f"Oct 3, 2012 9:09 {zone}", site_zone="Europe/Berlin")


def test_local_time_is_the_time_of_the_dateline() -> None:
    assert instant("Oct 3, 2012 9:09 local time", place="TOKYO") == ("2012-10-03T00:09", [])


def test_the_hour_that_comes_twice_is_taken_once_and_remarked() -> None:
    assert instant("Nov 4, 2012 1:30am ET") == ("2012-11-04T05:30", ["time-twice"])
    assert instant("Nov 4, 2012 1:30am EDT") == ("2012-11-04T05:30", [])
    assert instant("Nov 4, 2012 1:30am EST", place="NEW YORK") == ("2012-11-04T06:30", ["zone-decided"])


def test_the_hour_that_never_comes_is_remarked() -> None:
    assert instant("Mar 11, 2012 2:30am ET") == ("2012-03-11T07:30", ["time-skipped"])


def test_summer_time_printed_in_winter_is_kept_and_remarked() -> None:
    assert instant("Jan 5, 2012 9:00am EDT") == ("2012-01-05T13:00", ["zone-out-of-season"])


def test_figures_are_read_in_the_order_of_other_dates_of_the_page_or_refused() -> None:
    with pytest.raises(AmbiguousDate):
        instant("03/04/2012 15:30 GMT")
    instants = Instants(stamps=[a_stamp("25/04/2012 9:00 GMT")])

    assert instants.of(a_stamp("03/04/2012 15:30 GMT")).isoformat() == "2012-04-03T15:30:00+00:00"


def test_what_is_assumed_often_is_said_once() -> None:
    instants = Instants(site_zone=ZoneInfo("Europe/Berlin"))
    for minute in range(10, 40):
        instants.of(a_stamp(f"03.10.2012 09:{minute} Uhr"))

    (remark,) = instants.remarks()

    assert "30 times" in remark.text
