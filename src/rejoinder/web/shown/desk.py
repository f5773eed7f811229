"""The desk: what waits, why, and everything needed to decide it."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.closing import Standing
from rejoinder.discussion.comments import Status
from rejoinder.discussion.differences import Piece as ChangedPiece
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import REASONS, Group, Reason
from rejoinder.discussion.stories import PublishedAtSource
from rejoinder.discussion.trust import Level
from rejoinder.web.shown.comments import Answered, Mark
from rejoinder.web.shown.desk_threads import MoreActs
from rejoinder.web.shown.desk_work import CardWork, Care, Colleague, ShownNote
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.person_acts import ShownAct, TypedAct
from rejoinder.web.shown.queues import Choice, KeptView, Narrowing, PlainCase, Queue, QueueCount

GROUPED_REASONS: tuple[tuple[Group, tuple[Reason, ...]], ...] = tuple(
    (group, tuple(reason for reason in REASONS if reason.group is group)) for group in Group
)


class Why(Struct, frozen=True, kw_only=True):
    """One reason for a card, worded: "2 reports: inappropriate", "One of the writer’s first comments"."""

    sentence: str
    is_report: bool = False
    where: str = ""  # the rule behind it and where that is set, or what the reports weigh
    address: str = ""  # of that rule, for who may change it


class Piece(Struct, frozen=True):
    """A run of a comment's text; `weighed` where a check marked it."""

    text: str
    weighed: bool = False


class DeskReport(Struct, frozen=True, kw_only=True):
    """`reason` is a label, a catalogue key. `name` is None for a reader without an account."""

    reason: str
    at: datetime
    name: str | None = None
    id: UUID | None = None  # the reporter's
    note: str = ""
    made: int = 0  # reports by this reporter that were answered, of which
    upheld: int = 0
    resolution: Resolution | None = None
    resolved_at: datetime | None = None


class DeskPerson(Struct, frozen=True, kw_only=True):
    """A commenter as the desk sees them. `recent` is their last comments, the oldest first: whether each stands."""

    id: UUID
    name: str
    since: datetime
    mark: Mark | None = None
    level: Level = Level.NEW
    points: int = 0
    published: int = 0
    rejected: int = 0  # with removed and spam
    waiting: int = 0
    reports_made: int = 0
    reports_upheld: int = 0
    recent: tuple[bool, ...] = ()
    is_banned: bool = False
    banned_until: datetime | None = None
    ban_reason: str = ""
    ban_code: str = ""  # the policy reason's label, a catalogue key
    is_banned_everywhere: bool = False
    is_held: bool = False  # each new comment waits
    held_until: datetime | None = None
    leaves_ladder: bool = False

    @property
    def rejection_rate(self) -> int | None:
        """How many of a hundred of their decided comments were rejected or removed; None before the first."""
        decided = self.published + self.rejected
        return round(100 * self.rejected / decided) if decided else None


class DeskStory(Struct, frozen=True, kw_only=True):
    slug: str
    headline: str
    standing: Standing
    comments: int
    removed: int = 0
    waiting: int = 0
    withdrawn: bool = False
    section: str = ""
    published_at: datetime | None = None
    lead: str = ""  # its standfirst


class DeskDecision(Struct, frozen=True, kw_only=True):
    """An entry of the record. `reason` and `also`, further ones, are labels, catalogue keys; `by` is None for the
    system.
    """

    id: UUID
    outcome: Outcome
    at: datetime
    by: str | None = None
    rule: str = ""
    reason: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    is_undone: bool = False
    may_undo: bool = False


class Revision(Struct, frozen=True, kw_only=True):
    """An earlier text."""

    number: int
    text: str
    saved_at: datetime
    by_editor: bool = False


class CardNotice(Struct, frozen=True):
    """A legal notice that waits for an answer. `kind` is a label, a catalogue key."""

    id: UUID
    kind: str
    due_at: datetime | None = None


class CardAppeal(Struct, frozen=True):
    """An appeal that waits to be heard."""

    id: UUID
    by: Appellant


