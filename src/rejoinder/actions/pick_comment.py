"""An editor picks a comment, or takes the pick back."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import NotPublished
from rejoinder.store import commenters, comments, log, picks, stories
from rejoinder.store.database import Write


def pick_comment(
    w: Write, site_seq: int, comment_id: UUID, *, by_seq: int, now: datetime, back: bool = False
) -> Comment:
    """The picked comment. Only a published one is picked; a pick may be taken back whatever became of it. Raises
    UnknownComment, NotAllowed, NotPublished.
    """
    found = comments.by_id(w, site_seq, comment_id)
    story = stories.lock(w, site_seq, found.story_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.PICK)
    comment = comments.lock(w, site_seq, found.seq)
    if not back and comment.status is not Status.PUBLISHED:
        raise NotPublished
    if picks.set_pick(w, comment, by_seq=None if back else by_seq, now=now):
        stories.changed(w, story)
        act = {"act": "take back" if back else "pick", "comment": str(comment.id)}
        about = {"comment_seq": comment.seq, "story_seq": story.seq}
        log.append(w, site_seq, RecordKind.PICK, act, by_seq=by_seq, **about, now=now)
    return comment
