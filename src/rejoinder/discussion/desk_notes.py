"""What editors tell each other about a comment or a commenter, never shown to readers; and second opinions."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from rejoinder.discussion.refusals import Invalid, OwnQuestion
from rejoinder.discussion.text import clean, is_blank

LONGEST = 2000  # characters


class NoteKind(StrEnum):
    """A note, a question to colleagues, and the two answers to one."""

    NOTE = "note"
    ASKED = "asked"
    AGREED = "agreed"
    OTHERWISE = "otherwise"


class DeskNote(Struct, frozen=True, kw_only=True):
    """`comment_seq` or `commenter_seq` is what it is about. Notes are only added."""

    seq: int
    kind: NoteKind
    text: str
    by_seq: int
    by_name: str
    created_at: datetime
    comment_seq: int | None = None
    commenter_seq: int | None = None


def note_text(typed: str, *, may_be_empty: bool = False) -> str:
    """The text as it is kept. Raises Invalid where there is none, or one of more than LONGEST characters."""
    text = clean(typed)
    if len(text) > LONGEST or (is_blank(text) and not may_be_empty):
        raise Invalid(field="text")
    return text


def open_question(notes: Sequence[DeskNote]) -> DeskNote | None:
    """The latest question on a comment, if nobody has answered since; `notes` are the comment's, the oldest first."""
    told = [note for note in notes if note.comment_seq is not None and note.kind is not NoteKind.NOTE]
    return told[-1] if told and told[-1].kind is NoteKind.ASKED else None


def may_answer(question: DeskNote, *, by_seq: int) -> None:
    """Silent if it is a colleague's question. Raises OwnQuestion."""
    if question.by_seq == by_seq:
        raise OwnQuestion
