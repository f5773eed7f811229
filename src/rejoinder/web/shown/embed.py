"""The discussion in a page of the publisher's, and the window in which a reader lets such a page take part for them."""

from typing import ClassVar

from msgspec import Struct

from rejoinder.discussion.flags import LONGEST_NOTE
from rejoinder.discussion.policy import REASONS, Group, Reason
from rejoinder.web.shown.comments import Branch, ShownComment
from rejoinder.web.shown.page import Page


class ForEmbed(Struct, frozen=True, kw_only=True):
    """Forms and sentences that its script takes copies of. `fresh` is JSON: how many comments are new, by the kind of
    their number. `section` is the key of the story's.
    """

    fresh: str
    section: str | None = None
    reasons: tuple[Reason, ...] = tuple(reason for reason in REASONS if reason.group is Group.PLAIN)
    longest_note: int = LONGEST_NOTE


class EmbedThreadPage(Page, frozen=True, kw_only=True):
    """A thread alone. `root` is None where a page begins within a long one."""

    template: ClassVar[str] = "embed/thread.html"

    root: ShownComment | None
    replies: tuple[Branch, ...]
    after: str | None


class EmbedSignInPage(Page, frozen=True, kw_only=True):
    """Asks whether the pages of `origin` may take part as `name`. Where the reader has said so since they logged in
    (`was_confirmed`), the script answers for them. Fields sent: `origin`, `nonce`.
    """

    template: ClassVar[str] = "embed/sign_in.html"

    origin: str
    nonce: str
    name: str
    was_confirmed: bool


class EmbedDonePage(Page, frozen=True, kw_only=True):
    """The window's script tells the page that opened it, then closes it."""

    template: ClassVar[str] = "embed/done.html"

    origin: str
    nonce: str
    name: str
    token: str
