"""Editors' picks: candidates with their reasons, what was picked, and asking writers whether it may be printed."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from msgspec import Struct

from rejoinder.web.shown.page import Page

Word = Literal["not asked", "asked", "yes", "no"]


class ShownCandidate(Struct, frozen=True, kw_only=True):
    """A comment that could be picked; `reasons` are worded."""

    id: UUID
    name: str
    text: str
    headline: str
    slug: str
    written_at: datetime
    reasons: tuple[str, ...]


class ShownPick(Struct, frozen=True, kw_only=True):
    """A picked comment, and its writer's word on printing it."""

    id: UUID
    name: str
    excerpt: str
    headline: str
    picked_at: datetime
    word: Word
    signed_as: str = ""
    note: str = ""


class PicksPage(Page, frozen=True, kw_only=True):
    """Candidates of the last `days`, and what was picked in them. Fields sent to pick: `to`."""

    template: ClassVar[str] = "desk/picks.html"
    at: ClassVar[str] = "picks"

    days: int
    candidates: tuple[ShownCandidate, ...]
    picked: tuple[ShownPick, ...]
    problem: str = ""


class ConsentPage(Page, frozen=True, kw_only=True):
    """What a writer is asked. Fields sent: `answer` (yes or no), `signed_as`."""

    template: ClassVar[str] = "consent.html"

    token: str
    headline: str
    text: str
    signed_as: str
    word: Word
    problem: str = ""
