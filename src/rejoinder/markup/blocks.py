"""Paragraphs, how deep each is quoted, and which are lists."""

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

QUOTES = 3  # levels of quotation; a fourth > stands as typed

# A > before a figure or a face is none: ">50% of the seats", ">:(".
_QUOTED = re.compile(rf"(?: {{0,3}}>(?![\d=<_:;]) ?){{1,{QUOTES}}}")


# One line with a dash is speech, or a thought; a list has two at least.
_ITEM = re.compile(r" {0,3}- (?=\S)")
ITEMS = 2


class Paragraph(Struct, frozen=True):
    """Lines that belong together, without their quotation marks, and the quotes (0 to QUOTES) they stand in. Each line
    of a list is an item, without its dash.
    """

    depth: int
    text: str
    is_list: bool = False


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, parted by empty lines and by changes of quotation. A text with anything in it has one
    at least, so that nothing a reader typed vanishes.
    """
    found: list[Paragraph] = []
    lines: list[str] = []
    depth = 0
    for typed in text.split("\n"):
        quoted = _QUOTED.match(typed)
        line = typed[quoted.end() :] if quoted else typed
        level = quoted.group().count(">") if quoted else 0
        if lines and (level != depth or not line.strip()):
            found += _parted(depth, lines)
            lines = []
        if line.strip():
            lines.append(line)
            depth = level
    if lines:
        found += _parted(depth, lines)
    return found or ([Paragraph(0, text)] if text.strip() else [])


def _parted(depth: int, lines: list[str]) -> Iterator[Paragraph]:
    """The lines as paragraphs of text and of items, in their order."""
    text: list[str] = []
    for has_dash, run in groupby(lines, key=lambda line: _ITEM.match(line) is not None):
        these = list(run)
        if not has_dash or len(these) < ITEMS:
            text += these
            continue
        if text:
            yield Paragraph(depth, "\n".join(text))
            text = []
        yield Paragraph(depth, "\n".join(_ITEM.sub("", line, count=1) for line in these), is_list=True)
    if text:
        yield Paragraph(depth, "\n".join(text))
