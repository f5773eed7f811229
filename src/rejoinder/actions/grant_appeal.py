"""What granting an appeal does: everything that the decision took is given back, or, where somebody was right to report
a comment, it goes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.decide import Decide, decide, settle
from rejoinder.actions.drafts import drafted
from rejoinder.actions.earn_trust import earn
from rejoinder.actions.letters import letter_about_flag
from rejoinder.actions.remove_replies import replies_follow
from rejoinder.discussion.appeals import TAKEN, Appeal, Appellant, Hearing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.events import CommentDecided
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Decision, Outcome, last_link, standing_word
from rejoinder.discussion.notices import ILLEGAL, outcome_of
from rejoinder.discussion.refusals import NothingToDecide
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, comments, decisions, flags, notices, stories
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Write
from rejoinder.store.texts import texts_of


class Hear(Struct, frozen=True, kw_only=True):
    """What was sent. `reason` is why the comment goes, where a reporter's appeal is granted; `undo_for` is how long a
    letter waits.
    """

    site_seq: int
    appeal_id: UUID
    by_seq: int
    outcome: Hearing
    seen_revision: int
    answer: str = ""
    reason: str | None = None
    undo_for: timedelta = timedelta(seconds=30)


class Room(Struct, frozen=True, kw_only=True):
    """What a hearing has before it, locked. `writer` is on the ladder, or None."""

    story: Story
    comment: Comment
    writer: Commenter | None
    record: list[Decision]
    appeal: Appeal
    order: Hear
    answer: str


def grant(w: Write, room: Room, *, now: datetime) -> Decision | None:
    """The decision that grants the appeal; None where what was asked for is so already. Raises NothingToDecide where
    the writer deleted the comment.
    """
    comment, order = room.comment, room.order
    if comment.status is Status.DELETED:
        raise NothingToDecide
    if room.appeal.by is not Appellant.WRITER:
        return _take_down(w, room, now=now) if comment.status not in TAKEN else None
    appealed = next(each for each in room.record if each.seq == room.appeal.decision_seq)
    if appealed.outcome is Outcome.EDIT:
        return _text_again(w, room, appealed, now=now)
    standing = standing_word(room.record)
    if comment.status not in TAKEN or standing is None:
        return None
    decision = decisions.add(
        w,
        comment,
        Outcome.APPROVE,
        status_after=Status.PUBLISHED,
        by_seq=order.by_seq,
        note=room.answer,
        reverses=last_link(standing, room.record).seq,
        now=now,
    )
    comments.set_status(w, comment, Status.PUBLISHED, marker=Marker.NONE, reviewed_at=now)
    settle(w, room.story, comment, Status.PUBLISHED, after=order.undo_for, now=now)
    replies_follow(w, room.story, decision, after=order.undo_for, now=now)
    if room.writer is not None:
        ladder = room.story.rules_here.ladder
        earn(w, room.writer, comment, approved=True, decision_seq=decision.seq, ladder=ladder, now=now)
    cases.close_cases(w, comment, decision_seq=decision.seq, now=now)
    _answer_reports(w, room, standing, decision, now=now)
    w.tell(
        CommentDecided(
            site_seq=comment.site_seq,
            story_seq=comment.story_seq,
            comment_id=comment.id,
            outcome=decision.outcome.value,
        )
    )
    return decision


def _answer_reports(w: Write, room: Room, reversed_: Decision, decision: Decision, *, now: datetime) -> None:
    """Reports that were upheld, and those that wait, were declined after all; who made them is told."""
    comment = room.comment
    answered = flags.answer_anew(
        w,
        comment.site_seq,
        Resolution.DECLINED,
        decision_seq=decision.seq,
        answered_by=reversed_.seq,
        made_by=reversed_.created_at,
        now=now,
    )
    answered += flags.resolve(w, comment, Resolution.DECLINED, decision_seq=decision.seq, now=now)
    for flag_seq in answered:
        letter_about_flag(
            w, flag_seq, event=f"decision:{decision.id}", about=comment, after=room.order.undo_for, now=now
        )


def _take_down(w: Write, room: Room, *, now: datetime) -> Decision:
    """Who reported it, or gave notice of it, was right: the comment goes, by a decision like any other, and their
    report was upheld.
    """
    order = Decide(
        site_seq=room.order.site_seq,
        comment_id=room.comment.id,
        by_seq=room.order.by_seq,
        outcome=Outcome.REJECT,
        seen_revision=room.order.seen_revision,
        reason=room.order.reason,
        note=room.answer,
        undo_for=room.order.undo_for,
    )
    decision = decide(w, order, now=now)
    appeal, site_seq = room.appeal, order.site_seq
    if appeal.flag_seq is not None:
        flags.answer_one(w, site_seq, appeal.flag_seq, Resolution.UPHELD, decision_seq=decision.seq, now=now)
    elif appeal.notice_seq is not None:
        notice = notices.by_seq(w, site_seq, appeal.notice_seq)
        outcome = outcome_of(decision.reason, illegal=ILLEGAL)
        notices.answer_one(w, notice, outcome, decision_seq=decision.seq, now=now)
    return decision


def _text_again(w: Write, room: Room, changed: Decision, *, now: datetime) -> Decision | None:
    """The text from before an editor's change; None where it is that already."""
    comment, story = room.comment, room.story
    text = next(each.text for each in texts_of(w, comment) if each.number == changed.revision)
    if text == comment.text:
        return None
    draft = drafted(w, story, text)
    decision = decisions.add(
        w,
        comment,
        Outcome.EDIT,
        status_after=comment.status,
        by_seq=room.order.by_seq,
        rule=Showing.TOLD.value,
        note=room.answer,
        reverses=changed.seq,
        now=now,
    )
    new = NewComment(
        story_seq=comment.story_seq,
        commenter_seq=comment.commenter_seq,
        parent=None,
        status=comment.status,
        text=draft.text,
        html=draft.html,
        html_version=draft.html_version,
        fingerprint=draft.fingerprint,
        marks=draft.marks,
        mentions=draft.mentions,
        language=draft.language,
        policy_version=story.policy_version,
        created_at=comment.created_at,
    )
    comments.set_text(w, comment, new, by_seq=room.order.by_seq, now=now)
    if comment.status is Status.PUBLISHED:
        stories.changed(w, story)
    return decision
