"""An editor closes a thread: a comment and all below it take no more replies. Taking the decision back opens it."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.claiming import must_be_first
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import NothingToDecide, NotPublished
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.store import branches, commenters, comments, decisions, stories
from rejoinder.store.database import Write


def lock_thread(
    w: Write,
    site_seq: int,
    comment_id: UUID,
    *,
    by_seq: int,
    now: datetime,
    note: str = "",
    seen_decision: int | None = None,
) -> Decision:
    """The decision on the record; `seen_decision` as with `decide`. Only what readers see is locked. Raises
    UnknownComment, NotAllowed, DecidedMeanwhile, NotPublished, Stale, NothingToDecide where it is locked already,
    itself or by one above it.
    """
    found = comments.by_id(w, site_seq, comment_id)
    story = stories.lock(w, site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    comment = comments.lock(w, site_seq, found.seq)
    must_stand_under(comment, story)
    must_be_first(decisions.of_comment(w, site_seq, comment.seq), seen=seen_decision, by_seq=editor.seq)
    if comment.locked_by is not None:
        raise NothingToDecide
    if not comment.was_published:
        raise NotPublished
    branches.lock(w, comment, now=now)
    stories.changed(w, story)
    return decisions.add(
        w, comment, Outcome.LOCK, status_after=comment.status, by_seq=editor.seq, note=clean(note), now=now
    )


def unlock(w: Write, story: Story, comment: Comment) -> None:
    """The thread takes replies again, unless one above it is locked. Raises NothingToDecide."""
    if comment.locked_by != comment.seq:
        raise NothingToDecide
    parent = comments.by_seq(w, comment.site_seq, comment.parent_seq) if comment.parent_seq else None
    branches.unlock(w, comment, still=parent.locked_by if parent else None)
    stories.changed(w, story)
