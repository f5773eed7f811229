"""Reporting: the act. Its form gives readers without an account a device id, so that they report once."""

from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.identity.addresses import clean_email
from rejoinder.store import attempts
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing


async def flag(doing: Doing) -> Answer:
    """A report of the comment of the path; then its receipt."""
    visit = doing.visit
    form, limits = visit.asked.form, visit.options.limits
    who = limit_key(visit.asked.address)
    await doing.write(
        lambda w: attempts.note(w, "report", who, limit=limits.reports, seconds=limits.window, now=visit.asked.now)
    )
    email = clean_email(form.text("email")) if form.text("email").strip() else None
    flag_id, receipt = visit.new_receipt()
    order = FlagComment(
        id=flag_id,
        receipt=receipt,
        site_seq=visit.site.seq,
        comment_id=visit.asked.id(),
        reason=form.text("reason"),
        note=form.text("note"),
        by=visit.reporter(email),
        undo_for=visit.options.undo_for,
    )
    flagged = await doing.write(lambda w: flag_comment(w, order, now=visit.asked.now))
    return see_other(addresses.receipt(visit.site.key, flagged.receipt))
