"""Static files, loaded once; they are served under names that carry their content's hash and can be kept for good."""

import gzip
import hashlib
import mimetypes
from functools import cache
from importlib.resources import files

from msgspec import Struct

from rejoinder.web import addresses

FOR_GOOD = "public, max-age=31536000, immutable"  # RFC 8246: content under this name never changes
_MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


class Asset(Struct, frozen=True):
    """A file as it is served."""

    name: str  # with the hash: style.1a2b3c4d.css
    body: bytes
    media_type: str
    packed: bytes | None  # by gzip, where that makes it smaller


def asset(name: str) -> str:
    """The path under which a file of `static/` is served. Raises KeyError for a file that is not there."""
    return addresses.static(_by_plain_name()[name].name)


def plain(name: str) -> Asset:
    """A file of `static/` by its own name, for what other people's pages link to. Raises KeyError."""
    return _by_plain_name()[name]


def served(name: str) -> Asset | None:
    """The file served under this hashed name, or None."""
    return _by_served_name().get(name)


@cache
def _by_plain_name() -> dict[str, Asset]:
    folder = files("rejoinder.web").joinpath("static")
    return {each.name: _loaded(each.name, each.read_bytes()) for each in folder.iterdir() if each.is_file()}


@cache
def _by_served_name() -> dict[str, Asset]:
    return {each.name: each for each in _by_plain_name().values()}


def _loaded(name: str, body: bytes) -> Asset:
    stem, dot, ending = name.rpartition(".")
    digest = hashlib.blake2b(body, digest_size=6).hexdigest()
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    packed = gzip.compress(body, 9, mtime=0)
    return Asset(
        name=f"{stem}.{digest}{dot}{ending}",
        body=body,
        media_type=_MEDIA_TYPES.get(dot + ending, guessed),
        packed=packed if len(packed) < len(body) else None,
    )
