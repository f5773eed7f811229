"""The replies below a comment that was removed: which can be read, and which went with it."""

from sqlalchemy import Select, bindparam, func, select

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.policy import WITH_PARENT
from rejoinder.store.comments import COLUMNS, comment_from
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import comments, decisions

_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_PUBLISHED = (_OF_SITE, comments.c.status == Status.PUBLISHED.value)
_BELOW_ROOT = Statement(
    select(*COLUMNS)
    .where(*_PUBLISHED, comments.c.root_seq == bindparam("seq"))
    .order_by(comments.c.seq)
    .limit(bindparam("most"))
)


def _below() -> Select[tuple[object, ...]]:
    """What can be read below a reply, however deep."""
    child = comments.alias("child")
    found = (
        select(comments.c.seq).where(_OF_SITE, comments.c.parent_seq == bindparam("seq")).cte("below", recursive=True)
    )
    found = found.union_all(
        select(child.c.seq).where(child.c.site_seq == bindparam("site_seq"), child.c.parent_seq == found.c.seq)
    )
    return (
        select(*COLUMNS)
        .where(*_PUBLISHED, comments.c.seq.in_(select(found.c.seq)))
        .order_by(comments.c.seq)
        .limit(bindparam("most"))
    )


_BELOW_REPLY = Statement(_below())
_cause, _reversal = decisions.alias("cause"), decisions.alias("reversal")
_WITH = decisions.outerjoin(
    _reversal, (_reversal.c.site_seq == decisions.c.site_seq) & (_reversal.c.reverses == decisions.c.seq)
)
_HOLDING = (
    decisions.c.site_seq == bindparam("site_seq"),
    decisions.c.reason == WITH_PARENT.code,
    _reversal.c.seq.is_(None),
)
_TAKEN_WITH = Statement(
    select(decisions.c.seq, decisions.c.comment_seq, _cause.c.id)
    .select_from(
        _WITH.join(_cause, (_cause.c.site_seq == decisions.c.site_seq) & (_cause.c.seq == decisions.c.caused_by))
    )
    .where(*_HOLDING, _cause.c.comment_seq == bindparam("seq"), decisions.c.seq > bindparam("after"))
    .order_by(decisions.c.seq)
    .limit(bindparam("most"))
)
_TAKEN_FROM = Statement(
    select(func.count())
    .select_from(
        _WITH.join(
            comments, (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        )
    )
    .where(
        *_HOLDING,
        decisions.c.caused_by == bindparam("cause"),
        comments.c.commenter_seq == bindparam("commenter_seq"),
    )
)


def published_below(r: Read, comment: Comment, *, most: int) -> list[Comment]:
    """The published replies below the comment, however deep, at most so many."""
    statement = _BELOW_ROOT if comment.root_seq is None else _BELOW_REPLY
    return [comment_from(row) for row in r.rows(statement, site_seq=comment.site_seq, seq=comment.seq, most=most)]


def taken_with(r: Read, comment: Comment, *, after: int = 0, most: int) -> list[tuple[int, int, bytes]]:
    """What went with the comment and was not given back, from after a decision: the decision's seq, the reply's seq,
    and the id of the decision that caused it.
    """
    rows = r.rows(_TAKEN_WITH, site_seq=comment.site_seq, seq=comment.seq, after=after, most=most)
    return [(row[0], row[1], row[2]) for row in rows]


def taken_from(r: Read, site_seq: int, cause: int, commenter_seq: int) -> int:
    """How many replies of a commenter this decision took with it."""
    return int(r.value(_TAKEN_FROM, site_seq=site_seq, cause=cause, commenter_seq=commenter_seq))
