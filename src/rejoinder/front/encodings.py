"""Which encoding a client takes, and the bytes in it (RFC 9110, 8.4.1 and 12.5.3; zstd is RFC 8878, br RFC 7932)."""

import gzip
from functools import lru_cache

import brotli  # type: ignore[import-untyped] # it has no stubs
import zstandard

IDENTITY = b"identity"
PREFERRED = (b"zstd", b"br", b"gzip", IDENTITY)  # of what a client likes equally well, the first
LEVELS = {b"zstd": 3, b"br": 5, b"gzip": 6}  # beyond these, little is won and much time is lost
WORTH_IT = 500  # bytes below which compressing wins nothing
LONGEST = 500  # bytes of a header that are read


@lru_cache(maxsize=1024)
def chosen(accept_encoding: bytes) -> bytes:
    """The encoding for this Accept-Encoding header; identity where none is named or all are refused."""
    weights = dict(_weights(accept_encoding[:LONGEST].lower()))
    others = weights.get(b"*", 0.0)
    best = max(PREFERRED[:-1], key=lambda name: weights.get(name, others))
    return best if weights.get(best, others) > 0 else IDENTITY


def encoded(body: bytes, encoding: bytes) -> bytes:
    """The body in this encoding."""
    match encoding:
        case b"zstd":
            return zstandard.ZstdCompressor(level=LEVELS[encoding]).compress(body)
        case b"br":
            return bytes(brotli.compress(body, quality=LEVELS[encoding]))
        case b"gzip":
            return gzip.compress(body, compresslevel=LEVELS[encoding], mtime=0)
    return body


def _weights(header: bytes) -> list[tuple[bytes, float]]:
    found = []
    for part in header.split(b","):
        name, _, parameters = part.partition(b";")
        found.append((name.strip(), _weight(parameters)))
    return found


def _weight(parameters: bytes) -> float:
    """The q of a choice; 1 where none is given, 0 where it cannot be read."""
    name, _, value = parameters.strip().partition(b"=")
    if name.strip() != b"q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
