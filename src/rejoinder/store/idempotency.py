"""Idempotency keys: the first answer again, for the same request under the same key. Stored in the same transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from rejoinder.discussion.refusals import OtherBodyUnderKey
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import idempotency
from rejoinder.store.values import micros

_FIND = Statement(
    select(idempotency.c.body_hash, idempotency.c.answer).where(
        idempotency.c.site_seq == bindparam("site_seq"),
        idempotency.c.principal == bindparam("principal"),
        idempotency.c.verb == bindparam("verb"),
        idempotency.c.key == bindparam("key"),
    )
)
_ADD = Statement.insert(
    idempotency, "site_seq", "principal", "verb", "key", "body_hash", "answer", "created_at", or_nothing=True
)
_PURGE = Statement(delete(idempotency).where(idempotency.c.created_at < bindparam("oldest")))


def answer(r: Read, site_seq: int, *, principal: str, verb: str, key: str, body: bytes) -> str | None:
    """What was answered under this key, or None. Raises OtherBodyUnderKey where it was another request."""
    row = r.row(_FIND, site_seq=site_seq, principal=principal, verb=verb, key=key)
    if row is None:
        return None
    if row[0] != _digest(body):
        raise OtherBodyUnderKey
    found: str = row[1]
    return found


def keep(
    w: Write, site_seq: int, *, principal: str, verb: str, key: str, body: bytes, answer: str, now: datetime
) -> None:
    """Keeps the answer for this key."""
    w.run(
        _ADD,
        site_seq=site_seq,
        principal=principal,
        verb=verb,
        key=key,
        body_hash=_digest(body),
        answer=answer,
        created_at=micros(now),
    )


def purge(w: Write, *, before: datetime) -> int:
    """The number of old keys taken away."""
    return w.run(_PURGE, oldest=micros(before))


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()
