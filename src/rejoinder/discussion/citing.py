"""The words of a comment that a decision is about: as an editor copied them, found again in the text."""

import re

from rejoinder.discussion.refusals import Invalid, WordsNotFound

MOST = 20  # places that a decision cites: beyond that it is about the whole
Spans = tuple[tuple[int, int], ...]  # (start, end) in the text


def spans_of(text: str, words: str) -> Spans:
    """Where these words stand in the text, each line of them at its first place, in the order of the text. White
    space counts as one, since a page breaks lines elsewhere; so do capitals and small letters. Raises WordsNotFound
    with the first line that does not stand there, and Invalid for more than MOST lines.
    """
    lines = [line.split() for line in words.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Invalid(field="words")
    return tuple(sorted({_span(text, line) for line in lines}))


def _span(text: str, line: list[str]) -> tuple[int, int]:
    found = re.search(r"\s+".join(map(re.escape, line)), text, re.IGNORECASE)
    if found is None:
        raise WordsNotFound(words=" ".join(line))
    return found.span()
