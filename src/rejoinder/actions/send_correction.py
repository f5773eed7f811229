"""A reader says what is wrong in a story. It goes to the desk, not into the discussion; no account is needed."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion import corrections as rules
from rejoinder.discussion.record import RecordKind
from rejoinder.store import cases, corrections, log, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class SendCorrection(Struct, frozen=True, kw_only=True):
    """What was sent. `id` and `receipt` as with a report."""

    site_seq: int
    slug: str
    text: str
    quote: str = ""
    source: str = ""
    email: str | None = None
    commenter_seq: int | None = None
    id: UUID
    receipt: str


def send_correction(w: Write, sent: SendCorrection, *, now: datetime) -> int:
    """The new correction's seq; its case waits at the desk. Stories of any age take corrections, their discussion open
    or closed. Raises UnknownStory, ExplanationNeeded, WordsTooLong.
    """
    remark = rules.checked(quote=sent.quote, text=sent.text, source=sent.source)
    found = stories.by_slug(w, sent.site_seq, sent.slug)
    story = stories.lock_itself(w, sent.site_seq, found.seq)
    seq = corrections.add(
        w,
        story,
        remark,
        correction_id=sent.id,
        receipt=sent.receipt,
        commenter_seq=sent.commenter_seq,
        email=sent.email,
        now=now,
    )
    cases.open_about_story(
        w,
        sent.site_seq,
        story.seq,
        CaseKind.CORRECTION,
        section_seq=story.section_seq,
        subject_seq=seq,
        now=now,
    )
    log.append(
        w,
        sent.site_seq,
        RecordKind.CORRECTION,
        {"act": "received", "correction": str(sent.id)},
        story_seq=story.seq,
        now=now,
    )
    return seq
