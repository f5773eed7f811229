"""A reader's correction at the desk, and its answer."""

from rejoinder.actions.answer_correction import AnswerCorrection, answer_correction, take_answer_back
from rejoinder.discussion.corrections import Correction, Outcome
from rejoinder.discussion.refusals import Invalid, Refusal, UnknownReceipt
from rejoinder.identity.tokens import receipt_of
from rejoinder.store import corrections, stories
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.desk_notices import DeskCorrectionPage, StoryText
from rejoinder.web.visits import Visit


def correction(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The correction with the story's later texts. Raises UnknownCorrection."""
    visit.staff()
    found = corrections.by_id(r, visit.site.seq, visit.asked.id())
    story = stories.by_seq(r, visit.site.seq, found.story_seq)
    later = corrections.versions_after(r, story, found.content_version)
    form = visit.asked.form
    said = [story.content.headline, story.content.standfirst, *story.content.paragraphs]
    page = DeskCorrectionPage(
        chrome=chrome(r, visit),
        id=found.id,
        story_slug=story.slug,
        headline=story.content.headline,
        quote=found.quote,
        text=found.text,
        source=found.source,
        sent_at=found.created_at,
        receipt=_receipt(r, visit, found),
        is_quoted=bool(found.quote) and any(_words(found.quote) in _words(each) for each in said),
        name=found.commenter_name or "",
        email=found.email or "",
        canonical_url=story.canonical_url or "",
        versions=tuple(StoryText(number, since) for number, since in reversed(later)),
        outcome=found.resolution,
        answer=found.answer,
        answered_at=found.resolved_at,
        answered_by=found.resolved_by or "",
        problem=problem(visit, refusal),
        typed=form.text("answer"),
        chosen=form.text("outcome"),
    )
    return show_form(visit, page, refusal)


def answer(w: Write, visit: Visit) -> Answer:
    """The answer; then the correction as it stands. Raises Invalid and the refusals of `answer_correction`."""
    editor, form = visit.staff(), visit.asked.form
    if form.text("outcome") not in {each.value for each in Outcome}:
        raise Invalid(field="outcome")
    order = AnswerCorrection(
        site_seq=visit.site.seq,
        correction_id=visit.asked.id(),
        by_seq=editor.seq,
        outcome=Outcome(form.text("outcome")),
        answer=form.text("answer"),
        led_to=form.number("version") if form.text("version") else None,
        undo_for=visit.options.undo_for,
    )
    done = answer_correction(w, order, now=visit.asked.now)
    return see_other(addresses.desk_correction(visit.site.key, done.id))


def undo(w: Write, visit: Visit) -> Answer:
    """The answer taken back; then the correction, which waits again."""
    editor = visit.staff()
    found = take_answer_back(w, visit.site.seq, visit.asked.id(), by_seq=editor.seq, now=visit.asked.now)
    return see_other(addresses.desk_correction(visit.site.key, found.id))


def _receipt(r: Read, visit: Visit, found: Correction) -> str:
    """The receipt that its sender was given, made again; empty for a correction that came with another, or none."""
    made = receipt_of(found.id, visit.options.secret)
    try:
        return made if corrections.by_receipt(r, visit.site.seq, made).seq == found.seq else ""
    except UnknownReceipt:
        return ""


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
