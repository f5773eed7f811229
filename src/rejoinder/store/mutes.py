"""Who does not want to read whom. Nobody is told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import memberships, mutes
from rejoinder.store.values import micros

_MINE = (mutes.c.site_seq == bindparam("site_seq"), mutes.c.commenter_seq == bindparam("commenter_seq"))
_OF = Statement(select(mutes.c.muted_seq).where(*_MINE))
_NAMES = Statement(
    select(memberships.c.id, memberships.c.name)
    .select_from(
        mutes.join(memberships, (memberships.c.site_seq == mutes.c.site_seq) & (memberships.c.seq == mutes.c.muted_seq))
    )
    .where(*_MINE)
    .order_by(mutes.c.seq)
)
_MUTED_BY = Statement(
    select(mutes.c.commenter_seq).where(
        mutes.c.site_seq == bindparam("site_seq"), mutes.c.muted_seq == bindparam("muted_seq")
    )
)
_ADD = Statement.insert(mutes, "site_seq", "commenter_seq", "muted_seq", "created_at", or_nothing=True)
_DROP = Statement(
    delete(mutes).where(
        mutes.c.site_seq == bindparam("of_site"),
        mutes.c.commenter_seq == bindparam("of_commenter"),
        mutes.c.muted_seq == bindparam("of_muted"),
    )
)


def of(r: Read, site_seq: int, commenter_seq: int) -> frozenset[int]:
    """Whom the commenter has muted."""
    return frozenset(row[0] for row in r.rows(_OF, site_seq=site_seq, commenter_seq=commenter_seq))


def names(r: Read, site_seq: int, commenter_seq: int) -> list[tuple[UUID, str]]:
    """The same by their names, as they stand now."""
    return [(UUID(bytes=row[0]), row[1]) for row in r.rows(_NAMES, site_seq=site_seq, commenter_seq=commenter_seq)]


def by_whom(r: Read, site_seq: int, muted_seq: int) -> frozenset[int]:
    """Who has muted the commenter."""
    return frozenset(row[0] for row in r.rows(_MUTED_BY, site_seq=site_seq, muted_seq=muted_seq))


def add(w: Write, site_seq: int, commenter_seq: int, muted_seq: int, *, now: datetime) -> None:
    """Twice is once."""
    w.run(_ADD, site_seq=site_seq, commenter_seq=commenter_seq, muted_seq=muted_seq, created_at=micros(now))


def drop(w: Write, site_seq: int, commenter_seq: int, muted_seq: int) -> None:
    w.run(_DROP, of_site=site_seq, of_commenter=commenter_seq, of_muted=muted_seq)