class DeskCard(Struct, frozen=True, kw_only=True):
    """One comment to decide. `revision` goes back with the decision, so that it is about the text that was read."""

    id: UUID
    revision: int
    status: Status
    written_at: datetime
    pieces: tuple[Piece, ...]
    person: DeskPerson
    story: DeskStory
    waiting_since: datetime | None = None
    edited_at: datetime | None = None
    whys: tuple[Why, ...] = ()
    answers: Answered | None = None
    reports: tuple[DeskReport, ...] = ()
    notices: tuple[CardNotice, ...] = ()
    appeal: CardAppeal | None = None  # that its case is about
    may_approve: bool = True
    may_reject: bool = True
    work: CardWork = CardWork()

    @property
    def seen(self) -> str:
        """What goes back with a decision: the text that was read, and the last decision that was known."""
        return f"{self.revision}.{self.work.decided}"


class Done(Struct, frozen=True, kw_only=True):
    """The decision just taken: said above the queue, with its undoing."""

    decision: DeskDecision
    comment_id: UUID
    name: str  # of the comment's writer


class DeskPage(Page, frozen=True, kw_only=True):
    """A page of the desk. `at` is which entry of its bar is this one."""

    at: ClassVar[str]


class QueuePage(DeskPage, frozen=True, kw_only=True):
    """Decisions are sent with `outcome`, `revision`, `queue`, and for a rejection `reason` and `note`. A view is kept
    with `name`, `here` and `everybody`.
    """

    template: ClassVar[str] = "desk/queue.html"
    at: ClassVar[str] = "queue"

    queue: Queue
    here: str = ""  # the queue with what narrows it, in one value
    counts: tuple[QueueCount, ...] = ()  # of what is to be decided,
    looks: tuple[QueueCount, ...] = ()  # and of what can be looked back at
    kept: tuple[KeptView, ...] = ()
    narrowing: Narrowing | None = None
    desks: tuple[Choice, ...] = ()  # of the viewer's other sites, by their addresses
    may_share: bool = False  # whether the viewer may keep a view for everybody
    cards: tuple[DeskCard | PlainCase, ...]
    after: str | None = None
    is_first_page: bool = True
    done: Done | None = None
    reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = GROUPED_REASONS
    known: tuple[int, ...] | None = None  # the newest open cases; what is not among them later is new; None: no look
    fresh: str = "{}"  # how many are new, for any number, as JSON
    care: Care = Care()
    chosen: bool = False  # whether all cards are chosen for a batch from the start


class SectionClause(Struct, frozen=True, kw_only=True):
    """A clause that a section adds to the policy, with the code of the reason by which it is named."""

    number: int
    sentence: str
    section: str
    reason: str


