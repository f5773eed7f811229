"""The people of the benchmark in a Rejoinder database: accounts, names and sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bench.discussion import NAMES
from sqlalchemy import select

from rejoinder.discussion.names import name_key
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import accounts, memberships, sessions
from rejoinder.store.values import hashed, micros, new_id

CHUNK = 5000  # rows in one transaction
EDITOR = len(NAMES)  # the person who decides; everybody before is a reader


def token_of(person: int) -> str:
    """The session token of a person."""
    return f"bench-session-of-{person:05d}-which-is-long-enough"


def add_people(database: Database, site_seq: int, *, begun: datetime, now: datetime) -> list[int]:
    """Their seqs on the site, by number."""
    at, until = micros(begun), micros(now + timedelta(days=30))
    names = [*NAMES, "the editor"]
    confirmed = {"email_confirmed_at": at, "created_at": at}
    insert(
        database,
        accounts,
        [{"id": new_id().bytes, "email": f"{name_key(name)}@reader.example"} | confirmed for name in names],
    )
    seqs = _seqs(database, accounts)
    insert(
        database,
        memberships,
        [
            {
                "site_seq": site_seq,
                "id": new_id().bytes,
                "account_seq": seq,
                "name": name,
                "name_key": name_key(name),
                "role": "editor" if number == EDITOR else "reader",
                "created_at": at,
            }
            for number, (seq, name) in enumerate(zip(seqs, names, strict=True))
        ],
    )
    times = {"created_at": at, "seen_at": at, "expires_at": until}
    insert(
        database,
        sessions,
        [{"token_hash": hashed(token_of(number)), "account_seq": seq} | times for number, seq in enumerate(seqs)],
    )
    return _seqs(database, memberships)


def insert(database: Database, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Adds the rows, which all have the columns of the first."""
    if not rows:
        return
    statement = Statement.insert(table, *rows[0])
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        database.write(lambda w, some=some: w.run_many(statement, some)).result()


def _seqs(database: Database, table: Any) -> list[int]:
    statement = Statement(select(table.c.seq).order_by(table.c.seq))
    return [row[0] for row in database.read(lambda r: r.rows(statement)).result()]
