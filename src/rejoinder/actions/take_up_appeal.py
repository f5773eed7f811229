"""An appeal waits again: its hearing is taken back. Or it needs no hearing any more."""

from datetime import datetime

from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Decision, Outcome, standing_word
from rejoinder.discussion.notices import Outcome as Answered
from rejoinder.discussion.record import RecordKind
from rejoinder.store import appeals, cases, decisions, flags, log, notices, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


def take_up_again(w: Write, undone: Decision, comment: Comment) -> None:
    """The appeal that an undone decision came of waits again, and the reports that it answered have their answers from
    before. The comment is locked.
    """
    appeal = next((each for each in appeals.of_comment(w, comment) if each.result_seq == undone.seq), None)
    if appeal is None:
        return
    before = decisions.by_seq(w, appeal.site_seq, appeal.decision_seq)
    if appeal.flag_seq is not None:
        flags.answer_one(
            w,
            appeal.site_seq,
            appeal.flag_seq,
            Resolution.DECLINED,
            decision_seq=before.seq,
            now=before.created_at,
        )
    elif appeal.notice_seq is not None:
        notice = notices.by_seq(w, appeal.site_seq, appeal.notice_seq)
        notices.answer_one(w, notice, Answered.LEFT, decision_seq=before.seq, now=before.created_at)
    elif undone.outcome is Outcome.APPROVE:
        standing = standing_word(
            [each for each in decisions.of_comment(w, comment.site_seq, comment.seq) if each.seq < undone.seq]
        )
        if standing is not None and standing.outcome is Outcome.REJECT:
            flags.answer_anew(
                w,
                appeal.site_seq,
                Resolution.UPHELD,
                decision_seq=standing.seq,
                answered_by=undone.seq,
                made_by=standing.created_at,
                now=standing.created_at,
            )
    wait_again(w, appeal, comment)


def withdraw_appeals(w: Write, comment: Comment, *, now: datetime) -> None:
    """Appeals about the comment that wait need no hearing any more: its writer has left, with their words."""
    for appeal in appeals.of_comment(w, comment):
        if appeal.outcome is None:
            appeals.heard(
                w,
                appeal,
                Hearing.WITHDRAWN,
                by_seq=None,
                answer="",
                result_seq=None,
                is_fresh_look=False,
                now=now,
            )
    cases.close_appeal(w, comment, now=now)


def open_case(w: Write, appeal: Appeal, comment: Comment, *, section_seq: int | None) -> None:
    """The case waits since the appeal was made."""
    cases.open_case(w, comment, CaseKind.APPEAL, section_seq=section_seq, subject_seq=appeal.seq, now=appeal.created_at)


def note(w: Write, appeal: Appeal, comment: Comment, what: dict[str, object], *, by_seq: int, now: datetime) -> None:
    """Puts what happened with the appeal on the record."""
    log.append(
        w,
        appeal.site_seq,
        RecordKind.APPEAL,
        {"appeal": str(appeal.id), "appellant": appeal.by.value, **what},
        by_seq=by_seq,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )


def wait_again(w: Write, appeal: Appeal, comment: Comment) -> None:
    """The appeal as it was before its hearing. The comment is locked."""
    appeals.take_up(w, appeal)
    story = stories.by_seq(w, comment.site_seq, comment.story_seq)
    open_case(w, appeal, comment, section_seq=story.section_seq)
