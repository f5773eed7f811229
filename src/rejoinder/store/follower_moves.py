"""Who follows a story that became part of another follows that one, and follows it alone again when they are parted."""

from sqlalchemy import bindparam, delete, func, select, update

from rejoinder.discussion.merging import Record
from rejoinder.discussion.stories import Story
from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import comments, follows, stories

_F = follows.c
_HERE = (_F.site_seq == bindparam("of_site"), _F.story_seq == bindparam("here"))
_WHOLE = _F.root_seq == 0
_WHO = Statement(select(_F.commenter_seq, _F.created_at).where(*_HERE, _WHOLE).order_by(_F.commenter_seq))
_DROP = Statement(delete(follows).where(*_HERE, _WHOLE, _F.commenter_seq == bindparam("who")))
_MOVE = Statement(
    update(follows).where(*_HERE, _WHOLE, _F.commenter_seq == bindparam("who")).values(story_seq=bindparam("there"))
)
_ADD = Statement.insert(follows, "site_seq", "commenter_seq", "story_seq", "root_seq", "created_at", or_nothing=True)
_THREADS = Statement(
    update(follows)
    .where(
        _F.site_seq == bindparam("of_site"),
        _F.root_seq.in_(
            select(comments.c.seq).where(
                comments.c.site_seq == bindparam("of_site"),
                comments.c.story_seq == bindparam("there"),
                comments.c.root_seq.is_(None),
            )
        ),
    )
    .values(story_seq=bindparam("there"))
)
_COUNT = Statement(select(func.count()).select_from(follows).where(*_HERE))
_SET_COUNT = Statement(
    update(stories)
    .where(stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("here"))
    .values(followers=bindparam("counted"))
)


def move(w: Write, one: Story, into: Story) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Who followed only the first story and now follows the other; and who followed both, since when (microseconds)."""
    here: dict[int, int] = {row[0]: row[1] for row in w.rows(_WHO, of_site=one.site_seq, here=one.seq)}
    there = {row[0] for row in w.rows(_WHO, of_site=one.site_seq, here=into.seq)}
    for who in here:
        if who in there:
            w.run(_DROP, of_site=one.site_seq, here=one.seq, who=who)
        else:
            w.run(_MOVE, of_site=one.site_seq, here=one.seq, who=who, there=into.seq)
    w.run(_THREADS, of_site=one.site_seq, there=into.seq)
    _count(w, one, into)
    both = tuple((who, since) for who, since in here.items() if who in there)
    return tuple(who for who in here if who not in there), both


def move_back(w: Write, one: Story, into: Story, record: Record) -> None:
    """Who followed the story follows it again, unless they have stopped to follow what it became part of."""
    still = {row[0] for row in w.rows(_WHO, of_site=one.site_seq, here=into.seq)}
    for who in record.followers:
        w.run(_MOVE, of_site=one.site_seq, here=into.seq, who=who, there=one.seq)
    for who, since in record.followers_of_both:
        if who in still:
            w.run(_ADD, site_seq=one.site_seq, commenter_seq=who, story_seq=one.seq, root_seq=0, created_at=since)
    w.run(_THREADS, of_site=one.site_seq, there=one.seq)
    _count(w, one, into)


def _count(w: Write, *of: Story) -> None:
    for story in of:
        counted = w.value(_COUNT, of_site=story.site_seq, here=story.seq)
        w.run(_SET_COUNT, of_site=story.site_seq, here=story.seq, counted=counted)
