"""What somebody types to find something: words that must all be there, "words in a row", and -words that must not.
Never more than that: whatever else is typed is a space between words.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from msgspec import Struct

LONGEST = 200  # characters
MOST_WORDS = 20

_ACCENTS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u065f\u0670"  # and vowels of Hebrew and Arabic
_ACCENT = re.compile(f"[{_ACCENTS}]")
_WORD = re.compile(rf"[^\W_]+(?:[{_ACCENTS}]+[^\W_]*)*")  # they may stand after their letter by themselves
_ASKED = re.compile(r'(?:(?<=\s)|^)(-?)(?:"([^"]*)"?|(\S+))')

Words = tuple[str, ...]  # that stand in a row


class Search(Struct, frozen=True, kw_only=True):
    """All of `wanted` and none of `unwanted`. The last word of one that is a `start` may go on."""

    wanted: tuple[Words, ...] = ()
    unwanted: tuple[Words, ...] = ()
    starts: frozenset[Words] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is wanted: then nothing can be found."""
        return not self.wanted


def search_for(typed: str) -> Search:
    """What was typed, cut at LONGEST characters and MOST_WORDS words."""
    wanted: list[Words] = []
    unwanted: list[Words] = []
    starts: set[Words] = set()
    left = MOST_WORDS
    for minus, quoted, plain in _ASKED.findall(typed[:LONGEST]):
        said = quoted or plain
        words = tuple(word.lower() for word in _WORD.findall(said))[:left]
        if not words:
            continue
        left -= len(words)
        (unwanted if minus else wanted).append(words)
        if plain.endswith("*"):
            starts.add(words)
    return Search(wanted=tuple(wanted), unwanted=tuple(unwanted), starts=frozenset(starts))


def fold(word: str) -> str:
    """The word without case and accents: in Unicode's normal form D, the marks taken away."""
    return word.lower() if word.isascii() else _ACCENT.sub("", normalize("NFD", word)).lower()


def matches(text: str, search: Search) -> bool:
    """Whether the text has everything that is wanted and nothing that is not."""
    if search.is_empty:
        return False
    words = [fold(word.group()) for word in _WORD.finditer(text)]
    return all(any(_stands(words, each, search)) for each in search.wanted) and not any(
        any(_stands(words, each, search)) for each in search.unwanted
    )


def hits(text: str, search: Search) -> list[tuple[int, int]]:
    """Where in the text the wanted words stand, as (start, end), in order; a row of words is one hit."""
    found = list(_WORD.finditer(text))
    words = [fold(word.group()) for word in found]
    spans = [
        (found[at].start(), found[at + len(each) - 1].end())
        for each in search.wanted
        for at, stands in enumerate(_stands(words, each, search))
        if stands
    ]
    return sorted(set(spans))


def around(text: str, search: Search, *, size: int) -> tuple[str, list[tuple[int, int]]]:
    """About `size` characters of the text from a little before what was looked for, and the hits in that; "…" where it
    was cut. Where the words stand far apart, those that come last are shown. Without a hit, the text's beginning.
    """
    firsts = [
        spans[0][0] for each in search.wanted if (spans := hits(text, Search(wanted=(each,), starts=search.starts)))
    ]
    first = (min(firsts) if max(firsts) - min(firsts) < size // 2 else max(firsts)) if firsts else 0
    start = 0 if first < size // 3 else text.rfind(" ", 0, first - size // 4) + 1
    end = len(text) if len(text) <= start + size else max(text.rfind(" ", start, start + size), start + size // 2)
    before, behind = ("…" if start else ""), ("…" if end < len(text) else "")
    shift = len(before) - start
    inside = [(max(begin, start) + shift, min(stop, end) + shift) for begin, stop in hits(text, search) if begin < end]
    return f"{before}{text[start:end]}{behind}", [span for span in inside if span[0] < span[1]]


def _stands(words: Sequence[str], each: Words, search: Search) -> Iterator[bool]:
    """For every place, whether these words stand there in a row; `words` are folded."""
    *whole, last = map(fold, each)
    goes_on = each in search.starts
    size = len(whole)
    for at in range(len(words) - size):
        end = words[at + size]
        yield (end == last or (goes_on and end.startswith(last))) and list(words[at : at + size]) == whole
