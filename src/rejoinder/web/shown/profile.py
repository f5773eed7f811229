"""A commenter's public page: who they are here, and what they wrote that is published."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.web.shown.comments import Mark, ShownComment
from rejoinder.web.shown.page import Page


class ProfileComment(Struct, frozen=True, kw_only=True):
    """A published comment, with the story it stands under."""

    comment: ShownComment
    slug: str
    headline: str


class Record(Struct, frozen=True, kw_only=True):
    """How many of their comments are published, and how many were removed; each is `most` where there are so many or
    more.
    """

    published: int
    removed: int
    most: int


class ProfilePage(Page, frozen=True, kw_only=True):
    """`since` is None for an imported name, of which nobody knows. `after` leads to earlier comments."""

    template: ClassVar[str] = "profile.html"

    id: UUID
    name: str
    mark: Mark | None = None
    since: datetime | None = None
    record: Record | None = None
    comments: tuple[ProfileComment, ...] = ()
    after: str | None = None
    is_first_page: bool = True
