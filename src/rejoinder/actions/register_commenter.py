"""A reader opens an account and takes a name on a site; then confirms the mail address."""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.actions.ban_commenter import ban_follows
from rejoinder.actions.letters import letter_to_account
from rejoinder.actions.rename import may_have_name
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.names import name_key
from rejoinder.discussion.refusals import AddressTaken
from rejoinder.store import accounts, commenters, sites
from rejoinder.store.accounts import Purpose
from rejoinder.store.database import Write

CONFIRM_WITHIN = timedelta(days=3)


class Registration(Struct, frozen=True, kw_only=True):
    """What was sent; the password already hashed. `token` goes into the confirming letter."""

    site_seq: int
    email: str
    name: str
    password_hash: str
    token: str


def register_commenter(w: Write, new: Registration, *, now: datetime) -> Commenter:
    """The new commenter, who may write once the address is confirmed. Raises BadName, NameTaken, AddressTaken."""
    account = accounts.add(w, email=new.email, now=now)
    if account is None:
        raise AddressTaken
    accounts.set_credential(w, account, "password", new.password_hash, now=now)
    commenter = take_name(w, new.site_seq, account, name=new.name, now=now)
    ask_to_confirm(w, account, site_seq=new.site_seq, token=new.token, now=now)
    return commenter


def take_name(
    w: Write,
    site_seq: int,
    account: Account,
    *,
    name: str,
    now: datetime,
    role: Role = Role.READER,
    is_guest: bool = False,
) -> Commenter:
    """The account's membership of the site under this name. The site is locked before the account. Raises
    BadName, NameTaken.
    """
    site = sites.lock(w, site_seq)  # two who want names that look alike take turns
    cleaned = may_have_name(w, site_seq, name, role=role, now=now)
    values = {"account_seq": account.seq, "role": role.value, "is_guest": is_guest}
    values["policy_agreed"] = site.policy_version  # the registration form leads to it
    joined = commenters.add(w, site_seq, name=cleaned, name_key=name_key(cleaned), now=now, **values)
    return ban_follows(w, joined)


def ask_to_confirm(w: Write, account: Account, *, site_seq: int, token: str, now: datetime) -> None:
    """Notes the letter with the confirming link."""
    accounts.add_token(w, account.seq, Purpose.CONFIRM, token, lasts=CONFIRM_WITHIN, now=now)
    letter_to_account(w, account, "confirm", site_seq=site_seq, event=f"token:{token[:12]}", token=token, now=now)


def tell_of_account(w: Write, site_seq: int, email: str, *, event: str, now: datetime) -> None:
    """Notes a letter to somebody who has an account already: the page itself must not tell whether they do."""
    account = accounts.by_email(w, email)
    if account is not None:
        letter_to_account(w, account, "account-exists", site_seq=site_seq, event=f"exists:{event[:12]}", now=now)


def confirm_address(w: Write, token: str, *, now: datetime) -> Account:
    """The account whose address is now confirmed. Raises TokenExpired."""
    account = accounts.use_token(w, Purpose.CONFIRM, token, now=now)
    accounts.confirm(w, account.seq, now=now)
    return accounts.by_seq(w, account.seq)
