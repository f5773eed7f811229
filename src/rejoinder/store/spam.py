"""What a spammer wrote, found part by part: what is still to be taken away, and what went and may come back."""

from sqlalchemy import bindparam, func, select

from rejoinder.discussion.comments import Status
from rejoinder.store.database import Read, Statement, one_of
from rejoinder.store.tables import comments

STANDING = (Status.PENDING, Status.PUBLISHED, Status.HIDDEN)
_OF_COMMENTER = (
    comments.c.site_seq == bindparam("site_seq"),
    comments.c.commenter_seq == bindparam("commenter_seq"),
)
_STANDS = one_of(comments.c.status, [each.value for each in STANDING])
_NEXT = select(comments.c.seq, comments.c.story_seq).where(*_OF_COMMENTER, comments.c.seq > bindparam("after"))
_TO_TAKE = Statement(_NEXT.where(_STANDS).order_by(comments.c.seq).limit(bindparam("most")))
_TAKEN = Statement(
    _NEXT.where(comments.c.status == Status.SPAM.value).order_by(comments.c.seq).limit(bindparam("most"))
)
_COUNT = Statement(select(func.count(), func.count(comments.c.story_seq.distinct())).where(*_OF_COMMENTER, _STANDS))


def next_to_take(r: Read, site_seq: int, commenter_seq: int, *, after: int, most: int) -> list[tuple[int, int]]:
    """Their comments that still stand or wait, from after a seq: the seq and the story of each."""
    return _pairs(r, _TO_TAKE, site_seq=site_seq, commenter_seq=commenter_seq, after=after, most=most)


def next_taken(r: Read, site_seq: int, commenter_seq: int, *, after: int, most: int) -> list[tuple[int, int]]:
    """Their comments that went as spam, likewise."""
    return _pairs(r, _TAKEN, site_seq=site_seq, commenter_seq=commenter_seq, after=after, most=most)


def how_many(r: Read, site_seq: int, commenter_seq: int) -> tuple[int, int]:
    """How many of their comments would go, and under how many stories."""
    row = r.row(_COUNT, site_seq=site_seq, commenter_seq=commenter_seq) or (0, 0)
    return int(row[0]), int(row[1])


def _pairs(r: Read, statement: Statement, **asked: int) -> list[tuple[int, int]]:
    return [(row[0], row[1]) for row in r.rows(statement, **asked)]
