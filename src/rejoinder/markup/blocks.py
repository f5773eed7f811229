"""Paragraphs and how deep each is quoted."""

import re

from msgspec import Struct

QUOTES = 3  # levels of quotation; a fourth > stands as typed

# A > before a figure or a face is none: ">50% of the seats", ">:(".
_QUOTED = re.compile(rf"(?: {{0,3}}>(?![\d=<_:;]) ?){{1,{QUOTES}}}")


class Paragraph(Struct, frozen=True):
    """Lines that belong together, without their quotation marks, and the quotes (0 to QUOTES) they stand in."""

    depth: int
    text: str


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
            found.append(Paragraph(depth, "\n".join(lines)))
            lines = []
        if line.strip():
            lines.append(line)
            depth = level
    if lines:
        found.append(Paragraph(depth, "\n".join(lines)))
    return found or ([Paragraph(0, text)] if text.strip() else [])
