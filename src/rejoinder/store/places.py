"""Where comments stand: each gets its place at its publication and keeps it, and is counted while it can be read."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import bindparam, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.stories import Story
from rejoinder.store import stories
from rejoinder.store.comments import Place
from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import comments
from rejoinder.store.values import micros

_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
_PLACE = Statement(
    update(comments)
    .where(*_THIS)
    .values(
        publish_seq=bindparam("new_publish_seq"),
        reply_place=bindparam("new_reply_place"),
        published_at=bindparam("moment"),
    )
)
_ONE_REPLY_MORE = Statement(
    update(comments)
    .where(*_THIS)
    .values(reply_seq=comments.c.reply_seq + 1, replies=comments.c.replies + 1)
    .returning(comments.c.reply_seq)
)
_COUNT_REPLIES = Statement(update(comments).where(*_THIS).values(replies=comments.c.replies + bindparam("more")))


def reserve(w: Write, story: Story, *, root_seq: int | None, now: datetime) -> tuple[int, Place]:
    """Counts one comment more, published now, under the story's lock. The story's new version, and the place that is to
    be the comment's: that of its publication, so a late approval is new to every cursor, feed and stream.
    """
    version, publish_seq = stories.one_published(w, story)
    reply_place = None
    if root_seq is not None:
        reply_place = w.value(_ONE_REPLY_MORE, of_site=story.site_seq, of_comment=root_seq)
    return version, Place(publish_seq, reply_place, now)


def publish(w: Write, story: Story, comment: Comment, *, now: datetime) -> tuple[int, Comment]:
    """Gives a stored comment that was never published its place. The story's new version, and the comment there.
    Raises Stale.
    """
    must_stand_under(comment, story)
    version, place = reserve(w, story, root_seq=comment.root_seq, now=now)
    w.run(
        _PLACE,
        of_site=story.site_seq,
        of_comment=comment.seq,
        new_publish_seq=place.publish_seq,
        new_reply_place=place.reply_place,
        moment=micros(now),
    )
    placed = replace(comment, publish_seq=place.publish_seq, reply_place=place.reply_place, published_at=now)
    return version, placed


def count(w: Write, story: Story, comment: Comment, *, more: int) -> int:
    """Counts a placed comment in (+1) or out (-1), for its story and its root. The story's new version. Raises
    Stale.
    """
    must_stand_under(comment, story)
    if comment.root_seq is not None:
        w.run(_COUNT_REPLIES, of_site=story.site_seq, of_comment=comment.root_seq, more=more)
    return stories.changed(w, story, published=more)


def count_replies(w: Write, story: Story, *, root_seq: int, more: int) -> int:
    """Counts several placed replies below one root in or out at once. The story's new version."""
    w.run(_COUNT_REPLIES, of_site=story.site_seq, of_comment=root_seq, more=more)
    return stories.changed(w, story, published=more)
