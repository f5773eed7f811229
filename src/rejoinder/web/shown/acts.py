"""The pages of one act on one comment, and what stands around acting: the policy, and a report's receipt."""

from datetime import datetime
from typing import ClassVar

from rejoinder.discussion.appeals import LONGEST_APPEAL
from rejoinder.discussion.closing import Standing
from rejoinder.discussion.flags import LONGEST_NOTE, Resolution
from rejoinder.discussion.policy import REASONS, Group, Named, Reason
from rejoinder.discussion.sites import Texts
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.person_acts import ShownAct
from rejoinder.web.shown.stories import Barred, WriteForm

PLAIN_REASONS: tuple[Reason, ...] = tuple(reason for reason in REASONS if reason.group is Group.PLAIN)
FINER_REASONS: tuple[tuple[Group, tuple[Reason, ...]], ...] = tuple(
    (group, tuple(each for each in REASONS if each.group is group and not each.for_editors))
    for group in Group
    if group is not Group.PLAIN
)


class _OnComment(Page, frozen=True, kw_only=True):
    """A comment, and the story it stands under."""

    comment: ShownComment
    story_slug: str
    headline: str


class ReplyPage(_OnComment, frozen=True, kw_only=True):
    """What is answered stands first. `form` or `barred`. Fields sent: `text`, `key`."""

    template: ClassVar[str] = "reply.html"

    form: WriteForm | None = None
    barred: Barred | None = None
    ban_reason: str = ""
    ban_until: datetime | None = None
    ban_rule: str = ""
    warnings: tuple[ShownAct, ...] = ()


class WritePage(Page, frozen=True, kw_only=True):
    """The box alone. `form` or `barred`. Fields sent: `text`, `key`."""

    template: ClassVar[str] = "write.html"

    story_slug: str
    headline: str
    standing: Standing
    texts: Texts
    form: WriteForm | None = None
    barred: Barred | None = None
    ban_reason: str = ""
    ban_until: datetime | None = None
    ban_rule: str = ""
    warnings: tuple[ShownAct, ...] = ()


class ComposePage(Page, frozen=True, kw_only=True):
    """The box of a story by itself, with what was sent. Fields sent: as from the story's page."""

    template: ClassVar[str] = "compose.html"

    story_slug: str
    headline: str
    form: WriteForm


class EditPage(_OnComment, frozen=True, kw_only=True):
    """Fields sent: `text`, `revision`."""

    template: ClassVar[str] = "edit.html"

    form: WriteForm
    revision: int


class DeletePage(_OnComment, frozen=True, kw_only=True):
    template: ClassVar[str] = "delete.html"

    has_replies: bool = False


class ReportPage(_OnComment, frozen=True, kw_only=True):
    """Fields sent: `reason`, `note`, `email` (only from readers without an account)."""

    template: ClassVar[str] = "report.html"

    reason: str = ""
    note: str = ""
    email: str = ""
    problem: str = ""
    slowed_until: datetime | None = None  # this reader's reports wait behind others
    longest_note: int = LONGEST_NOTE
    plain_reasons: tuple[Reason, ...] = PLAIN_REASONS
    finer_reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = FINER_REASONS


class ReceiptPage(Page, frozen=True, kw_only=True):
    """What became of a report. `reason` is the reason's label, a catalogue key."""

    template: ClassVar[str] = "receipt.html"

    reason: str
    reported_at: datetime
    headline: str
    story_slug: str
    comment: ShownComment
    note: str = ""
    email: str = ""  # where we also write to, if anywhere
    is_new: bool = False  # just made
    resolution: Resolution | None = None
    resolved_at: datetime | None = None
    receipt: str = ""
    told: str = ""  # why the comment went, as readers are told it: a catalogue key
    also: tuple[str, ...] = ()  # further reasons, likewise
    clauses: tuple[Named, ...] = ()  # of the policy, as they were
    until: datetime | None = None  # how long a refusal can be appealed, with `text`
    appeal: ShownAppeal | None = None
    text: str = ""
    problem: str = ""
    further: str = ""  # the site's word on what else can be done
    longest: int = LONGEST_APPEAL
