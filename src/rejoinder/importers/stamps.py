"""Stamps as pages print them: "Wed Oct 3, 2012 3:09am EDT", "Mi 3. Okt. 2012, 9:09 MESZ", "03.10.2012 09:09 Uhr".

A stamp is recognised strictly: a whole date, with or without a clock time and a zone, every word of it known. The
names of months and weekdays come from Unicode CLDR (through Babel) in the languages of `LANGUAGES`. Which instant the
figures mean is another question: see `instants`.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from babel import Locale
from msgspec import Struct

LANGUAGES = ("en", "de", "fr", "es", "ar", "it", "pt", "nl", "ru", "tr")

_LONGEST_LINE = 250  # characters; a stamp stands in a short line, and prose is not searched for it
_CENTURY = 2000  # "03.10.12" is read in this century: the web has no older page
_NOON = 12


class Stamp(Struct, frozen=True, kw_only=True):
    """A printed stamp. `locals` are the local times it can mean: one, or two where figures such as 03/04/2012 leave the
    order of day and month open (day first comes first). `day_first` is None where the stamp has no such figures.
    `zone` is the zone as printed, or None. `before` and `after` are what else the line holds.
    """

    locals: tuple[datetime, ...]
    has_time: bool
    zone: str | None
    weekday_agrees: bool
    day_first: bool | None
    before: str
    after: str


def stamp_in(line: str) -> Stamp | None:
    """The stamp in a line, or None. One with a clock time is preferred to a bare date, an earlier one to a later. A
    date that does not exist (Oct 32) is no stamp, and nor is a time that does not (13:05am).
    """
    if len(line) > _LONGEST_LINE or not any(c.isdecimal() for c in line):
        return None
    plain = _plain(line)
    found = [match for shape in _shapes() if (match := shape.search(plain))]
    found.sort(key=lambda match: (not _is_timed(match.groupdict()), match.start(), -match.end()))
    return next((stamp for match in found if (stamp := _stamp(match))), None)


def _is_timed(parts: dict[str, str | None]) -> bool:
    return bool(parts.get("hour") or parts.get("named_hour"))


def _stamp(match: re.Match[str]) -> Stamp | None:
    parts = match.groupdict()
    clock = _clock(parts)
    dates = list(_dates(parts))
    if clock is None or not dates:
        return None
    hour, minute, second = clock
    days = _weekdays().get(_folded(parts.get("weekday") or ""))
    agreeing = [date for date in dates if not days or date.weekday() in days]
    chosen = agreeing or dates
    return Stamp(
        locals=tuple(date.replace(hour=hour, minute=minute, second=second) for date in chosen),
        has_time=_is_timed(parts),
        zone=parts.get("zone"),
        weekday_agrees=bool(agreeing),
        day_first=_day_first(parts, chosen),
        before=match.string[: match.start()].strip(),
        after=match.string[match.end() :].strip(),
    )


def _dates(parts: dict[str, str | None]) -> Iterator[datetime]:
    year = int(parts["year"] or 0)
    year += _CENTURY if year < 100 else 0  # noqa: PLR2004 (a year without its century)
    if parts.get("first"):
        first, second = int(parts["first"] or 0), int(parts["second_figure"] or 0)
        pairs = list(dict.fromkeys([(second, first), (first, second)]))
    else:
        month = parts["month"] or ""
        pairs = [(int(month) if month.isdecimal() else _months()[_folded(month)], int(parts["day"] or 0))]
    for month_number, day in pairs:
        try:
            yield datetime(year, month_number, day)  # noqa: DTZ001 (a printed time is local until its zone is known)
        except ValueError:
            continue


def _day_first(parts: dict[str, str | None], chosen: list[datetime]) -> bool | None:
    if not parts.get("first") or len(chosen) > 1:
        return None
    return None if parts["first"] == parts["second_figure"] else chosen[0].day == int(parts["first"] or 0)


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int] | None:
    if not _is_timed(parts):
        return (0, 0, 0)
    if named := parts.get("named_hour"):
        return (_NOON if named.casefold() == "noon" else 0, 0, 0)
    hour, minute, second = (int(parts.get(part) or 0) for part in ("hour", "minute", "second"))
    half = (parts.get("half") or parts.get("half_alone") or "").casefold()
    if half and hour <= _NOON:
        hour = hour % _NOON + (0 if half.startswith(_MORNING) else _NOON)
    elif half.startswith(_MORNING):
        return None
    return (hour, minute, second) if hour <= 23 and minute <= 59 and second <= 59 else None  # noqa: PLR2004 (a clock)


_MORNING = ("a", "ص")  # how "am", "a. m.", "ص" and "صباحا" begin; "pm", "م" and "مساء" do not
_CITY = r"(?:(?:New|Nueva|Los|San|Tel|Hong|Buenos|Mexico)\ )?[^\W\d_]+"
_ZONE = rf"""
(?: \s* [,(\[]? \s* (?P<zone>
    (?:UTC|GMT)\s?[+-]\d{{1,2}}(?::?\d{{2}})?(?!\d)
  | [+-]\d{{2}}(?::?\d{{2}})?(?!\d)
  | (?-i:(?!(?:FLAG|REPLY|SHARE|LIKE|LINK|QUOTE)\b)(?:[A-ZА-Я]{{2,5}}|Z|ChST))(?!\w)
  | (?-i:[A-Z][a-z]+/[A-Z][A-Za-z_/]+)
  | local\ time | Ortszeit | heure\ locale | hora\ local | بالتوقيت\ المحلي
  | (?:heure\ d[e'’u]\s?|hora\ de\ (?:la\ )?|ora\ di\ |بتوقيت\ ){_CITY}
  | (?-i:(?=[A-Z]){_CITY}\ time)(?!\w)
) [)\]]? )?
"""
_HALF = r"[ap]\.?\s?m\b\.?|صباحا|مساء|ص|م"
_CLOCK = rf"""
(?<![\d:.])(?:
    (?P<hour>\d{{1,2}}) (?:
        (?: [:.] | \s?h\s? ) (?P<minute>\d{{2}})(?!\d) (?: :(?P<second>\d{{2}})(?:[.,]\d+)? )?
        (?: \s?(?P<half>{_HALF})(?!\w) )? (?: \s?(?:Uhr|hrs?|h)(?!\w)\.? )?
      | \s?(?P<half_alone>{_HALF})(?!\w)
      | \s?(?:Uhr|h)(?!\w)
    )
  | (?:12\s)?(?P<named_hour>noon|midnight)(?!\w)
) {_ZONE}
"""
_WORDS_BETWEEN = r"at|um|gegen|à|a\ las?|alle|ore|às|om|в|saat|الساعة|de|on|am|den|le|el|il"
_BETWEEN = rf"(?: \s | [,،;|•·@–—-] | T(?=\d) | \b(?:{_WORDS_BETWEEN})\b )+"


def _date_shapes(months: str, weekdays: str) -> tuple[str, ...]:
    weekday = rf"(?: (?<!\w)(?P<weekday>{weekdays})(?!\w)\.?[,،]?\s+ )?"
    return (
        rf"{weekday}(?<!\w)(?P<month>{months})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[,،]?\s+(?P<year>\d{{4}})(?!\d)",
        (
            rf"{weekday}(?:\b(?:the|den|le|el|il)\s+)?(?<![\d.:])(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?[\s/-]*"
            rf"(?:\b(?:de|di|of)\s+)?(?P<month>{months})\.?[,،/-]?\s*(?:\bdel?\s+)?(?P<year>\d{{4}})(?!\d)"
        ),
        r"(?<!\d)(?P<year>\d{4})(?P<_sep>[-/.])(?P<month>\d{1,2})(?P=_sep)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})年\s?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日",
        rf"{weekday}(?<![\d.])(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}})(?![\d.]\d)",
        rf"{weekday}(?<![\d/])(?P<first>\d{{1,2}})(?P<_sep>[/-])(?P<second_figure>\d{{1,2}})(?P=_sep)(?P<year>\d{{4}})(?!\d)",
    )


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    dates = _date_shapes(_alternatives(_months()), _alternatives(_weekdays()))
    forms = [form for date in dates for form in (rf"{date}(?:{_BETWEEN}{_CLOCK})?", rf"{_CLOCK}{_BETWEEN}{date}")]
    return tuple(re.compile(form, re.IGNORECASE | re.VERBOSE) for form in forms)


def _alternatives(words: dict[str, object] | dict[str, int] | dict[str, frozenset[int]]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _months() -> dict[str, int]:
    """Every spelling of a month, folded, and its number. No spelling means two months in two of the languages."""
    return {
        word: number
        for language in LANGUAGES
        for use in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(language).months[use][width].items()
        for word in _spellings(name)
    } | {"sept": 9}


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """Every spelling of a weekday, folded, and the days it can be: "do" is a Sunday's beginning in one language and
    Thursday in another.
    """
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in Locale.parse(language).days[use][width].items():
                    for word in _spellings(name):
                        found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _spellings(name: str) -> set[str]:
    word = _folded(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return {word, bare}


def _folded(word: str) -> str:
    return _plain(word).casefold().rstrip(".")


def _plain(line: str) -> str:
    """The line with plain spaces, European figures, and without marks that only steer its display."""
    folded = unicodedata.normalize("NFKC", line).translate(_UNSEEN)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)


# Arabic vowel signs, zero-width and direction marks; the minus sign and the hyphen that does not break are hyphens.
_UNSEEN = dict.fromkeys(
    [*range(0x064B, 0x0653), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF], ""
)
_UNSEEN |= {0x2212: "-", 0x2011: "-"}
