"""Cursors: where a list goes on. Opaque to who holds one, and good only for the list it came from."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec
from msgspec import Struct

from rejoinder.discussion.refusals import BadCursor

LONGEST = 200  # characters; ours have about forty
FARTHEST = 1 << 62


class Cursor(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The list, by a name of its own, and the place after which it goes on."""

    of: str
    after: int


def after(cursor: str | None, of: str) -> int:
    """The place this cursor of the list `of` stands at; 0 where there is none. Raises BadCursor."""
    if cursor is None:
        return 0
    if len(cursor) > LONGEST:
        raise BadCursor
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        found = msgspec.json.decode(urlsafe_b64decode(padded), type=Cursor)
    except (UnicodeError, binascii.Error, msgspec.MsgspecError):
        raise BadCursor from None
    if found.of != of or not 0 <= found.after < FARTHEST:
        raise BadCursor
    return found.after


def cursor(of: str, place: int | None) -> str | None:
    """The cursor of the list `of` at a place; None where the list has ended."""
    if place is None:
        return None
    return urlsafe_b64encode(msgspec.json.encode(Cursor(of, place))).rstrip(b"=").decode()
