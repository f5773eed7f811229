"""Somebody gives their account another mail address: it holds once the letter to it was answered."""

from datetime import datetime

from rejoinder.actions.letters import letter_to_account
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.refusals import AddressTaken, TokenExpired
from rejoinder.store import accounts
from rejoinder.store.database import Write


def ask_change_email(w: Write, account: Account, email: str, *, site_seq: int, token: str, now: datetime) -> None:
    """Notes a letter to the new address. Where somebody else has it, they are told instead; the page says the same."""
    taken = accounts.by_email(w, email)
    if taken is not None:
        letter_to_account(w, taken, "account-exists", site_seq=site_seq, event=f"exists:{token[-12:]}", now=now)
        return
    letter_to_account(
        w, account, "change-email", site_seq=site_seq, event=f"email:{token[-12:]}", token=token, to=email, now=now
    )


def change_email(w: Write, account_seq: int, *, before: str, email: str, site_seq: int, now: datetime) -> Account:
    """The account with its new address, confirmed; the old one is told. Raises TokenExpired where the address is no
    longer the one that was to be changed, AddressTaken where somebody else has the new one.
    """
    account = accounts.lock(w, account_seq)
    if account.email != before:
        raise TokenExpired
    if accounts.by_email(w, email) is not None:
        raise AddressTaken
    accounts.set_email(w, account.seq, email, now=now)
    letter_to_account(
        w, account, "email-changed", site_seq=site_seq, event=f"email:{account.id}:{email}", to=before, now=now
    )
    return accounts.by_seq(w, account.seq)
