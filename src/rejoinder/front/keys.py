"""Under which key a page is kept: its path as we write it ourselves, and of its query only what changes the page. A
link that was shared with tracking marks is the same page.
"""

import re
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

from msgspec import Struct

LONGEST = 16_000  # bytes of a key
VERSION = "v"  # the parameter that says: not older than this version of the story


class Shared(Struct, frozen=True, kw_only=True):
    """Which pages are the same for everybody without a session, and which parameters change them; those in `repeated`
    may come several times.
    """

    paths: re.Pattern[str]
    parameters: frozenset[str]
    repeated: frozenset[str] = frozenset()


class Wanted(Struct, frozen=True, kw_only=True):
    """A page that is asked for: its key, its canonical parts, and the least version of the story it may show."""

    key: bytes
    path: bytes
    query: bytes = b""
    version: int = 0


def wanted(raw_path: bytes, query: bytes, shared: Shared) -> Wanted | None:
    """The page that is asked for; None where it is not one of the shared ones, or is asked for in a way that only the
    application can judge.
    """
    if b"%2f" in raw_path.lower() or len(raw_path) + len(query) > LONGEST:
        return None
    path = quote(unquote_to_bytes(raw_path), safe="/-._~")
    if not shared.paths.fullmatch(path):
        return None
    pairs = _pairs(query, shared)
    if pairs is None:
        return None
    version = dict(pairs).get(VERSION, "0")
    if not (version.isascii() and version.isdigit() and len(version) < 16):  # noqa: PLR2004 - more than any version
        return None
    kept = urlencode(sorted(pair for pair in pairs if pair[0] != VERSION))
    key = f"{path}?{kept}" if kept else path
    return Wanted(key=key.encode(), path=path.encode(), query=kept.encode(), version=int(version))


def _pairs(query: bytes, shared: Shared) -> list[tuple[str, str]] | None:
    """The parameters that change the page; None for a query that cannot be read, or gives one of them twice."""
    if not query:
        return []
    try:
        given = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        return None
    pairs = [pair for pair in given if pair[0] in shared.parameters or pair[0] == VERSION]
    single = [name for name, _ in pairs if name not in shared.repeated]
    return pairs if len(single) == len(set(single)) else None
