"""Account: somebody who can log in. What a site knows of them is a Commenter."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.refusals import FreshLogInNeeded

FRESH = timedelta(minutes=15)  # after a log-in, or the second factor


class Account(Struct, frozen=True, kw_only=True):
    """`email` is empty for who signs in elsewhere, and for who has left; letters then go to `letters_to`, which nobody
    can log in with. `session_epoch` is raised to end every session at once: by a reset, a ban, a change of role.
    """

    seq: int
    id: UUID
    email: str
    confirmed_at: datetime | None
    is_administrator: bool
    session_epoch: int
    letters_to: str = ""

    @property
    def address(self) -> str:
        """Where letters go to; empty for nowhere."""
        return self.email or self.letters_to


class Session(Struct, frozen=True, kw_only=True):
    """A log-in on one device. `token_hash` is its key; the token itself is only in the person's cookie. An embed's
    session holds on one site (`site_seq`) and for pages of one `origin`; its token is only in such a page.
    """

    token_hash: bytes
    account: Account
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor_at: datetime | None
    agent: str = ""
    site_seq: int | None = None
    origin: str = ""

    @property
    def is_embedded(self) -> bool:
        return self.site_seq is not None

    def is_fresh(self, now: datetime) -> bool:
        """Whether its holder has proved who they are a moment ago."""
        return now - max(self.created_at, self.second_factor_at or self.created_at) <= FRESH

    def must_be_fresh(self, now: datetime) -> None:
        """Silent if it is fresh. Raises FreshLogInNeeded."""
        if not self.is_fresh(now):
            raise FreshLogInNeeded
