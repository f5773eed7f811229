"""Comments as a feed: the newest of a story, a section, a commenter or a site, for who follows from elsewhere."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One comment, with when it was published and last changed, its text as typed, and its story. `replies` are those
    published below it, known of comments that answer none.
    """

    comment: ShownComment
    text: str
    published_at: datetime
    changed_at: datetime
    slug: str
    headline: str
    replies: int = 0


class FeedPage(Page, frozen=True, kw_only=True):
    """The newest first. `changed_at` is when anything in it last changed; `here` and `home` (the page that it is of)
    are paths. `says_where`: its comments stand under several stories.
    """

    template: ClassVar[str] = "feed.xml"

    title: str
    here: str
    home: str
    changed_at: datetime
    entries: tuple[FeedEntry, ...]
    says_where: bool = False
