"""How those stand who report: when they were warned, and until when their reports wait behind others."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from rejoinder.discussion.slowing import Standing
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import memberships
from rejoinder.store.values import instant_or_none, micros

_STANDING = Statement(
    select(memberships.c.slow_warned_at, memberships.c.slowed_until).where(
        memberships.c.site_seq == bindparam("site_seq"), memberships.c.seq == bindparam("seq")
    )
)
_THIS = (memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("this"))
_WARN = Statement(update(memberships).where(*_THIS).values(slow_warned_at=bindparam("moment")))
_SLOW = Statement(update(memberships).where(*_THIS).values(slowed_until=bindparam("until")))


def standing(r: Read, site_seq: int, commenter_seq: int) -> Standing:
    """How they stand."""
    warned, slowed = r.row(_STANDING, site_seq=site_seq, seq=commenter_seq) or (None, None)
    return Standing(warned_at=instant_or_none(warned), slowed_until=instant_or_none(slowed))


def warn(w: Write, site_seq: int, commenter_seq: int, *, now: datetime) -> None:
    """They have been warned."""
    w.run(_WARN, of_site=site_seq, this=commenter_seq, moment=micros(now))


def slow(w: Write, site_seq: int, commenter_seq: int, *, until: datetime) -> None:
    """Their reports wait behind others until then."""
    w.run(_SLOW, of_site=site_seq, this=commenter_seq, until=micros(until))
