"""Trusted flaggers (Regulation (EU) 2022/2065, Article 22): who they are, and the keys of their notices."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, func, select, update

from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import notices, trusted_flaggers
from rejoinder.store.values import hashed, instant, instant_or_none, micros

_SELECT = select(
    trusted_flaggers.c.seq, trusted_flaggers.c.name, trusted_flaggers.c.created_at, trusted_flaggers.c.ended_at
)
_OF_SITE = trusted_flaggers.c.site_seq == bindparam("site_seq")
_HOLDS = trusted_flaggers.c.ended_at.is_(None)
_BY_KEY = Statement(_SELECT.where(_OF_SITE, trusted_flaggers.c.key_hash == bindparam("key_hash"), _HOLDS))
_BY_NAME = Statement(_SELECT.where(_OF_SITE, trusted_flaggers.c.name == bindparam("name"), _HOLDS))
_EVERY = Statement(
    _SELECT.add_columns(
        select(func.count())
        .select_from(notices)
        .where(
            notices.c.site_seq == trusted_flaggers.c.site_seq,
            notices.c.flagger_seq == trusted_flaggers.c.seq,
        )
        .scalar_subquery()
    )
    .where(_OF_SITE)
    .order_by(trusted_flaggers.c.seq)
)
_ADD = Statement.insert(trusted_flaggers, "site_seq", "name", "key_hash", "created_at", returning="seq")
_END = Statement(
    update(trusted_flaggers)
    .where(trusted_flaggers.c.site_seq == bindparam("of_site"), trusted_flaggers.c.seq == bindparam("this"))
    .values(ended_at=bindparam("moment"))
)


class Flagger(Struct, frozen=True, kw_only=True):
    """An organisation whose notices come first. `notices` are so many it has sent, where that was asked for."""

    seq: int
    name: str
    since: datetime
    ended_at: datetime | None = None
    notices: int = 0


def by_key(r: Read, site_seq: int, key: str) -> Flagger | None:
    """Whose key this is, if it holds."""
    return _flagger(r.row(_BY_KEY, site_seq=site_seq, key_hash=hashed(key)))


def by_name(r: Read, site_seq: int, name: str) -> Flagger | None:
    """The flagger of this name, whose key holds."""
    return _flagger(r.row(_BY_NAME, site_seq=site_seq, name=name))


def every(r: Read, site_seq: int) -> list[Flagger]:
    """All of them, those whose key no longer holds too, the first first."""
    found = []
    for row in r.rows(_EVERY, site_seq=site_seq):
        since, ended = instant(row[2]), instant_or_none(row[3])
        found.append(Flagger(seq=row[0], name=row[1], since=since, ended_at=ended, notices=row[4]))
    return found


def add(w: Write, site_seq: int, *, name: str, key: str, now: datetime) -> None:
    """A new one; of the key only its hash is kept."""
    w.value(_ADD, site_seq=site_seq, name=name, key_hash=hashed(key), created_at=micros(now))


def end(w: Write, site_seq: int, flagger: Flagger, *, now: datetime) -> None:
    """Its key holds no longer; what it sent stays."""
    w.run(_END, of_site=site_seq, this=flagger.seq, moment=micros(now))


def _flagger(row: Row | None) -> Flagger | None:
    if row is None:
        return None
    return Flagger(seq=row[0], name=row[1], since=instant(row[2]), ended_at=instant_or_none(row[3]))
