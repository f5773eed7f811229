"""Moving a discussion into another story's, and back: its comments and all that is found by their story, under the
locks of both stories.

Moved comments are given places after all that the target has, in the order they had. So every cursor, feed and open
page of the target stays right, and they are new to each, like late approvals; places in between would be those of
others.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, update

from rejoinder.discussion.comments import Status
from rejoinder.discussion.events import StoryChanged
from rejoinder.discussion.merging import Record
from rejoinder.discussion.stories import Story
from rejoinder.store.database import Read, Statement, Write, one_of
from rejoinder.store.tables import cases, comments, notifications, rankings, stories, story_addresses
from rejoinder.store.values import micros_or_none

AT_ONCE = 500  # values named in one statement

_C = comments.c
_HERE = (_C.site_seq == bindparam("of_site"), _C.story_seq == bindparam("here"))
_IN_RANGE = (_C.publish_seq > bindparam("low"), _C.publish_seq <= bindparam("high"))


def _seqs_of(story: str) -> Select[Any]:
    """The comments of the story that this parameter names."""
    return select(_C.seq).where(_C.site_seq == bindparam("of_site"), _C.story_seq == bindparam(story))


_HOW_MANY = Statement(select(func.count()).select_from(comments).where(*_HERE))
_READABLE = Statement(select(func.count()).select_from(comments).where(*_HERE, _C.status == Status.PUBLISHED.value))
_UNPLACED = Statement(select(_C.seq).where(*_HERE, _C.publish_seq.is_(None), _C.root_seq.is_(None)).order_by(_C.seq))
_KEYS_THERE = select(_C.import_key).where(
    _C.site_seq == bindparam("of_site"), _C.story_seq == bindparam("there"), _C.import_key.is_not(None)
)
_SAME_KEYS = Statement(select(_C.seq, _C.import_key).where(*_HERE, _C.import_key.in_(_KEYS_THERE)).order_by(_C.seq))
_SET_KEY = Statement(
    update(comments)
    .where(_C.site_seq == bindparam("of_site"), _C.seq == bindparam("of_comment"))
    .values(import_key=bindparam("new_key"))
)
_MOVE_ALL = Statement(
    update(comments)
    .where(*_HERE)
    .values(story_seq=bindparam("there"), publish_seq=_C.publish_seq + bindparam("offset"))
)
_MOVE_BACK = Statement(
    update(comments)
    .where(*_HERE, *_IN_RANGE)
    .values(story_seq=bindparam("there"), publish_seq=_C.publish_seq - bindparam("offset"))
)
_LATE_REPLIES = Statement(select(_C.seq, _C.publish_seq).where(*_HERE, _C.root_seq.in_(_seqs_of("there"))))
_PUT = Statement(
    update(comments)
    .where(_C.site_seq == bindparam("of_site"), _C.seq == bindparam("of_comment"))
    .values(story_seq=bindparam("there"), publish_seq=bindparam("place"))
)
_KEYS = Statement(
    select(story_addresses.c.key)
    .where(story_addresses.c.site_seq == bindparam("of_site"), story_addresses.c.story_seq == bindparam("here"))
    .order_by(story_addresses.c.key)
)
_CASES_THERE = Statement(
    update(cases)
    .where(cases.c.site_seq == bindparam("of_site"), cases.c.comment_seq.in_(_seqs_of("among")))
    .values(
        story_seq=bindparam("there"),
        section_seq=select(stories.c.section_seq)
        .where(stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("there"))
        .scalar_subquery(),
    )
)
_NEWS_THERE = Statement(
    update(notifications)
    .where(notifications.c.site_seq == bindparam("of_site"), notifications.c.comment_seq.in_(_seqs_of("among")))
    .values(story_seq=bindparam("there"))
)
_FORGET_RANKINGS = Statement(
    delete(rankings).where(rankings.c.site_seq == bindparam("of_site"), rankings.c.story_seq == bindparam("here"))
)
_SET = Statement(
    update(stories)
    .where(stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("here"))
    .values(
        version=stories.c.version + 1,
        publish_seq=bindparam("last_place"),
        published_count=bindparam("readable"),
        published_at=bindparam("its_time"),
        published_at_source=bindparam("its_source"),
        merged_into=bindparam("into"),
        ranking=0,
    )
    .returning(stories.c.version)
)


def how_many(r: Read, story: Story) -> int:
    """How many comments the story holds, of any status."""
    return int(r.value(_HOW_MANY, of_site=story.site_seq, here=story.seq))


def readable(r: Read, story: Story) -> int:
    """How many of them can be read."""
    return int(r.value(_READABLE, of_site=story.site_seq, here=story.seq))


def move(w: Write, one: Story, into: Story) -> Record:
    """Moves every comment of the story; its addresses lead to the target from now on. What an undoing needs, but for
    who follows.
    """
    between = {"of_site": one.site_seq, "here": one.seq, "there": into.seq}
    unplaced = tuple(row[0] for row in w.rows(_UNPLACED, of_site=one.site_seq, here=one.seq))
    same = [(row[0], row[1]) for row in w.rows(_SAME_KEYS, **between)]
    for seq, _ in same:
        w.run(_SET_KEY, of_site=one.site_seq, of_comment=seq, new_key=None)
    _follow(w, one, to=into)
    w.run(_MOVE_ALL, **between, offset=into.publish_seq)
    keys = tuple(row[0] for row in w.rows(_KEYS, of_site=one.site_seq, here=one.seq))
    _lead(w, keys, one, into)
    return Record(
        offset=into.publish_seq,
        placed=one.publish_seq,
        unplaced=unplaced,
        import_keys=tuple(same),
        addresses=keys,
    )


def move_back(w: Write, one: Story, into: Story, record: Record) -> int:
    """Moves the story's comments back to the places they had. What was written below them since, or has only been
    published since, comes along and stands after them. The last place taken.
    """
    between = {"of_site": one.site_seq, "here": into.seq, "there": one.seq}
    low, high = record.offset, record.offset + record.placed
    w.run(_MOVE_BACK, **between, low=low, high=high, offset=record.offset)
    late = _named(w, into, record.unplaced)
    for seq, _ in late:
        w.run(_PUT, of_site=one.site_seq, of_comment=seq, there=one.seq, place=None)
    late += [(row[0], row[1]) for row in w.rows(_LATE_REPLIES, **between)]
    last = record.placed
    for seq, place in sorted(late, key=lambda found: found[1] or 0):
        last += place is not None
        w.run(_PUT, of_site=one.site_seq, of_comment=seq, there=one.seq, place=None if place is None else last)
    for seq, key in record.import_keys:
        w.run(_SET_KEY, of_site=one.site_seq, of_comment=seq, new_key=key)
    _follow(w, one, to=one)
    _lead(w, record.addresses, into, one)
    return last


def settle(w: Write, story: Story, *, last_place: int, readable: int, into: int | None) -> None:
    """Stores what the story now holds and when it was published, and of which it has become part; its version rises."""
    version: int = w.value(
        _SET,
        of_site=story.site_seq,
        here=story.seq,
        last_place=last_place,
        readable=readable,
        its_time=micros_or_none(story.published_at),
        its_source=story.published_at_source.value if story.published_at_source else None,
        into=into,
    )
    w.run(_FORGET_RANKINGS, of_site=story.site_seq, here=story.seq)
    w.tell(StoryChanged(site_seq=story.site_seq, story_seq=story.seq, version=version))


def _follow(w: Write, among: Story, *, to: Story) -> None:
    """Cases and notifications about the comments of one story stand under the other."""
    for statement in (_CASES_THERE, _NEWS_THERE):
        w.run(statement, of_site=among.site_seq, among=among.seq, there=to.seq)


def _lead(w: Write, keys: Iterable[str], one: Story, to: Story) -> None:
    """Makes these addresses of the one story lead to the other."""
    at = story_addresses.c
    for some in _parts(keys):
        w.run(
            Statement(
                update(story_addresses)
                .where(at.site_seq == bindparam("of_site"), at.story_seq == bindparam("here"), one_of(at.key, some))
                .values(story_seq=bindparam("there"))
            ),
            of_site=one.site_seq,
            here=one.seq,
            there=to.seq,
        )


def _named(r: Read, story: Story, seqs: Iterable[int]) -> list[tuple[int, int | None]]:
    """Those of these comments that stand under the story, with their places."""
    found: list[tuple[int, int | None]] = []
    for some in _parts(seqs):
        named: ColumnElement[bool] = one_of(_C.seq, some)
        statement = Statement(select(_C.seq, _C.publish_seq).where(*_HERE, named))
        found += [(row[0], row[1]) for row in r.rows(statement, of_site=story.site_seq, here=story.seq)]
    return found


def _parts(values: Iterable[Any]) -> list[list[Any]]:
    listed = list(values)
    return [listed[at : at + AT_ONCE] for at in range(0, len(listed), AT_ONCE)]
