"""The trust ladder as its reader sees it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.trust import Ladder, Level, Why
from rejoinder.web.shown.page import Page


class ShownStep(Struct, frozen=True, kw_only=True):
    """A step; `became` where it led to another level, `reason` (a catalogue key) where a comment was removed."""

    points: int
    why: Why
    at: datetime
    became: Level | None = None
    comment_id: UUID | None = None
    excerpt: str = ""
    reason: str = ""


class TrustPage(Page, frozen=True, kw_only=True):
    """`needed` points more make a new reader recognised."""

    template: ClassVar[str] = "trust.html"

    level: Level
    points: int
    needed: int
    is_on_it: bool
    ladder: Ladder
    steps: tuple[ShownStep, ...] = ()
    after: str | None = None
