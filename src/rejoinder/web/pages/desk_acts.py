"""The desk's acts: deciding, undoing, closing."""

from uuid import UUID

from rejoinder.actions.close_story import close_story, reopen_story, restore_story, withdraw_story
from rejoinder.actions.decide import Decide
from rejoinder.actions.decide import decide as do_decide
from rejoinder.actions.set_rules import set_times
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.stories import Story
from rejoinder.store import stories
from rejoinder.store.database import Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.asking import Form
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.desk_times import times_order
from rejoinder.web.visits import Visit


def decide(w: Write, visit: Visit) -> Answer:
    """A decision on the comment of the path; then on in the queue it was made in."""
    by_seq, form = visit.staff(Act.DECIDE).seq, visit.asked.form
    revision, last = seen_in(form.text("revision"))
    order = Decide(
        site_seq=visit.site.seq,
        comment_id=visit.asked.id(),
        by_seq=by_seq,
        outcome=outcome_of(form),
        seen_revision=revision,
        seen_decision=last,
        reason=form.text("reason") or None,
        also=tuple(form.many("also")),
        note=form.text("note"),
        words=form.text("words"),
        undo_for=visit.options.undo_for,
    )
    decision = do_decide(w, order, now=visit.asked.now)
    return _on(visit, decision, done=decision.id)


def undo(w: Write, visit: Visit) -> Answer:
    """A decision taken back; then on in the queue."""
    by_seq = visit.staff().seq
    undoing = undo_decision(w, visit.site.seq, visit.asked.id(), by_seq=by_seq, now=visit.asked.now)
    return _on(visit, undoing)


def outcome_of(form: Form) -> Outcome:
    """The decision of the form. Raises Invalid for another than approving, rejecting and putting last."""
    typed = form.text("outcome")
    if typed not in (Outcome.APPROVE, Outcome.REJECT, Outcome.LOWER):
        raise Invalid(field="outcome")
    return Outcome(typed)


def seen_in(typed: str) -> tuple[int, int | None]:
    """What was read when a decision was made, as a card says it: the text's number, and behind a point the last
    decision, if it is said. Raises Invalid.
    """
    revision, _, last = typed.partition(".")
    try:
        return int(revision), int(last) if last else None
    except ValueError:
        raise Invalid(field="revision") from None


def _on(visit: Visit, decision: Decision, *, done: UUID | None = None) -> Answer:
    """On in the queue; back to the person where it was done there; for a script that keeps its page, only to the
    decision.
    """
    queue = visit.asked.form.text("queue") or None
    if person := visit.asked.form.text("person"):
        return see_other(addresses.person(visit.site.key, _id_in(person)))
    if visit.asked.form.text("brief"):
        return see_other(addresses.decided(visit.site.key, decision.id, queue=queue))
    return see_other(addresses.desk(visit.site.key, queue=queue, done=done))


def _id_in(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(field="person") from None


async def close(doing: Doing) -> Answer:
    """The story's discussion closed from now on."""
    editor, story = doing.visit.staff(Act.CLOSE), await _story(doing)
    now = doing.visit.asked.now
    await doing.write(lambda w: close_story(w, story.site_seq, story.seq, by_seq=editor.seq, now=now))
    return _back(doing)


async def reopen(doing: Doing) -> Answer:
    """The story's discussion open again: for some days from now, or as its section's schedule has it."""
    editor, story = doing.visit.staff(Act.CLOSE), await _story(doing)
    now, days, seen = doing.visit.asked.now, _days(doing), doing.visit.asked.form.text("seen") or None
    await doing.write(
        lambda w: reopen_story(w, story.site_seq, story.seq, by_seq=editor.seq, now=now, days=days, seen=seen)
    )
    return _back(doing)


async def rules(doing: Doing) -> Answer:
    """How long this story's discussion is open and when it rests; empty: as its section or site has it."""
    visit = doing.visit
    order = times_order(visit, slug=visit.asked.part("slug"))
    await doing.write(lambda w: set_times(w, order, now=visit.asked.now))
    return _back(doing)


async def withdraw(doing: Doing) -> Answer:
    """The whole discussion out of sight."""
    editor, story = doing.visit.staff(Act.CLOSE), await _story(doing)
    now = doing.visit.asked.now
    await doing.write(lambda w: withdraw_story(w, story.site_seq, story.seq, by_seq=editor.seq, now=now))
    return _back(doing)


async def restore(doing: Doing) -> Answer:
    """A withdrawn discussion as it was."""
    editor, story = doing.visit.staff(Act.CLOSE), await _story(doing)
    now = doing.visit.asked.now
    await doing.write(lambda w: restore_story(w, story.site_seq, story.seq, by_seq=editor.seq, now=now))
    return _back(doing)


async def _story(doing: Doing) -> Story:
    visit = doing.visit
    return await doing.read(lambda r: stories.by_slug(r, visit.site.seq, visit.asked.part("slug")))


def _back(doing: Doing) -> Answer:
    """The story's controls again, saying what was done: the last part of the act's own address."""
    visit = doing.visit
    done = visit.asked.path.rsplit("/", 1)[-1]
    return see_other(addresses.desk_story(visit.site.key, visit.asked.part("slug"), done=done))


def _days(doing: Doing) -> float | None:
    """The days typed, or None where the field was left empty. Raises Invalid."""
    typed = doing.visit.asked.form.text("days").strip()
    if not typed:
        return None
    days = doing.visit.asked.form.number("days")
    if not 0 < days <= 3650:  # noqa: PLR2004 - ten years
        raise Invalid(field="days")
    return float(days)
