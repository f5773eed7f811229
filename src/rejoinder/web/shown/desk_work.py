"""Working at the desk: who has a card, what colleagues said of it, what says almost the same, and batches."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.desk_notes import NoteKind


class ShownNote(Struct, frozen=True, kw_only=True):
    """What a colleague said: a note, a question or the answer to one."""

    kind: NoteKind
    text: str
    by: str
    at: datetime
    is_about_person: bool = False


class Checked(Struct, frozen=True, kw_only=True):
    """What a check said of the comment, worded; `score` is from 0 to 1, None where it gives none."""

    sentence: str
    score: float | None = None


class CardWork(Struct, frozen=True, kw_only=True):
    """What stands on a card beside the comment itself. `decided` is the last decision that it shows, 0 for none."""

    decided: int = 0
    has_cases: bool = False
    claimed_by: str = ""  # a colleague who reads it now
    is_mine: bool = False  # claimed by who looks at it
    assigned_to: str = ""
    notes: tuple[ShownNote, ...] = ()
    question: ShownNote | None = None  # that nobody has answered
    may_answer: bool = False
    alike: int = 0  # others that wait and say almost the same
    is_blurred: bool = False  # shown when asked for
    checks: tuple[Checked, ...] = ()


class Care(Struct, frozen=True):
    """How an editor wants to read: harsh texts blurred, hard ones mixed with easier ones."""

    blur: bool = True
    mix: bool = False


class Colleague(Struct, frozen=True):
    id: UUID
    name: str
