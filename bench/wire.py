"""Requests as they go over the wire, prepared before anything is measured, and the file in which both load generators
find them: each behind its length in eight digits.
"""

import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

WORD = "__________"  # becomes another word in every request that has it, so that no two texts are the same
STAMP = "0" * 19  # becomes the nanosecond at which the request was due


def request(
    method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | str = b"", host: str = "bench"
) -> bytes:
    """A request as it goes over the wire (RFC 9112)."""
    sent = body.encode() if isinstance(body, str) else body
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method != "GET":
        lines.append(f"Content-Length: {len(sent)}")
    return "\r\n".join([*lines, "", ""]).encode() + sent


def prepared(folder: Path, requests: Iterable[bytes]) -> Path:
    """A file of these requests, as the load generators read them."""
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".requests", delete=False) as file:
        for each in requests:
            file.write(b"%08d" % len(each) + each)
    return Path(file.name)


def read_prepared(path: Path) -> list[bytes]:
    """The requests of a prepared file."""
    data, place, found = path.read_bytes(), 0, []
    while place < len(data):
        length = int(data[place : place + 8])
        found.append(data[place + 8 : place + 8 + length])
        place += 8 + length
    return found


def word(number: int) -> bytes:
    """A word of ten letters, another for every number and second."""
    left, letters = (time.time_ns() // 1_000_000_000 % 1_000_000) * 1_000_000 + number, bytearray()
    for _ in WORD:
        left, letter = divmod(left, 26)
        letters.append(ord("a") + letter)
    return bytes(letters)


def filled(request: bytes, said: bytes, *, due: int) -> bytes:
    """The request with this word, and with the nanosecond at which it was due."""
    return request.replace(WORD.encode(), said, 1).replace(STAMP.encode(), b"%019d" % due, 1)
