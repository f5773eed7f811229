"""A legal notice at the desk: whole, beside what it is about, and its answer."""

from rejoinder.actions.answer_notice import AnswerNotice, answer_notice
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.notices import LABELS, Notice, Outcome, can_be_read, suggested
from rejoinder.discussion.refusals import Invalid, Refusal, UnknownNotice, _
from rejoinder.store import cases, comments, decisions, notices
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.cards import cards, desk_decision
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.desk_notices import DeskNotice, DeskNoticePage
from rejoinder.web.visits import Visit

DANGER = _(
    "Somebody’s life or safety may be in danger. Tell the police or the public prosecutor at once, with the comment, "
    "its time and what is known of its writer, and note below that you did."
)


def notice(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The notice, with others of the same comment, and what can be answered. Raises UnknownNotice."""
    visit.staff()
    asked = notices.by_id(r, visit.site.seq, visit.asked.id())
    comment = comments.by_seq(r, visit.site.seq, asked.comment_seq)
    open_cases = cases.of_comment(r, visit.site.seq, comment.seq)
    form = visit.asked.form
    page = DeskNoticePage(
        chrome=chrome(r, visit),
        notices=_notices(r, visit, asked, comment),
        card=cards(r, visit, open_cases, also=(comment.seq,))[0],
        decisions=tuple(
            desk_decision(each, status=comment.status) for each in decisions.of_comment(r, visit.site.seq, comment.seq)
        ),
        can_be_read=can_be_read(comment),
        danger=visit.site.texts.danger or visit.words.gettext(DANGER),
        problem=problem(visit, refusal),
        outcome=form.text("outcome"),
        reason=form.text("reason") or suggested(asked.kind),
        law=form.text("law"),
        explanation=form.text("explanation"),
        answer=form.text("answer"),
    )
    return show_form(visit, page, refusal)


def answer(w: Write, visit: Visit) -> Answer:
    """The answer; then the notice as it stands, with its undoing. Raises Invalid and what `answer_notice` does."""
    editor, form = visit.staff(), visit.asked.form
    if form.text("outcome") not in {each.value for each in Outcome}:
        raise Invalid(field="outcome")
    order = AnswerNotice(
        site_seq=visit.site.seq,
        notice_id=visit.asked.id(),
        by_seq=editor.seq,
        outcome=Outcome(form.text("outcome")),
        seen_revision=form.number("revision"),
        reason=form.text("reason"),
        law=form.text("law"),
        explanation=form.text("explanation"),
        answer=form.text("answer"),
        told_authorities=bool(form.text("told")),
        undo_for=visit.options.undo_for,
    )
    done = answer_notice(w, order, now=visit.asked.now)
    return see_other(addresses.desk_notice(visit.site.key, done.id))


def _notices(r: Read, visit: Visit, asked: Notice, comment: Comment) -> tuple[DeskNotice, ...]:
    found = notices.of_comment(r, visit.site.seq, comment.seq)
    if asked.seq not in {each.seq for each in found}:
        raise UnknownNotice
    found.sort(key=lambda each: (each.seq != asked.seq, each.seq))
    return tuple(_notice(visit, each, comment, is_this=each.seq == asked.seq) for each in found)


def _notice(visit: Visit, found: Notice, comment: Comment, *, is_this: bool) -> DeskNotice:
    return DeskNotice(
        id=found.id,
        kind=LABELS[found.kind],
        why=found.why,
        address=found.address,
        name=found.name,
        email=found.email or "",
        sent_at=found.created_at,
        is_this=is_this,
        trusted=found.flagger_name or "",
        is_danger=found.threatens_life,
        due_at=found.due_at,
        is_late=found.due_at is not None and found.due_at < visit.asked.now,
        outcome=found.resolution,
        answered_at=found.resolved_at,
        answer=found.answer,
        is_stale=found.revision != comment.revision,
    )
