"""Which names look alike though they are spelt otherwise: the idea of a skeleton (Unicode Technical Standard 39, 4),
with a table of our own for the letters that names are written with: Latin, Greek, Cyrillic, Armenian, Arabic, digits.
Two names with one skeleton are taken for each other.
"""

import re
from collections.abc import Iterable

from rejoinder.discussion.names import name_key

_ALIKE = {
    # capitals, before they are folded: I is taken for l, В for B
    "I": "l", "|": "l", "1": "l", "0": "o",
    "А": "a", "В": "b", "Е": "e", "Ѕ": "s", "І": "l", "Ӏ": "l", "Ј": "j", "К": "k", "М": "m", "Н": "h", "О": "o",
    "Р": "p", "С": "c", "Т": "t", "Ь": "b", "У": "y", "Ү": "y", "Х": "x", "Ԁ": "d", "Ԍ": "g", "Ԛ": "q", "Ԝ": "w",
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "l", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p",
    "Τ": "t", "Υ": "y", "Χ": "x",
    "Օ": "o", "Տ": "s", "Լ": "l", "Ս": "u",
    # small letters
    "а": "a", "г": "r", "е": "e", "ѕ": "s", "і": "i", "ӏ": "l", "ј": "j", "к": "k", "о": "o", "р": "p", "с": "c",
    "у": "y", "ү": "y", "х": "x", "ь": "b", "һ": "h", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ѵ": "v",
    "α": "a", "γ": "y", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "υ": "u", "χ": "x",
    "օ": "o", "ս": "u", "ո": "n", "հ": "h", "ց": "g", "զ": "q", "յ": "j",
    "ı": "i", "ȷ": "j", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ɪ": "i", "ƒ": "f", "ᴏ": "o", "ʟ": "l",
    "ک": "ك", "ی": "ى", "ہ": "ه", "ھ": "ه",
}  # fmt: skip
_APART = re.compile(r"[\s._-]+")
_TABLE = str.maketrans(_ALIKE)
_SHORTEST_TITLE = 5  # letters; the title of a publication that is shorter may be part of many names


def name_look(name: str) -> str:
    """The name's skeleton: what it shares with every name that looks like it. An r and an n of two words are no m."""
    words = (name_key(word).replace("rn", "m").replace("vv", "w") for word in _APART.split(name.translate(_TABLE)))
    return "".join(words)


def poses_as(name: str, *, titles: Iterable[str], people: Iterable[str], reserved: Iterable[str]) -> bool:
    """Whether readers would take the name for the publication's own (one of its titles is in it), for one of the people
    who write there, or for one that the site keeps for itself, as a whole or as a word of it.
    """
    look = name_look(name)
    words = {look, *map(name_look, name.split())}
    if any(len(title) >= _SHORTEST_TITLE and title in look for title in map(_title, titles)):
        return True
    return look in set(map(name_look, people)) or not words.isdisjoint(map(name_look, reserved))


def _title(title: str) -> str:
    """A title's skeleton without an article before it."""
    first, _, rest = title.partition(" ")
    return name_look(rest if rest and first.casefold() in ("the", "der", "die", "das") else title)
