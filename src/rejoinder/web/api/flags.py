"""Reporting a comment, and asking what became of a report."""

from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.identity.addresses import clean_email
from rejoinder.store import appeals, attempts, comments, flags
from rejoinder.store.database import Read
from rejoinder.web.addressing import limit_key
from rejoinder.web.api import schemas
from rejoinder.web.api.appeals import shown
from rejoinder.web.api.calls import Call
from rejoinder.web.decided import reason_told, report_until, upheld_by
from rejoinder.web.visits import Visit


async def report_comment(
    call: NamedDependency[Call], comment_id: FromPath[UUID], data: JSONBody[schemas.FlagComment]
) -> schemas.Receipt:
    """Reports a comment, with or without an account, in whatever status and after closing too."""
    visit = await call.visit()
    email = clean_email(data.email) if data.email else None
    flag_id, receipt = visit.new_receipt()
    flag = FlagComment(
        id=flag_id,
        receipt=receipt,
        site_seq=visit.site.seq,
        comment_id=comment_id,
        reason=data.reason,
        note=data.note,
        by=visit.reporter(email),
        undo_for=visit.options.undo_for,
    )
    await _count(call)
    done = await call.write(lambda w: flag_comment(w, flag, now=call.asked.now))
    return await call.read(lambda r, visit: _receipt(r, visit, done.receipt))


async def get_receipt(call: NamedDependency[Call], receipt: FromPath[str]) -> schemas.Receipt:
    """What became of a report. Whoever has the receipt may ask."""
    return await call.read(lambda r, visit: _receipt(r, visit, receipt))


async def _count(call: Call) -> None:
    """Counts the attempt, in a transaction of its own so that a refusal does not forget it. Raises TooFast."""
    limits = call.options.limits
    who = limit_key(call.asked.address)
    await call.write(
        lambda w: attempts.note(w, "report", who, limit=limits.reports, seconds=limits.window, now=call.asked.now)
    )


def _receipt(r: Read, visit: Visit, receipt: str) -> schemas.Receipt:
    reported = flags.by_receipt(r, visit.site.seq, receipt)
    flag, comment = reported.flag, comments.by_seq(r, visit.site.seq, reported.flag.comment_seq)
    appeal = appeals.about_flag(r, visit.site.seq, flag.seq) if flag.resolution else None
    told = reason_told(upheld_by(r, visit.site.seq, reported))
    return schemas.Receipt(
        receipt=receipt,
        comment=comment.id,
        reason=flag.reason,
        note=flag.note,
        created_at=flag.created_at,
        outcome=flag.resolution,
        resolved_at=flag.resolved_at,
        told=visit.words.gettext(told) if told else "",
        appeal_until=report_until(flag, comment, appeal, now=visit.asked.now),
        appeal=shown(appeal) if appeal else None,
    )