class CardPage(DeskPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "desk/card.html"
    at: ClassVar[str] = "queue"

    queue: str  # with what narrows it, as `QueuePage.here`
    card: DeskCard
    decisions: tuple[DeskDecision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    may_pick: bool = False
    is_picked: bool = False
    more: MoreActs = MoreActs()
    problem: str = ""
    note: str = ""
    also: tuple[str, ...] = ()  # further reasons that were ticked, their codes
    words: str = ""  # of the comment that were named, a line each
    may_change: bool = False  # its text; sent with `text`, `reason`, `note`, `showing`, `revision`
    text: str = ""
    unsent: str = ""  # what was typed for a text that has changed since: not to be sent as it is, and not lost
    typed: str = ""  # what was sent and refused, with its
    reason: str = ""
    showing: str = ""
    difference: tuple[ChangedPiece, ...] = ()  # from the text that was read to the one that stands
    colleagues: tuple[Colleague, ...] = ()
    claimed_by: str = ""  # who has it, where the viewer wanted to take it
    addendum: tuple[SectionClause, ...] = ()  # what the story's section adds to the policy
    reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = GROUPED_REASONS


class DeskStoriesPage(DeskPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "desk/stories.html"
    at: ClassVar[str] = "stories"

    stories: tuple[DeskStory, ...]
    after: str | None = None
    is_first_page: bool = True


class DeskMerge(Struct, frozen=True, kw_only=True):
    """A merging that holds: the other story, and who made it when."""

    id: UUID
    slug: str
    headline: str
    at: datetime
    by: str | None = None


class Times(Struct, frozen=True, kw_only=True):
    """Days of each phase from publication (None: has none, or a schedule of another kind), and the hours of rest."""

    days: float | None = None
    replies: float | None = None
    reactions: float | None = None
    hours: str = ""


class ShownTimes(Struct, frozen=True, kw_only=True):
    """What is set here, and what holds where nothing is. Fields sent: `days`, `replies`, `reactions`, `hours`, and
    `seen`, the mark of what is set here.
    """

    own: Times
    inherited: Times
    key: str = ""  # a section's; empty for the site and for a story
    name: str = ""
    seen: str = ""


class TimesPage(DeskPage, frozen=True, kw_only=True):
    template: ClassVar[str] = "desk/times_page.html"
    at: ClassVar[str] = "times"

    times: tuple[ShownTimes, ...]
    zone: str
    problem: str = ""
    notice: str = ""


class DeskStoryPage(DeskPage, frozen=True, kw_only=True):
    """Fields sent: `days` (to reopen, for so many from now; empty: by the schedule), and those of its times."""

    template: ClassVar[str] = "desk/story.html"
    at: ClassVar[str] = "stories"

    story: DeskStory
    times: ShownTimes
    tags: tuple[str, ...] = ()
    closed_by: str = ""  # which layer's mode closes it, whatever its schedule says
    source: PublishedAtSource | None = None
    problem: str = ""
    notice: str = ""
    part_of: DeskMerge | None = None  # the discussion that this one has become part of
    has: tuple[DeskMerge, ...] = ()  # and those that have become part of this one
    into: str = ""  # the other story's address as it was typed


class MergePage(DeskPage, frozen=True, kw_only=True):
    """What a merging would do, before it is done. Fields sent: `into`, the target's slug."""

    template: ClassVar[str] = "desk/merge.html"
    at: ClassVar[str] = "stories"

    story: DeskStory
    into: DeskStory
    held: int  # comments of the first that can be read by nobody but the desk and their writers
    reports: int  # open ones about its comments
    addresses: tuple[str, ...]
    takes_time: bool = False  # the target has no publication time, and takes the first story's


class PersonComment(Struct, frozen=True, kw_only=True):
    id: UUID
    excerpt: str
    headline: str
    written_at: datetime
    status: Status
    reason: str = ""  # a label, a catalogue key
    undo: UUID | None = None  # the last decision on it, where that can be taken back


class PersonPage(DeskPage, frozen=True, kw_only=True):
    """Acts are sent with `seen`, and as they need it with `reason`, `words`, `days` (empty or "for good") and
    `everywhere`. `status` is what their comments are narrowed to.
    """

    template: ClassVar[str] = "desk/person.html"
    at: ClassVar[str] = "people"

    person: DeskPerson
    comments: tuple[PersonComment, ...] = ()
    problem: str = ""
    levels: tuple[Level, ...] = ()  # at which an editor may put them
    acts: tuple[ShownAct, ...] = ()  # done about them, the newest first
    able: tuple[str, ...] = ()  # the acts that this editor can do about them: the last parts of their addresses
    seen: int = 0  # the newest act's seq
    typed: TypedAct = TypedAct()
    done: str = ""  # the act just done, likewise
    status: Status | None = None
    statuses: tuple[Status, ...] = tuple(Status)
    reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = GROUPED_REASONS
    notes: tuple[ShownNote, ...] = ()


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """The text cut at the spans that weighed, which may overlap or come in any order."""
    found: list[Piece] = []
    at = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        first = max(start, at)
        if first >= end:
            continue
        found += [Piece(text[at:first]), Piece(text[first:end], weighed=True)]
        at = end
    found.append(Piece(text[at:]))
    return tuple(piece for piece in found if piece.text)
