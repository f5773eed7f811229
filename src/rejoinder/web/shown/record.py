"""The record at the desk: what editors and the system did, entry by entry."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.record import RecordKind
from rejoinder.web.shown.desk import DeskDecision
from rejoinder.web.shown.page import Page


class RuleChange(Struct, frozen=True, kw_only=True):
    """One rule that was set, in words. A value is None where it was, or is, as inherited."""

    label: str
    before: str | None
    after: str | None


class LogEntry(Struct, frozen=True, kw_only=True):
    """`words` says what was done, `decision` where it was one on a comment. `by` is None for the system."""

    number: int
    kind: RecordKind
    at: datetime
    words: str = ""
    by: str | None = None
    decision: DeskDecision | None = None
    comment_id: UUID | None = None
    name: str = ""  # of the comment's writer, or of whom it is about
    excerpt: str = ""
    slug: str = ""
    headline: str = ""
    person_id: UUID | None = None
    changes: tuple[RuleChange, ...] = ()
    note: str = ""
    is_erased: bool = False  # its words left with whom they were about


class Choice(Struct, frozen=True, kw_only=True):
    value: str
    label: str


class LogPage(Page, frozen=True, kw_only=True):
    """Asked for with `kind`, `by` (an editor's id) and `after` (an entry's number)."""

    template: ClassVar[str] = "desk/log.html"
    at: ClassVar[str] = "log"

    entries: tuple[LogEntry, ...]
    kinds: tuple[Choice, ...] = ()
    editors: tuple[Choice, ...] = ()
    kind: str = ""
    by: str = ""
    after: str | None = None
    is_first_page: bool = True
