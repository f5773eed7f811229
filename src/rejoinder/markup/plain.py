"""A reader's text without its marks: for letters, feeds and lists."""

from collections.abc import Sequence

from rejoinder.discussion.text import has_no_width
from rejoinder.markup.blocks import Paragraph, paragraphs
from rejoinder.markup.inline import Link, Mark, Piece, pieces


def plain(text: str) -> str:
    """The whole text without signs of emphasis; a link is its words and, in brackets, its address; quotes keep a > at
    each line.
    """
    return "\n\n".join(_quoted(paragraph) for paragraph in paragraphs(text))


def quoted(text: str) -> str:
    """What the writer says themselves, as a quotation to answer: a > before each line, and an empty line after it. The
    quotes in it are left out, so that talk does not grow by being answered.
    """
    own = [paragraph for paragraph in paragraphs(text) if not paragraph.depth]
    lines = "\n\n".join(_listed(paragraph) for paragraph in own).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" if own else ""


def excerpt(text: str, limit: int) -> str:
    """The beginning of what the writer says, on one line, in at most `limit` code points, cut between words where that
    leaves more than half. Quotes and the addresses under words are left out; a text of quotes only gives them.
    """
    found = paragraphs(text)
    own = [paragraph for paragraph in found if not paragraph.depth] or found
    line = " ".join(" ".join(_words(pieces(paragraph.text)) for paragraph in own).split())
    if len(line) <= limit:
        return line
    cut = max(limit - 1, 0)
    while cut and (has_no_width(line[cut]) or line[cut - 1] == "\u200d"):  # not through a letter and its marks
        cut -= 1
    space = line.rfind(" ", limit // 2, cut + 1)
    return line[: space if space > 0 else cut].rstrip(" ,;:–—-") + "…" * (limit > 0)


def _quoted(paragraph: Paragraph) -> str:
    marks = ">" * paragraph.depth + " " * (paragraph.depth > 0)
    if paragraph.is_list:
        items = [_words(pieces(item), with_addresses=True) for item in paragraph.text.split("\n")]
        return "\n".join(f"{marks}- {item}" for item in items)
    return "\n".join(marks + line for line in _words(pieces(paragraph.text), with_addresses=True).split("\n"))


def _words(inside: Sequence[Piece], *, with_addresses: bool = False) -> str:
    return "".join([_word(piece, with_addresses=with_addresses) for piece in inside])


def _word(piece: Piece, *, with_addresses: bool) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Link):
        if not piece.label:
            return piece.typed
        return _words(piece.label) + (f" ({piece.typed})" if with_addresses else "")
    return "\n" if piece is Mark.BREAK else ""


def _listed(paragraph: Paragraph) -> str:
    """The lines as they were typed."""
    return "\n".join(f"- {item}" for item in paragraph.text.split("\n")) if paragraph.is_list else paragraph.text
