"""Giving notice of what is against the law, saying what is wrong in a story, and the receipts of both."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import LONGEST_APPEAL
from rejoinder.discussion.corrections import LONGEST_QUOTE, LONGEST_SOURCE, LONGEST_TEXT
from rejoinder.discussion.corrections import Outcome as Corrected
from rejoinder.discussion.notices import LABELS, LONGEST_NAME, LONGEST_WHY, MOST_ADDRESSES, NoticeKind, Outcome
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class NoticePage(Page, frozen=True, kw_only=True):
    """Fields sent: `kind`, `why`, `addresses` (one a line), `name`, `email`, `good_faith`, `danger`, `key`."""

    template: ClassVar[str] = "notice.html"

    comment: ShownComment | None = None  # that it was begun from
    kind: str = ""
    why: str = ""
    addresses: str = ""
    name: str = ""
    email: str = ""
    good_faith: bool = False
    danger: bool = False
    key: str = ""
    problem: str = ""
    kinds: tuple[tuple[NoticeKind, str], ...] = tuple(LABELS.items())
    longest_why: int = LONGEST_WHY
    longest_name: int = LONGEST_NAME
    most: int = MOST_ADDRESSES


class NoticedComment(Struct, frozen=True, kw_only=True):
    """A comment of a notice and what became of it. `reason` is a sentence of the policy, a catalogue key; `until` the
    last day of an appeal, None where there can be none, or no more.
    """

    id: UUID  # of the notice
    address: str
    comment: ShownComment
    headline: str
    outcome: Outcome | None = None
    answered_at: datetime | None = None
    reason: str = ""
    answer: str = ""
    until: datetime | None = None
    appeal: ShownAppeal | None = None


class NoticeReceiptPage(Page, frozen=True, kw_only=True):
    """A notice for whoever has its receipt. `kind` is a label, a catalogue key. Fields sent to appeal: `notice`, which
    of them, and `text`.
    """

    template: ClassVar[str] = "notice_receipt.html"

    receipt: str
    kind: str
    sent_at: datetime
    why: str
    comments: tuple[NoticedComment, ...]
    name: str = ""
    email: str = ""
    trusted: str = ""  # the trusted flagger's name
    due_at: datetime | None = None
    is_new: bool = False
    redress: str = ""  # the site's own words on what can be done about an answer
    asked: str = ""  # what an appeal that was refused was about: the notice's id, and
    text: str = ""  # its words
    problem: str = ""
    longest: int = LONGEST_APPEAL

    @property
    def is_answered(self) -> bool:
        return all(each.outcome for each in self.comments)


class CorrectPage(Page, frozen=True, kw_only=True):
    """Fields sent: `quote`, `text`, `source`, and `email` (only from readers without an account)."""

    template: ClassVar[str] = "correct.html"

    story_slug: str
    headline: str
    quote: str = ""
    text: str = ""
    source: str = ""
    email: str = ""
    problem: str = ""
    longest_quote: int = LONGEST_QUOTE
    longest_text: int = LONGEST_TEXT
    longest_source: int = LONGEST_SOURCE


class CorrectionReceiptPage(Page, frozen=True, kw_only=True):
    """What came of a correction, for whoever has its receipt."""

    template: ClassVar[str] = "correction_receipt.html"

    story_slug: str
    headline: str
    sent_at: datetime
    quote: str
    text: str
    source: str
    email: str = ""
    outcome: Corrected | None = None
    answer: str = ""
    answered_at: datetime | None = None
    is_new: bool = False
