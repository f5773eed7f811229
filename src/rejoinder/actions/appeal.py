"""Somebody appeals: the writer of a comment against a decision on it, whoever reported it or gave notice of it against
its standing.
The appeal waits for a person; nothing is decided by itself (Regulation (EU) 2022/2065, Article 20(6)).
"""

from datetime import datetime
from typing import TypeGuard
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import (
    Appeal,
    Appellant,
    fits_appeal,
    may_appeal,
    may_appeal_notice,
    may_appeal_report,
)
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import NotYours, UnknownNotice
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.store import appeals, cases, comments, decisions, flags, log, notices, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class AppealDecision(Struct, frozen=True, kw_only=True):
    """What was sent. `by_seq` is who is logged in; None: the decision's key, from the letter, is the right to."""

    site_seq: int
    decision_id: UUID
    text: str = ""
    by_seq: int | None = None


class AppealReport(Struct, frozen=True, kw_only=True):
    """What was sent from the page of a report, by whoever has its receipt."""

    site_seq: int
    receipt: str
    text: str = ""


class AppealNotice(Struct, frozen=True, kw_only=True):
    """What was sent from the page of a notice, by whoever has its receipt. `notice_id` is which of those that were sent
    together.
    """

    site_seq: int
    receipt: str
    notice_id: UUID
    text: str = ""


def appeal_decision(w: Write, order: AppealDecision, *, now: datetime) -> Appeal:
    """The appeal of the comment's writer, who is told when it was heard; sent twice, the first one. Raises
    UnknownDecision, NotYours, TooLong and the refusals of `appeals.may_appeal`.
    """
    text = clean(order.text)
    fits_appeal(text)
    decision = decisions.by_id(w, order.site_seq, order.decision_id)
    story, comment = _locked(w, order.site_seq, decision.comment_seq)
    if order.by_seq is not None and comment.commenter_seq != order.by_seq:
        raise NotYours
    earlier = appeals.by_the_writer(w, order.site_seq, decision.seq)
    if _is_again(earlier, text):
        return earlier
    record = decisions.of_comment(w, order.site_seq, comment.seq)
    may_appeal(decision, comment, record, earlier=earlier, now=now)
    appeal = appeals.add(w, decision, site_seq=order.site_seq, by=Appellant.WRITER, text=text, now=now)
    _open(w, story, comment, decision, appeal, now=now)
    return appeal


def appeal_report(w: Write, order: AppealReport, *, now: datetime) -> Appeal:
    """The appeal of whoever reported a comment that was left standing; sent twice, the first one. Raises
    UnknownReceipt, TooLong and the refusals of `appeals.may_appeal_report`.
    """
    text = clean(order.text)
    fits_appeal(text)
    found = flags.by_receipt(w, order.site_seq, order.receipt).flag
    story, comment = _locked(w, order.site_seq, found.comment_seq)
    reported = flags.by_seq(w, order.site_seq, found.seq)  # as it is now that the comment is ours
    earlier = appeals.about_flag(w, order.site_seq, found.seq)
    if _is_again(earlier, text):
        return earlier
    may_appeal_report(reported.flag, comment, earlier=earlier, now=now)
    assert reported.decision_seq is not None  # it was declined, and by a decision
    decision = decisions.by_seq(w, order.site_seq, reported.decision_seq)
    appeal = appeals.add(
        w, decision, site_seq=order.site_seq, by=Appellant.REPORTER, flag_seq=found.seq, text=text, now=now
    )
    _open(w, story, comment, decision, appeal, now=now)
    return appeal


def appeal_notice(w: Write, order: AppealNotice, *, now: datetime) -> Appeal:
    """The appeal of whoever gave notice of a comment that was left standing; sent twice, the first one. Raises
    UnknownReceipt, UnknownNotice, TooLong and the refusals of `appeals.may_appeal_notice`.
    """
    text = clean(order.text)
    fits_appeal(text)
    sent = notices.by_receipt(w, order.site_seq, order.receipt)
    found = next((each for each in sent if each.id == order.notice_id), None)
    if found is None:
        raise UnknownNotice
    story, comment = _locked(w, order.site_seq, found.comment_seq)
    notice = notices.by_seq(w, order.site_seq, found.seq)  # as it is now that the comment is ours
    earlier = appeals.about_notice(w, order.site_seq, found.seq)
    if _is_again(earlier, text):
        return earlier
    may_appeal_notice(notice, comment, earlier=earlier, now=now)
    assert notice.decision_seq is not None  # it was left standing, and by a decision
    decision = decisions.by_seq(w, order.site_seq, notice.decision_seq)
    appeal = appeals.add(
        w, decision, site_seq=order.site_seq, by=Appellant.NOTIFIER, notice_seq=found.seq, text=text, now=now
    )
    _open(w, story, comment, decision, appeal, now=now)
    return appeal


def _locked(w: Write, site_seq: int, comment_seq: int) -> tuple[Story, Comment]:
    found = comments.by_seq(w, site_seq, comment_seq)
    story = stories.lock(w, site_seq, found.story_seq)
    return story, comments.lock(w, site_seq, comment_seq)


def _is_again(earlier: Appeal | None, text: str) -> TypeGuard[Appeal]:
    """Whether the same form was sent twice."""
    return earlier is not None and earlier.text == text


def _open(w: Write, story: Story, comment: Comment, decision: Decision, appeal: Appeal, *, now: datetime) -> None:
    cases.open_case(w, comment, CaseKind.APPEAL, section_seq=story.section_seq, subject_seq=appeal.seq, now=now)
    log.append(
        w,
        appeal.site_seq,
        RecordKind.APPEAL,
        {"appeal": str(appeal.id), "act": "filed", "appellant": appeal.by.value, "decision": str(decision.id)},
        comment_seq=comment.seq,
        story_seq=story.seq,
        now=now,
    )
