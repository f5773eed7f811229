"""The record's memory. Entries are only added; the head's row is locked by whoever adds one, last of all locks, so that
numbers have no gaps and links no forks.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from rejoinder.discussion.proof import Entry, Head
from rejoinder.discussion.record import START, RecordKind, digest_of, next_link, written
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import log, log_heads
from rejoinder.store.values import micros

_SALT = 16  # bytes
_BEGIN = Statement.insert(log_heads, "site_seq", "number", "chain")
_HEAD = Statement(
    select(log_heads.c.number, log_heads.c.chain).where(log_heads.c.site_seq == bindparam("site_seq")).with_for_update()
)
_GO_ON = Statement(
    update(log_heads)
    .where(log_heads.c.site_seq == bindparam("of_site"))
    .values(number=bindparam("to_number"), chain=bindparam("to_chain"))
)
COLUMNS = (
    log.c.number,
    log.c.kind,
    log.c.created_at,
    log.c.by_seq,
    log.c.comment_seq,
    log.c.commenter_seq,
    log.c.story_seq,
    log.c.details,
    log.c.salt,
    log.c.digest,
    log.c.chain,
)
_OF_SITE = log.c.site_seq == bindparam("site_seq")
_AFTER = Statement(
    select(*COLUMNS).where(_OF_SITE, log.c.number > bindparam("after")).order_by(log.c.number).limit(bindparam("most"))
)
_READ_HEAD = Statement(
    select(log_heads.c.number, log_heads.c.chain).where(log_heads.c.site_seq == bindparam("site_seq"))
)
_ADD = Statement.insert(
    log,
    "site_seq",
    "number",
    "kind",
    "by_seq",
    "comment_seq",
    "commenter_seq",
    "story_seq",
    "details",
    "salt",
    "digest",
    "chain",
    "created_at",
)


def begin(w: Write, site_seq: int) -> None:
    """A new site's record, empty."""
    w.run(_BEGIN, site_seq=site_seq, number=0, chain=START)


def append(
    w: Write,
    site_seq: int,
    kind: RecordKind,
    details: Mapping[str, Any],
    *,
    now: datetime,
    by_seq: int | None = None,
    comment_seq: int | None = None,
    commenter_seq: int | None = None,
    story_seq: int | None = None,
) -> int:
    """The number of the new entry. `by_seq` None is the system or the command line. Call it after all other locks are
    taken: it holds the site's head until the commit.
    """
    last, before = w.row(_HEAD, site_seq=site_seq) or (0, START)
    number = int(last) + 1
    row = {"kind": kind.value, "at": micros(now), "by": by_seq}
    about = {"comment_seq": comment_seq, "commenter_seq": commenter_seq, "story_seq": story_seq}
    row |= {name: seq for name, seq in about.items() if seq is not None}
    text = written({**details, "row": row})  # so that the digest covers what stands beside the details, too
    salt = secrets.token_bytes(_SALT)
    digest = digest_of(salt, text)
    chain = next_link(bytes(before), number, digest)
    w.run(
        _ADD,
        site_seq=site_seq,
        number=number,
        kind=kind.value,
        by_seq=by_seq,
        comment_seq=comment_seq,
        commenter_seq=commenter_seq,
        story_seq=story_seq,
        details=text,
        salt=salt,
        digest=digest,
        chain=chain,
        created_at=micros(now),
    )
    w.run(_GO_ON, of_site=site_seq, to_number=number, to_chain=chain)
    return number


def head(r: Read, site_seq: int) -> Head | None:
    """The record's newest link; None where somebody took it away."""
    row = r.row(_READ_HEAD, site_seq=site_seq)
    return None if row is None else Head(number=row[0], chain=bytes(row[1]))


def entries_after(r: Read, site_seq: int, number: int, *, most: int) -> list[Entry]:
    """The next entries, the first first."""
    rows = r.rows(_AFTER, site_seq=site_seq, after=number, most=most)
    return [entry_from(row) for row in rows]


def entry_from(row: Row) -> Entry:
    """The entry of a row of COLUMNS."""
    return Entry(
        number=row[0],
        kind=row[1],
        at=row[2],
        by_seq=row[3],
        comment_seq=row[4],
        commenter_seq=row[5],
        story_seq=row[6],
        details=row[7],
        salt=None if row[8] is None else bytes(row[8]),
        digest=bytes(row[9]),
        chain=bytes(row[10]),
    )
