"""A decision is taken back, with what it did to the comment, its flags and its cases, and its letters that have not
gone yet.
"""

from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.actions.decide import settle
from rejoinder.actions.earn_trust import give_back, lock_writer
from rejoinder.actions.letters import letter_to, recipient
from rejoinder.actions.lock_thread import unlock
from rejoinder.actions.lower_comment import lower_or_raise
from rejoinder.actions.move_reply import move_back
from rejoinder.actions.post_comment import publication
from rejoinder.actions.remove_replies import replies_follow
from rejoinder.actions.take_up_appeal import take_up_again
from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.comments import Status
from rejoinder.discussion.hooks import Happening
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome, marker_for, may_undo, standing_word
from rejoinder.discussion.refusals import AlreadyUndone
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, comments, decisions, flags, jobs, notices, notifications, stories
from rejoinder.store.database import Write

_ARRANGING = (Outcome.LOCK, Outcome.MOVE)  # what changes where and how a comment stands, not whether


def undo_decision(w: Write, site_seq: int, decision_id: UUID, *, by_seq: int, now: datetime) -> Decision:
    """The undoing decision, on the record like any other. If the letter has gone, its reader is told again. Raises
    NotAllowed, UnknownDecision, AlreadyUndone, NothingToDecide, Stale.
    """
    undone = decisions.by_id(w, site_seq, decision_id)
    found = comments.by_seq(w, site_seq, undone.comment_seq)
    story = stories.lock(w, site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    if undone.outcome in _ARRANGING:
        return _rearranged(w, story, undone, by=editor, now=now)
    ladder = story.rules_here.ladder
    writer = lock_writer(w, found, ladder)
    comment = comments.lock(w, site_seq, found.seq)
    must_stand_under(comment, story)
    record = decisions.of_comment(w, site_seq, comment.seq)
    may_undo(undone, comment, record)
    status = _status_again(undone.status_before, was_published=comment.was_published)
    decision = decisions.add(
        w, comment, Outcome.UNDO, status_after=status, by_seq=editor.seq, reverses=undone.seq, now=now
    )
    before = standing_word([each for each in record if each.seq != undone.seq])
    reason = before.reason if before else None
    marker = comment.marker if status is comment.status else marker_for(status, reason)
    comments.set_status(w, comment, status, marker=marker, reason=reason)
    settle(w, story, comment, status, now=now)
    lower_or_raise(w, story, comment, lowered=before is not None and before.outcome is Outcome.LOWER, now=now)
    replies_follow(w, story, decision, after=timedelta(), now=now)
    if writer is not None:
        give_back(w, writer, comment, undone_seq=undone.seq, decision_seq=decision.seq, ladder=ladder, now=now)
    cases.reopen(w, site_seq, decision_seq=undone.seq)
    take_up_again(w, undone, comment)
    flags.reopen(w, site_seq, decision_seq=undone.seq)
    notices.reopen(w, site_seq, decision_seq=undone.seq)
    taken_back = jobs.cancel(w, f"decision:{undone.id}")
    notifications.take_back(w, site_seq, f"decision:{undone.id}")
    if status is not Status.PUBLISHED:
        jobs.cancel(w, publication(comment))
        for event in (publication(comment), f"mention:{comment.id}"):
            notifications.take_back(w, site_seq, event)
    if _was_told(undone) and recipient(comment.commenter_seq) not in taken_back:
        letter_to(
            w,
            comment.commenter_seq,
            "approved" if status is Status.PUBLISHED else "reconsidered",
            event=f"decision:{decision.id}",
            about=comment,
            decision=decision.seq,
            now=now,
        )
    tell_hooks(w, story, comment, Happening.DECIDED, decision=decision.seq, now=now)
    return decision


def _rearranged(w: Write, story: Story, undone: Decision, *, by: Commenter, now: datetime) -> Decision:
    """A thread opened again, or a reply moved back. Raises NotAllowed, AlreadyUndone, NothingToDecide, CannotMove."""
    must_be_allowed(by, Act.CLOSE)
    comment = comments.lock(w, story.site_seq, undone.comment_seq)
    must_stand_under(comment, story)
    record = [each for each in decisions.of_comment(w, story.site_seq, comment.seq) if each.outcome is undone.outcome]
    if record[-1].seq != undone.seq or record[-1].reversed_by is not None:
        raise AlreadyUndone
    if undone.outcome is Outcome.LOCK:
        unlock(w, story, comment)
    else:
        move_back(w, story, comment, undone, now=now)
    return decisions.add(
        w, comment, Outcome.UNDO, status_after=comment.status, by_seq=by.seq, reverses=undone.seq, now=now
    )


def _was_told(undone: Decision) -> bool:
    """Whether the comment's writer has a letter about it: of the system's own decisions, of a hiding after reports."""
    is_told = undone.by_seq is not None or undone.outcome is Outcome.HIDE
    return is_told and (undone.status_after is not undone.status_before or undone.outcome is Outcome.LOWER)


def _status_again(before: Status, *, was_published: bool) -> Status:
    """What an undone approval leaves: a comment that readers have seen keeps its place, hidden until decided."""
    return Status.HIDDEN if before is Status.PENDING and was_published else before
