"""Sessions are rows, so that they can be listed and revoked. A session holds while its epoch is its account's."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from rejoinder.discussion.accounts import Account, Session
from rejoinder.store import accounts as account_store
from rejoinder.store.accounts import account_from
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import accounts, sessions
from rejoinder.store.values import hashed, instant, instant_or_none, micros

_WIDTH = len(account_store.COLUMNS)
COLUMNS = (
    *account_store.COLUMNS,
    sessions.c.token_hash,
    sessions.c.created_at,
    sessions.c.seen_at,
    sessions.c.expires_at,
    sessions.c.second_factor_at,
    sessions.c.agent,
    sessions.c.site_seq,
    sessions.c.origin,
)
_SELECT = (
    select(*COLUMNS)
    .select_from(sessions.join(accounts, accounts.c.seq == sessions.c.account_seq))
    .where(sessions.c.epoch == accounts.c.session_epoch, sessions.c.expires_at > bindparam("now"))
)
_BY_TOKEN = Statement(_SELECT.where(sessions.c.token_hash == bindparam("token_hash")))
_OF_ACCOUNT = Statement(
    _SELECT.where(sessions.c.account_seq == bindparam("account_seq")).order_by(sessions.c.seen_at.desc())
)
_ADD = Statement.insert(
    sessions,
    *("token_hash", "account_seq", "epoch", "created_at", "seen_at", "expires_at", "agent", "site_seq", "origin"),
)
_DELETE = Statement(delete(sessions).where(sessions.c.token_hash == bindparam("token_hash")))
_CONFIRM = Statement(
    update(sessions).where(sessions.c.token_hash == bindparam("hash")).values(second_factor_at=bindparam("moment"))
)
_PURGE = Statement(delete(sessions).where(sessions.c.expires_at <= bindparam("now")))


def add(
    w: Write,
    account: Account,
    token: str,
    *,
    lasts: timedelta,
    agent: str,
    now: datetime,
    site_seq: int | None = None,
    origin: str = "",
) -> None:
    """A session; with `site_seq` and `origin` an embed's, that holds there alone."""
    w.run(
        _ADD,
        token_hash=hashed(token),
        account_seq=account.seq,
        epoch=account.session_epoch,
        created_at=micros(now),
        seen_at=micros(now),
        expires_at=micros(now + lasts),
        agent=agent[:200],
        site_seq=site_seq,
        origin=origin,
    )


def by_token(r: Read, token: str, *, now: datetime) -> Session | None:
    """The session that holds, with its account, or None."""
    row = r.row(_BY_TOKEN, token_hash=hashed(token), now=micros(now))
    return None if row is None else session_from(row)


def of_account(r: Read, account_seq: int, *, now: datetime) -> list[Session]:
    """The account's sessions that hold."""
    return [session_from(row) for row in r.rows(_OF_ACCOUNT, account_seq=account_seq, now=micros(now))]


def end(w: Write, token_hash: bytes) -> None:
    w.run(_DELETE, token_hash=token_hash)


def note_second_factor(w: Write, token_hash: bytes, *, now: datetime) -> None:
    w.run(_CONFIRM, hash=token_hash, moment=micros(now))


def purge(w: Write, *, now: datetime) -> int:
    """The number of expired sessions taken away."""
    return w.run(_PURGE, now=micros(now))


def session_from(row: Row) -> Session:
    """The session of a row that begins with COLUMNS."""
    rest = row[_WIDTH:]
    return Session(
        account=account_from(row),
        token_hash=rest[0],
        created_at=instant(rest[1]),
        seen_at=instant(rest[2]),
        expires_at=instant(rest[3]),
        second_factor_at=instant_or_none(rest[4]),
        agent=rest[5],
        site_seq=rest[6],
        origin=rest[7],
    )
