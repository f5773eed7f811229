"""Hooks of a site, and what they want together."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.hooks import Asking, Hook, Telling, Wanted
from rejoinder.discussion.refusals import UnknownHook
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import hooks, sites
from rejoinder.store.values import instant, instant_or_none, micros, new_id

_KINDS: dict[str, type[Telling | Asking]] = {"tell": Telling, "ask": Asking}
_ADD = Statement.insert(hooks, "site_seq", "id", "kind", "address", "secret", "settings", "created_at", returning="seq")
_SELECT = select(
    hooks.c.seq,
    hooks.c.id,
    hooks.c.site_seq,
    hooks.c.kind,
    hooks.c.address,
    hooks.c.secret,
    hooks.c.settings,
    hooks.c.created_at,
    hooks.c.ended_at,
).where(hooks.c.site_seq == bindparam("site_seq"))
_OF_SITE = Statement(_SELECT.where(hooks.c.ended_at.is_(None)).order_by(hooks.c.seq))
_BY_SEQ = Statement(_SELECT.where(hooks.c.seq == bindparam("seq")))
_BY_ID = Statement(_SELECT.where(hooks.c.id == bindparam("id")))
_END = Statement(
    update(hooks)
    .where(hooks.c.site_seq == bindparam("of_site"), hooks.c.seq == bindparam("this"), hooks.c.ended_at.is_(None))
    .values(ended_at=bindparam("moment"))
)
_WANT = Statement(update(sites).where(sites.c.seq == bindparam("of_site")).values(hooks=bindparam("wanted")))


def add(w: Write, site_seq: int, *, address: str, secret: str, what: Telling | Asking, now: datetime) -> Hook:
    """The new hook."""
    kind = next(kind for kind, of in _KINDS.items() if isinstance(what, of))
    seq = w.value(
        _ADD,
        site_seq=site_seq,
        id=new_id().bytes,
        kind=kind,
        address=address,
        secret=secret,
        settings=msgspec.json.encode(what).decode(),
        created_at=micros(now),
    )
    return by_seq(w, site_seq, seq)


def end(w: Write, hook: Hook, *, now: datetime) -> bool:
    """Whether the hook was still on; it is not any more."""
    return w.run(_END, of_site=hook.site_seq, this=hook.seq, moment=micros(now)) > 0


def keep_wanted(w: Write, site_seq: int, wanted: Wanted) -> None:
    """Keeps beside the site's rules what its hooks want."""
    w.run(_WANT, of_site=site_seq, wanted=msgspec.json.encode(wanted).decode())


def of_site(r: Read, site_seq: int) -> list[Hook]:
    """The site's hooks that are on, the oldest first."""
    return [_hook(row) for row in r.rows(_OF_SITE, site_seq=site_seq)]


def by_seq(r: Read, site_seq: int, seq: int) -> Hook:
    """The hook. Raises UnknownHook."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def by_id(r: Read, site_seq: int, hook_id: UUID) -> Hook:
    """The hook. Raises UnknownHook."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=hook_id.bytes))


def _found(row: Row | None) -> Hook:
    if row is None:
        raise UnknownHook
    return _hook(row)


def _hook(row: Row) -> Hook:
    return Hook(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        address=row[4],
        secret=row[5],
        what=msgspec.json.decode(row[6], type=_KINDS[row[3]]),
        created_at=instant(row[7]),
        ended_at=instant_or_none(row[8]),
    )
