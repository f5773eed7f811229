"""A comment with all that is below it: locking it, and moving it under another. The story is locked by whoever does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, bindparam, or_, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.store.comments import COLUMNS, comment_from
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import comments
from rejoinder.store.values import micros

_C = comments.c


def _branch() -> CTE:
    """The seqs of a comment and of all below it, however deep."""
    child = comments.alias("child")
    found = (
        select(_C.seq)
        .where(_C.site_seq == bindparam("of_site"), _C.seq == bindparam("top"))
        .cte("branch", recursive=True)
    )
    return found.union_all(
        select(child.c.seq).where(child.c.site_seq == bindparam("of_site"), child.c.parent_seq == found.c.seq)
    )


_IN_SITE = _C.site_seq == bindparam("of_site")
_OF_BRANCH = Statement(
    select(*COLUMNS).where(_IN_SITE, _C.seq.in_(select(_branch().c.seq))).order_by(_C.seq).limit(bindparam("most"))
)
_LOCK_NEW: dict[str, Any] = {"locked_by": bindparam("top"), "locked_at": bindparam("moment")}
_LOCK_BRANCH = Statement(
    update(comments).where(_IN_SITE, _C.seq.in_(select(_branch().c.seq)), _C.locked_by.is_(None)).values(_LOCK_NEW)
)
_LOCK_THREAD = Statement(
    update(comments)
    .where(_IN_SITE, or_(_C.seq == bindparam("top"), _C.root_seq == bindparam("top")), _C.locked_by.is_(None))
    .values(_LOCK_NEW)
)
_UNLOCK = Statement(
    update(comments)
    .where(
        _IN_SITE,
        or_(_C.seq == bindparam("root"), _C.root_seq == bindparam("root")),
        _C.locked_by == bindparam("top"),
    )
    .values(locked_by=bindparam("still"))
)
_PUT = Statement(
    update(comments)
    .where(_IN_SITE, _C.seq == bindparam("this"))
    .values(
        root_seq=bindparam("new_root"),
        depth=bindparam("new_depth"),
        reply_place=bindparam("new_place"),
        locked_by=bindparam("lock"),
    )
)
_SET_PARENT = Statement(
    update(comments).where(_IN_SITE, _C.seq == bindparam("this")).values(parent_seq=bindparam("new_parent"))
)
_COUNT = Statement(
    update(comments)
    .where(_IN_SITE, _C.seq == bindparam("this"))
    .values(replies=_C.replies + bindparam("more"), reply_seq=_C.reply_seq + bindparam("placed"))
    .returning(_C.reply_seq)
)
_COUNT_ONLY = Statement(
    update(comments).where(_IN_SITE, _C.seq == bindparam("this")).values(replies=_C.replies + bindparam("more"))
)


def branch(r: Read, top: Comment, *, most: int) -> list[Comment]:
    """The comment and what is below it, in the order of writing; at most so many."""
    rows = r.rows(_OF_BRANCH, of_site=top.site_seq, top=top.seq, most=most)
    return [comment_from(row) for row in rows]


def lock(w: Write, top: Comment, *, now: datetime) -> None:
    """From now on the comment and all below it take no replies. What was locked further down stays so by itself."""
    statement = _LOCK_THREAD if top.root_seq is None else _LOCK_BRANCH
    w.run(statement, of_site=top.site_seq, top=top.seq, moment=micros(now))


def unlock(w: Write, top: Comment, *, still: int | None) -> None:
    """What was locked at this comment takes replies again, unless one above it is locked (`still`)."""
    w.run(_UNLOCK, of_site=top.site_seq, top=top.seq, root=top.root_seq or top.seq, still=still)


def put(w: Write, top: Comment, found: Sequence[Comment], parent: Comment, *, published: int) -> None:
    """Puts the branch `found` of `top` under another comment. Within its thread everybody keeps their place; in another
    one they get places after all that it has, in the order they had, so that every cursor there stays right.
    `published` of them are counted there instead of here.
    """
    root = parent.root_seq or parent.seq
    places = {each.seq: each.reply_place for each in found}
    if root != top.root_seq:
        placed = sorted(
            (each for each in found if each.reply_place is not None), key=lambda each: each.reply_place or 0
        )
        w.run(_COUNT_ONLY, of_site=top.site_seq, this=top.root_seq, more=-published)
        last = w.value(_COUNT, of_site=top.site_seq, this=root, more=published, placed=len(placed))
        places |= {each.seq: last - len(placed) + number for number, each in enumerate(placed, 1)}
    inside = {each.seq for each in found}
    w.run(_SET_PARENT, of_site=top.site_seq, this=top.seq, new_parent=parent.seq)
    put = [
        {
            "of_site": each.site_seq,
            "this": each.seq,
            "new_root": root,
            "new_depth": each.depth - top.depth + parent.depth + 1,
            "new_place": places[each.seq],
            "lock": each.locked_by if each.locked_by in inside else parent.locked_by,
        }
        for each in found
    ]
    w.run_many(_PUT, put)
