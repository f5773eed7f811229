"""Opening hours: at what hours of the week a discussion rests. While it rests it can be read, recommended in and
reported; nothing new has to be read by an editor who is asleep. The hours are those of the publication's own zone, so a
night is a night in summer and in winter.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import BadRules

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
A_DAY = timedelta(days=1)
AROUND = range(-2, 9)  # days that are looked at: whatever comes in a week has begun and ended by then
A_WEEK = 7 * 24 * 60  # minutes
MOST = 50  # entries

_DAY = f"(?:{'|'.join(DAYS)})"
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
PATTERN = rf"^(?:{_DAY}(?:-{_DAY})?(?: {_HOUR}-(?:{_HOUR}|24:00))?|{_HOUR}-(?:{_HOUR}|24:00))$"
_ENTRY = re.compile(rf"^(?:({_DAY})(?:-({_DAY}))?)? ?(?:({_HOUR})-({_HOUR}|24:00))?$")

Entry = Annotated[str, Meta(pattern=PATTERN)]
"""When a discussion rests: "22:00-06:00" (each night), "saturday", "friday-sunday", "sunday 00:00-12:00". Hours that
end before they begin go on into the next day.
"""


class Rest(Struct, frozen=True):
    """A stretch of rest. One that began days ago may be said to begin later, but not later than now."""

    begins: datetime
    ends: datetime


class _Weekly(Struct, frozen=True):
    """An entry: on which days of the week (Monday is 0) it begins, at which hour, and how long by the clock."""

    days: frozenset[int]
    begins: time
    minutes: int


def read_hours(typed: str) -> tuple[str, ...]:
    """What an editor typed, such as "22:00-06:00, saturday", as entries. Raises BadRules for one that is none."""
    found = tuple(" ".join(part.split()) for part in typed.lower().replace("–", "-").split(",") if part.strip())
    for each in found:
        if not re.fullmatch(PATTERN, each):
            raise BadRules(problem=RulesProblem.NO_HOURS, given=each)
    must_leave_time(found)
    return found


def must_leave_time(entries: Sequence[str]) -> None:
    """Silent if the discussion is ever open. Raises BadRules where it would rest always, or where there are more
    entries than MOST.
    """
    if len(entries) > MOST:
        raise BadRules(problem=RulesProblem.TOO_MANY_HOURS, most=MOST)
    taken = bytearray(A_WEEK)
    for each in _weekly(tuple(entries)):
        for day in each.days:
            start = day * 1440 + each.begins.hour * 60 + each.begins.minute
            for minute in range(start, start + each.minutes):
                taken[minute % A_WEEK] = 1
    if entries and all(taken):
        raise BadRules(problem=RulesProblem.NEVER_OPEN)


def rest_from(entries: Sequence[str], *, zone: ZoneInfo, now: datetime) -> Rest | None:
    """The rest that holds at `now`, else the next one to come; None where there is none."""
    if not entries:
        return None
    around = _rests_around(tuple(entries), zone, now.astimezone(zone).date())
    return next((rest for rest in around if now < rest.ends), None)


@lru_cache(maxsize=1024)
def _rests_around(entries: tuple[str, ...], zone: ZoneInfo, today: date) -> tuple[Rest, ...]:
    stretches = sorted(
        (_at(day, each.begins, 0, zone), _at(day, each.begins, each.minutes, zone))
        for day in (today + A_DAY * ahead for ahead in AROUND)
        for each in _weekly(entries)
        if day.weekday() in each.days
    )
    return tuple(Rest(begins, ends) for begins, ends in _merged(stretches))


def _at(day: date, begins: time, minutes: int, zone: ZoneInfo) -> datetime:
    """The instant that the wall clock shows so many minutes after this hour of the day (PEP 495: of two, the first)."""
    wall = datetime.combine(day, begins) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _merged(stretches: Sequence[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Stretches that touch are one."""
    begins, ends = stretches[0]
    for next_begins, next_ends in stretches[1:]:
        if next_begins <= ends:
            ends = max(ends, next_ends)
        else:
            yield begins, ends
            begins, ends = next_begins, next_ends
    yield begins, ends


@lru_cache(maxsize=1024)
def _weekly(entries: tuple[str, ...]) -> tuple[_Weekly, ...]:
    return tuple(_read(each) for each in entries)


def _read(entry: str) -> _Weekly:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        raise BadRules(problem=RulesProblem.NO_HOURS, given=entry)
    first, last, begins, ends = found.groups()
    start = _minute(begins or "00:00")
    minutes = (_minute(ends or "24:00") - start) % 1440 or 1440
    return _Weekly(_days(first, last or first), time(start // 60, start % 60), minutes)


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None or last is None:
        return frozenset(range(7))
    start, end = DAYS.index(first), DAYS.index(last)
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def _minute(hour: str) -> int:
    return int(hour[:2]) * 60 + int(hour[3:])
