"""Word lists: whole words and phrases, found through the usual disguises, with their places for the desk. A hit is
advice to look, no more.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from unicodedata import combining, normalize

from msgspec import Struct

# Letters of other scripts drawn like Latin ones (those of UTS 39's confusables in daily use), by their shape and so
# before case is folded: Ν is an N, ν a v.
_DRAWN_ALIKE = (
    ("АВЕЁКМНОРСТУХІЇЈЅԀԌԚԜҺӀ", "abeekmhopctyxiijsdgqwhl"),
    ("авеёкмнорстухіїјѕԁԍԛԝһӏ", "abeekmhopctyxiijsdgqwhl"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "abezhikmnoptyxc"),
    ("αεηικνορτυχωϲ", "aenikvoptuxwc"),
)
LOOK_ALIKE = {letter: latin for ours in _DRAWN_ALIKE for letter, latin in zip(*ours, strict=True)}
_DIGITS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_UNMASKING = [str.maketrans(LOOK_ALIKE | _DIGITS | {"1": one}) for one in "il"]  # f1nd, b1ue

_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u109f\u1780-\u17d3"
)
_HIDDEN = "\xad\u200b-\u200f\u2060\ufe00-\ufe0f"  # between letters these show nothing
_WORD = re.compile(rf"(?:[^\W_]+|[{_MARKS}{_HIDDEN}@$]+)+")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9@$]+")  # the same where all is ASCII, several times as fast
_HIDING = re.compile(f"[{_HIDDEN}]")
_INSIDE_A_WORD = re.compile(r"[^\w\s]|_")
_BETWEEN_LETTERS = re.compile(r"(?:[^\w\n]|_){1,3}")
_SHORTEST_SPELLED = 3
_STRETCHED = 3  # so many of one letter are a cry and may stand for one or two; two are spelling: lot is not loot
_CACHED = 40  # characters


class Hit(Struct, frozen=True, order=True):
    """Where a text says an entry of the list: from `start` to before `end`, in code points of the text as given."""

    start: int
    end: int
    entry: str


class _Form(Struct, frozen=True):
    """A word with each run of one letter taken once, and how long the runs were: cool is (col, 1 2 1)."""

    letters: str
    runs: tuple[int, ...]

    def may_say(self, known: "_Form") -> bool:
        """Whether this, in a text, can stand for that, in a list."""
        return self.letters == known.letters and all(
            run == wanted or run >= _STRETCHED for run, wanted in zip(self.runs, known.runs, strict=True)
        )


class _Word(Struct, frozen=True):
    """A word of a text: where it stands, and what it can be read as."""

    start: int
    end: int
    forms: tuple[_Form, ...]


class _Entry(Struct, frozen=True):
    forms: tuple[_Form, ...]  # one for each of its words
    text: str


class WordList:
    """Entries compiled once, words or phrases. They are found whole, never inside a longer word, and whatever their
    case and accents, with digits or signs for letters, with look-alike letters of other scripts, stretched (loooong),
    and s p e l l e d or s.p.e.l.l.e.d out.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._known: dict[str, list[_Entry]] = {}  # by the letters of its first word
        for entry in entries:
            words = [_forms(found.group()) for found in _WORD.finditer(entry)]
            for number in range(max(map(len, words), default=0)):
                forms = tuple(each[min(number, len(each) - 1)] for each in words)
                self._known.setdefault(forms[0].letters, []).append(_Entry(forms, entry.strip()))

    def find(self, text: str) -> list[Hit]:
        """Every hit in the order of the text, each entry once a place. Linear in the text's length."""
        if not self._known:
            return []
        words, joined, letters = _read(text)
        if self._known.keys().isdisjoint(letters):
            return []
        hits = set(self._said(words))
        for word in joined:
            hits.update(self._said([word]))
        return sorted(hits)

    def _said(self, words: Sequence[_Word]) -> Iterator[Hit]:
        for number, word in enumerate(words):
            for form in word.forms:
                for entry in self._known.get(form.letters, ()):
                    here = words[number : number + len(entry.forms)]
                    if len(here) == len(entry.forms) and all(map(_says, here, entry.forms)):
                        yield Hit(word.start, here[-1].end, entry.text)


