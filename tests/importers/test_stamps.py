"""Printed stamps: what is one, in which languages, and what is none."""

from datetime import datetime

import pytest
from babel import Locale

from rejoinder.importers import stamps
from rejoinder.importers.stamps import stamp_in

AS_PRINTED = [
    ("Wed Oct 3, 2012 3:09am EDT", "2012-10-03 03:09", "EDT"),
    ("Oct 03, 2012\u00a0 4:12am EDT", "2012-10-03 04:12", "EDT"),
    ("Oct. 3rd, 2012, 4:12 a.m. GMT", "2012-10-03 04:12", "GMT"),
    ("3 October 2012 at 14:05 BST", "2012-10-03 14:05", "BST"),
    ("14:05 BST, 3 October 2012", "2012-10-03 14:05", "BST"),
    ("Oct 3, 2012 12:05am EDT", "2012-10-03 00:05", "EDT"),
    ("Oct 3, 2012 12:05 p.m. EDT", "2012-10-03 12:05", "EDT"),
    ("Oct 3, 2012, noon GMT", "2012-10-03 12:00", "GMT"),
    ("Oct 3, 2012, midnight GMT", "2012-10-03 00:00", "GMT"),
    ("Oct 3, 2012 15:30 PM JST", "2012-10-03 15:30", "JST"),
    ("Oct 3, 2012 8pm UTC+2", "2012-10-03 20:00", "UTC+2"),
    ("2012-10-03T09:09:00+05:30", "2012-10-03 09:09", "+05:30"),
    ("2012-10-03 09:09:00Z", "2012-10-03 09:09", "Z"),
    ("2012/10/03 21:00 KST", "2012-10-03 21:00", "KST"),
    ("Mi 3. Okt. 2012, 9:09 MESZ", "2012-10-03 09:09", "MESZ"),
    ("03.10.2012 09:09 Uhr", "2012-10-03 09:09", None),
    ("03.10.12, 9.09 Uhr (MESZ)", "2012-10-03 09:09", "MESZ"),
    ("le 1er août 2012 à 15 h 09 CEST", "2012-08-01 15:09", "CEST"),
    ("mercredi 3 octobre 2012 à 9h09 (heure de Paris)", "2012-10-03 09:09", "heure de Paris"),
    ("Miércoles, 3 de octubre de 2012 a las 9:09 p. m. CEST", "2012-10-03 21:09", "CEST"),
    ("3 oct. 2012 - 21:09 hora de Madrid", "2012-10-03 21:09", "hora de Madrid"),
    ("الأربعاء ٣ أكتوبر ٢٠١٢ الساعة ٩:٠٩ صباحًا بتوقيت غرينتش", "2012-10-03 09:09", "بتوقيت غرينتش"),
    ("3 اكتوبر 2012، 9:09 م بتوقيت القاهرة", "2012-10-03 21:09", "بتوقيت القاهرة"),
    ("3 октября 2012, 09:09 МСК", "2012-10-03 09:09", "МСК"),
    ("2012年10月3日 09:09 JST", "2012-10-03 09:09", "JST"),
]


@pytest.mark.parametrize(("printed", "local", "zone"), AS_PRINTED)
def test_a_stamp_is_read_as_it_is_printed(printed: str, local: str, zone: str | None) -> None:
    stamp = stamp_in(printed)

    assert stamp is not None
    assert (stamp.locals, stamp.zone) == ((datetime.fromisoformat(local),), zone)
    assert (stamp.has_time, stamp.weekday_agrees, stamp.before, stamp.after) == (True, True, "", "")


@pytest.mark.parametrize(
    "line",
    [
        "Oct 32, 2012 4:12am EDT",
        "Feb 29, 2013 4:12am EDT",
        "Oct 3, 2012 13:05am EDT",
        "Oct 3, 2012 25:05 GMT",
        "In 2012 they counted 3 gulls",
        "Chapter 3.10 of 2012",
        "",
    ],
)
def test_what_is_no_moment_is_no_stamp(line: str) -> None:
    assert stamp_in(line) is None


def test_what_stands_around_a_stamp_is_kept() -> None:
    stamp = stamp_in("TOLLA Wed Oct 3, 2012 3:09am EDT -- Report as abuse")

    assert stamp is not None
    assert (stamp.before, stamp.after) == ("TOLLA", "-- Report as abuse")


def test_a_link_in_capitals_is_not_taken_for_a_zone() -> None:
    stamp = stamp_in("Oct 3, 2012 4:12am FLAG")

    assert stamp is not None
    assert (stamp.zone, stamp.after) == (None, "FLAG")


def test_figures_that_can_be_two_dates_are_both_kept_unless_the_weekday_decides() -> None:
    open_ = stamp_in("03/04/2012 15:30 GMT")
    decided = stamp_in("Sun 03/04/2012 15:30 GMT")

    assert open_ is not None
    assert [date.month for date in open_.locals] == [4, 3]
    assert decided is not None
    assert [date.month for date in decided.locals] == [3]


def test_a_weekday_that_is_not_the_dates_is_noticed() -> None:
    stamp = stamp_in("Thu Oct 3, 2012 3:09am EDT")

    assert stamp is not None
    assert not stamp.weekday_agrees


def test_no_spelling_of_a_month_means_two_months() -> None:
    spelt: dict[str, set[int]] = {}
    for language in stamps.LANGUAGES:
        locale = Locale.parse(language)
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[use][width].items():
                    for word in stamps._spellings(name):
                        spelt.setdefault(word, set()).add(number)

    assert [word for word, numbers in spelt.items() if len(numbers) > 1] == []


def test_a_very_long_line_is_not_searched() -> None:
    assert stamp_in("word " * 100 + "Oct 3, 2012 4:12am EDT") is None
