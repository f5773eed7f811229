"""Which state of a discussion a page shows: the versions that govern whether a kept copy may still be given out."""

from datetime import datetime

from msgspec import Struct


class Edition(Struct, frozen=True, kw_only=True):
    """The versions a page was made from, read in the page's own snapshot. It is out of date when the site has another
    epoch, the story another version, or the moment `until` has come (the next closing phase).
    """

    site_seq: int
    epoch: int
    story_seq: int | None = None
    version: int = 0
    until: datetime | None = None
