"""Who has a second factor must have shown it before they change how one logs in: else a stolen password would be
enough to add another.
"""

from rejoinder.discussion.accounts import Session
from rejoinder.discussion.refusals import SecondFactorNeeded
from rejoinder.store import accounts, own_data, proofs
from rejoinder.store.database import Read


def must_have_proved_twice(r: Read, session: Session) -> None:
    """Silent if the account has no second factor, or the session has proved it. Codes are one; passkeys are for staff.
    Raises SecondFactorNeeded.
    """
    if session.second_factor_at is not None:
        return
    account = session.account
    codes = accounts.credential(r, account.seq, "totp")
    if codes is not None and codes.confirmed_at is not None:
        raise SecondFactorNeeded
    is_staff = account.is_administrator or any(each.role != "reader" for each in own_data.places_of(r, account.seq))
    if is_staff and proofs.passkeys(r, account.seq):
        raise SecondFactorNeeded
