"""The record of mergings: which discussion became part of which, by whom, and what an undoing needs."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.merging import Merge, Record
from rejoinder.discussion.refusals import UnknownMerge
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import comments, flags, merges, story_addresses
from rejoinder.store.values import instant, instant_or_none, micros, new_id

_SELECT = select(
    merges.c.seq,
    merges.c.id,
    merges.c.site_seq,
    merges.c.from_seq,
    merges.c.into_seq,
    merges.c.by_seq,
    merges.c.record,
    merges.c.created_at,
    merges.c.undone_at,
)
_OF_SITE = merges.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(_SELECT.where(_OF_SITE, merges.c.id == bindparam("id")))
_OF_STORY = Statement(
    _SELECT.where(
        _OF_SITE,
        merges.c.undone_at.is_(None),
        (merges.c.from_seq == bindparam("story_seq")) | (merges.c.into_seq == bindparam("story_seq")),
    ).order_by(merges.c.seq)
)
_ADDRESSES = Statement(
    select(story_addresses.c.address)
    .where(story_addresses.c.site_seq == bindparam("site_seq"), story_addresses.c.story_seq == bindparam("story_seq"))
    .order_by(story_addresses.c.key)
)
_REPORTS = Statement(
    select(func.count())
    .select_from(
        flags.join(comments, (comments.c.site_seq == flags.c.site_seq) & (comments.c.seq == flags.c.comment_seq))
    )
    .where(
        comments.c.site_seq == bindparam("site_seq"),
        comments.c.story_seq == bindparam("story_seq"),
        flags.c.resolution.is_(None),
    )
)
_ADD = Statement.insert(
    merges, "site_seq", "id", "from_seq", "into_seq", "by_seq", "record", "created_at", returning="seq"
)
_UNDO = Statement(
    update(merges)
    .where(merges.c.site_seq == bindparam("of_site"), merges.c.seq == bindparam("of_merge"))
    .values(undone_at=bindparam("moment"), undone_by=bindparam("by"))
)


def by_id(r: Read, site_seq: int, merge_id: UUID) -> Merge:
    """The merging. Raises UnknownMerge."""
    row = r.row(_BY_ID, site_seq=site_seq, id=merge_id.bytes)
    if row is None:
        raise UnknownMerge
    return _merge(row)


def of_story(r: Read, site_seq: int, story_seq: int) -> list[Merge]:
    """What was merged into the story, and it into another, and not undone; the first first."""
    return [_merge(row) for row in r.rows(_OF_STORY, site_seq=site_seq, story_seq=story_seq)]


def addresses_of(r: Read, site_seq: int, story_seq: int) -> tuple[str, ...]:
    """The addresses that lead to a story, as they were given."""
    return tuple(row[0] for row in r.rows(_ADDRESSES, site_seq=site_seq, story_seq=story_seq) if row[0])


def open_reports(r: Read, site_seq: int, story_seq: int) -> int:
    """How many reports of comments under the story wait for an answer."""
    return int(r.value(_REPORTS, site_seq=site_seq, story_seq=story_seq))


def add(
    w: Write, site_seq: int, *, from_seq: int, into_seq: int, by_seq: int | None, record: Record, now: datetime
) -> Merge:
    """The merging on the record."""
    merge_id = new_id()
    w.run(
        _ADD,
        site_seq=site_seq,
        id=merge_id.bytes,
        from_seq=from_seq,
        into_seq=into_seq,
        by_seq=by_seq,
        record=msgspec.json.encode(record).decode(),
        created_at=micros(now),
    )
    return by_id(w, site_seq, merge_id)


def set_undone(w: Write, merge: Merge, *, by_seq: int | None, now: datetime) -> None:
    """Notes that it was undone."""
    w.run(_UNDO, of_site=merge.site_seq, of_merge=merge.seq, moment=micros(now), by=by_seq)


def _merge(row: Row) -> Merge:
    return Merge(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        from_seq=row[3],
        into_seq=row[4],
        by_seq=row[5],
        record=msgspec.json.decode(row[6], type=Record),
        created_at=instant(row[7]),
        undone_at=instant_or_none(row[8]),
    )
