"""Paragraphs and pieces to safe HTML, once; and the names in it, whenever a page is drawn."""

import re
from collections.abc import Callable, Sequence
from html import escape

from msgspec import Struct

from rejoinder.markup.blocks import paragraphs
from rejoinder.markup.inline import BEGIN, BEGIN_IN_LINK, END, Link, Mark, Piece, Said, pieces
from rejoinder.markup.wall import walled

HTML_VERSION = 2  # raised when the same text would be rendered otherwise

_DRAWN = {
    Mark.EM: "<em>",
    Mark.END_EM: "</em>",
    Mark.STRONG: "<strong>",
    Mark.END_STRONG: "</strong>",
    Mark.BREAK: "<br>",
}
_NOT_OURS = re.compile(f"[\x00\ud800-\udfff{BEGIN}{BEGIN_IN_LINK}{END}]")
_MENTION = re.compile(f"([{BEGIN}{BEGIN_IN_LINK}])(\\d+){END}")


class Rendered(Struct, frozen=True):
    """The HTML, with a mark where a mentioned name goes, and how many links out it has."""

    html: str
    links: int


def render(text: str, *, mentions: Sequence[tuple[int, int]] = ()) -> Rendered:
    """The HTML of a cleaned text. `mentions` are its @NAMEs as (start, end) in code points, in order and apart; each
    becomes a mark that `with_names` fills in, by its number here. Raises ValueError for spans that are not so.

    Everything is escaped on the way, and nh3's allow-list is a second wall. The work grows with the length.
    """
    out: list[str] = []
    depth = links = 0
    for paragraph in paragraphs(_marked(text, mentions)):
        lines = [pieces(line) for line in (paragraph.text.split("\n") if paragraph.is_list else [paragraph.text])]
        links += sum(isinstance(piece, Link) for line in lines for piece in line)
        out.append(_step(depth, paragraph.depth) + _block(lines, is_list=paragraph.is_list))
        depth = paragraph.depth
    out.append(_step(depth, 0))
    return Rendered(walled("".join(out)), links)


def with_names(stored: str, link: Callable[[int], tuple[str, str]]) -> str:
    """The stored HTML with its mentions: `link` gives the present name and the address of a mention's number. So a
    renamed or erased name changes everywhere.
    """
    if END not in stored:
        return stored

    def fill(mark: re.Match[str]) -> str:
        name, address = link(int(mark[2]))
        if mark[1] == BEGIN_IN_LINK:
            return f"@{escape(name)}"
        return f'<a class="at" href="{escape(address)}">@{escape(name)}</a>'

    return _MENTION.sub(fill, stored)


def _marked(text: str, mentions: Sequence[tuple[int, int]]) -> str:
    """The text with a mark for each mention, which nothing typed can pass for."""
    text = _NOT_OURS.sub("\ufffd", text)
    parts, at = [], 0
    for number, (start, end) in enumerate(mentions):
        if not at <= start < end <= len(text):
            raise ValueError(f"mention {number} at {start} to {end} of {len(text)}")
        parts += [text[at:start], f"{BEGIN}{number}{END}"]
        at = end
    return "".join([*parts, text[at:]])


def _step(depth: int, to: int) -> str:
    return "<blockquote>" * (to - depth) + "</blockquote>" * (depth - to)


def _block(lines: Sequence[Sequence[Piece]], *, is_list: bool) -> str:
    if is_list:
        return "<ul>" + "".join([f'<li dir="auto">{_drawn(line)}</li>' for line in lines]) + "</ul>"
    return f'<p dir="auto">{_drawn(lines[0])}</p>'


def _drawn(inside: Sequence[Piece], begin: str = BEGIN) -> str:
    return "".join([_draw(piece, begin) for piece in inside])


def _draw(piece: Piece, begin: str) -> str:
    if isinstance(piece, str):
        return escape(piece, quote=False)
    if isinstance(piece, Mark):
        return _DRAWN[piece]
    if isinstance(piece, Said):
        return f"{begin}{piece.mention}{END}"
    if piece.label:  # a mention inside stays plain: links do not nest
        return f'<a href="{escape(piece.address.href)}">{_drawn(piece.label, BEGIN_IN_LINK)}</a>'
    return f'<a href="{escape(piece.address.href)}" dir="ltr">{escape(piece.address.shown, quote=False)}</a>'
