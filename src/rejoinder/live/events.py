"""Events as they go over the wire (WHATWG HTML, 9.2.6). The id of each is `<version>-<place>`: the state of a page that
has heard this event and all before it, so that a reader who lost the connection anywhere can go on from there.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.live.news import Item, News, encode

RETRY = b"retry: 3000\n\n"
PADDING = b":" + b" " * 2048 + b"\n\n"  # so much fills the first buffer of most things that stand between
HEARTBEAT = b":\n\n"
_POSITION = re.compile(r"(\d{1,18})(?:-(\d{1,18}))?", re.ASCII)


class Position(Struct, frozen=True):
    """Up to where a reader has heard. A page's address may say its version alone."""

    version: int
    place: int | None = None


class _Version(Struct, frozen=True):
    version: int


class _Standing(Struct, frozen=True):
    phase: str
    until: object


def position(said: str | None) -> Position | None:
    """The position that a header or an address names; what is none is taken as if nothing had been said."""
    found = _POSITION.fullmatch(said.strip()) if said else None
    if found is None:
        return None
    return Position(int(found[1]), None if found[2] is None else int(found[2]))


def mark(place: int, drift: int) -> bytes:
    """The id of the state in which everything up to this place was heard."""
    return b"%d-%d" % (place + drift, place)


def count(news: News, at: bytes) -> bytes:
    """How the discussion stands."""
    return _event(b"count", at, encode(news.state))


def standing(news: News, at: bytes) -> bytes:
    """What may be done has changed: a phase began, or the schedule is another."""
    return _event(b"standing", at, encode(_Standing(news.phase, news.until)))


def changed(news: News, at: bytes) -> bytes:
    """Something else than a publication: a comment went or was edited, the story or the site was changed."""
    return _event(b"changed", at, encode(_Version(news.version)))


def comments(items: tuple[Item, ...], *, drift: int, most: int) -> bytes:
    """One event for each comment, with its fragment where all together stay below `most` bytes; else without, and a
    page that wants them asks for them.
    """
    if sum(len(item.html) for item in items) < most:
        whole = b"".join(_event(b"comment", mark(item.place, drift), encode(item)) for item in items)
        if len(whole) < most:
            return whole
    return b"".join(_event(b"comment", mark(item.place, drift), encode(replace(item, html=""))) for item in items)


def farewell(milliseconds: int) -> bytes:
    """The last thing said before a shutdown: when to come back, another moment for each, so that not all do at once."""
    return b"retry: %d\n\n" % milliseconds


def _event(name: bytes, at: bytes, data: bytes) -> bytes:
    return b"event: %b\nid: %b\ndata: %b\n\n" % (name, at, data)
