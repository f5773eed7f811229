"""Display names: which can be had, when two are the same, and where a text speaks to somebody by @NAME."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from rejoinder.discussion.text import clean

T = TypeVar("T")

SHORTEST, LONGEST = 2, 40  # characters
WORDS = 4  # a mention is looked for in so many words after the @
RESERVED = frozenset(
    {
        "admin", "administrator", "moderator", "moderation", "editor", "editors", "editorial", "staff", "team",
        "system", "support", "official", "anonymous", "guest", "deleted", "rejoinder", "everyone", "newsroom",
    }
)  # fmt: skip

_FOLDED = re.compile(r"[\s._\-'’]+")
_URL = re.compile(r"https?:|www\.|\w\.(com|org|net|info|biz|io|co)\b", re.IGNORECASE)
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_WORD_END = re.compile(r"(?<=[\w)])(?![\w'’-])")
_CONTROLS = re.compile(r"[\u200e\u200f\u061c\u200b\n]")


class Mention(Struct, frozen=True):
    """An @NAME in a text: from the @ to the name's end, whose by name key, and whether the text begins with it."""

    start: int
    end: int
    key: str
    head: bool


def clean_name(name: str) -> str:
    """The name as it is stored: cleaned, on one line, single spaces."""
    return " ".join(_CONTROLS.sub("", unicodedata.normalize("NFKC", clean(name))).split())


def name_key(name: str) -> str:
    """What two names share that readers would take for the same: folded for case, width, space and ._- marks. Accents
    count: they tell people apart.
    """
    return _FOLDED.sub("", unicodedata.normalize("NFKC", name).casefold())


def name_problem(name: str) -> str | None:
    """Why nobody can have this (cleaned) name, as a code, or None."""
    key = name_key(name)
    if len(name) > LONGEST:
        return "too-long"
    if len(key) < SHORTEST:
        return "too-short"
    if "@" in name:
        return "e-mail"
    if _URL.search(name):
        return "url"
    if not any(character.isalpha() for character in name):
        return "no-letter"
    return "reserved" if key in RESERVED else None


def candidates(text: str) -> set[str]:
    """The name keys that the @s in a text may mean: what is looked up before `mentions` can tell."""
    return {name_key(text[start + 1 : end]) for start, ends in _spans(text) for end in ends}


def mentions(text: str, known: Mapping[str, T]) -> list[Mention]:
    """Where the text says @NAME of a known name (by name key), the longest name first. A mail address is none."""
    found: list[Mention] = []
    taken = 0
    for start, ends in _spans(text):
        if start < taken:
            continue
        for end in reversed(ends):
            key = name_key(text[start + 1 : end])
            if key in known:
                head = not text[:start].strip() and text[end:].lstrip(" ").startswith(":")
                found.append(Mention(start, end, key, head))
                taken = end
                break
    return found


def _spans(text: str) -> Iterator[tuple[int, list[int]]]:
    """For each @, where it stands and where a name after it might end: after one to WORDS words on the same line."""
    for at in _AT.finditer(text):
        start = at.start()
        line_end = text.find("\n", start)
        line = text[start : min(line_end if line_end >= 0 else len(text), start + 1 + 2 * LONGEST)]
        ends: list[int] = []
        for stop in _WORD_END.finditer(line, 1):
            ends.append(start + stop.start())
            if line[1 : stop.start()].count(" ") >= WORDS - 1:
                break
        yield start, ends
