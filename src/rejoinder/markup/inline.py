"""What stands inside a paragraph: text, emphasis, links, line breaks, mentions. One pass, whatever is typed."""

import re
from enum import Enum

from msgspec import Struct

from rejoinder.discussion.text import is_blank
from rejoinder.markup import addresses
from rejoinder.markup.addresses import Address

BEGIN, BEGIN_IN_LINK, END = "\ue000", "\ue002", "\ue001"  # around a mention's number

_SIGN = re.compile(
    rf"(?=[*_hHwW\[\n{BEGIN}])(?:"  # a cheap look first: most letters begin nothing
    rf"(?P<run>\*+|_+)|(?P<line>\n)|(?P<bare>{addresses.BARE})"
    rf"|\[(?P<label>[^\[\]\n]{{1,300}}+)\]\((?P<target>{addresses.TARGET})\)"
    rf"|{BEGIN}(?P<mention>\d+){END})"
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Mark(Enum):
    """A sign that is drawn, not shown. Opening and closing ones are paired and nested."""

    EM = "em"
    END_EM = "/em"
    STRONG = "strong"
    END_STRONG = "/strong"
    BREAK = "br"


class Said(Struct, frozen=True):
    """A mention, by its number in the text."""

    mention: int


class Link(Struct, frozen=True):
    """An address and the words it stands under; without words it is bare."""

    address: Address
    typed: str
    label: tuple["str | Mark | Said | Link", ...] = ()


Piece = str | Mark | Said | Link

_PARTS = {"*": ["*"], "**": ["**"], "***": ["**", "*"], "_": ["_"]}
_PAIRS = {"*": (Mark.EM, Mark.END_EM), "_": (Mark.EM, Mark.END_EM), "**": (Mark.STRONG, Mark.END_STRONG)}


def pieces(text: str, *, in_link: bool = False) -> list[Piece]:
    """The text in pieces. What is no sign, or has no partner, is text as it was typed."""
    out: list[Piece] = []
    emphasis = _Emphasis(out)
    at = 0
    while sign := _SIGN.search(text, at):
        start, end = sign.span()
        if start > at:
            out.append(text[at:start])
        at = end
        match sign.lastgroup:
            case "run":
                emphasis.read(sign[0], text[start - 1 : start], text[end : end + 1])
            case "line":
                out.append(Mark.BREAK)
            case "mention":
                out.append(Said(int(sign["mention"])))
            case "bare" if not in_link:
                at = start + _read_bare(sign["bare"], out)
            case "target" if not in_link:
                at = _read_link(sign, out)
            case _:
                out.append(sign[0])
    if at < len(text):
        out.append(text[at:])
    return out


def _read_bare(bare: str, out: list[Piece]) -> int:
    """Adds the address, and tells how many characters it took."""
    end = addresses.ends(bare)
    found = addresses.address(bare[:end])
    out.append(Link(found, bare[:end]) if found else bare[:end])
    return end


def _read_link(sign: re.Match[str], out: list[Piece]) -> int:
    """Adds the link, and tells where reading goes on: behind its [ where it is none."""
    label, target = sign["label"], addresses.address(sign["target"])
    if target is None or is_blank(label) or addresses.claims_another(label, target):
        out.append("[")
        return sign.start() + 1
    out.append(Link(target, sign["target"], tuple(pieces(label, in_link=True))))
    return sign.end()


class _Emphasis:
    """Pairs the signs of emphasis. Each kind is open once at most, so that a sign costs the same however many came
    before it.
    """

    def __init__(self, out: list[Piece]) -> None:
        self._out = out
        self._opened: dict[str, int] = {}  # sign, in the order opened: its place in `out`

    def read(self, run: str, before: str, after: str) -> None:
        """Adds a run of stars or underlines between these characters (empty at an edge)."""
        parts = _PARTS.get(run)
        if parts is None:
            self._out.append(run)
            return
        can_open = bool(after) and not after.isspace() and not _is_in_word(before)
        can_close = bool(before) and not before.isspace() and not _is_in_word(after)
        left = self._close(parts) if can_close else parts
        for part in left:
            if can_open and part not in self._opened:
                self._opened[part] = len(self._out)
            self._out.append(part)

    def _close(self, parts: list[str]) -> list[str]:
        """Closes what is open of these, the inner first, and tells which were not."""
        opened = sorted((part for part in parts if part in self._opened), key=self._opened.__getitem__, reverse=True)
        for part in opened:
            place = self._opened[part]
            begin, end = _PAIRS[part]
            self._out[place] = begin
            self._out.append(end)
            self._opened = {other: its for other, its in self._opened.items() if its < place}
        return [part for part in parts if part not in opened]


def _is_in_word(character: str) -> bool:
    """Whether a sign beside this character is inside a word: not in scripts that write words without spaces."""
    return character.isalnum() and _UNSPACED.match(character) is None
