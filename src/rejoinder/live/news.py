"""What is new under a story, as it was read in one snapshot, and the part of it that every open page is told."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

WITHDRAWN = "withdrawn"  # stands in place of the phase while the editors have taken a discussion back


class Item(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A published comment as everybody sees it. `place` is its publish_seq, `parent` whom it answers, `html` the same
    fragment that a page draws.
    """

    place: int
    id: UUID
    parent: UUID | None = None
    name: str = ""
    html: str = ""


class State(Struct, frozen=True, kw_only=True):
    """How a discussion stands: what a stream tells first, and what a page that polls is answered."""

    version: int
    count: int
    place: int
    phase: str
    until: datetime | None


class News(Struct, frozen=True, kw_only=True):
    """A story's state, and the comments with a place after the one that was asked about, in that order. `place` is the
    story's publish_seq, `until` the next closing phase. With `more`, there are further comments behind these.
    """

    site_seq: int
    epoch: int
    story_seq: int
    version: int
    count: int
    place: int
    phase: str
    until: datetime | None
    comments: tuple[Item, ...] = ()
    more: bool = False

    @property
    def state(self) -> State:
        """What is told of it first."""
        return State(version=self.version, count=self.count, place=self.place, phase=self.phase, until=self.until)

    @property
    def drift(self) -> int:
        """How often something else than a publication has changed the story: publishing raises both figures by one."""
        return self.version - self.place


encode = msgspec.json.Encoder().encode
