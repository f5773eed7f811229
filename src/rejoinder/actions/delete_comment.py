"""A commenter deletes their own comment. It leaves a marker if something stands below it. Open reports and notices
of it stay open: the desk has the text and answers them.
"""

from datetime import datetime
from uuid import UUID

from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.discussion.comments import Comment, Marker, Status, may_delete
from rejoinder.discussion.hooks import Happening
from rejoinder.store import cases, commenters, comments, flags, notices, places, stories
from rejoinder.store.database import Write


def delete_comment(w: Write, site_seq: int, comment_id: UUID, *, commenter_seq: int, now: datetime) -> Comment:
    """The deleted comment. Raises NotYours, NotEditable, UnknownComment."""
    found = comments.by_id(w, site_seq, comment_id)
    story = stories.lock(w, site_seq, found.story_seq)
    commenter = commenters.lock(w, site_seq, commenter_seq)
    comment = comments.lock(w, site_seq, found.seq)
    may_delete(comment, by=commenter)
    marker = Marker.PLAIN if comments.has_answer(w, comment) else Marker.NONE
    comments.set_status(w, comment, Status.DELETED, marker=marker)
    if comment.status is Status.PUBLISHED:
        places.count(w, story, comment, more=-1)
    elif comment.was_published:
        stories.changed(w, story)
    if not flags.open_count(w, comment) and not notices.open_of(w, comment):
        cases.close_cases(w, comment, decision_seq=None, now=now)
    tell_hooks(w, story, comment, Happening.DELETED, now=now)
    return comments.by_seq(w, site_seq, comment.seq)
