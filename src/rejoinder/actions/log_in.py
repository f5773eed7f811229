"""Sessions begin and end. Who somebody is was proved before, outside any transaction: hashing takes its time."""

from datetime import datetime, timedelta

from rejoinder.actions.prove_twice import must_have_proved_twice
from rejoinder.discussion.accounts import Account, Session
from rejoinder.discussion.refusals import WrongCode
from rejoinder.store import accounts, sessions
from rejoinder.store.database import Write


def log_in(w: Write, account: Account, *, token: str, lasts: timedelta, agent: str, now: datetime) -> Account:
    """The account, with a new session under the token."""
    current = accounts.lock(w, account.seq)
    sessions.add(w, current, token, lasts=lasts, agent=agent, now=now)
    return current


def log_out(w: Write, session: Session) -> None:
    """Ends this one session."""
    sessions.end(w, session.token_hash)


def log_out_everywhere(w: Write, account: Account) -> None:
    """Ends all of the account's sessions."""
    accounts.end_sessions(w, account.seq)


def set_up_second_factor(w: Write, session: Session, *, secret: str, now: datetime) -> None:
    """Keeps a secret that counts only once a code of it was typed. A confirmed one is left alone. Raises
    SecondFactorNeeded where a passkey is the second factor already.
    """
    account = session.account
    present = accounts.credential(w, account.seq, "totp")
    if present is None or present.confirmed_at is None:
        must_have_proved_twice(w, session)
    if present is None or present.confirmed_at is None:
        accounts.set_credential(w, account, "totp", secret, confirmed=False, now=now)


def confirm_second_factor(w: Write, session: Session, *, counter: int, now: datetime) -> None:
    """Notes on the session that its holder proved the second factor, by the code of this time step. Raises WrongCode
    if the code was used before (RFC 6238, 5.2), SecondFactorNeeded where a passkey is the second factor already.
    """
    accounts.lock(w, session.account.seq)  # else two codes at once would each find what the other has not done yet
    present = accounts.credential(w, session.account.seq, "totp")
    if present is None or present.confirmed_at is None:
        must_have_proved_twice(w, session)
    if not accounts.use_counter(w, session.account.seq, "totp", counter=counter, now=now):
        raise WrongCode
    sessions.note_second_factor(w, session.token_hash, now=now)
