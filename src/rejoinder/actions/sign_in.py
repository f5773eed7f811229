"""Somebody comes from the publisher, who has proved to us who they are: a session for their account, made at the first
time. Nobody is taken for the holder of an account of our own because a mail address is the same: whoever could get a
publisher's account with it would get ours.
"""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from rejoinder.actions.letters import letter_to_account
from rejoinder.actions.register_commenter import take_name
from rejoinder.actions.rename import may_have_name, rename
from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import AlreadyLinked, BadName, NameTaken, SignInSpent
from rejoinder.discussion.sign_in import Arrival, Vouched
from rejoinder.store import accounts, commenters, proofs, sessions, sites, vouching
from rejoinder.store.database import Write
from rejoinder.store.proofs import Held
from rejoinder.store.spent import spend


class SignInOrder(Struct, frozen=True, kw_only=True):
    """Who arrives on which site, and the session they are to have under `token`. `once` is the key of what they showed,
    refused from now on; nobody needs to know it after `until`.
    """

    site_seq: int
    arrival: Arrival
    token: str
    lasts: timedelta
    staff_lasts: timedelta
    agent: str = ""
    once: str = ""
    until: datetime | None = None
    origin: str = ""  # the session is an embed's, and holds for pages of this origin on this site alone


class SignedIn(Struct, frozen=True):
    """Whose session it is, and how the site knows them: None where they must choose a name first."""

    account: Account
    commenter: Commenter | None
    lasts: timedelta


def sign_in(w: Write, order: SignInOrder, *, now: datetime) -> SignedIn:
    """The account with its new session. A name that is free, and other than at the last time, is theirs from now on;
    one that is not leaves them to choose. Raises SignInSpent.
    """
    arrival = order.arrival
    if order.once and order.until is not None and not spend(w, arrival.provider, order.once, until=order.until):
        raise SignInSpent
    sites.lock(w, order.site_seq)  # two first sign-ins of one person make one account
    found = proofs.holder(w, arrival.provider, arrival.subject)
    account = accounts.lock(w, found.account.seq) if found else _new_account(w, arrival, now=now)
    if found is not None and not account.email and arrival.email and arrival.email != account.letters_to:
        accounts.set_letters_to(w, account.seq, arrival.email)
    commenter = commenters.by_account(w, order.site_seq, account.seq)
    commenter = (
        _joined(w, order, account, now=now) if commenter is None else _followed(w, order, commenter, found, now=now)
    )
    proofs.note_vouched(w, arrival.provider, arrival.subject, arrival.vouched)
    if commenter is not None:
        commenter = apply_vouched(w, commenter, arrival.vouched)
    lasts = order.staff_lasts if commenter is not None and commenter.is_staff else order.lasts
    site_seq = order.site_seq if order.origin else None
    sessions.add(
        w, account, order.token, lasts=lasts, agent=order.agent, now=now, site_seq=site_seq, origin=order.origin
    )
    return SignedIn(account, commenter, lasts)


def link(w: Write, account: Account, arrival: Arrival, *, site_seq: int, now: datetime) -> None:
    """The account's holder can sign in from the publisher too, from now on; a letter tells them. Raises AlreadyLinked
    where somebody else does so by the same sign-in.
    """
    accounts.lock(w, account.seq)
    kept = msgspec.json.encode(arrival.vouched).decode()
    if proofs.add(w, account.seq, arrival.provider, arrival.subject, kept, now=now):
        event = f"linked:{arrival.provider}:{account.id}"
        letter_to_account(w, account, "way-added", site_seq=site_seq, event=event, now=now)
        return
    found = proofs.holder(w, arrival.provider, arrival.subject)
    if found is None or found.account.seq != account.seq:
        raise AlreadyLinked


def apply_vouched(w: Write, commenter: Commenter, said: Vouched) -> Commenter:
    """The commenter with what the publisher says of them. Their badges stand beside the name: the site changes."""
    if vouching.set_vouched(w, commenter, badges=said.badges, may_comment=said.may_comment):
        sites.changed(w, commenter.site_seq)
    return commenters.by_seq(w, commenter.site_seq, commenter.seq)


def _new_account(w: Write, arrival: Arrival, *, now: datetime) -> Account:
    account = accounts.add_signed_in(w, letters_to=arrival.email, now=now)
    kept = msgspec.json.encode(arrival.vouched).decode()
    proofs.add(w, account.seq, arrival.provider, arrival.subject, kept, now=now)
    return account


def _joined(w: Write, order: SignInOrder, account: Account, *, now: datetime) -> Commenter | None:
    try:
        return take_name(w, order.site_seq, account, name=order.arrival.vouched.name, now=now)
    except (BadName, NameTaken):
        return None


def _followed(w: Write, order: SignInOrder, commenter: Commenter, found: Held | None, *, now: datetime) -> Commenter:
    """The commenter, by another name where the publisher has another for them than the last time, and it is free."""
    wanted = order.arrival.vouched.name
    last = proofs.vouched(found.secret).name if found else ""
    if commenter.is_staff or last == wanted:
        return commenter
    try:
        name = may_have_name(w, order.site_seq, wanted, by=commenter, now=now)
    except (BadName, NameTaken):
        return commenter
    return commenter if name == commenter.name else rename(w, commenter, name=name, now=now)
