"""A forgotten password: a letter with a link, then a new password. All sessions end."""

from datetime import datetime, timedelta

from rejoinder.actions.letters import letter_to_account
from rejoinder.discussion.accounts import Account
from rejoinder.store import accounts
from rejoinder.store.accounts import Purpose
from rejoinder.store.database import Write

RESET_WITHIN = timedelta(hours=2)


def ask_reset(w: Write, site_seq: int, email: str, *, token: str, now: datetime) -> None:
    """Notes the letter if there is such an account. Silent either way, so that nobody learns who has one."""
    account = accounts.by_email(w, email)
    if account is None:
        return
    accounts.add_token(w, account.seq, Purpose.RESET, token, lasts=RESET_WITHIN, now=now)
    letter_to_account(w, account, "reset", site_seq=site_seq, event=f"token:{token[:12]}", token=token, now=now)


def reset_password(w: Write, site_seq: int, token: str, *, password_hash: str, now: datetime) -> Account:
    """The account with its new password, no session and no other link left. Whoever has the link has the address: it is
    confirmed. Raises TokenExpired.
    """
    account = accounts.use_token(w, Purpose.RESET, token, now=now)
    accounts.lock(w, account.seq)
    accounts.set_credential(w, account, "password", password_hash, now=now)
    accounts.confirm(w, account.seq, now=now)
    accounts.end_sessions(w, account.seq)
    accounts.spend_tokens(w, account.seq, Purpose.RESET, now=now)
    letter_to_account(w, account, "password-changed", site_seq=site_seq, event=f"reset:{token[:12]}", now=now)
    return accounts.by_seq(w, account.seq)
