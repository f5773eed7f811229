"""The dateline before a story's first words: "MOSCOW (Reuters) - ", "PARIS, Oct 3 (AFP) — ", "Berlin (dpa) – "."""

import re

from msgspec import Struct

_DATELINE = re.compile(
    r"""(?P<place>[^\W\d_][^()"“”!?]{0,79}?)
        \s*\((?P<agency>[^\W\d_][^()]{1,39})\)
        \s*(?:\.?\s?[-–—―‒]+|:)\s*
        (?=\S)""",
    re.VERBOSE,
)
_WITHOUT_AGENCY = re.compile(r"(?P<place>[^\W\d_](?:[^\W\d_]|[ ,.'’/-])*?)(?P<agency>)\s+[–—―]{1,2}\s+(?=\S)")
_DATE = re.compile(r"[,،]\s*(?:\d{1,2}\.?\s*[^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.?\s*\d{1,2})\s*$")
_LONGEST_PLACE = 6  # words: "SAN SALVADOR DE JUJUY, Argentina"
_LONGEST_AGENCY = 4  # words: "Thomson Reuters Foundation"
_ABBREVIATED = re.compile(r"[a-z]{2,5}")  # "dpa", "epd"
_SMALL_WORDS = frozenset(
    [
        "al",
        "am",
        "an",
        "auf",
        "d'",
        "da",
        "de",
        "del",
        "den",
        "der",
        "des",
        "di",
        "do",
        "du",
        "el",
        "en",
        "im",
        "in",
        "la",
        "las",
        "le",
        "los",
        "of",
        "on",
        "sur",
        "the",
        "und",
    ]
)


class Dateline(Struct, frozen=True, kw_only=True):
    """The place, the agency (empty where none is printed), and the paragraph without them."""

    place: str
    agency: str
    rest: str


def dateline_of(paragraph: str) -> Dateline | None:
    """The dateline a paragraph begins with, or None. Without an agency the place must stand in capitals."""
    found = _DATELINE.match(paragraph)
    if found is None:
        found = _WITHOUT_AGENCY.match(paragraph)
        if found is None or not found["place"].split(",")[0].isupper():
            return None
    place = _DATE.sub("", found["place"]).strip(" ,،")
    agency = found["agency"].strip()
    if not _is_named(place, _LONGEST_PLACE) or not (
        _is_named(agency, _LONGEST_AGENCY) or _ABBREVIATED.fullmatch(agency)
    ):
        return None
    return Dateline(place=place, agency=agency, rest=paragraph[found.end() :])


def _is_named(printed: str, longest: int) -> bool:
    """Is it a name: few words, and none in small letters but the small words inside names?"""
    words = re.split(r"[\s/]+", printed)
    small = [word for word in words if word[:1].islower() and word.casefold() not in _SMALL_WORDS]
    return not small and len(words) <= longest
