"""What lowering does: the comment stands, but after all others in every order, and readers find it if they ask for
more. The decision itself is one of `decide`.
"""

from datetime import datetime

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.stories import Story
from rejoinder.store import lowering, picks, rankings, stories
from rejoinder.store.database import Write


def lower_or_raise(w: Write, story: Story, comment: Comment, *, lowered: bool, now: datetime) -> None:
    """The comment after all others, or among them again. A pick is none any more once it stands last. The story and the
    comment are locked; `comment` is as it was before.
    """
    if comment.is_lowered is lowered:
        return
    lowering.set_lowered(w, comment, since=now if lowered else None)
    if lowered:
        picks.set_pick(w, comment, by_seq=None, now=now)
    if comment.root_seq is None:
        rankings.note(w, story, now=now)
    stories.changed(w, story)
