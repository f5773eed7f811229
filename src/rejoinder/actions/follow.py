"""A reader follows a discussion, or one thread of it, or no longer."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.refusals import ParentElsewhere
from rejoinder.discussion.stories import Story
from rejoinder.store import comments, follows, stories
from rejoinder.store.database import Read, Write


def follow(w: Write, site_seq: int, slug: str, *, by_seq: int, thread: UUID | None = None, now: datetime) -> Story:
    """The story, followed from now on: whole, or the thread that this comment is in. Raises UnknownStory,
    UnknownComment, ParentElsewhere.
    """
    story = stories.lock_at(w, site_seq, slug)
    follows.add(w, story, by_seq, root_seq=_root(w, story, thread), now=now)
    return story


def unfollow(w: Write, site_seq: int, slug: str, *, by_seq: int, thread: UUID | None = None) -> Story:
    """As `follow`, the other way."""
    story = stories.lock_at(w, site_seq, slug)
    follows.drop(w, story, by_seq, root_seq=_root(w, story, thread))
    return story


def _root(r: Read, story: Story, thread: UUID | None) -> int:
    if thread is None:
        return follows.WHOLE
    comment = comments.by_id(r, story.site_seq, thread)
    if comment.story_seq != story.seq:
        raise ParentElsewhere
    return comment.root_seq or comment.seq
