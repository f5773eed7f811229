"""What people read, in their language: sentences from gettext catalogues, dates and figures by Babel. English is the
source. A catalogue is a `.po` file, compiled in memory when it is first asked for, so there is nothing to build.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from rejoinder.discussion.refusals import Problem
from rejoinder.discussion.restrictions import OFFICIAL, Language

DOMAIN = "rejoinder"
CATALOGUES = files("rejoinder") / "locale"

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate: Unicode Standard Annex 9, 2.4
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_ISOLATES = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ABBREVIATION = re.compile(r"[^\W\d_]{2,5}")

_NUMBERS = (*range(111), 1000, 1_000_000)  # among them one of each kind, in every language

# English that names no country writes dates as most of the world does, and the hour as most newspapers do.
_PLAIN_ENGLISH = Locale("en", "AU")
_PLAIN_MOMENT = "EEE d MMM y, h:mm a"

_HOUR, _DAY = 3600, 86400  # seconds


class Words:
    """One language: its sentences, its way with dates and figures, its direction."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        """`language` is a tag that `is_language` knows."""
        self.language = language
        named = Locale.parse(language, sep="-")
        self._locale = _PLAIN_ENGLISH if str(named) == "en" else named
        self._translations = translations
        self.direction: Literal["ltr", "rtl"] = "rtl" if named.character_order == "right-to-left" else "ltr"

    @property
    def written_in(self) -> str:
        """The language that sentences come in: English where there is no catalogue."""
        return self.language if isinstance(self._translations, GNUTranslations) else "en"

    def gettext(self, message: str) -> str:
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self._translations.ngettext(singular, plural, number)

    def by_number(self, sentence: Callable[[int], str]) -> dict[str, str]:
        """The sentence for each kind of number that the language tells apart, by the names that browsers know them by
        (Unicode CLDR), with "{n}" where the figure stands.
        """
        kind: Callable[[int], str] = self._locale.plural_form
        found: dict[str, str] = {}
        for number in _NUMBERS:
            found.setdefault(kind(number), sentence(number) % {"figure": "{n}"})
        return found

    def sentence(self, message: str, data: Mapping[str, Any] | None = None) -> str:
        """The sentence in this language, its places filled: figures as the language writes them, names isolated, and a
        problem by its own sentence.
        """
        said = self.gettext(message)
        if not data:
            return said
        filled = {place: self._filled(value) for place, value in data.items()}
        problems = {place: value for place, value in data.items() if isinstance(value, Problem)}
        return said % (filled | {place: self.gettext(each.value) % filled for place, each in problems.items()})

    def isolate(self, text: str) -> str:
        """The text fit to stand inside a sentence: where it may run the other way, between isolates, so that it moves
        nothing around it (Unicode Standard Annex 9, 6.1).
        """
        text = _ISOLATES.sub("", text)
        if self.direction == "rtl" or _RIGHT_TO_LEFT.search(text):
            return f"{FSI}{text}{PDI}"
        return text

    def format_moment(self, moment: datetime, zone: ZoneInfo) -> str:
        """Day, time and zone in full: "Wed 3 Oct 2012, 3:09 am EDT"."""
        there = moment.astimezone(zone)
        if self._locale == _PLAIN_ENGLISH:
            return f"{dates.format_datetime(there, _PLAIN_MOMENT, locale=self._locale)} {self._zone(there)}"
        day = dates.format_skeleton("yMMMEd", there, locale=self._locale)
        hour = f"{dates.format_time(there, 'short', locale=self._locale)} {self._zone(there)}"
        return str(self._locale.datetime_formats["medium"]).format(hour, day)

    def format_day(self, moment: datetime | date, zone: ZoneInfo | None = None) -> str:
        """The day in words, as it was in the zone: "3 October 2012"."""
        if isinstance(moment, datetime) and zone is not None:
            moment = moment.astimezone(zone)
        return dates.format_date(moment, "long", locale=self._locale)

    def format_relative(self, moment: datetime, now: datetime) -> str:
        """How far the moment is from now, in one unit, minutes or longer: "5 minutes ago", "in 3 days"."""
        span = moment - now or timedelta(seconds=-1)
        return dates.format_timedelta(span, granularity="minute", add_direction=True, threshold=2, locale=self._locale)

    def format_span(self, seconds: float) -> str:
        """How long that is, in one unit, minutes or longer: "12 minutes", "90 minutes", "1 hour"."""
        is_even = not seconds % _DAY or seconds == _HOUR  # these lose nothing by their name
        threshold = 1 if is_even else 2
        span = timedelta(seconds=seconds)
        return dates.format_timedelta(span, granularity="minute", threshold=threshold, locale=self._locale)

    def format_hour(self, moment: datetime, zone: ZoneInfo) -> str:
        """The time of day as clocks of the zone show it: "3:00 pm"."""
        return dates.format_time(moment.astimezone(zone), "short", locale=self._locale)

    def format_number(self, number: float) -> str:
        """The figure as the language groups it: "12,345"."""
        return numbers.format_decimal(number, locale=self._locale)

    def format_tenths(self, number: float) -> str:
        """The figure with one decimal: "3.0"."""
        return numbers.format_decimal(number, format="#,##0.0", locale=self._locale)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.isolate(value)
        return self.format_number(value) if isinstance(value, int) else value

    def _zone(self, moment: datetime) -> str:
        """The zone as readers of the language know it: "EDT", "MEZ"; where they have no short name for it, "UTC+4"."""
        short = dates.get_timezone_name(moment, "short", locale=self._locale)
        if _ABBREVIATION.fullmatch(short):
            return short
        name = moment.tzname() or ""
        if self._locale.language == "en" and _ABBREVIATION.fullmatch(name):
            return name
        offset = moment.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        if not minutes:
            return "UTC"
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"


@lru_cache(maxsize=64)
def words(language: str) -> Words:
    """The words of a language, by its tag; kept for the life of the process. What no catalogue has stays English."""
    return read_words(language, CATALOGUES)


def official(language: str) -> Language:
    """What statements of reasons are written in on a site of this language: in it, where we have its words and the
    European Commission's transparency database takes it, else in English.
    """
    tag = words(language).written_in.partition("-")[0]
    chosen = tag if tag in OFFICIAL else "en"
    return Language(chosen, words(language if chosen == tag else chosen).gettext)


def read_words(language: str, catalogues: Traversable) -> Words:
    """The words of a language from this folder of catalogues: the tag's own ("de-AT"), else its language's
    ("de"). A tag that names no language counts as English.
    """
    if not is_language(language):  # a tag names a folder below, never a path
        return Words("en", NullTranslations())
    for folder in dict.fromkeys((language.replace("-", "_"), language.partition("-")[0])):
        if (catalogue := _catalogue(catalogues, folder)) is not None:
            return Words(language, catalogue)
    return Words(language, NullTranslations())


def is_language(tag: str) -> bool:
    """Whether the tag names a language whose dates and figures we can write."""
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, TypeError, UnknownLocaleError):
        return False
    return True


def _catalogue(catalogues: Traversable, folder: str) -> GNUTranslations | None:
    path = catalogues / folder / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return None
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=folder))
    compiled.seek(0)
    return GNUTranslations(compiled)
