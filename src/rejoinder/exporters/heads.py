"""The newest links of records, as they are exported: kept elsewhere, they show what is cut off or rewritten later."""

from datetime import datetime

import msgspec
from msgspec import Struct

FORMAT = "rejoinder-heads"


class HeadRecord(Struct, frozen=True, kw_only=True):
    """A site's record as it stood: so many entries, and the newest link in hexadecimal digits."""

    site: str
    number: int
    chain: str
    at: datetime


class HeadsDocument(Struct, frozen=True, kw_only=True):
    """What `export head` writes and `doctor --log --head` reads."""

    heads: tuple[HeadRecord, ...]
    format: str = FORMAT


def heads_text(heads: tuple[HeadRecord, ...]) -> str:
    """The document, to be read by people too."""
    return msgspec.json.format(msgspec.json.encode(HeadsDocument(heads=heads)), indent=2).decode() + "\n"


def heads_from(text: bytes) -> tuple[HeadRecord, ...]:
    """The heads of a document. Raises ValueError where it is none."""
    try:
        found = msgspec.json.decode(text, type=HeadsDocument)
    except msgspec.MsgspecError as problem:
        raise ValueError(str(problem)) from problem
    if found.format != FORMAT:
        raise ValueError("it is no file of heads")
    for head in found.heads:
        bytes.fromhex(head.chain)
    return found.heads
