"""A discussion as a feed: its newest comments, for whoever follows it from elsewhere."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class FeedEntry(Struct, frozen=True, kw_only=True):
    """One comment, with when it was published or last edited."""

    comment: ShownComment
    changed_at: datetime


class FeedPage(Page, frozen=True, kw_only=True):
    """The newest first. `changed_at` is when anything in it last changed."""

    template: ClassVar[str] = "feed.xml"

    slug: str
    headline: str
    changed_at: datetime
    entries: tuple[FeedEntry, ...]
