"""Somebody lost the device that shows their codes: the installation lets them set up another."""

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.refusals import UnknownAccount
from rejoinder.store import accounts, people
from rejoinder.store.database import Write


def reset_second_factor(w: Write, email: str) -> Account:
    """The account without a second factor, passkeys included, and without a session: at the next log-in it sets up a
    new one. Raises UnknownAccount.
    """
    found = accounts.by_email(w, email)
    if found is None:
        raise UnknownAccount
    account = accounts.lock(w, found.seq)
    for lost in ("totp", "passkey"):
        people.forget_credential(w, account.seq, lost)
    accounts.end_sessions(w, account.seq)
    return account
