"""Saying what is wrong in a story: the form, the act, the receipt. Open to everybody."""

from rejoinder.actions.send_correction import SendCorrection, send_correction
from rejoinder.discussion.refusals import Refusal
from rejoinder.identity.addresses import clean_email
from rejoinder.store import attempts, corrections, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.shown.notices import CorrectionReceiptPage, CorrectPage
from rejoinder.web.visits import Visit


def correct_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The form; after a refusal, with what was sent. Raises UnknownStory."""
    story, form = stories.by_slug(r, visit.site.seq, visit.asked.part("slug")), visit.asked.form
    page = CorrectPage(
        chrome=chrome(r, visit),
        story_slug=story.slug,
        headline=story.content.headline,
        quote=form.text("quote"),
        text=form.text("text"),
        source=form.text("source"),
        email=form.text("email"),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


async def send(doing: Doing) -> Answer:
    """The correction; then its receipt. Raises TooFast, BadAddress and the refusals of `send_correction`."""
    visit = doing.visit
    form, limits, now = visit.asked.form, visit.options.limits, visit.asked.now
    who = limit_key(visit.asked.address)
    await doing.write(
        lambda w: attempts.note(w, "correction", who, limit=limits.reports, seconds=limits.window, now=now)
    )
    email = clean_email(form.text("email")) if form.text("email").strip() and visit.viewer is None else None
    correction_id, receipt_ = visit.new_receipt()
    sent = SendCorrection(
        id=correction_id,
        receipt=receipt_,
        site_seq=visit.site.seq,
        slug=visit.asked.part("slug"),
        quote=form.text("quote"),
        text=form.text("text"),
        source=form.text("source"),
        email=email,
        commenter_seq=visit.viewer.seq if visit.viewer else None,
    )
    await doing.write(lambda w: send_correction(w, sent, now=now))
    return see_other(addresses.correction_receipt(visit.site.key, receipt_))


def receipt(r: Read, visit: Visit) -> Answer:
    """What came of a correction, for whoever has its receipt. Raises UnknownReceipt."""
    found = corrections.by_receipt(r, visit.site.seq, visit.asked.part("receipt"))
    story = stories.by_seq(r, visit.site.seq, found.story_seq)
    page = CorrectionReceiptPage(
        chrome=chrome(r, visit),
        story_slug=stories.standing_for(r, story).slug,
        headline=story.content.headline,
        sent_at=found.created_at,
        quote=found.quote,
        text=found.text,
        source=found.source,
        email=found.email or "",
        outcome=found.resolution,
        answer=found.answer,
        answered_at=found.resolved_at,
        is_new=(visit.asked.now - found.created_at).total_seconds() < 60,  # noqa: PLR2004 - a minute
    )
    return show(visit, page)
