"""Who follows a discussion, or a thread of one. The story counts them, so that a post that nobody waits for pays
nothing.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from rejoinder.discussion.stories import Story
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import follows, stories
from rejoinder.store.values import micros

WHOLE = 0  # in place of a root: the whole discussion

_OF_STORY = (follows.c.site_seq == bindparam("site_seq"), follows.c.story_seq == bindparam("story_seq"))
_FOLLOWERS = Statement(
    select(follows.c.seq, follows.c.commenter_seq)
    .where(*_OF_STORY, follows.c.root_seq.in_([WHOLE, bindparam("root_seq")]), follows.c.seq > bindparam("after"))
    .order_by(follows.c.seq)
    .limit(bindparam("most"))
)
_MINE = Statement(select(follows.c.root_seq).where(*_OF_STORY, follows.c.commenter_seq == bindparam("commenter_seq")))
_ALL_MINE = Statement(
    select(follows.c.story_seq, follows.c.root_seq)
    .where(follows.c.site_seq == bindparam("site_seq"), follows.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(follows.c.seq.desc())
    .limit(bindparam("most"))
)
_ADD = Statement.insert(
    follows, "site_seq", "commenter_seq", "story_seq", "root_seq", "created_at", returning="seq", or_nothing=True
)
_DROP = Statement(
    delete(follows).where(
        follows.c.site_seq == bindparam("of_site"),
        follows.c.commenter_seq == bindparam("of_commenter"),
        follows.c.story_seq == bindparam("of_story"),
        follows.c.root_seq == bindparam("of_root"),
    )
)
_COUNT = Statement(
    update(stories)
    .where(stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("of_story"))
    .values(followers=stories.c.followers + bindparam("more"))
)


def followers(r: Read, site_seq: int, story_seq: int, *, root_seq: int, after: int, most: int) -> list[tuple[int, int]]:
    """Who follows the discussion or this thread of it, as (seq of the follow, commenter), from after a seq."""
    rows = r.rows(_FOLLOWERS, site_seq=site_seq, story_seq=story_seq, root_seq=root_seq, after=after, most=most)
    return [(row[0], row[1]) for row in rows]


def roots_followed(r: Read, story: Story, commenter_seq: int) -> frozenset[int]:
    """What of the story's discussion the commenter follows: roots, or WHOLE."""
    return frozenset(
        row[0] for row in r.rows(_MINE, site_seq=story.site_seq, story_seq=story.seq, commenter_seq=commenter_seq)
    )


def all_of(r: Read, site_seq: int, commenter_seq: int, *, most: int = 100) -> list[tuple[int, int]]:
    """Everything the commenter follows, as (story, root), the latest first."""
    return [(row[0], row[1]) for row in r.rows(_ALL_MINE, site_seq=site_seq, commenter_seq=commenter_seq, most=most)]


def add(w: Write, story: Story, commenter_seq: int, *, root_seq: int, now: datetime) -> None:
    """Twice is once. The story is locked."""
    known = {"site_seq": story.site_seq, "commenter_seq": commenter_seq, "story_seq": story.seq, "root_seq": root_seq}
    if w.value(_ADD, **known, created_at=micros(now)) is not None:
        w.run(_COUNT, of_site=story.site_seq, of_story=story.seq, more=1)


def drop(w: Write, story: Story, commenter_seq: int, *, root_seq: int) -> None:
    """The story is locked."""
    dropped = w.run(_DROP, of_site=story.site_seq, of_commenter=commenter_seq, of_story=story.seq, of_root=root_seq)
    if dropped:
        w.run(_COUNT, of_site=story.site_seq, of_story=story.seq, more=-1)
