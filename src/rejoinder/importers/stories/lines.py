"""What each line of a saved page is, seen by itself; what it means where it stands is for the readers of the parts."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from rejoinder.importers.stamps import Stamp, stamp_in
from rejoinder.importers.stories import phrases

_LINE_END = re.compile("\r\n|\r|\n|\u2028|\u2029|\x0c")
_SEPARATORS = re.compile(r"\s*(?:[|·•,;]|--+|[–—-](?=\s|$))\s*|\s{2,}")
_STAMP_LABEL = re.compile(r"(?:posted|published|written|on|am|le|el|at|date)?\s*[:：]?|[–—|·•\s-]+", re.IGNORECASE)
_LONGEST_FOOT = 160  # characters
_LONGEST_NOTICE = 600  # characters a closing notice may have


class Kind(Enum):
    """The kinds of lines that a discussion is told by. Everything else is TEXT."""

    BLANK = auto()
    COUNT = auto()  # "Comments (5)"
    HEAD = auto()  # "Ada Lund wrote:"
    FOOT = auto()  # "Oct 03, 2012 4:12am EDT -- Report as abuse"
    BARE_FOOT = auto()  # "Oct 03, 2012 4:12am EDT", which may as well be somebody's quotation
    ACTIONS = auto()  # "Reply | Report as abuse"
    CLOSING = auto()
    INVITATION = auto()  # "Post a comment"
    TEXT = auto()


class Line(Struct, frozen=True, kw_only=True):
    """One line, without the space around it, and its kind. `stamp` is a foot's, `name` a head's, `count` a count's."""

    text: str
    kind: Kind
    stamp: Stamp | None = None
    name: str = ""
    count: int | None = None


def lines_of(text: str) -> list[Line]:
    """The lines of a page, whatever ends them, each with its kind."""
    return [_line(line.strip()) for line in _LINE_END.split(text)]


def paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The runs of lines between blank lines."""
    run: list[Line] = []
    for line in lines:
        if line.kind is not Kind.BLANK:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _line(text: str) -> Line:
    if not text:
        return Line(text="", kind=Kind.BLANK)
    plain = " ".join(text.split())  # the phrases are looked for with plain spaces
    if count := phrases.COMMENT_COUNT.fullmatch(plain):
        figures = re.sub(r"\D", "", count["after"] or count["before"] or "0")
        return Line(text=text, kind=Kind.COUNT, count=int(figures))
    if head := phrases.COMMENT_HEAD.fullmatch(plain):
        return Line(text=text, kind=Kind.HEAD, name=head["name"] or head["named_after"])
    if phrases.OPEN_INVITATION.fullmatch(plain):
        return Line(text=text, kind=Kind.INVITATION)
    if len(plain) <= _LONGEST_NOTICE and phrases.CLOSING.match(plain):
        return Line(text=text, kind=Kind.CLOSING)
    return _foot(text) if len(text) <= _LONGEST_FOOT else Line(text=text, kind=Kind.TEXT)


def _foot(text: str) -> Line:
    stamp = stamp_in(text)
    if stamp and stamp.has_time and _STAMP_LABEL.fullmatch(stamp.before):
        if not stamp.after.strip("–—|·•.-,; "):
            return Line(text=text, kind=Kind.BARE_FOOT, stamp=stamp)
        if _reports(stamp.after):
            return Line(text=text, kind=Kind.FOOT, stamp=stamp)
    return Line(text=text, kind=Kind.ACTIONS if _reports(text) else Kind.TEXT)


def _reports(text: str) -> bool:
    """Are these words only links, one of them the link to report?"""
    parts = [part.strip("[]() .") for part in _SEPARATORS.split(text)]
    links = [" ".join(part.split()) for part in parts if part]
    reports = [link for link in links if phrases.REPORT_WORDS.fullmatch(link)]
    return bool(reports) and all(link in reports or phrases.OTHER_ACTIONS.fullmatch(link) for link in links)
