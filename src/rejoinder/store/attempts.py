"""Counters of what somebody tried: log-ins, registrations, reports. Kept outside the transaction that may fail."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from rejoinder.discussion.refusals import TooFast
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import attempts
from rejoinder.store.values import micros

_COUNT = Statement(
    insert(attempts)
    .values(key_hash=bindparam("key_hash"), window=bindparam("window"), count=1)
    .on_conflict_do_update(index_elements=["key_hash", "window"], set_={"count": attempts.c.count + 1})
    .returning(attempts.c.count)
)
_LOOK = Statement(
    select(attempts.c.count).where(
        attempts.c.key_hash == bindparam("key_hash"), attempts.c.window == bindparam("window")
    )
)
_PURGE = Statement(delete(attempts).where(attempts.c.window < bindparam("oldest")))


def note(w: Write, what: str, who: str, *, limit: int, seconds: int, now: datetime) -> None:
    """Counts one attempt of `who` in the current window. Raises TooFast past the limit; the count stays."""
    window = _window(seconds, now)
    count = w.value(_COUNT, key_hash=_key(what, who), window=window)
    if count > limit:
        raise TooFast(seconds=_left(seconds, now))


def check(r: Read, what: str, who: str, *, limit: int, seconds: int, now: datetime) -> None:
    """Silent while `who` has attempts left in this window. Raises TooFast."""
    count = r.value(_LOOK, key_hash=_key(what, who), window=_window(seconds, now)) or 0
    if count >= limit:
        raise TooFast(seconds=_left(seconds, now))


def purge(w: Write, *, before: datetime) -> int:
    """The number of old counters taken away."""
    return w.run(_PURGE, oldest=micros(before) // 1_000_000)


def _window(seconds: int, now: datetime) -> int:
    return int(now.timestamp()) // seconds * seconds


def _left(seconds: int, now: datetime) -> int:
    return seconds - int(now.timestamp()) % seconds


def _key(what: str, who: str) -> bytes:
    return hashlib.blake2b(f"{what}\0{who}".encode(), digest_size=16).digest()
