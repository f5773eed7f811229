"""Somebody is given an account by the installation itself: on the command line, or in the sample publication."""

from datetime import datetime

from msgspec import Struct

from rejoinder.actions.register_commenter import take_name
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.refusals import AddressTaken
from rejoinder.store import accounts
from rejoinder.store.database import Write


class NewPerson(Struct, frozen=True, kw_only=True):
    """Who is added. Without a password hash they cannot log in until they ask for a new password; without a name they
    are of no site yet.
    """

    email: str
    password_hash: str | None = None
    site_seq: int | None = None
    name: str = ""
    role: Role = Role.READER
    is_administrator: bool = False


class Added(Struct, frozen=True):
    """The account, and how the site knows its holder."""

    account: Account
    commenter: Commenter | None


def add_person(w: Write, new: NewPerson, *, now: datetime) -> Added:
    """The new account, its address taken as confirmed: whoever runs the installation vouches for it. Raises
    AddressTaken, BadName, NameTaken.
    """
    account = accounts.add(w, email=new.email, now=now)
    if account is None:
        raise AddressTaken
    accounts.confirm(w, account.seq, now=now)
    if new.password_hash is not None:
        accounts.set_credential(w, account, "password", new.password_hash, now=now)
    if new.is_administrator:
        accounts.set_administrator(w, account.seq, yes=True)
    commenter = None
    if new.site_seq is not None:
        commenter = take_name(w, new.site_seq, account, name=new.name, now=now, role=new.role)
    return Added(accounts.by_seq(w, account.seq), commenter)
