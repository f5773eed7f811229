"""A reader's inbox, and what they may wish for."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.preferences import CHOSEN, Kind, Mail, Preferences
from rejoinder.web.shown.page import Page


class ShownNews(Struct, frozen=True, kw_only=True):
    """One piece of news; `name` and `excerpt` are those of the comment it is about."""

    id: UUID
    kind: Kind
    at: datetime
    is_unread: bool
    headline: str
    name: str = ""
    excerpt: str = ""
    count: int = 1


class InboxPage(Page, frozen=True, kw_only=True):
    """`newest` is up to where "read all" goes."""

    template: ClassVar[str] = "inbox.html"

    news: tuple[ShownNews, ...]
    newest: int = 0
    after: str | None = None


class FollowPage(Page, frozen=True, kw_only=True):
    """Fields sent: `thread`, and `stop` to follow no longer. `name` is that of the thread's first writer."""

    template: ClassVar[str] = "follow.html"

    story_slug: str
    headline: str
    follows: bool
    thread: UUID | None = None
    name: str = ""


class MutePage(Page, frozen=True, kw_only=True):
    """Fields sent: `stop`, to hear them again."""

    template: ClassVar[str] = "mute.html"

    id: UUID
    name: str
    is_muted: bool
    is_self: bool = False


class LettersPage(Page, frozen=True, kw_only=True):
    """Fields sent: for each of `kinds`, one of `ways`."""

    template: ClassVar[str] = "letters.html"

    preferences: Preferences
    is_set: bool = False
    follows: tuple[tuple[str, str], ...] = ()  # slug and headline
    mutes: tuple[tuple[UUID, str], ...] = ()
    kinds: tuple[Kind, ...] = CHOSEN
    ways: tuple[Mail, ...] = tuple(Mail)


class UnsubscribePage(Page, frozen=True, kw_only=True):
    """Fields sent: `again`, to get them once more. `about` is a kind, or digest."""

    template: ClassVar[str] = "unsubscribe.html"

    token: str
    about: str
    is_off: bool
