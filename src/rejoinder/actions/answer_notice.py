"""An editor answers a notice of illegal content: the comment goes as against the law or the policy, or it stands. All
open notices of the comment have the same answer.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.letters import letter_about_notice
from rejoinder.discussion import notices as rules
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.notices import Notice
from rejoinder.discussion.policy import chosen_reason
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import LegalGroundNeeded, NothingToDecide, ReasonNeeded
from rejoinder.store import cases, commenters, comments, log, notices, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class AnswerNotice(Struct, frozen=True, kw_only=True):
    """What was sent. `law` and `explanation` are told to the writer (Article 17(3)(d)), `answer` to who gave notice."""

    site_seq: int
    notice_id: UUID
    by_seq: int
    outcome: rules.Outcome
    seen_revision: int
    reason: str = ""
    law: str = ""
    explanation: str = ""
    answer: str = ""
    told_authorities: bool = False  # of danger to somebody's life or safety (Article 18)
    undo_for: timedelta = timedelta(seconds=30)


def answer_notice(w: Write, order: AnswerNotice, *, now: datetime) -> Notice:
    """The notice, answered, by a decision on its comment; its writer and who gave notice are told later. Raises
    NotAllowed, UnknownNotice, AnsweredAlready, ReasonNeeded, LegalGroundNeeded, WordsTooLong, NothingToDecide and the
    refusals of `decide`.
    """
    editor = must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), Act.DECIDE)
    asked = notices.by_id(w, order.site_seq, order.notice_id)
    found = comments.by_seq(w, order.site_seq, asked.comment_seq)
    stories.lock(w, order.site_seq, found.story_seq)
    comment = comments.lock(w, order.site_seq, found.seq)
    rules.must_be_open(notices.by_seq(w, order.site_seq, asked.seq))
    answer = rules.words(order.answer, limit=rules.LONGEST_ANSWER)
    if order.outcome is rules.Outcome.GONE:
        _close(w, comment, answer=answer, by_seq=editor.seq, now=now)
    else:
        decide(w, _decision(order, comment, answer), now=now)
    if order.told_authorities:
        details = {"act": "authorities told", "notice": asked.seq, "comment": str(comment.id)}
        log.append(
            w,
            order.site_seq,
            RecordKind.NOTICE,
            details,
            by_seq=editor.seq,
            comment_seq=comment.seq,
            story_seq=comment.story_seq,
            now=now,
        )
    return notices.by_seq(w, order.site_seq, asked.seq)


def _decision(order: AnswerNotice, comment: Comment, answer: str) -> Decide:
    common = {
        "site_seq": order.site_seq,
        "comment_id": comment.id,
        "by_seq": order.by_seq,
        "seen_revision": order.seen_revision,
        "answer": answer,
        "undo_for": order.undo_for,
    }
    explanation = rules.words(order.explanation, limit=rules.LONGEST_ANSWER)
    if order.outcome is rules.Outcome.LEFT:
        if not rules.can_be_read(comment):
            raise NothingToDecide
        return Decide(outcome=Outcome.APPROVE, **common)  # type: ignore[arg-type] # values by name
    if not order.reason or chosen_reason(order.reason).illegal is not (order.outcome is rules.Outcome.ILLEGAL):
        raise ReasonNeeded
    law = " ".join(rules.words(order.law, limit=rules.LONGEST_GROUND).split())
    if order.outcome is rules.Outcome.ILLEGAL:
        if not law or not explanation:
            raise LegalGroundNeeded
        explanation = f"{law}: {explanation}"
    return Decide(outcome=Outcome.REJECT, reason=order.reason, note=explanation, law=law, **common)  # type: ignore[arg-type] # values by name


def _close(w: Write, comment: Comment, *, answer: str, by_seq: int, now: datetime) -> None:
    """What nobody can read any more needs no decision, and its notices an answer all the same."""
    if rules.can_be_read(comment):
        raise NothingToDecide
    resolved = notices.resolve(w, comment, rules.Outcome.GONE, answer=answer, decision_seq=None, now=now)
    cases.close_of_kind(w, comment, CaseKind.NOTICE, decision_seq=None, now=now)
    for seq in resolved:
        letter_about_notice(w, comment.site_seq, seq, "notice-answered", event=f"notice-answered:{seq}", now=now)
    log.append(
        w,
        comment.site_seq,
        RecordKind.NOTICE,
        {"act": "answered", "notices": resolved, "comment": str(comment.id), "outcome": rules.Outcome.GONE.value},
        by_seq=by_seq,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )
