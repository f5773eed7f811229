"""Shouting: how much of a text is in capitals."""

import re

SHORTEST = 20  # letters that have a case; what is shorter may be a name, an abbreviation or a cry
_WORD = re.compile(r"[^\W\d_]+")
_AN_ABBREVIATION = 4  # letters: NATO, BBC and the like are no shouting


def capitals_in(text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """How many of a hundred letters stand in words of capitals, and where those words are, as (start, end). 0 for a
    text that is too short to say, and for scripts without capitals.
    """
    words = list(_WORD.finditer(text))
    letters = sum(len(word[0]) for word in words if word[0].upper() != word[0].lower())
    loud = [word for word in words if word[0].isupper()]
    shouted = [word for word in loud if len(word[0]) > _AN_ABBREVIATION]
    if letters < SHORTEST or not shouted:
        return 0, ()
    share = 100 * sum(len(word[0]) for word in loud) // letters
    return share, tuple(word.span() for word in loud)
