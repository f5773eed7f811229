"""Passkeys come, go, and prove who somebody is. The cryptography is done before, outside any transaction."""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.actions.letters import letter_to_account
from rejoinder.actions.log_in import log_in
from rejoinder.actions.prove_twice import must_have_proved_twice
from rejoinder.discussion.accounts import Account, Session
from rejoinder.discussion.refusals import PasskeyRefused, PasskeyTaken
from rejoinder.store import accounts, commenters, proofs, sessions
from rejoinder.store.database import Write
from rejoinder.store.proofs import Passkey
from rejoinder.store.spent import spend
from rejoinder.store.values import hashed


class Proof(Struct, frozen=True, kw_only=True):
    """An answer to a challenge that was right: which passkey, and its counter now."""

    passkey_id: str
    count: int
    challenge: str
    until: datetime


def add_passkey(
    w: Write, session: Session, new: Passkey, *, site_seq: int, challenge: str, until: datetime, now: datetime
) -> None:
    """Keeps a new passkey of the session's account, and tells its holder by a letter. Raises FreshLogInNeeded,
    SecondFactorNeeded, PasskeyTaken, and PasskeyRefused where the challenge was used before.
    """
    session.must_be_fresh(now)
    must_have_proved_twice(w, session)
    if not spend(w, "passkey", challenge, until=until):
        raise PasskeyRefused
    account = accounts.lock(w, session.account.seq)
    if not proofs.add_passkey(w, account.seq, new):
        raise PasskeyTaken
    letter_to_account(w, account, "way-added", site_seq=site_seq, event=f"passkey:{new.id[:40]}", now=now)
    sessions.note_second_factor(w, session.token_hash, now=now)  # who made it has unlocked the device


def name_passkey(w: Write, session: Session, passkey_id: str, name: str) -> None:
    """Gives one of the account's passkeys another name; an unknown one has none to give."""
    for passkey in proofs.passkeys(w, session.account.seq):
        if passkey.id == passkey_id:
            proofs.name_passkey(w, session.account.seq, passkey, proofs.passkey_name(name))


def remove_passkey(w: Write, session: Session, passkey_id: str, *, now: datetime) -> None:
    """Takes one of the account's passkeys away. Raises FreshLogInNeeded, SecondFactorNeeded."""
    session.must_be_fresh(now)
    must_have_proved_twice(w, session)
    proofs.forget_passkey(w, session.account.seq, passkey_id)


def log_in_by_passkey(
    w: Write,
    proof: Proof,
    *,
    site_seq: int,
    token: str,
    lasts: timedelta,
    staff_lasts: timedelta,
    agent: str,
    now: datetime,
) -> tuple[Account, timedelta]:
    """The account of the passkey, with a new session and how long it lasts. Who has unlocked the device has shown two
    factors. Raises PasskeyRefused where the challenge or the counter was used before.
    """
    account = _used(w, proof)
    member = commenters.by_account(w, site_seq, account.seq)
    span = staff_lasts if member is not None and member.is_staff else lasts
    log_in(w, account, token=token, lasts=span, agent=agent, now=now)
    sessions.note_second_factor(w, hashed(token), now=now)
    return account, span


def prove_second_factor(w: Write, session: Session, proof: Proof, *, now: datetime) -> None:
    """Notes on the session that its holder proved a second factor by a passkey of the same account. Raises
    PasskeyRefused.
    """
    if _used(w, proof).seq != session.account.seq:
        raise PasskeyRefused
    sessions.note_second_factor(w, session.token_hash, now=now)


def _used(w: Write, proof: Proof) -> Account:
    """Whose passkey it is; the challenge and the counter are used up."""
    if not spend(w, "passkey", proof.challenge, until=proof.until):
        raise PasskeyRefused
    held = proofs.holder(w, proofs.PASSKEY, proof.passkey_id)
    if held is None or not proofs.use_passkey(w, proof.passkey_id, count=proof.count):
        raise PasskeyRefused
    return held.account
