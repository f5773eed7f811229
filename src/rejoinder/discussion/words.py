"""Word lists: whole words and phrases, found through the usual disguises, with the place in the text for the desk."""

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

_SIGNS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i"}
_CYRILLIC = {
    "а": "a",
    "е": "e",
    "о": "o",
    "р": "p",
    "с": "c",
    "у": "y",
    "х": "x",
    "і": "i",
    "к": "k",
    "т": "t",
    "м": "m",
}
_MORE_CYRILLIC = {"н": "h", "в": "b", "ѕ": "s", "ԁ": "d", "ј": "j"}
_GREEK = {"α": "a", "ε": "e", "ο": "o", "ρ": "p", "υ": "u", "ι": "i", "κ": "k", "ν": "v", "τ": "t"}
_LOOK_ALIKE = str.maketrans(_SIGNS | _CYRILLIC | _MORE_CYRILLIC | _GREEK)
_TOKEN = re.compile(r"[^\W_]+(?:[@$!|'’][^\W_]+)*[@$]?|[@$][^\W_]+", re.UNICODE)
_SPELLED = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*]{1,2}[^\W_]){2,}(?![^\W_])")


class Hit(Struct, frozen=True):
    """Where a text says an entry of the list: from `start` to before `end`, in characters."""

    start: int
    end: int
    entry: str


class WordList:
    """Entries compiled once. Found whole, never inside a longer word; case, accents, digits for letters, look-alike
    letters of other scripts, stretched letters and s.p.a.c.i.n.g do not hide them.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for entry in entries:
            words = tuple(_folded(word) for word in _words(entry))
            if words:
                self._phrases.setdefault(words[0], []).append((words, entry.strip()))

    def find(self, text: str) -> list[Hit]:
        """Every hit in the order of the text."""
        if not self._phrases:
            return []
        tokens = [(found.start(), found.end(), _folded(found.group())) for found in _TOKEN.finditer(text)]
        hits = [hit for number in range(len(tokens)) for hit in self._at(tokens, number)]
        for spelled in _SPELLED.finditer(text):
            letters = _folded(re.sub(r"[ .\-_*]", "", spelled.group()))
            hits += [
                Hit(spelled.start(), spelled.end(), entry)
                for words, entry in self._phrases.get(letters, [])
                if len(words) == 1
            ]
        return sorted(hits, key=lambda hit: (hit.start, hit.end))

    def _at(self, tokens: list[tuple[int, int, str]], number: int) -> list[Hit]:
        found = []
        for words, entry in self._phrases.get(tokens[number][2], []):
            here = tokens[number : number + len(words)]
            if tuple(token[2] for token in here) == words:
                found.append(Hit(here[0][0], here[-1][1], entry))
        return found


def _words(text: str) -> list[str]:
    return [found.group() for found in _TOKEN.finditer(text)]


def _folded(word: str) -> str:
    """The word without its disguise; a letter that is repeated counts once."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = plain.translate(_LOOK_ALIKE)
    if word.isdigit():
        return word
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^\w]|_", "", plain))
