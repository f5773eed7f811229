"""Web addresses as readers type them: where they end, which are good to link, what is shown of them.

An address is linked only if a reader can see where it leads: no user name before the host ("bank@elsewhere"), no
letters that hide another host, http and https only.
"""

import re

from msgspec import Struct

from rejoinder.discussion.text import mixes_scripts
from rejoinder.discussion.words import LOOK_ALIKE
from rejoinder.markup.wall import lets_through

LONGEST = 2000  # characters
SHOWN = 48  # characters of a bare address; of a longer one the host and the beginning of the path

# What RFC 3986 lets into an address, and letters of any script; no blanks, no invisible characters, none of the quotes
# and East Asian full stops that end a sentence, no private-use characters (ours mark mentions).
_CHARACTER = (
    '[^\\s\x00-\x20<>"\\\\^`{|}\x7f-\xa0\xad\u061c\u200b-\u200f\u2018-\u201f\u2026\u2028-\u202f\u2060-\u206f'
    "\u3000-\u303f\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ue000-\uf8ff]"
)
_INNER = f"(?![()\\[\\]]){_CHARACTER}"
START = r"(?:[hH][tT][tT][pP][sS]?://|[wW][wW][wW]\.(?=\w))"
BARE = rf"(?<![A-Za-z0-9]){START}{_CHARACTER}++"
TARGET = rf"[hH][tT][tT][pP][sS]?://(?:{_INNER})++(?:\((?:{_INNER})*+\)(?:{_INNER})*+)*+"  # brackets in pairs

_PARTS = re.compile(r"([hH][tT][tT][pP][sS]?)://([^/?#:@]+)((?::\d{1,5})?)((?:[/?#].*)?)", re.DOTALL)
_HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?", re.IGNORECASE
)
_ENDS_A_SENTENCE = ".,;:!?'*_~"
_CLAIMED = re.compile(
    r"(?:https?://|\bwww\.)([^\s/?#:]+)|^\s*((?:[\w-]+\.)+[^\W\d_]{2,})(?:[/?#:]\S*)?\s*$", re.IGNORECASE
)


class Address(Struct, frozen=True):
    """An address good to link: whole, and as a reader is shown it."""

    href: str
    host: str
    shown: str


def address(typed: str) -> Address | None:
    """The address, or None where it is better left as typed: not http(s), with a user name, without a proper host."""
    whole = typed if "://" in typed[:8] else f"https://{typed}"
    parts = _PARTS.fullmatch(whole) if len(whole) <= LONGEST else None
    if parts is None:
        return None
    scheme, typed_host, port, rest = parts.groups()
    host = _plain_host(typed_host)
    if host is None:
        return None
    href = f"{scheme.lower()}://{host}{port}{rest}"
    return Address(
        href=href, host=host.lower().removeprefix("www."), shown=_shown(typed, typed_host, host, port + rest)
    )


def ends(bare: str) -> int:
    """How much of a bare address is address: without the punctuation of the sentence around it, and without a closing
    bracket that was opened before it.
    """
    end = len(bare)
    spare = {")": bare.count(")") - bare.count("("), "]": bare.count("]") - bare.count("[")}
    while end:
        last = bare[end - 1]
        if spare.get(last, 0) > 0:
            spare[last] -= 1
        elif last not in _ENDS_A_SENTENCE:
            break
        end -= 1
    return end


def claims_another(label: str, target: Address) -> bool:
    """Whether a link's words are an address themselves, and lead a reader to expect another host than the link has."""
    for found in _CLAIMED.finditer(label):
        claimed = (found[1] or found[2]).lower().removeprefix("www.").rstrip(".")
        if claimed != target.host and not target.host.endswith(f".{claimed}"):
            return True
    return False


def _plain_host(typed: str) -> str | None:
    """The host as typed, or in ASCII (RFC 3492) where its letters may deceive; None where it is no host."""
    if typed.isascii():
        return typed if _HOST.fullmatch(typed) else None
    try:
        ascii_host = typed.encode("idna").decode()
    except UnicodeError:
        return None
    host = ascii_host if _may_deceive(typed) else typed
    return host if _HOST.fullmatch(ascii_host) and lets_through(f"https://{host}/") else None


def _may_deceive(host: str) -> bool:
    """Whether a label mixes scripts, or looks all Latin under an ASCII ending (UTS 39, 4 and 5.2)."""
    *labels, ending = host.casefold().rstrip(".").split(".")
    if any(map(mixes_scripts, [*labels, ending])):
        return True
    return ending.isascii() and any(not label.isascii() and _looks_latin(label) for label in labels)


def _looks_latin(label: str) -> bool:
    return all(character in LOOK_ALIKE or not character.isalpha() for character in label)


def _shown(typed: str, typed_host: str, host: str, rest: str) -> str:
    if len(typed) <= SHOWN and host == typed_host:
        return typed
    if len(host) > SHOWN:
        return f"…{host[1 - SHOWN :]}"  # the end tells whose it is
    room = SHOWN - len(host)
    return host + (rest if len(rest) <= room else f"{rest[: max(room - 1, 0)]}…")
