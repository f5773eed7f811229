"""Recommendations: one for each comment and account, or device without an account."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.recommending import Recommended
from rejoinder.store.database import Read, Statement, Write, one_of
from rejoinder.store.flags import Reporter
from rejoinder.store.tables import comments, recommendations
from rejoinder.store.values import micros

_OF_SITE = recommendations.c.site_seq == bindparam("site_seq")
_BY = or_(
    recommendations.c.voter_seq == bindparam("voter_seq"),
    recommendations.c.device_hash == bindparam("device_hash"),
)
_ADD = Statement.insert(
    recommendations,
    "site_seq",
    "comment_seq",
    "voter_seq",
    "device_hash",
    "created_at",
    returning="seq",
    or_nothing=True,
)
_REMOVE = Statement(
    delete(recommendations)
    .where(_OF_SITE, recommendations.c.comment_seq == bindparam("comment_seq"), _BY)
    .returning(recommendations.c.seq)
)
_HAS = Statement(
    select(recommendations.c.seq)
    .where(_OF_SITE, recommendations.c.comment_seq == bindparam("comment_seq"), _BY)
    .limit(1)
)
_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
_COUNT = Statement(
    update(comments)
    .where(*_THIS)
    .values(
        recommended=comments.c.recommended + bindparam("accounts"),
        recommended_by_guests=comments.c.recommended_by_guests + bindparam("guests"),
    )
)
_LOOK = Statement(select(comments.c.recommended, comments.c.recommended_by_guests).where(*_THIS))


def add(w: Write, comment: Comment, *, by: Reporter, now: datetime) -> bool:
    """Notes and counts the recommendation, under the comment's lock; False where it was there already."""
    added = w.value(
        _ADD,
        site_seq=comment.site_seq,
        comment_seq=comment.seq,
        voter_seq=by.commenter_seq,
        device_hash=by.device_hash,
        created_at=micros(now),
    )
    if added is None:
        return False
    _count(w, comment, by, 1)
    return True


def remove(w: Write, comment: Comment, *, by: Reporter) -> bool:
    """Takes the recommendation away and counts it out, under the comment's lock; False where there was none."""
    if w.value(_REMOVE, **_whose(comment, by)) is None:
        return False
    _count(w, comment, by, -1)
    return True


def stand(r: Read, comment: Comment, *, by: Reporter) -> Recommended:
    """How many recommend the comment, and whether this one does."""
    accounts, guests = r.row(_LOOK, of_site=comment.site_seq, of_comment=comment.seq) or (0, 0)
    is_known = by.commenter_seq is not None or by.device_hash is not None
    mine = is_known and r.value(_HAS, **_whose(comment, by)) is not None
    return Recommended(accounts=accounts, guests=guests, mine=mine)


def of_voter(r: Read, site_seq: int, voter_seq: int, comment_seqs: Iterable[int]) -> frozenset[int]:
    """Which of these comments this account recommends. One query, none for none."""
    wanted = sorted(set(comment_seqs))
    if not wanted:
        return frozenset()
    statement = Statement(
        select(recommendations.c.comment_seq).where(
            _OF_SITE,
            recommendations.c.voter_seq == bindparam("voter_seq"),
            one_of(recommendations.c.comment_seq, wanted),
        )
    )
    return frozenset(row[0] for row in r.rows(statement, site_seq=site_seq, voter_seq=voter_seq))


def _whose(comment: Comment, by: Reporter) -> dict[str, object]:
    return {
        "site_seq": comment.site_seq,
        "comment_seq": comment.seq,
        "voter_seq": by.commenter_seq,
        "device_hash": by.device_hash,
    }


def _count(w: Write, comment: Comment, by: Reporter, more: int) -> None:
    accounts, guests = (more, 0) if by.commenter_seq is not None else (0, more)
    w.run(_COUNT, of_site=comment.site_seq, of_comment=comment.seq, accounts=accounts, guests=guests)
