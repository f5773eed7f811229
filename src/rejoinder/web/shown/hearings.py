"""The desk's pages of appeals."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import LONGEST_APPEAL, Appellant
from rejoinder.discussion.policy import Group, Reason
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.desk import GROUPED_REASONS, DeskCard, DeskDecision, DeskPerson, Piece
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.person_acts import ShownAct


class WaitingAppeal(Struct, frozen=True, kw_only=True):
    """One line of the list. `name` is the comment's writer, or about whom something was done, where there is no
    comment.
    """

    id: UUID
    by: Appellant
    at: datetime
    name: str
    excerpt: str = ""
    headline: str = ""


class AppealsPage(Page, frozen=True, kw_only=True):
    """What waits to be heard, the longest waiting first."""

    template: ClassVar[str] = "desk/appeals.html"
    at: ClassVar[str] = "appeals"

    appeals: tuple[WaitingAppeal, ...]
    after: str | None = None
    is_first_page: bool = True


class PersonHearingPage(Page, frozen=True, kw_only=True):
    """The appeal of somebody about whom something was done. Fields sent: `outcome`, `answer`."""

    template: ClassVar[str] = "desk/person_hearing.html"
    at: ClassVar[str] = "appeals"

    id: UUID
    appeal: ShownAppeal
    person: DeskPerson
    act: ShownAct
    record: tuple[ShownAct, ...]  # everything that was done about them
    heard_by: str = ""
    why_not: str = ""  # worded; why this editor cannot hear it
    is_fresh_look: bool = False
    may_undo: bool = False
    problem: str = ""
    answer: str = ""
    longest: int = LONGEST_APPEAL


class HeardNotice(Struct, frozen=True, kw_only=True):
    """The legal notice whose refusal is appealed. `kind` is a label, a catalogue key."""

    id: UUID
    kind: str
    why: str
    name: str = ""
    trusted: str = ""  # the trusted flagger's name


class HearingPage(Page, frozen=True, kw_only=True):
    """An appeal with everything it is about. Fields sent: `outcome`, `answer`, `revision`, and where the
    appeal of who reported it is granted `reason`.
    """

    template: ClassVar[str] = "desk/hearing.html"
    at: ClassVar[str] = "appeals"

    id: UUID
    by: Appellant
    appeal: ShownAppeal
    decision: DeskDecision
    then: tuple[Piece, ...]  # the text that was decided on
    card: DeskCard  # the comment as it is now
    is_changed: bool = False  # it is another text now
    reported_for: str = ""  # a label, a catalogue key
    reporters_note: str = ""
    notice: HeardNotice | None = None
    record: tuple[DeskDecision, ...] = ()
    heard_by: str = ""
    why_not: str = ""  # worded; why this editor cannot hear it
    is_fresh_look: bool = False  # they decided themselves, and nobody else is there
    may_grant: bool = True
    may_undo: bool = False
    problem: str = ""
    answer: str = ""
    reason: str = ""
    longest: int = LONGEST_APPEAL
    reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = GROUPED_REASONS
