"""Accounts with their places on every site: what whoever runs the installation sees of people."""

from msgspec import Struct
from sqlalchemy import bindparam, delete, select

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Role
from rejoinder.store.accounts import COLUMNS, account_from
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import accounts, credentials, memberships, sites

_WIDTH = len(COLUMNS)
_PEOPLE = Statement(
    select(*COLUMNS, sites.c.key, memberships.c.name, memberships.c.role, credentials.c.confirmed_at)
    .select_from(
        accounts.outerjoin(memberships, memberships.c.account_seq == accounts.c.seq)
        .outerjoin(sites, sites.c.seq == memberships.c.site_seq)
        .outerjoin(
            credentials, (credentials.c.account_seq == accounts.c.seq) & (credentials.c.provider == bindparam("factor"))
        )
    )
    .where(accounts.c.seq > bindparam("after"))
    .order_by(accounts.c.seq, memberships.c.site_seq)
    .limit(bindparam("most"))
)
_FORGET = Statement(
    delete(credentials).where(
        credentials.c.account_seq == bindparam("account"), credentials.c.provider == bindparam("kind")
    )
)


class Person(Struct, frozen=True, kw_only=True):
    """An account on one site; an account of no site has neither site, name nor role."""

    account: Account
    has_second_factor: bool
    site_key: str | None = None
    name: str | None = None
    role: Role | None = None


def people(r: Read, *, after: int = 0, most: int = 1000) -> list[Person]:
    """Everyone with an account, once for each site they are of, from after an account's seq."""
    return [
        Person(
            account=account_from(row),
            site_key=row[_WIDTH],
            name=row[_WIDTH + 1],
            role=Role(row[_WIDTH + 2]) if row[_WIDTH + 2] else None,
            has_second_factor=row[_WIDTH + 3] is not None,
        )
        for row in r.rows(_PEOPLE, factor="totp", after=after, most=most)
    ]


def forget_credential(w: Write, account_seq: int, provider: str) -> None:
    """Takes away the account's credential of this provider."""
    w.run(_FORGET, account=account_seq, kind=provider)
