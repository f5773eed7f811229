"""The other side of a decision: what the writer of a comment is shown of it, and the appeal."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import LONGEST_APPEAL
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import Named
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.desk import Piece
from rejoinder.web.shown.page import Page


class Holds(StrEnum):
    """Whether a decision still does."""

    YES = "yes"
    TAKEN_BACK = "taken back"
    REPLACED = "replaced"  # by a later one
    DELETED = "deleted"  # with the comment, by its writer


class DecisionPage(Page, frozen=True, kw_only=True):
    """A decision, with its reason, on the words it was taken on. `key` is how it was asked for. Field sent: `text`."""

    template: ClassVar[str] = "decision.html"

    key: str
    comment_id: UUID
    story_slug: str
    headline: str
    outcome: Outcome
    at: datetime
    pieces: tuple[Piece, ...]
    was_published: bool
    is_automatic: bool
    after_reports: bool
    holds: Holds
    by_check: bool = False  # an automatic check led to it
    reason: str = ""  # as the writer is told it: a catalogue key
    also: tuple[str, ...] = ()  # further reasons, likewise
    clauses: tuple[Named, ...] = ()  # of the policy, as they were
    policy: str = ""  # the address of the version that they are of
    cause: str = ""  # why the comment above went, where a reply went with it
    note: str = ""
    changed_to: str = ""  # the text after an editor's change
    until: datetime | None = None  # how long it can be appealed; None: not, or not any more
    by_another: bool = True  # there is somebody else to hear it
    appeal: ShownAppeal | None = None
    text: str = ""
    problem: str = ""
    further: str = ""  # the site's word on what else can be done
    longest: int = LONGEST_APPEAL


class DecisionLine(Struct, frozen=True, kw_only=True):
    """One decision in the writer's list of them."""

    id: UUID
    at: datetime
    outcome: Outcome
    headline: str
    excerpt: str
    was_published: bool
    reason: str = ""
    appeal: ShownAppeal | None = None


class DecisionsPage(Page, frozen=True, kw_only=True):
    """What was decided on the viewer's comments, the newest first."""

    template: ClassVar[str] = "decisions.html"

    decisions: tuple[DecisionLine, ...]
    after: str | None = None
