"""What serves once: a handed-over sign-in, the state of one under way, a challenge."""

import hashlib
from datetime import datetime

from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import spent
from rejoinder.store.values import micros

_SPEND = Statement.insert(spent, "key_hash", "expires_at", returning="expires_at", or_nothing=True)


def spend(w: Write, what: str, key: str, *, until: datetime) -> bool:
    """Whether this key was not used before; it is now. It is kept until it would be refused anyway."""
    key_hash = hashlib.blake2b(f"{what}\0{key}".encode(), digest_size=16).digest()
    return w.value(_SPEND, key_hash=key_hash, expires_at=micros(until)) is not None
