"""Accounts, their credentials and tokens. Sessions are in `sessions`."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.refusals import TokenExpired
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import accounts, credentials, tokens
from rejoinder.store.values import hashed, instant_or_none, micros, new_id

COLUMNS = (
    accounts.c.seq,
    accounts.c.id,
    accounts.c.email,
    accounts.c.email_confirmed_at,
    accounts.c.is_administrator,
    accounts.c.session_epoch,
    accounts.c.letters_to,
)
_BY_EMAIL = Statement(select(*COLUMNS).where(accounts.c.email == bindparam("email")))
_BY_SEQ = Statement(select(*COLUMNS).where(accounts.c.seq == bindparam("seq")))
_LOCK = Statement(select(*COLUMNS).where(accounts.c.seq == bindparam("seq")).with_for_update())
_ADD = Statement.insert(accounts, "id", "email", "created_at", returning="seq", or_nothing=True)
_ADD_SIGNED_IN = Statement.insert(accounts, "id", "letters_to", "email_confirmed_at", "created_at", returning="seq")
_THIS = accounts.c.seq == bindparam("account")
_SET_LETTERS_TO = Statement(update(accounts).where(_THIS).values(letters_to=bindparam("address")))
_CONFIRM = Statement(
    update(accounts).where(_THIS, accounts.c.email_confirmed_at.is_(None)).values(email_confirmed_at=bindparam("now"))
)
_END_SESSIONS = Statement(update(accounts).where(_THIS).values(session_epoch=accounts.c.session_epoch + 1))
_MAKE_ADMINISTRATOR = Statement(update(accounts).where(_THIS).values(is_administrator=bindparam("yes")))
_CREDENTIAL = Statement(
    select(credentials.c.secret, credentials.c.confirmed_at, credentials.c.last_counter).where(
        credentials.c.account_seq == bindparam("account_seq"), credentials.c.provider == bindparam("provider")
    )
)
_ADD_CREDENTIAL = Statement.insert(
    credentials, "account_seq", "provider", "subject", "secret", "created_at", "confirmed_at", or_nothing=True
)
_THIS_CREDENTIAL = (credentials.c.account_seq == bindparam("account"), credentials.c.provider == bindparam("kind"))
_SET_SECRET = Statement(
    update(credentials)
    .where(*_THIS_CREDENTIAL)
    .values(secret=bindparam("new_secret"), confirmed_at=bindparam("confirmed"), last_counter=0)
)
_USE_COUNTER = Statement(
    update(credentials)
    .where(*_THIS_CREDENTIAL, credentials.c.last_counter < bindparam("counter"))
    .values(last_counter=bindparam("counter_now"), confirmed_at=bindparam("confirmed"))
)
_PROOFS = Statement(
    select(credentials.c.provider)
    .where(credentials.c.account_seq == bindparam("account_seq"), credentials.c.confirmed_at.is_not(None))
    .distinct()
    .order_by(credentials.c.provider)
)
_SET_EMAIL = Statement(
    update(accounts).where(_THIS).values(email=bindparam("new_email"), email_confirmed_at=bindparam("confirmed"))
)
_ADD_TOKEN = Statement.insert(tokens, "token_hash", "account_seq", "purpose", "created_at", "expires_at")
_TOKEN = Statement(
    select(tokens.c.account_seq).where(
        tokens.c.token_hash == bindparam("token_hash"),
        tokens.c.purpose == bindparam("purpose"),
        tokens.c.used_at.is_(None),
        tokens.c.expires_at > bindparam("now"),
    )
)
_USE_TOKEN = Statement(
    update(tokens)
    .where(
        tokens.c.token_hash == bindparam("hash"),
        tokens.c.purpose == bindparam("for_purpose"),
        tokens.c.used_at.is_(None),
        tokens.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("moment"))
    .returning(tokens.c.account_seq)
)
_SPEND_TOKENS = Statement(
    update(tokens)
    .where(
        tokens.c.account_seq == bindparam("account"),
        tokens.c.purpose == bindparam("for_purpose"),
        tokens.c.used_at.is_(None),
    )
    .values(used_at=bindparam("moment"))
)


class Purpose(StrEnum):
    """What a mailed link is good for."""

    CONFIRM = "confirm"
    RESET = "reset"


class Credential(Struct, frozen=True):
    """One way to prove who one is."""

    secret: str
    confirmed_at: datetime | None
    last_counter: int


def by_email(r: Read, email: str) -> Account | None:
    row = r.row(_BY_EMAIL, email=email)
    return None if row is None else account_from(row)


def by_seq(r: Read, seq: int) -> Account:
    """The account, which must be there."""
    row = r.row(_BY_SEQ, seq=seq)
    if row is None:
        raise LookupError(seq)
    return account_from(row)


def lock(w: Write, seq: int) -> Account:
    """The account, locked until the transaction ends; it must be there."""
    row = w.row(_LOCK, seq=seq)
    if row is None:
        raise LookupError(seq)
    return account_from(row)


def add(w: Write, *, email: str, now: datetime) -> Account | None:
    """The new account, or None where the address has one already."""
    seq = w.value(_ADD, id=new_id().bytes, email=email, created_at=micros(now))
    return None if seq is None else by_seq(w, seq)


def add_signed_in(w: Write, *, letters_to: str, now: datetime) -> Account:
    """A new account without an address to log in with: somebody else has proved who its holder is."""
    moment = micros(now)
    seq = w.value(
        _ADD_SIGNED_IN, id=new_id().bytes, letters_to=letters_to or None, email_confirmed_at=moment, created_at=moment
    )
    return by_seq(w, seq)


def set_letters_to(w: Write, account_seq: int, address: str) -> None:
    """Where letters go to from now on; empty for nowhere."""
    w.run(_SET_LETTERS_TO, account=account_seq, address=address or None)


def confirm(w: Write, account_seq: int, *, now: datetime) -> None:
    w.run(_CONFIRM, account=account_seq, now=micros(now))


def end_sessions(w: Write, account_seq: int) -> None:
    """Ends every session of the account: their epoch is no longer its own."""
    w.run(_END_SESSIONS, account=account_seq)


def set_administrator(w: Write, account_seq: int, *, yes: bool) -> None:
    w.run(_MAKE_ADMINISTRATOR, account=account_seq, yes=yes)


def credential(r: Read, account_seq: int, provider: str) -> Credential | None:
    row = r.row(_CREDENTIAL, account_seq=account_seq, provider=provider)
    return None if row is None else Credential(row[0], instant_or_none(row[1]), row[2])


def set_credential(
    w: Write, account: Account, provider: str, secret: str, *, now: datetime, confirmed: bool = True
) -> None:
    """Stores the account's secret of this provider, in place of an older one."""
    confirmed_at = micros(now) if confirmed else None
    if credential(w, account.seq, provider) is not None:
        w.run(_SET_SECRET, account=account.seq, kind=provider, new_secret=secret, confirmed=confirmed_at)
        return
    w.run(
        _ADD_CREDENTIAL,
        account_seq=account.seq,
        provider=provider,
        subject=account.email or str(account.id),
        secret=secret,
        created_at=micros(now),
        confirmed_at=confirmed_at,
    )


