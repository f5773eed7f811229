"""A reader lets a page of the publisher's take part for them: a short session of its own, that holds on one site and
for pages of one origin.

Whoever can say who somebody is opens one here: today the reader, by a log-in of their own in a window of ours.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.discussion.accounts import Account, Session
from rejoinder.discussion.origins import may_take_part
from rejoinder.discussion.refusals import LogInNeeded, PageNotAllowed
from rejoinder.store import accounts, sessions, sites
from rejoinder.store.database import Read, Write

LASTS = timedelta(hours=12)  # a day's reading: the token lies where the page's own scripts can read it


class EmbedSession(Struct, frozen=True, kw_only=True):
    """What is asked for. `token` is fresh and random; `agent` the browser's own name of itself."""

    site_seq: int
    account: Account
    origin: str
    token: str
    agent: str


def open_embed_session(w: Write, order: EmbedSession, *, now: datetime) -> None:
    """Keeps the session. Raises PageNotAllowed where the origin is not one of the site's; LogInNeeded where the
    account's sessions were ended since it was looked at; UnknownSite.
    """
    if not may_take_part(order.origin, sites.by_seq(w, order.site_seq).origins):
        raise PageNotAllowed
    account = accounts.lock(w, order.account.seq)
    if account.session_epoch != order.account.session_epoch:
        raise LogInNeeded
    sessions.add(
        w,
        account,
        order.token,
        lasts=LASTS,
        agent=order.agent,
        now=now,
        site_seq=order.site_seq,
        origin=order.origin,
    )


def was_confirmed(r: Read, site_seq: int, session: Session, origin: str, *, now: datetime) -> bool:
    """Whether the reader has let this origin take part since they logged in, and has not taken that back."""
    return any(
        each.site_seq == site_seq and each.origin == origin and each.created_at >= session.created_at
        for each in sessions.of_account(r, session.account.seq, now=now)
    )


def end_session(w: Write, account: Account, token_hash: bytes, *, now: datetime) -> None:
    """Ends this one session of the account; what is none of its sessions stays."""
    if any(each.token_hash == token_hash for each in sessions.of_account(w, account.seq, now=now)):
        sessions.end(w, token_hash)
