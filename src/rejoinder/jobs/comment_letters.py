"""Writes the letters about what became of a comment, unless it was decided again before they go."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from rejoinder.discussion.appeals import Hearing
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import standing_word
from rejoinder.discussion.policy import reason_of
from rejoinder.identity.tokens import CONSENT
from rejoinder.jobs import notice_letters, report_letters
from rejoinder.jobs.letter_desk import Desk
from rejoinder.mail import comment_letters, decided, editors_letters
from rejoinder.mail.message import Letter
from rejoinder.store import accounts, appeals, commenters, decisions, picks, replies
from rejoinder.store.texts import texts_of


def _approved(desk: Desk) -> Letter | None:
    return _good_news(desk, comment_letters.comment_approved)


def _reconsidered(desk: Desk) -> Letter | None:
    return _good_news(desk, comment_letters.comment_reconsidered)


def _good_news(desk: Desk, letter: Callable[..., Letter]) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None:
        return None
    return letter(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        link=desk.link(f"/comments/{comment.id}"),
    )


def _rejected(desk: Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or decision.reversed_by is not None or decision.reason is None:
        return None
    return comment_letters.comment_rejected(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        reason=desk.reason(decision),
        advice=desk.advice(decision),
        note=decision.note,
        was_published=comment.was_published,
        policy_link=desk.link("/policy"),
        redress=desk.redress(decision),
    )


def _reply_removed(desk: Desk) -> Letter | None:
    reader, reply = desk.reader(), desk.comment()
    cause = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or cause.reason is None or reply.status is not Status.REMOVED:
        return None
    count = replies.taken_from(desk.r, desk.site.seq, cause.seq, reply.commenter_seq)
    return comment_letters.reply_removed(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(reply).content.headline,
        text=reply.text,
        more=max(0, count - 1),
        reason=desk.reason(cause),
        policy_link=desk.link("/policy"),
        redress=desk.redress(standing_word(decisions.of_comment(desk.r, desk.site.seq, reply.seq)) or cause),
    )


def _reply_restored(desk: Desk) -> Letter | None:
    return _good_news(desk, comment_letters.reply_restored) if desk.comment().status is Status.PUBLISHED else None


def _changed(desk: Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    texts = {text.number: text.text for text in texts_of(desk.r, comment)}
    before, after = texts.get(decision.revision), texts.get(decision.revision + 1)
    if reader is None or before is None or after is None or comment.status is Status.DELETED:
        return None
    return comment_letters.comment_changed(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        before=before,
        after=after,
        reason=desk.sentence(reason_of(decision.reason or "").told),
        note=decision.note,
        policy_link=desk.link("/policy"),
        comment_link=desk.link(f"/comments/{comment.id}"),
        redress=desk.redress(decision),
    )


def _hidden(desk: Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    holds = standing_word(decisions.of_comment(desk.r, desk.site.seq, comment.seq))
    if reader is None or holds is None or holds.seq != desk.payload["decision"] or comment.status is not Status.HIDDEN:
        return None  # an editor was quicker
    return decided.comment_hidden(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        policy_link=desk.link("/policy"),
        redress=desk.redress(holds),
        by_check=holds.is_by_check,
    )


def _lowered(desk: Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    decision = decisions.by_seq(desk.r, desk.site.seq, desk.payload["decision"])
    if reader is None or decision.reversed_by is not None or not comment.is_lowered:
        return None
    return editors_letters.comment_lowered(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        reason=desk.reason(decision),
        words=decision.note,
        comment_link=desk.link(f"/comments/{comment.id}"),
        policy_link=desk.link("/policy"),
    )


def _picked(desk: Desk) -> Letter | None:
    reader, comment = desk.reader(), desk.comment()
    if reader is None or not picks.is_picked(desk.r, comment):
        return None
    return editors_letters.comment_picked(
        desk.cover(reader[1]),
        name=reader[0].name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        words=picks.note_on(desk.r, comment),
        link=desk.link(f"/comments/{comment.id}"),
    )


def _consent(desk: Desk) -> Letter | None:
    comment = desk.comment()
    writer = commenters.by_seq(desk.r, desk.site.seq, comment.commenter_seq)
    if writer.account_seq is None or comment.status is not Status.PUBLISHED:
        return None
    return comment_letters.may_we_print(
        desk.cover(accounts.by_seq(desk.r, writer.account_seq).address),
        name=writer.name,
        headline=desk.story(comment).content.headline,
        text=comment.text,
        link=desk.link(f"/consent/{desk.signed(str(comment.id), CONSENT)}"),
    )


def _appeal_heard(desk: Desk) -> Letter | None:
    appeal = appeals.by_seq(desk.r, desk.site.seq, desk.payload["appeal"])
    if appeal.outcome not in (Hearing.GRANTED, Hearing.REFUSED):
        return None
    if appeal.flag_seq is not None:
        return report_letters.heard(desk, appeal)
    if appeal.notice_seq is not None:
        return notice_letters.heard(desk, appeal)
    reader, comment = desk.reader(), desk.comment()
    if reader is None:
        return None
    told: dict[str, Any] = {
        "name": reader[0].name,
        "headline": desk.story(comment).content.headline,
        "text": comment.text,
        "answer": appeal.answer,
        "is_fresh_look": appeal.is_fresh_look,
    }
    if appeal.outcome is Hearing.GRANTED:
        return decided.appeal_granted(desk.cover(reader[1]), link=desk.link(f"/comments/{comment.id}"), **told)
    decision = decisions.by_seq(desk.r, desk.site.seq, appeal.decision_seq)
    redress = replace(desk.redress(decision), until="")
    return decided.appeal_refused(desk.cover(reader[1]), redress=redress, **told)


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "approved": _approved,
    "reconsidered": _reconsidered,
    "rejected": _rejected,
    "changed": _changed,
    "reply-removed": _reply_removed,
    "reply-restored": _reply_restored,
    "hidden": _hidden,
    "appeal-heard": _appeal_heard,
    "lowered": _lowered,
    "picked": _picked,
    "consent": _consent,
}
