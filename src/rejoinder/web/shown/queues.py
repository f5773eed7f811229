"""What stands beside a queue: the others, with how much is in each, what narrows it, and views that were kept."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct


class Queue(StrEnum):
    """Open cases first, then what is looked back at."""

    ALL = "all"
    REPORTED = "reported"
    HELD = "held"
    NEW = "new"  # held because their writer is new
    APPEALS = "appeals"
    NOTICES = "notices"
    CORRECTIONS = "corrections"
    OPINIONS = "opinions"
    UNREVIEWED = "unreviewed"  # published without a person's look
    WRITTEN = "written"
    APPROVED = "approved"
    REJECTED = "rejected"
    BY_SYSTEM = "by-system"


class QueueCount(Struct, frozen=True, kw_only=True):
    """`count` is exact unless there are `more`."""

    queue: Queue
    count: int
    more: bool = False


class KeptView(Struct, frozen=True, kw_only=True):
    """A kept view, and where it leads. `count` is None for what is looked back at, or can no longer be read."""

    id: UUID
    name: str
    address: str
    count: int | None = None
    more: bool = False
    is_everybodys: bool = False
    is_here: bool = False
    may_go: bool = False  # whether the viewer may let it go


class Choice(Struct, frozen=True):
    """`label` is worded already."""

    value: str
    label: str


class Chip(Struct, frozen=True, kw_only=True):
    """Something that narrows this list, and the list without it. `name` is the field; `said` what a person calls it."""

    name: str
    said: str
    without: str


class Narrowing(Struct, frozen=True, kw_only=True):
    """The form. `given` are the fields as they were sent; a list without choices is not offered."""

    given: dict[str, str]
    chips: tuple[Chip, ...] = ()
    sections: tuple[Choice, ...] = ()
    ages: tuple[Choice, ...] = ()
    checks: tuple[Choice, ...] = ()
    reasons: tuple[Choice, ...] = ()
    takes_score: bool = True
    has_scores: bool = False  # whether any check has given one
    takes_order: bool = False


class PlainCase(Struct, frozen=True, kw_only=True):
    """A case that is about no comment: what it is, of which story, from whom (`name`), and where it is worked on. Of a
    correction the words in the story, and what is said of them.
    """

    kind: str
    address: str
    headline: str = ""
    name: str = ""
    quote: str = ""
    text: str = ""
    since: datetime
    due: datetime | None = None
