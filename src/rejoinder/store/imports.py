"""Batches of what was imported, so that one can be told from another and taken back."""

from datetime import datetime

from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import imports
from rejoinder.store.values import micros, new_id

_ADD = Statement.insert(imports, "site_seq", "id", "kind", "source", "created_at", returning="seq")


def add(w: Write, site_seq: int, *, kind: str, source: str, now: datetime) -> int:
    """The new batch's seq."""
    seq: int = w.value(_ADD, site_seq=site_seq, id=new_id().bytes, kind=kind, source=source, created_at=micros(now))
    return seq
