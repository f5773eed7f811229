"""One decision for many comments: each is decided by itself, in a transaction of its own, so that what cannot be
decided keeps nothing else from it and is told by its own line. A batch is taken back as one.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from rejoinder.actions.decide import Decide
from rejoinder.actions.decide import decide as do_decide
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.refusals import Invalid, Refusal
from rejoinder.discussion.tree import Entry
from rejoinder.markup import excerpt
from rejoinder.store import comments, entries
from rejoinder.store.database import Read, Write
from rejoinder.web.answers import Answer
from rejoinder.web.asking import Form
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.cards import desk_decision
from rejoinder.web.pages.desk_acts import outcome_of, seen_in
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.narrowing import seen
from rejoinder.web.shown.desk import Done as ShownDone
from rejoinder.web.shown.desk_lists import BatchLine, BatchPage
from rejoinder.web.visits import Visit

Done = Decision | Refusal


async def decide(doing: Doing) -> Answer:
    """The decision of the form on each comment that was chosen (`on:ID`, with what was seen of it)."""
    visit, form = doing.visit, doing.visit.asked.form
    by_seq, outcome = visit.staff().seq, outcome_of(form)
    done: dict[UUID, Done] = {}
    for comment_id, typed in _chosen(form, "on:").items():
        revision, decision = seen_in(typed)
        order = Decide(
            site_seq=visit.site.seq,
            comment_id=comment_id,
            by_seq=by_seq,
            outcome=outcome,
            seen_revision=revision,
            seen_decision=decision,
            reason=form.text("reason") or None,
            note=form.text("note"),
            undo_for=visit.options.undo_for,
        )
        done[comment_id] = await _tried(doing, lambda w, order=order: do_decide(w, order, now=visit.asked.now))  # type: ignore[misc] # binds the loop's value
    return await doing.read(lambda r: _told(r, visit, done))


async def undo(doing: Doing) -> Answer:
    """Each decision of a batch (`decision:ID`, with its comment's id) taken back."""
    visit = doing.visit
    by_seq, now = visit.staff().seq, visit.asked.now
    done: dict[UUID, Done] = {}
    for decision_id, comment_id in _chosen(visit.asked.form, "decision:").items():
        done[_id(comment_id)] = await _tried(
            doing,
            lambda w, of=decision_id: undo_decision(w, visit.site.seq, of, by_seq=by_seq, now=now),  # type: ignore[misc] # as above
        )
    return await doing.read(lambda r: _told(r, visit, done, is_undo=True))


async def _tried(doing: Doing, change: Callable[[Write], Decision]) -> Done:
    try:
        return await doing.write(change)
    except Refusal as refusal:
        return refusal


def _told(r: Read, visit: Visit, done: Mapping[UUID, Done], *, is_undo: bool = False) -> Answer:
    known = comments.by_ids(r, visit.site.seq, done)
    found = entries.by_seqs(r, visit.site.seq, [comment.seq for comment in known])
    shown = {entry.comment.id: entry for entry in found.values()}
    lines = []
    for comment_id, result in done.items():
        entry = shown.get(comment_id)
        problem = result if isinstance(result, Refusal) else None
        lines.append(
            BatchLine(
                comment_id=comment_id,
                name=entry.author.name if entry else "",
                excerpt=excerpt(entry.comment.text, 80) if entry else "",
                done=_line_done(entry, result) if entry and isinstance(result, Decision) else None,
                problem=visit.words.sentence(problem.sentence, problem.data) if problem else "",
            )
        )
    page = BatchPage(
        chrome=chrome(r, visit),
        queue=seen(visit).here,
        lines=tuple(lines),
        is_undo=is_undo,
    )
    return show(visit, page)


def _line_done(entry: Entry, decision: Decision) -> ShownDone:
    told = desk_decision(decision, status=entry.comment.status)
    return ShownDone(decision=told, comment_id=entry.comment.id, name=entry.author.name)


def _chosen(form: Form, prefix: str) -> dict[UUID, str]:
    """The fields with this prefix, by the id that follows it. Raises Invalid, also where there is none."""
    found = {_id(name.removeprefix(prefix)): value for name, value in form.fields.items() if name.startswith(prefix)}
    if not found:
        raise Invalid(field=prefix)
    return found


def _id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(field="id") from None
