"""An editor answers a correction: the story was put right, it is right as it stands, or somebody else was asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.letters import letter_about_correction
from rejoinder.discussion import corrections as rules
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.corrections import Correction, Outcome
from rejoinder.discussion.notices import words
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import AlreadyUndone, Invalid
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, corrections, jobs, log, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write
from rejoinder.store.values import micros_or_none


class AnswerCorrection(Struct, frozen=True, kw_only=True):
    """What was sent. `led_to` is the number of the story's text that put it right; None: the newest."""

    site_seq: int
    correction_id: UUID
    by_seq: int
    outcome: Outcome
    answer: str = ""
    led_to: int | None = None
    undo_for: timedelta = timedelta(seconds=30)


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
    done = corrections.by_seq(w, order.site_seq, found.seq)
    letter_about_correction(w, order.site_seq, found.seq, event=_event(done), after=order.undo_for, now=now)
    log.append(
        w,
        order.site_seq,
        RecordKind.CORRECTION,
        {"act": "answered", "correction": str(found.id), "outcome": order.outcome.value, "version": led_to},
        by_seq=editor.seq,
        story_seq=story.seq,
        now=now,
    )
    return done


def take_answer_back(w: Write, site_seq: int, correction_id: UUID, *, by_seq: int, now: datetime) -> Correction:
    """The correction, as if nobody had answered it: its letter does not go if it has not gone yet, and the discussion
    says no more that it led to something. Raises NotAllowed, UnknownCorrection, AlreadyUndone.
    """
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    asked = corrections.by_id(w, site_seq, correction_id)
    story = stories.lock_itself(w, site_seq, asked.story_seq)
    found = corrections.by_seq(w, site_seq, asked.seq)
    if found.resolution is None:
        raise AlreadyUndone
    if found.led_to is not None:
        since = dict(corrections.versions_after(w, story, 0))
        others = {_moment(each, since) for each in corrections.of_story(w, found) if each.seq != found.seq}
        gone = {_moment(found, since)} - others
        for each in _discussions(w, story):
            corrections.set_corrected(w, each, tuple(moment for moment in each.corrected if moment not in gone))
            stories.changed(w, each)
    jobs.cancel(w, _event(found))
    corrections.reopen(w, found)
    cases.reopen_about(w, site_seq, CaseKind.CORRECTION, found.seq)
    details = {"act": "taken back", "correction": str(found.id), "outcome": found.resolution.value}
    log.append(w, site_seq, RecordKind.CORRECTION, details, by_seq=editor.seq, story_seq=story.seq, now=now)
    return corrections.by_seq(w, site_seq, found.seq)


def _event(answered: Correction) -> str:
    """How the letter about this answer is known, to take it back by."""
    return f"correction:{answered.id}:{micros_or_none(answered.resolved_at)}"


def _moment(answered: Correction, since: Mapping[int, datetime]) -> datetime | None:
    """Since when the story is right that this correction was about, as `_take_in` found it; None where it led to
    nothing.
    """
    if answered.led_to is None:
        return None
    is_ours = answered.led_to > answered.content_version
    return since[answered.led_to] if is_ours else answered.resolved_at


def _discussions(w: Write, story: Story) -> list[Story]:
    """The story's, and the one it has become part of, locked."""
    seqs = dict.fromkeys((story.seq, stories.standing_for(w, story).seq))
    return [stories.lock_itself(w, story.site_seq, seq) for seq in seqs]


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
    for each in _discussions(w, story):
        corrections.set_corrected(w, each, tuple(sorted({*each.corrected, moment})))
        stories.changed(w, each)
    return led_to
