"""An editor answers a correction: the story was put right, it is right as it stands, or somebody else was asked."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.letters import letter_about_correction
from rejoinder.discussion import corrections as rules
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.corrections import Correction, Outcome
from rejoinder.discussion.notices import words
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, corrections, log, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class AnswerCorrection(Struct, frozen=True, kw_only=True):
    """What was sent. `led_to` is the number of the story's text that put it right; None: the newest."""

    site_seq: int
    correction_id: UUID
    by_seq: int
    outcome: Outcome
    answer: str = ""
    led_to: int | None = None


def answer_correction(w: Write, order: AnswerCorrection, *, now: datetime) -> Correction:
    """The correction, answered; whoever sent it is told. Where the story was put right, its discussion says so from now
    on, and from when. What was passed on still waits for its last word. Raises NotAllowed, UnknownCorrection,
    AnsweredAlready, WordsTooLong, Invalid for a text that the story never had.
    """
    editor = must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), Act.DECIDE)
    asked = corrections.by_id(w, order.site_seq, order.correction_id)
    story = stories.lock_itself(w, order.site_seq, asked.story_seq)
    found = corrections.by_seq(w, order.site_seq, asked.seq)
    rules.must_be_open(found)
    answer = words(order.answer, limit=rules.LONGEST_ANSWER)
    led_to = None
    if order.outcome is Outcome.CORRECTED:
        led_to = _take_in(w, story, found, order.led_to, now=now)
    corrections.resolve(w, found, order.outcome, answer=answer, by_seq=editor.seq, led_to=led_to, now=now)
    if order.outcome is not Outcome.PASSED_ON:
        cases.close_about(w, order.site_seq, CaseKind.CORRECTION, found.seq, now=now)
    letter_about_correction(
        w, order.site_seq, found.seq, event=f"correction:{found.id}:{order.outcome}:{found.resolution}", now=now
    )
    log.append(
        w,
        order.site_seq,
        RecordKind.CORRECTION,
        {"act": "answered", "correction": str(found.id), "outcome": order.outcome.value, "version": led_to},
        by_seq=editor.seq,
        story_seq=story.seq,
        now=now,
    )
    return corrections.by_seq(w, order.site_seq, found.seq)


def _take_in(w: Write, story: Story, found: Correction, chosen: int | None, *, now: datetime) -> int:
    """The number of the text that put it right. The moment since when that stands is the story's, and that of the
    discussion it has become part of; where our text is the old one, it was put right elsewhere, by now.
    """
    newest = corrections.content_version(w, story)
    led_to = newest if chosen is None else chosen
    since = dict(corrections.versions_after(w, story, found.content_version))
    if led_to not in since and led_to != newest:
        raise Invalid(field="version")
    moment = since.get(led_to, now)
    for each in {story.seq: story, (standing := stories.standing_for(w, story)).seq: standing}.values():
        locked = stories.lock_itself(w, each.site_seq, each.seq)
        corrections.set_corrected(w, locked, tuple(sorted({*locked.corrected, moment})))
        stories.changed(w, locked)
    return led_to
