"""Writes the letters to those who reported a comment."""

from collections.abc import Callable

from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.flags import Resolution
from rejoinder.jobs.letter_desk import Desk
from rejoinder.mail import decided, report_letters
from rejoinder.mail.message import Letter
from rejoinder.store import appeals, decisions, flags


def _flag_resolved(desk: Desk) -> Letter | None:
    reported = flags.by_seq(desk.r, desk.site.seq, desk.payload["flag"])
    flag = reported.flag
    if flag.resolution is None:
        return None
    email = desk.reporters_address(reported)
    if email is None:
        return None
    by = decisions.by_seq(desk.r, desk.site.seq, reported.decision_seq) if reported.decision_seq else None
    is_refusal = flag.resolution is Resolution.DECLINED and appeals.about_flag(desk.r, desk.site.seq, flag.seq) is None
    return report_letters.flag_resolved(
        desk.cover(email),
        headline=desk.story(desk.comment()).content.headline,
        upheld=flag.resolution is Resolution.UPHELD,
        gone=flag.resolution is Resolution.GONE,
        receipt_link=desk.receipt_link(flag.id),
        again=by is not None and by.reverses is not None,
        until=desk.last_day(flag.resolved_at) if is_refusal and flag.resolved_at else "",
    )


def heard(desk: Desk, appeal: Appeal) -> Letter | None:
    """To who reported a comment and appealed because it was left standing; None where they left no address."""
    reported = flags.by_seq(desk.r, desk.site.seq, desk.payload["flag"])
    email = desk.reporters_address(reported)
    if email is None:
        return None
    return decided.report_heard(
        desk.cover(email),
        headline=desk.story(desk.comment()).content.headline,
        granted=appeal.outcome is Hearing.GRANTED,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        receipt_link=desk.receipt_link(reported.flag.id),
        further=desk.site.texts.redress,
    )


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "flag-resolved": _flag_resolved,
}