def unmasked(word: str) -> frozenset[str]:
    """What the word reads as without its disguise, in folded letters, each run of a letter once: 4dm1n is admin."""
    return frozenset(form.letters for form in _forms(word))


@lru_cache(maxsize=4)  # each text is held against several lists, one after the other
def _read(text: str) -> tuple[list[_Word], list[_Word], frozenset[str]]:
    """The words of a text, those that are said in pieces (d.i.v.i.d.e.d or s p e l l e d out), and the letters that any
    of them can be read as.
    """
    word = _PLAIN_WORD if text.isascii() else _WORD
    words = [_Word(*found.span(), _forms(found.group())) for found in word.finditer(text)]
    joined = [_joined(text, group) for group in _groups(text, words, _INSIDE_A_WORD)]
    letters = [word for word in words if len(word.forms[0].letters) == 1]
    for group in _groups(text, letters, _BETWEEN_LETTERS):
        parts = (group, group[1:], group[:-1], group[1:-1])  # in "a f u n day" the a is a word
        joined += [_joined(text, part) for part in parts if len(part) >= _SHORTEST_SPELLED]
    return words, joined, frozenset(form.letters for each in (words, joined) for word in each for form in word.forms)


def _says(word: _Word, known: _Form) -> bool:
    return any(form.may_say(known) for form in word.forms)


def _joined(text: str, words: Sequence[_Word]) -> _Word:
    """The words as one, without what stands between."""
    return _Word(words[0].start, words[-1].end, _forms("".join([text[word.start : word.end] for word in words])))


def _groups(text: str, words: Sequence[_Word], separator: re.Pattern[str]) -> Iterator[list[_Word]]:
    """Runs of two and more words that are held apart by a separator, the same throughout the run."""
    group: list[_Word] = []
    last = ""
    for before, word in pairwise(words):
        between = text[before.end : word.start]
        if group and between != last:
            yield group
            group = []
        if _separates(separator, between):
            group = group or [before]
            group.append(word)
        last = between
    if group:
        yield group


@lru_cache(maxsize=512)
def _separates(separator: re.Pattern[str], between: str) -> bool:
    return separator.fullmatch(between) is not None


def _forms(word: str) -> tuple[_Form, ...]:
    return _cached_forms(word) if len(word) <= _CACHED else _new_forms(word)


def _new_forms(word: str) -> tuple[_Form, ...]:
    """What the word can be read as: as it stands, and unmasked, with and without signs at its ends (@you, fun$)."""
    shown = _HIDING.sub("", word)
    bare = shown.strip("@$")
    if not any(character.isalpha() for character in bare):
        return (_Form(shown, (1,) * len(shown)),)  # a number is a number
    if bare.isascii() and bare.isalpha() and bare == shown:
        return (_form(shown),)
    unmasked = (each.translate(table) for each in (bare, shown) for table in _UNMASKING)
    return tuple(dict.fromkeys(_form(each) for each in (bare, *unmasked)))


_cached_forms = lru_cache(maxsize=8192)(_new_forms)


def _form(word: str) -> _Form:
    letters = word.casefold()
    if not letters.isascii():
        letters = "".join(c for c in normalize("NFKD", letters) if not _is_accent(c))
    runs = [(letter, sum(1 for _ in run)) for letter, run in groupby(letters)]
    return _Form("".join([letter for letter, _ in runs]), tuple([length for _, length in runs]))


def _is_accent(character: str) -> bool:
    """Whether the mark can be left out in writing: Latin accents, Hebrew points, Arabic vowels, no Indic vowel (by
    canonical combining class, UAX 44, table 15).
    """
    place = combining(character)
    return 10 <= place <= 35 or place >= 200  # noqa: PLR2004 - the classes' own numbers
