"""What is found at the desk."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from msgspec import Struct

from rejoinder.discussion.comments import Status
from rejoinder.web.shown.desk import Piece
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.queues import Narrowing


class Among(StrEnum):
    """What is looked through."""

    COMMENTS = "comments"
    PEOPLE = "people"
    STORIES = "stories"


class Found(Struct, frozen=True, kw_only=True):
    """One thing that was found. `said` is the part of the text around what was looked for, which weighs."""

    address: str
    said: tuple[Piece, ...]
    more: str = ""  # a writer's name, a story's standfirst
    about: str = ""  # the headline of a comment's story
    at: datetime | None = None
    status: Status | None = None
    published: int | None = None
    rejected: int | None = None


class SearchPage(Page, frozen=True, kw_only=True):
    """Fields sent: `q`, `in`, and those that narrow it."""

    template: ClassVar[str] = "desk/search.html"
    at: ClassVar[str] = "search"

    typed: str = ""
    among: Among = Among.COMMENTS
    found: tuple[Found, ...] = ()
    asks_too_little: bool = False  # something was typed, and nothing in it can be looked for
    narrowing: Narrowing | None = None
    after: str | None = None
    is_first_page: bool = True