def proofs(r: Read, account_seq: int) -> tuple[str, ...]:
    """How the holder can prove who they are, by the names of the providers."""
    return tuple(row[0] for row in r.rows(_PROOFS, account_seq=account_seq))


def set_email(w: Write, account_seq: int, email: str, *, now: datetime) -> None:
    """Another address, confirmed."""
    w.run(_SET_EMAIL, account=account_seq, new_email=email, confirmed=micros(now))


def use_counter(w: Write, account_seq: int, provider: str, *, counter: int, now: datetime) -> bool:
    """Whether this counter was not used before; it is now (RFC 6238, 5.2: a code serves once)."""
    changed = w.run(
        _USE_COUNTER, account=account_seq, kind=provider, counter=counter, counter_now=counter, confirmed=micros(now)
    )
    return changed == 1


def add_token(w: Write, account_seq: int, purpose: Purpose, token: str, *, lasts: timedelta, now: datetime) -> None:
    w.run(
        _ADD_TOKEN,
        token_hash=hashed(token),
        account_seq=account_seq,
        purpose=purpose.value,
        created_at=micros(now),
        expires_at=micros(now + lasts),
    )


def account_of_token(r: Read, purpose: Purpose, token: str, *, now: datetime) -> Account:
    """The account that a good token is for; the token is not spent. Raises TokenExpired."""
    account_seq = r.value(_TOKEN, token_hash=hashed(token), purpose=purpose.value, now=micros(now))
    if account_seq is None:
        raise TokenExpired
    return by_seq(r, account_seq)


def use_token(w: Write, purpose: Purpose, token: str, *, now: datetime) -> Account:
    """The account the token is for; the token is spent. Raises TokenExpired."""
    account_seq = w.value(
        _USE_TOKEN, hash=hashed(token), for_purpose=purpose.value, now=micros(now), moment=micros(now)
    )
    if account_seq is None:
        raise TokenExpired
    return by_seq(w, account_seq)


def spend_tokens(w: Write, account_seq: int, purpose: Purpose, *, now: datetime) -> None:
    """Makes every link of the account for this purpose useless."""
    w.run(_SPEND_TOKENS, account=account_seq, for_purpose=purpose.value, moment=micros(now))


def account_from(row: Row) -> Account:
    """The account of a row that begins with COLUMNS."""
    return Account(
        seq=row[0],
        id=UUID(bytes=row[1]),
        email=row[2] or "",
        confirmed_at=instant_or_none(row[3]),
        is_administrator=bool(row[4]),
        session_epoch=row[5],
        letters_to=row[6] or "",
    )
