"""Which texts say almost the same: what a person pastes again and again with a word changed, or many paste once.

A text is the set of its runs of three words, each a number (w-shingling; Broder, "On the resemblance and containment of
documents", 1997). Two texts whose sets share SAME of what either has are alike. Only texts that share one of their
least numbers are compared, and each with few, so that the effort grows with the number of texts.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize
from zlib import crc32

SAME = 0.6  # of the runs that either text has
RUN = 3  # words
LEAST = 4  # numbers by which a text is found
COMPARED = 3  # earlier texts under one number that a new one is held against
MOST_WORDS = 400  # of a text that are looked at
_WORD = re.compile(r"\w+")
_FIGURES = re.compile(r"\d+")


def alike(texts: Mapping[int, str]) -> dict[int, tuple[int, ...]]:
    """For each text that others are like, the keys of all that are alike, its own among them, in the order given."""
    found = {key: runs_of(text) for key, text in texts.items()}
    group = {key: key for key in texts}
    members = {key: [key] for key in texts}
    under: dict[int, list[int]] = {}
    for key, runs in found.items():
        for number in sorted(runs)[:LEAST]:
            known = under.setdefault(number, [])
            for other in known:
                if group[other] != group[key] and are_alike(runs, found[other]):
                    _join(group, members, key, other)
            if len(known) < COMPARED:
                known.append(key)
    return _shown(texts, group)


@lru_cache(maxsize=4096)
def runs_of(text: str) -> frozenset[int]:
    """The numbers of the text's runs of words. Case, punctuation and figures do not count; a text of fewer words than
    RUN is one run.
    """
    words = _WORD.findall(_FIGURES.sub("0", normalize("NFKC", text).casefold()))[:MOST_WORDS]
    if len(words) < RUN:
        return frozenset([crc32(" ".join(words).encode())]) if words else frozenset()
    return frozenset(crc32(" ".join(words[at : at + RUN]).encode()) for at in range(len(words) - RUN + 1))


def are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts, by their runs, say almost the same."""
    return len(one & other) >= SAME * len(one | other)


def _shown(texts: Mapping[int, str], group: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    together: dict[int, list[int]] = {}
    for key in texts:
        together.setdefault(group[key], []).append(key)
    shared = {of: tuple(keys) for of, keys in together.items() if len(keys) > 1}
    return {key: shared[group[key]] for key in texts if group[key] in shared}


def _join(group: dict[int, int], members: dict[int, list[int]], one: int, other: int) -> None:
    """Makes two groups one: the smaller goes into the larger, so that each text moves seldom."""
    into, away = group[one], group[other]
    if len(members[into]) < len(members[away]):
        into, away = away, into
    for key in members[away]:
        group[key] = into
    members[into] += members.pop(away)
