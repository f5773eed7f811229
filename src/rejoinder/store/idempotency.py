"""Idempotency keys: the first answer again, for the same request under the same key. Stored in the same transaction."""

import hashlib
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

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
_CORRECT = Statement(
    update(idempotency)
    .where(
        idempotency.c.site_seq == bindparam("of_site"),
        idempotency.c.principal == bindparam("of_principal"),
        idempotency.c.verb == bindparam("of_verb"),
        idempotency.c.key == bindparam("of_key"),
    )
    .values(answer=bindparam("new_answer"))
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
) -> bool:
    """Keeps the answer for this key; whether there was none yet. Who comes with the same key at the same moment waits
    here until it is settled.
    """
    kept = w.run(
        _ADD,
        site_seq=site_seq,
        principal=principal,
        verb=verb,
        key=key,
        body_hash=_digest(body),
        answer=answer,
        created_at=micros(now),
    )
    return kept > 0


def correct(w: Write, site_seq: int, *, principal: str, verb: str, key: str, answer: str) -> None:
    """Keeps another answer for this key than the one that was promised."""
    w.run(_CORRECT, of_site=site_seq, of_principal=principal, of_verb=verb, of_key=key, new_answer=answer)


def purge(w: Write, *, before: datetime) -> int:
    """The number of old keys taken away."""
    return w.run(_PURGE, oldest=micros(before))


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()
