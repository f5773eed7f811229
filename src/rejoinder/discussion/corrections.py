"""Correction: what a reader says is wrong in a story. It goes to the desk, not into the discussion; where it led to a
correction, the discussion says so, and comments written before are told from those written after.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.notices import words
from rejoinder.discussion.refusals import AnsweredAlready, ExplanationNeeded
from rejoinder.discussion.text import is_blank

LONGEST_QUOTE = 2000  # characters
LONGEST_TEXT = 5000
LONGEST_SOURCE = 1000
LONGEST_ANSWER = 5000


class Outcome(StrEnum):
    """What became of it."""

    CORRECTED = "corrected"  # the story was put right
    DECLINED = "declined"  # the story is right as it stands
    PASSED_ON = "passed-on"  # to whoever wrote the story, or can tell


class Correction(Struct, frozen=True, kw_only=True):
    """`content_version` is the story's that was read; `led_to` the one that put it right."""

    seq: int
    id: UUID
    site_seq: int
    story_seq: int
    content_version: int
    quote: str
    text: str
    source: str
    created_at: datetime
    commenter_seq: int | None = None
    commenter_name: str | None = None
    email: str | None = None
    resolution: Outcome | None = None
    answer: str = ""
    led_to: int | None = None
    resolved_at: datetime | None = None
    resolved_by: str | None = None


class Remark(Struct, frozen=True, kw_only=True):
    """What somebody sent, cleaned and found complete."""

    quote: str
    text: str
    source: str


def checked(*, quote: str, text: str, source: str) -> Remark:
    """The remark. Raises ExplanationNeeded, WordsTooLong."""
    said = words(text, limit=LONGEST_TEXT)
    if is_blank(said):
        raise ExplanationNeeded
    return Remark(quote=words(quote, limit=LONGEST_QUOTE), text=said, source=words(source, limit=LONGEST_SOURCE))


def must_be_open(correction: Correction) -> None:
    """Silent if nobody has answered it, or it was only passed on, which is no last word. Raises AnsweredAlready."""
    if correction.resolution not in (None, Outcome.PASSED_ON):
        raise AnsweredAlready


def corrected_after(written_at: datetime, moments: Sequence[datetime]) -> datetime | None:
    """The first correction after the comment was written, of these moments in their order; None: it knew them all."""
    at = bisect_right(moments, written_at)
    return moments[at] if at < len(moments) else None
