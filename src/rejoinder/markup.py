"""A reader's text to safe HTML, rendered once and stored: paragraphs, links, **bold**, *italic*, > quotes. Whatever
else is typed stands as it was typed.

Everything is escaped on the way, and the result goes through nh3's allow-list as a second wall. A mention is stored as
a mark that `with_names` fills in at render, so that a renamed or erased name changes everywhere.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import nh3
from msgspec import Struct

HTML_VERSION = 1
QUOTES = 3  # levels of quotation that are drawn
SHOWN = 48  # characters of a bare address that are shown

_BEGIN, _END = "\ue000", "\ue001"  # around a mention's number; `text.clean` lets no private-use letter through
_MENTION = re.compile(f"{_BEGIN}(\\d+){_END}")
_FORGED = re.compile(f"[{_BEGIN}{_END}]")
_ADDRESS = r"https?://[^\s<>\"'“”" + _BEGIN + _END + r"]+"
_INLINE = re.compile(
    rf"\[(?P<label>[^\[\]\n]{{1,200}})\]\((?P<target>{_ADDRESS[:-2]}()]+)\)|(?P<bare>{_ADDRESS})|(?P<mark>\*\*|\*|_)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"[.,;:!?…]+$")
_QUOTE = re.compile(r"^ {0,3}(>(?: ?>)*) ?")
_TAGS = {"**": "strong", "*": "em", "_": "em"}

_wall = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "blockquote", "a"},
    attributes={"p": {"dir"}, "a": {"href"}},
    url_schemes={"http", "https"},
    link_rel="ugc nofollow noopener",
)


class Rendered(Struct, frozen=True):
    """The HTML with its mention marks, and how many links it has."""

    html: str
    links: int


def render(text: str, *, mentions: Sequence[tuple[int, int]] = ()) -> Rendered:
    """The HTML of a cleaned text; `mentions` are (start, end) spans of it, in order. Linear in the text's length."""
    inline = _Inline()
    blocks = [_quoted(block, inline) for block in re.split(r"\n{2,}", _marked(text, mentions)) if block.strip()]
    return Rendered(_wall.clean("".join(blocks)), inline.links)


def with_names(stored: str, link: Callable[[int], tuple[str, str]]) -> str:
    """The stored HTML with its mentions: `link` gives the name and the address of a mention's number, in order."""
    if _BEGIN not in stored:
        return stored

    def fill(found: re.Match[str]) -> str:
        name, address = link(int(found[1]))
        return f'<a class="at" href="{html.escape(address)}">@{html.escape(name)}</a>'

    return _MENTION.sub(fill, stored)


def excerpt(text: str, limit: int) -> str:
    """The beginning of the text on one line, at most `limit` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + "…"


def _marked(text: str, mentions: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for number, (start, end) in enumerate(mentions):
        parts += [_FORGED.sub("", text[at:start]), f"{_BEGIN}{number}{_END}"]
        at = end
    return "".join([*parts, _FORGED.sub("", text[at:])])


def _quoted(block: str, inline: "_Inline") -> str:
    """A block's lines as paragraphs, those that begin with > inside quotes."""
    out: list[str] = []
    depth = 0
    lines: list[str] = []

    def flush() -> None:
        said = "\n".join(lines).strip("\n")
        if said.strip():
            out.append(f'<p dir="auto">{inline.render(said)}</p>')
        lines.clear()

    for line in block.split("\n"):
        found = _QUOTE.match(line)
        level = min(found[1].count(">"), QUOTES) if found else 0
        if level != depth:
            flush()
            out.append("<blockquote>" * (level - depth) + "</blockquote>" * (depth - level))
            depth = level
        lines.append(line[found.end() :] if found else line)
    flush()
    return "".join(out) + "</blockquote>" * depth


class _Inline:
    """Renders runs of text and counts their links. Marks are paired by one pass with a stack of what is open."""

    def __init__(self) -> None:
        self.links = 0

    def render(self, said: str) -> str:
        out: list[str] = []
        opened: list[tuple[str, int]] = []  # mark, and where in `out` it stands
        at = 0
        for found in _INLINE.finditer(said):
            out.append(_escaped(said[at : found.start()]))
            at = found.end()
            if mark := found["mark"]:
                self._mark(mark, said, found, out, opened)
            elif found["label"]:
                out.append(self._link(found["target"], _escaped(found["label"])))
            else:
                address = _trimmed(found["bare"])
                out.append(self._link(address, _escaped(_shown(address))))
                out.append(_escaped(found["bare"][len(address) :]))
        return "".join([*out, _escaped(said[at:])])

    def _link(self, address: str, label: str) -> str:
        self.links += 1
        return f'<a href="{html.escape(address)}">{label}</a>'

    @staticmethod
    def _mark(mark: str, said: str, found: re.Match[str], out: list[str], opened: list[tuple[str, int]]) -> None:
        before = said[found.start() - 1 : found.start()]
        after = said[found.end() : found.end() + 1]
        inside_word = before.isalnum() and after.isalnum()
        can_close = bool(before) and not before.isspace() and not (mark == "_" and inside_word)
        can_open = bool(after) and not after.isspace() and not inside_word
        if can_close and any(each == mark for each, _ in opened):
            while opened:
                each, place = opened.pop()
                if each == mark:
                    out[place] = f"<{_TAGS[mark]}>"
                    out.append(f"</{_TAGS[mark]}>")
                    return
        if can_open and len(opened) < 8:  # noqa: PLR2004 - deeper is not writing
            opened.append((mark, len(out)))
        out.append(mark)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _trimmed(address: str) -> str:
    """The address without the sentence around it: trailing punctuation and a bracket that was opened before it."""
    while True:
        trimmed = _TRAILING.sub("", address)
        if trimmed.endswith(")") and trimmed.count("(") < trimmed.count(")"):
            trimmed = trimmed[:-1]
        if trimmed == address:
            return address
        address = trimmed


def _shown(address: str) -> str:
    """What a reader sees of a bare address: its host (in ASCII where it mixes scripts, Unicode TR 39) and some path."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return address[:SHOWN]
    if not host.isascii() and len(_scripts(host)) > 1:
        try:
            host = host.encode("idna").decode()
        except UnicodeError:
            return address[:SHOWN]
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    shown = host.removeprefix("www.") + (rest if rest != "/" else "")
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"


def _scripts(host: str) -> set[str]:
    return {unicodedata.name(letter, "?").split()[0] for letter in host if letter.isalpha()}
