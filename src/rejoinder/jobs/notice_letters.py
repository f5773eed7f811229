"""Writes the letters about legal notices, corrections and reports without ground, from what is true when they go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.notices import WARNED_BEFORE, Notice, Outcome
from rejoinder.discussion.policy import reason_of
from rejoinder.jobs.letter_desk import Desk
from rejoinder.language import words
from rejoinder.mail import decided, notice_letters
from rejoinder.mail.message import Letter
from rejoinder.store import accounts, appeals, commenters, comments, corrections, decisions, notices, reporters, stories

AN_HOUR = timedelta(hours=1)


def _received(desk: Desk) -> Letter | None:
    sent = notices.sent_with(desk.r, desk.site.seq, desk.payload["notice"])
    if not sent[0].email:
        return None
    return notice_letters.notice_received(
        desk.cover(sent[0].email),
        headlines=tuple(_headline(desk, each.comment_seq) for each in sent),
        receipt_link=desk.link(f"/notices/{desk.receipt_of(sent[0].filing)}"),
    )


def _answered(desk: Desk) -> Letter | None:
    notice = notices.by_seq(desk.r, desk.site.seq, desk.payload["notice"])
    if notice.resolution is None or not notice.email:
        return None
    reason = None
    if notice.decision_seq is not None:
        reason = decisions.by_seq(desk.r, desk.site.seq, notice.decision_seq).reason
    is_told = reason is not None and notice.resolution in ("illegal", "policy")
    return notice_letters.notice_answered(
        desk.cover(notice.email),
        headline=_headline(desk, notice.comment_seq),
        outcome=notice.resolution,
        reason=desk.sentence(reason_of(reason or "").told) if is_told else "",
        answer=notice.answer,
        until=_until(desk, notice),
        receipt_link=desk.link(f"/notices/{desk.receipt_of(notice.filing)}"),
    )


def heard(desk: Desk, appeal: Appeal) -> Letter | None:
    """To who gave notice of a comment and appealed because it was left standing; None where they left no address."""
    notice = notices.by_seq(desk.r, desk.site.seq, desk.payload["notice"])
    if not notice.email:
        return None
    return decided.notice_heard(
        desk.cover(notice.email),
        headline=_headline(desk, notice.comment_seq),
        granted=appeal.outcome is Hearing.GRANTED,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        receipt_link=desk.link(f"/notices/{desk.receipt_of(notice.filing)}"),
        further=desk.site.texts.redress,
    )


def _until(desk: Desk, notice: Notice) -> str:
    """The last day of an appeal in words; empty where the notice was not refused, or was appealed before."""
    if notice.resolution is not Outcome.LEFT or notice.resolved_at is None:
        return ""
    if appeals.about_notice(desk.r, desk.site.seq, notice.seq) is not None:
        return ""
    return desk.last_day(notice.resolved_at)


def _due(desk: Desk) -> Letter | None:
    notice, editor = notices.by_seq(desk.r, desk.site.seq, desk.payload["notice"]), desk.reader()
    if notice.resolution is not None or editor is None:
        return None
    return notice_letters.notice_due(
        desk.cover(editor[1]),
        name=editor[0].name,
        headline=_headline(desk, notice.comment_seq),
        hours=WARNED_BEFORE // AN_HOUR,
        desk_link=desk.link(f"/desk/notices/{notice.id}"),
    )


def _corrected(desk: Desk) -> Letter | None:
    found = corrections.by_seq(desk.r, desk.site.seq, desk.payload["correction"])
    email = found.email
    if found.commenter_seq is not None:
        reader = commenters.by_seq(desk.r, desk.site.seq, found.commenter_seq)
        if reader.account_seq is not None and reader.confirmed:
            email = accounts.by_seq(desk.r, reader.account_seq).address
    if found.resolution is None or not email:
        return None
    return notice_letters.correction_answered(
        desk.cover(email),
        headline=stories.by_seq(desk.r, desk.site.seq, found.story_seq).content.headline,
        outcome=found.resolution,
        answer=found.answer,
        receipt_link=desk.link(f"/corrections/{desk.receipt_of(found.id)}"),
    )


def _warned(desk: Desk) -> Letter | None:
    reader = desk.reader()
    if reader is None:
        return None
    return notice_letters.reports_warned(
        desk.cover(reader[1]), name=reader[0].name, policy_link=desk.link("/policy"), **_figures(desk)
    )


def _slowed(desk: Desk) -> Letter | None:
    reader = desk.reader()
    until = reporters.standing(desk.r, desk.site.seq, desk.payload["commenter"]).slowed_until
    if reader is None or until is None:
        return None
    return notice_letters.reports_slowed(
        desk.cover(reader[1]),
        name=reader[0].name,
        until=_day(desk, until),
        policy_link=desk.link("/policy"),
        **_figures(desk),
    )


def _headline(desk: Desk, comment_seq: int) -> str:
    comment = comments.by_seq(desk.r, desk.site.seq, comment_seq)
    return stories.by_seq(desk.r, desk.site.seq, comment.story_seq).content.headline


def _figures(desk: Desk) -> dict[str, int]:
    return {name: int(desk.payload[name]) for name in ("answered", "upheld", "days")}


def _day(desk: Desk, moment: datetime) -> str:
    return words(desk.site.language).format_day(moment, ZoneInfo(desk.site.zone))


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "notice-received": _received,
    "notice-answered": _answered,
    "notice-due": _due,
    "correction-answered": _corrected,
    "reports-warn": _warned,
    "reports-slow": _slowed,
}
