"""The record as the desk reads it: the newest first, all of it or of one kind, of everybody or of one editor."""

from functools import cache

from sqlalchemy import bindparam, select

from rejoinder.discussion.proof import Entry
from rejoinder.store.database import Read, Statement
from rejoinder.store.log import COLUMNS, entry_from
from rejoinder.store.tables import log

_END = 1 << 62


def latest(
    r: Read,
    site_seq: int,
    *,
    kind: str | None = None,
    by_seq: int | None = None,
    before: int | None = None,
    most: int = 50,
) -> list[Entry]:
    """The site's entries from before a number, each read from an index."""
    wanted = {name: value for name, value in (("kind", kind), ("by_seq", by_seq)) if value is not None}
    rows = r.rows(_asking(*wanted), site_seq=site_seq, before=before or _END, most=most, **wanted)
    return [entry_from(row) for row in rows]


@cache
def _asking(*names: str) -> Statement:
    return Statement(
        select(*COLUMNS)
        .where(
            log.c.site_seq == bindparam("site_seq"),
            log.c.number < bindparam("before"),
            *(log.c[name] == bindparam(name) for name in names),
        )
        .order_by(log.c.number.desc())
        .limit(bindparam("most"))
    )
