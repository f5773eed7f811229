"""Who somebody is: opening an account, proving it, and what it holds."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.comments import Status
from rejoinder.discussion.policy import Named
from rejoinder.web.shown.page import Page, Way


class LogInPage(Page, frozen=True, kw_only=True):
    """Fields sent: `email`, `password`, `to`. `notice` says why one is here, or what was just done (worded)."""

    template: ClassVar[str] = "log_in.html"

    to: str
    email: str = ""
    problem: str = ""
    notice: str = ""
    ways: tuple[Way, ...] = ()  # the publisher's sign-ins
    passkey: str = ""  # what a browser is asked to prove one, as JSON; empty where there can be none
    text: str = ""  # written before, and carried along


class RegisterPage(Page, frozen=True, kw_only=True):
    """Fields sent: `name`, `email`, `password`, `to`. Where `has_account`, only `name` and `to`: somebody known to the
    installation takes a name on this site.
    """

    template: ClassVar[str] = "register.html"

    to: str
    name: str = ""
    email: str = ""
    problem: str = ""
    shortest_password: int = 10
    longest_name: int = 40
    has_account: bool = False
    text: str = ""  # written before, and carried along


class Sent(StrEnum):
    CONFIRM = "confirm"
    RESET = "reset"
    EMAIL = "email"
    GUEST = "guest"


class SentPage(Page, frozen=True, kw_only=True):
    """A letter is on its way, or would be if there is such an account: the page does not tell which."""

    template: ClassVar[str] = "sent.html"

    kind: Sent
    email: str = ""


class ConfirmPage(Page, frozen=True, kw_only=True):
    """A button; mail scanners follow links but press nothing. Where the address is known, its account is confirmed."""

    template: ClassVar[str] = "confirm.html"

    token: str


class ForgotPage(Page, frozen=True, kw_only=True):
    """Fields sent: `email`."""

    template: ClassVar[str] = "forgot.html"

    email: str = ""
    problem: str = ""


class ResetPage(Page, frozen=True, kw_only=True):
    """Fields sent: `password`."""

    template: ClassVar[str] = "reset.html"

    token: str
    problem: str = ""
    shortest_password: int = 10


class SecondFactorPage(Page, frozen=True, kw_only=True):
    """Fields sent: `code`, `to`."""

    template: ClassVar[str] = "second_factor.html"

    to: str
    problem: str = ""
    passkey: str = ""  # as on the log-in page; empty where the account has none


class SetUpPage(Page, frozen=True, kw_only=True):
    """Fields sent: `code`, `to`. `qr` is an SVG element of our own drawing (or empty), `secret`
    the same in letters, in groups. Where there is no secret yet, a button asks for one, at `set_up_second_factor`.
    """

    template: ClassVar[str] = "second_factor_set_up.html"

    to: str
    qr: str
    secret: str
    problem: str = ""
    passkey: str = ""


class OwnComment(Struct, frozen=True, kw_only=True):
    """A line of one's own record."""

    id: UUID
    excerpt: str
    headline: str
    written_at: datetime
    status: Status
    told: str = ""  # why it was rejected or removed: a catalogue key
    clauses: tuple[Named, ...] = ()  # of the policy, as it is now


class ShownSession(Struct, frozen=True, kw_only=True):
    agent: str
    seen_at: datetime
    is_this: bool = False
    origin: str = ""  # whose pages it is for, where it is an embed's
    key: str = ""  # by which it can be ended


class AccountPage(Page, frozen=True, kw_only=True):
    """Log-out is sent with `everywhere` = 1 to end the other sessions too."""

    template: ClassVar[str] = "account.html"

    name: str
    email: str
    since: datetime
    confirmed: bool = True
    comments: tuple[OwnComment, ...] = ()
    sessions: tuple[ShownSession, ...] = ()
    ban_until: datetime | None = None
    is_banned: bool = False
    ban_reason: str = ""
    ban_rule: str = ""  # what the policy says for it, worded
    passkeys: int = 0
    links: tuple[Way, ...] = ()  # the publisher's sign-ins that the account can be linked with
    is_guest: bool = False
    second_factor: bool | None = None  # set up or not; None where it is not asked of this account
