"""An editor takes a hearing back: the appeal waits again."""

from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.actions.hear_act_appeal import undo_act_hearing
from rejoinder.actions.take_up_appeal import note, wait_again
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.refusals import AlreadyUndone
from rejoinder.store import appeals, commenters, comments, decisions, jobs, notifications, stories
from rejoinder.store.database import Write


def undo_hearing(
    w: Write, site_seq: int, appeal_id: UUID, *, by_seq: int, undo_for: timedelta, now: datetime
) -> Appeal:
    """The appeal, waiting again: a refusal is taken back until its letter goes, `undo_for` after it; where a decision
    came of the hearing, that one is undone; what was lifted stays so (`undo_act_hearing`). Raises NotAllowed,
    UnknownAppeal, AlreadyUndone, and the refusals of `undo_decision`.
    """
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    found = appeals.by_id(w, site_seq, appeal_id)
    if found.person_act_seq is not None:
        return undo_act_hearing(w, found, by_seq=by_seq, undo_for=undo_for, now=now)
    if found.result_seq is not None:
        result = decisions.by_seq(w, site_seq, found.result_seq)
        undo_decision(w, site_seq, result.id, by_seq=by_seq, now=now)
        return appeals.by_seq(w, site_seq, found.seq)
    comment = _locked(w, site_seq, found.comment_seq)
    appeal = appeals.lock(w, site_seq, found.seq)
    is_late = appeal.heard_at is None or now >= appeal.heard_at + undo_for
    if is_late or appeal.result_seq is not None or appeal.outcome is Hearing.WITHDRAWN:
        raise AlreadyUndone
    jobs.cancel(w, appeal.event)
    notifications.take_back(w, site_seq, appeal.event)
    wait_again(w, appeal, comment)
    note(w, appeal, comment, {"act": "undone"}, by_seq=by_seq, now=now)
    return appeals.by_seq(w, site_seq, appeal.seq)


def _locked(w: Write, site_seq: int, comment_seq: int) -> Comment:
    stories.lock(w, site_seq, comments.by_seq(w, site_seq, comment_seq).story_seq)
    return comments.lock(w, site_seq, comment_seq)
