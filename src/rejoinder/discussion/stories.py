"""Story: what was published, when and by whom, and how one story is told from another."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class PublishedAtSource(StrEnum):
    """Who said when the story was published; the closing counts from it, so its source is kept beside it."""

    PUBLISHER = "publisher"  # the publisher's own signed or structured data
    PAGE = "page"  # a stamp printed on the page
    FEED = "feed"
    FIRST_SEEN = "first seen"
    EDITOR = "editor"


class Photo(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The lead photograph. A page saved as text has words about a photograph and no address of it."""

    caption: str = ""
    credit: str = ""
    alt: str = ""
    url: str | None = None
    width: int | None = None
    height: int | None = None


class Credits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The names in "(Reporting by …; Writing by …; Editing by …)", in the order printed."""

    reporting: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a story page holds. Every field but the headline may be absent, and absent stays absent."""

    headline: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    place: str = ""
    agency: str = ""
    photo: Photo | None = None
    topics: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    credits: Credits = Credits()
    updated_at: datetime | None = None
    language: str | None = None
