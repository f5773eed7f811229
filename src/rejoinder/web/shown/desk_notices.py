"""Legal notices and corrections at the desk."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.corrections import Outcome as Corrected
from rejoinder.discussion.notices import LONGEST_ANSWER, LONGEST_GROUND, Outcome
from rejoinder.discussion.policy import REASONS, Reason
from rejoinder.web.shown.desk import DeskCard, DeskDecision
from rejoinder.web.shown.page import Page

ILLEGAL_REASONS: tuple[Reason, ...] = tuple(reason for reason in REASONS if reason.illegal)
POLICY_REASONS: tuple[Reason, ...] = tuple(reason for reason in REASONS if not reason.illegal)


class DeskNotice(Struct, frozen=True, kw_only=True):
    """A notice, whole. `kind` is a label, a catalogue key."""

    id: UUID
    kind: str
    why: str
    address: str
    name: str
    email: str
    sent_at: datetime
    is_this: bool = False  # the page is about it
    trusted: str = ""  # the trusted flagger's name
    is_danger: bool = False
    due_at: datetime | None = None
    is_late: bool = False
    outcome: Outcome | None = None
    answered_at: datetime | None = None
    answer: str = ""
    is_stale: bool = False  # the text has changed since


class DeskNoticePage(Page, frozen=True, kw_only=True):
    """Fields sent: `outcome`, `revision`, `reason`, `law`, `explanation`, `answer`, `told`."""

    template: ClassVar[str] = "desk/notice.html"
    at: ClassVar[str] = "queue"

    notices: tuple[DeskNotice, ...]  # of the comment, this one first
    card: DeskCard
    decisions: tuple[DeskDecision, ...] = ()
    can_be_read: bool = True
    danger: str = ""  # what editors do at once, in the site's own words
    problem: str = ""
    outcome: str = ""  # what was sent and refused, with its
    reason: str = ""
    law: str = ""
    explanation: str = ""
    answer: str = ""
    illegal_reasons: tuple[Reason, ...] = ILLEGAL_REASONS
    policy_reasons: tuple[Reason, ...] = POLICY_REASONS
    longest_law: int = LONGEST_GROUND
    longest_answer: int = LONGEST_ANSWER

    @property
    def notice(self) -> DeskNotice:
        return self.notices[0]

    @property
    def is_danger(self) -> bool:
        return any(notice.is_danger and not notice.outcome for notice in self.notices)


class StoryText(Struct, frozen=True):
    """A text of the story, by number, and since when it stands."""

    number: int
    since: datetime


class DeskCorrectionPage(Page, frozen=True, kw_only=True):
    """Fields sent: `outcome`, `version` (of the story's text that put it right), `answer`."""

    template: ClassVar[str] = "desk/correction.html"
    at: ClassVar[str] = "queue"

    id: UUID
    story_slug: str
    headline: str
    quote: str
    text: str
    source: str
    sent_at: datetime
    receipt: str = ""  # by which whoever sent it finds the answer
    is_quoted: bool = False  # the story has these very words now
    name: str = ""
    email: str = ""
    canonical_url: str = ""
    versions: tuple[StoryText, ...] = ()  # that came after the one that was read
    outcome: Corrected | None = None
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    problem: str = ""
    typed: str = ""
    chosen: str = ""
    longest_answer: int = LONGEST_ANSWER

    @property
    def is_open(self) -> bool:
        return self.outcome in (None, Corrected.PASSED_ON)
