"""Credentials by what they prove: who a publisher says somebody is, and passkeys. An account may have several."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, or_, select, update

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.sign_in import Vouched, handed, oidc
from rejoinder.store.accounts import COLUMNS, account_from
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import accounts, credentials
from rejoinder.store.values import instant, micros

PASSKEY = "passkey"
LONGEST_NAME = 60
_WIDTH = len(COLUMNS)
_KIND = credentials.c.provider == bindparam("kind")
_SUBJECT = credentials.c.subject == bindparam("who")
_FIND = Statement(
    select(*COLUMNS, credentials.c.secret, credentials.c.last_counter)
    .select_from(credentials.join(accounts, accounts.c.seq == credentials.c.account_seq))
    .where(_KIND, _SUBJECT)
)
_ADD = Statement.insert(
    credentials,
    "account_seq",
    "provider",
    "subject",
    "secret",
    "created_at",
    "confirmed_at",
    "last_counter",
    returning="seq",
    or_nothing=True,
)
_SET = Statement(update(credentials).where(_KIND, _SUBJECT).values(secret=bindparam("new_secret")))
_FROM_SITE = Statement(
    select(credentials.c.secret)
    .where(
        credentials.c.account_seq == bindparam("account"),
        or_(_KIND, credentials.c.provider.startswith(bindparam("kinds"), autoescape=False)),
    )
    .order_by(credentials.c.seq)
)
_OF_ACCOUNT = Statement(
    select(credentials.c.subject, credentials.c.secret, credentials.c.created_at, credentials.c.last_counter)
    .where(credentials.c.account_seq == bindparam("account"), _KIND)
    .order_by(credentials.c.seq)
)
_LINKED = Statement(
    select(credentials.c.provider)
    .where(credentials.c.account_seq == bindparam("account"), credentials.c.provider.like("oidc:%"))
    .order_by(credentials.c.seq)
)
_OWN = (_KIND, _SUBJECT, credentials.c.account_seq == bindparam("account"))
_SET_OWN = Statement(update(credentials).where(*_OWN).values(secret=bindparam("new_secret")))
_FORGET = Statement(delete(credentials).where(*_OWN))
_USE = Statement(
    update(credentials)
    .where(_KIND, _SUBJECT, or_(credentials.c.last_counter < bindparam("count"), bindparam("count") == 0))
    .values(last_counter=bindparam("new_count"))
)


class Passkey(Struct, frozen=True, kw_only=True):
    """A key that a device or a password store holds for one account. `id` and `key` are base64url."""

    id: str
    key: str
    name: str
    count: int
    made_at: datetime


class _Kept(Struct, frozen=True):
    """A passkey's public half and the name its holder gave it, as they lie in the row."""

    key: str
    name: str


class Held(Struct, frozen=True):
    """Whose a credential is, with what is kept beside it."""

    account: Account
    secret: str
    count: int


def holder(r: Read, provider: str, subject: str) -> Held | None:
    """Whose credential this is, or None."""
    row = r.row(_FIND, kind=provider, who=subject)
    return None if row is None else Held(account_from(row), row[_WIDTH], row[_WIDTH + 1])


def add(w: Write, account_seq: int, provider: str, subject: str, secret: str, *, now: datetime, count: int = 0) -> bool:
    """Whether the credential is the account's now; False where somebody has it already."""
    seq = w.value(
        _ADD,
        account_seq=account_seq,
        provider=provider,
        subject=subject,
        secret=secret,
        created_at=micros(now),
        confirmed_at=micros(now),
        last_counter=count,
    )
    return seq is not None


def vouched(kept: str) -> Vouched:
    """What a publisher last said of the holder."""
    return msgspec.json.decode(kept, type=Vouched)


def note_vouched(w: Write, provider: str, subject: str, said: Vouched) -> None:
    """Keeps what the publisher says of the holder now."""
    w.run(_SET, kind=provider, who=subject, new_secret=msgspec.json.encode(said).decode())


def vouched_here(r: Read, account_seq: int, site_key: str) -> Vouched | None:
    """What the publisher of this site last said of the account's holder; None where it knows nothing of them."""
    row = r.row(_FROM_SITE, account=account_seq, kind=handed(site_key), kinds=oidc(site_key, ""))
    return None if row is None else vouched(row[0])


def linked(r: Read, account_seq: int) -> frozenset[str]:
    """The OpenID providers by which the account's holder can sign in."""
    return frozenset(row[0] for row in r.rows(_LINKED, account=account_seq))


def passkeys(r: Read, account_seq: int) -> list[Passkey]:
    """The account's passkeys, the oldest first."""
    return [_passkey(row) for row in r.rows(_OF_ACCOUNT, account=account_seq, kind=PASSKEY)]


def passkey_name(typed: str) -> str:
    """The name of a passkey as it is kept."""
    return " ".join(typed.split())[:LONGEST_NAME]


def add_passkey(w: Write, account_seq: int, new: Passkey) -> bool:
    """Whether the passkey is the account's now; False where its id is known already (WebAuthn 3, 7.1, step 27)."""
    kept = msgspec.json.encode(_Kept(new.key, new.name)).decode()
    return add(w, account_seq, PASSKEY, new.id, kept, now=new.made_at, count=new.count)


def name_passkey(w: Write, account_seq: int, passkey: Passkey, name: str) -> None:
    """Gives one of the account's passkeys another name."""
    kept = msgspec.json.encode(_Kept(passkey.key, name)).decode()
    w.run(_SET_OWN, account=account_seq, kind=PASSKEY, who=passkey.id, new_secret=kept)


def forget_passkey(w: Write, account_seq: int, passkey_id: str) -> bool:
    """Whether one of the account's passkeys was taken away."""
    return w.run(_FORGET, account=account_seq, kind=PASSKEY, who=passkey_id) == 1


def public_key(kept: str) -> str:
    """The public half of a passkey, base64url."""
    return msgspec.json.decode(kept, type=_Kept).key


def use_passkey(w: Write, passkey_id: str, *, count: int) -> bool:
    """Whether the signature counter went on since the last use, or the device keeps none (WebAuthn 3, 7.2, step 22):
    one that did not belongs to a copy of the key.
    """
    return w.run(_USE, kind=PASSKEY, who=passkey_id, count=count, new_count=count) == 1


def _passkey(row: Row) -> Passkey:
    kept = msgspec.json.decode(row[1], type=_Kept)
    return Passkey(id=row[0], key=kept.key, name=kept.name, count=row[3], made_at=instant(row[2]))
