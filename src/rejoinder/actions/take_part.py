"""Somebody with an account takes a name on another site of the installation."""

from datetime import datetime

from rejoinder.actions.register_commenter import take_name
from rejoinder.actions.sign_in import apply_vouched
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter
from rejoinder.store import accounts, commenters, proofs, sites
from rejoinder.store.database import Write


def take_part(w: Write, site_seq: int, account: Account, *, name: str, now: datetime) -> Commenter:
    """The account's commenter on the site, made now if there was none. Raises BadName, NameTaken."""
    site = sites.lock(w, site_seq)
    accounts.lock(w, account.seq)
    present = commenters.by_account(w, site_seq, account.seq)
    if present is not None:
        return present
    commenter = take_name(w, site_seq, account, name=name, now=now)
    said = proofs.vouched_here(w, account.seq, site.key)
    return commenter if said is None else apply_vouched(w, commenter, said)
