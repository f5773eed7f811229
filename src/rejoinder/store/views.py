"""Views that editors have kept under a name: their own, and everybody's. What each asks for is kept as it stood in the
address.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, or_, select

from rejoinder.discussion.refusals import UnknownView
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import memberships, sites, views
from rejoinder.store.values import micros, new_id


class View(Struct, frozen=True, kw_only=True):
    """A kept view. `owner_seq` is None for everybody's."""

    id: UUID
    owner_seq: int | None
    name: str
    query: Mapping[str, str]


_COLUMNS = (views.c.id, views.c.owner_seq, views.c.name, views.c.query)
_OF_SITE = views.c.site_seq == bindparam("site_seq")
_FOR = Statement(
    select(*_COLUMNS)
    .where(_OF_SITE, or_(views.c.owner_seq == bindparam("owner_seq"), views.c.owner_seq.is_(None)))
    .order_by(views.c.seq)
)
_BY_ID = Statement(select(*_COLUMNS).where(_OF_SITE, views.c.id == bindparam("id")))
_ADD = Statement.insert(views, "site_seq", "id", "owner_seq", "name", "query", "created_at")
_DROP = Statement(delete(views).where(views.c.site_seq == bindparam("of_site"), views.c.id == bindparam("of_id")))
_DESKS = Statement(
    select(sites.c.key, sites.c.name)
    .select_from(memberships.join(sites, sites.c.seq == memberships.c.site_seq))
    .where(
        memberships.c.account_seq == bindparam("account_seq"),
        or_(memberships.c.role != "reader", bindparam("everywhere")),
    )
    .order_by(sites.c.name)
)
_QUERY = msgspec.json.Decoder(dict[str, str])


def kept_for(r: Read, site_seq: int, owner_seq: int) -> list[View]:
    """Somebody's own views and everybody's, the oldest first."""
    return [_view(row) for row in r.rows(_FOR, site_seq=site_seq, owner_seq=owner_seq)]


def by_id(r: Read, site_seq: int, view_id: UUID) -> View:
    """The view, whosever it is. Raises UnknownView."""
    row = r.row(_BY_ID, site_seq=site_seq, id=view_id.bytes)
    if row is None:
        raise UnknownView
    return _view(row)


def add(
    w: Write, site_seq: int, *, owner_seq: int | None, name: str, query: Mapping[str, str], now: datetime
) -> View:  # fmt: skip
    """The kept view."""
    view = View(id=new_id(), owner_seq=owner_seq, name=name, query=dict(query))
    w.run(
        _ADD,
        site_seq=site_seq,
        id=view.id.bytes,
        owner_seq=owner_seq,
        name=name,
        query=msgspec.json.encode(view.query).decode(),
        created_at=micros(now),
    )
    return view


def drop(w: Write, site_seq: int, view_id: UUID) -> int:
    """How many there were of this id: 1, or 0 where somebody else was first."""
    return w.run(_DROP, of_site=site_seq, of_id=view_id.bytes)


def desks_of(r: Read, account_seq: int, *, everywhere: bool) -> list[tuple[str, str]]:
    """The sites where somebody has a role, by key and name; with `everywhere`, where they have a name at all."""
    return [(row[0], row[1]) for row in r.rows(_DESKS, account_seq=account_seq, everywhere=everywhere)]


def _view(row: Row) -> View:
    return View(id=UUID(bytes=row[0]), owner_seq=row[1], name=row[2], query=_QUERY.decode(row[3]))
