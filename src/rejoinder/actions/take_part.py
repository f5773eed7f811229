"""Somebody with an account takes a name on another site of the installation."""

from datetime import datetime

from rejoinder.actions.register_commenter import take_name
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter
from rejoinder.store import accounts, commenters
from rejoinder.store.database import Write


def take_part(w: Write, site_seq: int, account: Account, *, name: str, now: datetime) -> Commenter:
    """The account's commenter on the site, made now if there was none. Raises BadName, NameTaken."""
    accounts.lock(w, account.seq)
    present = commenters.by_account(w, site_seq, account.seq)
    return present or take_name(w, site_seq, account, name=name, now=now)
