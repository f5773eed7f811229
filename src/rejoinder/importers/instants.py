"""What printed times mean as instants in UTC, and on what evidence.

A zone is never invented. An abbreviation with several meanings is decided by where the page comes from (the dateline's
place, the site's zone, the other stamps of the page), where all of that agrees; else it is refused with its candidates
named. A time without a zone is read in the site's zone, with a remark, or refused where no zone of the site is known.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rejoinder.importers import zones
from rejoinder.importers.places import place_named, territory_of
from rejoinder.importers.record import AmbiguousDate, AmbiguousZone, NoZone, Remark, UnknownZone
from rejoinder.importers.stamps import Stamp
from rejoinder.importers.zones import Meaning

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-]\d{1,2}(?::?\d{2})?)", re.IGNORECASE)
_TIME_IN = re.compile(
    r"(?:heure d[e'’u]\s?|hora de (?:la )?|ora di |بتوقيت )(?P<after>.+)|(?P<before>.+) time", re.IGNORECASE
)
_LOCAL = ("local time", "ortszeit", "heure locale", "hora local", "بالتوقيت المحلي")
_GREENWICH = ("غرينتش", "غرينيتش", "جرينتش")
_LONGEST_OFFSET = timedelta(hours=14)  # the zones of the IANA database end at +14


class Instants:
    """Reads the stamps of one page. What had to be assumed is counted, and told once by `remarks`."""

    def __init__(self, *, place: str = "", site_zone: ZoneInfo | None = None, stamps: Iterable[Stamp] = ()) -> None:
        """`place` is the dateline's; `stamps` are stamps of the same page, from which the order of day and month in
        figures is learnt.
        """
        self._place = place_named(place) if place else None
        self._site_zone = site_zone
        self._others: set[str] = set()
        orders = {stamp.day_first for stamp in stamps} - {None}
        self._day_first = orders.pop() if len(orders) == 1 else None
        self._assumed: dict[str, list[str]] = {}

    def of(self, stamp: Stamp) -> datetime:
        """The instant a stamp means, aware and UTC; a bare date is the beginning of its day. Raises NoZone,
        UnknownZone, AmbiguousZone or AmbiguousDate.
        """
        local = self._local(stamp)
        meaning = self._meaning(stamp.zone, local)
        if not stamp.weekday_agrees:
            self._note("weekday-differs", f"{local:%Y-%m-%d} is another day of the week than the one printed")
        if not stamp.has_time:
            self._note("date-without-time", f"{local:%Y-%m-%d} has no time; the day's beginning was taken")
        self._note_the_clocks(meaning, local)
        return _instant(local, meaning)

    def remarks(self) -> tuple[Remark, ...]:
        """One remark for each kind of thing that was assumed; where it was assumed often, how often."""
        return tuple(
            Remark(code=code, text=f"{texts[0]}." if len(texts) == 1 else f"{texts[0]} (and so {len(texts)} times).")
            for code, texts in self._assumed.items()
        )

    def _note(self, code: str, text: str) -> None:
        self._assumed.setdefault(code, []).append(text)

    def _local(self, stamp: Stamp) -> datetime:
        if len(stamp.locals) == 1:
            return stamp.locals[0]
        day_first, month_first = stamp.locals
        if self._day_first is None:
            raise AmbiguousDate(
                f"A date in figures can be {day_first:%Y-%m-%d} or {month_first:%Y-%m-%d}; the page does not say which."
            )
        self._note("day-order-learnt", "The order of day and month was taken from other dates of the page")
        return day_first if self._day_first else month_first

    def _meaning(self, printed: str | None, local: datetime) -> Meaning:
        if printed is None:
            return self._site_meaning(local)
        if offset := _OFFSET.fullmatch(printed):
            return self._fixed(printed, zones.timedelta_of(offset[1]))
        found = zones.meanings(printed) or self._named(printed)
        if not found:
            raise UnknownZone(f"The time zone “{printed}” of the time {local:%Y-%m-%d %H:%M} is not known.")
        return self._decided(found, printed) if len(found) > 1 else self._certain(found[0])

    def _site_meaning(self, local: datetime) -> Meaning:
        if self._site_zone is None:
            raise NoZone(
                f"The time {local:%Y-%m-%d %H:%M} is printed without a time zone, and the site's zone is not known."
            )
        self._note(
            "zone-assumed", f"A time is printed without a zone and was read in the site's, {self._site_zone.key}"
        )
        return zones.wall_time(self._site_zone)

    def _fixed(self, printed: str, offset: timedelta) -> Meaning:
        if abs(offset) > _LONGEST_OFFSET:
            raise UnknownZone(f"“{printed}” is further from UTC than any time zone.")
        return Meaning(abbreviation=printed, zone="Etc/UTC", whose=printed, offset=offset, territories=frozenset())

    def _named(self, printed: str) -> tuple[Meaning, ...]:
        """The zone of "heure de Paris", "London time", "local time"."""
        if printed.casefold() in _LOCAL:
            place = self._place
        else:
            named = _TIME_IN.fullmatch(printed)
            city = (named["after"] or named["before"]) if named else ""
            if city in _GREENWICH or city.casefold() == "greenwich":
                return zones.meanings("GMT")
            place = place_named(city) if city else None
        return (zones.wall_time(place.zone),) if place and place.zone else ()

    def _certain(self, meaning: Meaning) -> Meaning:
        self._others |= meaning.territories
        return meaning

    def _decided(self, found: tuple[Meaning, ...], printed: str) -> Meaning:
        chosen = {m.candidate: m for evidence in self._evidence() for m in found if m.territories & evidence}
        if len(chosen) != 1:
            candidates = tuple(meaning.candidate for meaning in found)
            raise AmbiguousZone(
                f"The time zone “{printed}” can mean {', '.join(candidates[:-1])} or {candidates[-1]}, "
                "and nothing on the page decides.",
                candidates=candidates,
            )
        (meaning,) = chosen.values()
        self._note(
            "zone-decided", f"The time zone “{printed}” was taken as {meaning.candidate}, as place and site suggest"
        )
        return self._certain(meaning)

    def _evidence(self) -> Iterable[frozenset[str]]:
        """The countries that place, site and the other stamps each speak for."""
        if self._place:
            yield frozenset([self._place.territory])
        if self._site_zone and (home := territory_of(self._site_zone.key)):
            yield frozenset([home])
        yield frozenset(self._others)

    def _note_the_clocks(self, meaning: Meaning, local: datetime) -> None:
        """Remarks a time that the clocks there did not show, or showed twice."""
        if meaning.offset is not None:
            if meaning.zone != "Etc/UTC" and not zones.in_season(meaning, local):
                self._note(
                    "zone-out-of-season",
                    f"“{meaning.abbreviation}” is printed at {local:%Y-%m-%d}, when the clocks of {meaning.zone} "
                    "showed another time; it was taken as printed",
                )
            return
        zone = ZoneInfo(meaning.zone)
        first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return
        printed = f"{local:%Y-%m-%d %H:%M} in {zone.key}"
        if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
            self._note("time-twice", f"It was {printed} twice, as the clocks were put back; the first was taken")
        else:
            self._note("time-skipped", f"It was never {printed}, as the clocks were put on; the hour after was taken")


def _instant(local: datetime, meaning: Meaning) -> datetime:
    if meaning.offset is not None:
        return (local - meaning.offset).replace(tzinfo=UTC)
    return local.replace(tzinfo=ZoneInfo(meaning.zone)).astimezone(UTC)
