"""What was written before: by a commenter, for the rules that judge the next comment; and how it stands, in counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, cast, func, literal, literal_column, null, select, union_all
from sqlalchemy.sql.expression import ColumnElement, Select

from rejoinder.discussion.comments import Earlier, Status
from rejoinder.discussion.copies import MOST, Copy, Marks
from rejoinder.store.database import Read, Statement, one_of
from rejoinder.store.tables import comments
from rejoinder.store.values import instant, micros

_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_EARLIER = (
    comments.c.id,
    comments.c.story_seq,
    comments.c.parent_seq,
    comments.c.fingerprint,
    comments.c.created_at,
    comments.c.status,
)
_MINE = (_OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"))
_WHEN_ONLY = [
    cast(null(), column.type).label(column.name) for column in _EARLIER if column is not comments.c.created_at
]
_EARLIER_BY = Statement(  # when is all that is asked of recent ones, so that their index alone is read
    union_all(
        select(
            select(*_WHEN_ONLY[:4], comments.c.created_at, *_WHEN_ONLY[4:])
            .where(*_MINE, comments.c.created_at > bindparam("recent"))
            .order_by(comments.c.created_at.desc())
            .limit(bindparam("most"))
            .subquery("recent_ones")
        ),
        select(
            select(*_EARLIER)
            .where(*_MINE, comments.c.fingerprint == bindparam("fingerprint"))
            .order_by(comments.c.created_at.desc())
            .limit(20)
            .subquery("same_text")
        ),
    )
)
_UNPUBLISHED = comments.c.status != literal_column(f"'{Status.PUBLISHED.value}'")  # as the index says it
_PUBLISHED_BY = Statement(
    select(func.count()).select_from(
        select(literal(1))
        .where(*_MINE, comments.c.status == Status.PUBLISHED.value)
        .limit(bindparam("most"))
        .subquery("published_ones")
    )
)
_REMOVED_IN = Statement(
    select(comments.c.removal_reason, func.count())
    .where(
        _OF_SITE,
        comments.c.story_seq == bindparam("story_seq"),
        _UNPUBLISHED,  # whose index it is
        comments.c.status == Status.REMOVED.value,
    )
    .group_by(comments.c.removal_reason)
)

_LAST_WRITERS = Statement(
    select(comments.c.commenter_seq)
    .where(_OF_SITE, comments.c.story_seq == bindparam("story_seq"), comments.c.publish_seq.is_not(None))
    .order_by(comments.c.publish_seq.desc())
    .limit(bindparam("most"))
)


def _under(mark: ColumnElement[int]) -> Select[tuple[int, int, int, str]]:
    """The newest texts of other people under one mark."""
    newest = (
        select(comments.c.seq, comments.c.commenter_seq, comments.c.created_at, comments.c.text)
        .where(
            _OF_SITE,
            mark == bindparam(mark.name),
            comments.c.created_at > bindparam("since"),
            comments.c.commenter_seq != bindparam("not_by"),
        )
        .order_by(comments.c.created_at.desc())
        .limit(MOST)
    )
    return select(newest.subquery(f"by_{mark.name}"))


_LIKE = Statement(union_all(_under(comments.c.least_run), _under(comments.c.greatest_run)))


def earlier_by(
    r: Read, site_seq: int, commenter_seq: int, *, fingerprint: bytes, most: int, now: datetime
) -> tuple[list[Earlier], list[datetime]]:
    """What a commenter wrote with these words, whenever; and when they wrote in the last hour, at most so many moments,
    the latest. Index look-ups, one query.
    """
    rows = r.rows(
        _EARLIER_BY,
        site_seq=site_seq,
        commenter_seq=commenter_seq,
        fingerprint=fingerprint,
        recent=micros(now - timedelta(hours=1)),
        most=most,
    )
    same = [
        Earlier(UUID(bytes=row[0]), row[1], row[2], row[3], instant(row[4]), Status(row[5])) for row in rows if row[0]
    ]
    return same, [instant(row[4]) for row in rows if not row[0]]


def like(r: Read, site_seq: int, marks: Marks, *, not_by: int, since: datetime) -> list[Copy]:
    """What others wrote since then, in whatever status, that shares one of these marks: at most `copies.MOST` under
    each, the newest. Two ranges of indexes, one query.
    """
    least, greatest = marks
    rows = r.rows(_LIKE, site_seq=site_seq, least_run=least, greatest_run=greatest, not_by=not_by, since=micros(since))
    found = {row[0]: Copy(row[1], instant(row[2]), row[3]) for row in rows}
    return list(found.values())


def published_by(r: Read, site_seq: int, commenter_seq: int, *, most: int) -> int:
    """How many comments of theirs stand published, counted up to `most`."""
    return int(r.value(_PUBLISHED_BY, site_seq=site_seq, commenter_seq=commenter_seq, most=most))


def last_writers(r: Read, site_seq: int, story_seq: int, *, most: int) -> list[int]:
    """Who wrote the story's last published comments, gone ones included, the newest first, at most so many."""
    return [row[0] for row in r.rows(_LAST_WRITERS, site_seq=site_seq, story_seq=story_seq, most=most)]


def recent_of(r: Read, site_seq: int, commenter_seqs: Iterable[int], *, most: int = 12) -> dict[int, list[Status]]:
    """The statuses of each of these commenters' latest comments, the oldest first, at most so many: read from the top
    of an index for each, however much they wrote. One query, none for none.
    """
    wanted = sorted(set(commenter_seqs))
    found: dict[int, list[Status]] = {seq: [] for seq in wanted}
    if wanted:
        each_latest = (
            select(comments.c.commenter_seq, comments.c.status, comments.c.created_at)
            .where(_OF_SITE, comments.c.commenter_seq == literal(seq))
            .order_by(comments.c.created_at.desc())
            .limit(most)
            .subquery(f"latest_{number}")
            for number, seq in enumerate(wanted)
        )
        latest = union_all(*(select(each) for each in each_latest)).subquery("latest")
        statement = Statement(select(latest.c.commenter_seq, latest.c.status).order_by(latest.c.created_at))
        for seq, status in r.rows(statement, site_seq=site_seq):
            found[seq].append(Status(status))
    return found


def unpublished_in(r: Read, site_seq: int, story_seqs: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many comments each of these stories has in each status but published: those are few, and have an index of
    their own. One query, none for none.
    """
    wanted = sorted(set(story_seqs))
    found: dict[int, dict[str, int]] = {seq: {} for seq in wanted}
    if wanted:
        statement = Statement(
            select(comments.c.story_seq, comments.c.status, func.count())
            .where(_OF_SITE, one_of(comments.c.story_seq, wanted), _UNPUBLISHED)
            .group_by(comments.c.story_seq, comments.c.status)
        )
        for story_seq, status, count_ in r.rows(statement, site_seq=site_seq):
            found[story_seq][status] = count_
    return found


def removed_in(r: Read, site_seq: int, story_seq: int) -> dict[str, int]:
    """How many of the story's comments were removed, by reason, the most frequent first."""
    rows = r.rows(_REMOVED_IN, site_seq=site_seq, story_seq=story_seq)
    return {row[0] or "": row[1] for row in sorted(rows, key=lambda row: (-row[1], row[0] or ""))}
