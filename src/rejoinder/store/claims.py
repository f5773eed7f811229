"""Who works on what at the desk: claims and assignments of a comment's open cases."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.claiming import Claim
from rejoinder.discussion.comments import Comment
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import cases, memberships
from rejoinder.store.values import instant, micros


class Work(Struct, frozen=True, kw_only=True):
    """Who has a comment. `claim` may have run out; `kinds` are those of its open cases."""

    kinds: tuple[CaseKind, ...] = ()
    claim: Claim | None = None
    assigned_to: int | None = None
    assigned_name: str = ""


_claimers, _assignees = memberships.alias("claimers"), memberships.alias("assignees")
_WORK = (
    select(
        cases.c.comment_seq,
        cases.c.kind,
        cases.c.claimed_by,
        _claimers.c.name,
        cases.c.claimed_until,
        cases.c.assigned_to,
        _assignees.c.name,
    )
    .select_from(cases)
    .outerjoin(_claimers, (_claimers.c.site_seq == cases.c.site_seq) & (_claimers.c.seq == cases.c.claimed_by))
    .outerjoin(_assignees, (_assignees.c.site_seq == cases.c.site_seq) & (_assignees.c.seq == cases.c.assigned_to))
    .where(cases.c.site_seq == bindparam("site_seq"), cases.c.closed_at.is_(None))
    .order_by(cases.c.seq)
)
_OF_COMMENT = (
    cases.c.site_seq == bindparam("of_site"),
    cases.c.comment_seq == bindparam("of_comment"),
    cases.c.closed_at.is_(None),
)
_SET_CLAIM = Statement(
    update(cases).where(*_OF_COMMENT).values(claimed_by=bindparam("new_by"), claimed_until=bindparam("new_until"))
)
_LET_GO = Statement(
    update(cases).where(*_OF_COMMENT, cases.c.claimed_by == bindparam("by")).values(claimed_by=None, claimed_until=None)
)
_ASSIGN = Statement(update(cases).where(*_OF_COMMENT).values(assigned_to=bindparam("new_to")))
_ASSIGN_KIND = Statement(
    update(cases).where(*_OF_COMMENT, cases.c.kind == bindparam("of_kind")).values(assigned_to=bindparam("new_to"))
)
_CLOSE_KIND = Statement(
    update(cases).where(*_OF_COMMENT, cases.c.kind == bindparam("of_kind")).values(closed_at=bindparam("moment"))
)
_MINE = Statement(
    select(cases.c.comment_seq)
    .where(
        cases.c.site_seq == bindparam("site_seq"),
        cases.c.assigned_to == bindparam("commenter_seq"),
        cases.c.closed_at.is_(None),
        cases.c.comment_seq.is_not(None),
    )
    .order_by(cases.c.seq)
    .limit(bindparam("most"))
)


def of_comments(r: Read, site_seq: int, comment_seqs: Iterable[int]) -> dict[int, Work]:
    """Who has each of these comments, as far as they have open cases. One query, none for none."""
    wanted = sorted(set(comment_seqs))
    found: dict[int, Work] = {}
    if wanted:
        statement = Statement(_WORK.where(one_of(cases.c.comment_seq, wanted)))
        for row in r.rows(statement, site_seq=site_seq):
            found[row[0]] = _work(found.get(row[0], Work()), row)
    return found


def assigned_to(r: Read, site_seq: int, commenter_seq: int, *, most: int) -> list[int]:
    """The comments with open cases that somebody is to look at, the longest waiting first, by seq."""
    rows = r.rows(_MINE, site_seq=site_seq, commenter_seq=commenter_seq, most=most)
    return list(dict.fromkeys(row[0] for row in rows))


def claim(w: Write, comment: Comment, *, by_seq: int, until: datetime) -> int:
    """Gives the comment's open cases to this editor until a moment. How many cases; ask whether they are free first."""
    of = {"of_site": comment.site_seq, "of_comment": comment.seq}
    return w.run(_SET_CLAIM, **of, new_by=by_seq, new_until=micros(until))


def let_go(w: Write, comment: Comment, *, by_seq: int) -> int:
    """Ends this editor's claim. How many cases."""
    return w.run(_LET_GO, of_site=comment.site_seq, of_comment=comment.seq, by=by_seq)


def assign(w: Write, comment: Comment, *, to_seq: int | None, kind: CaseKind | None = None) -> int:
    """Says whose the comment's open cases are (None: anybody's), or only those of one kind. How many."""
    of = {"of_site": comment.site_seq, "of_comment": comment.seq, "new_to": to_seq}
    return w.run(_ASSIGN, **of) if kind is None else w.run(_ASSIGN_KIND, **of, of_kind=kind.value)


def close_kind(w: Write, comment: Comment, kind: CaseKind, *, now: datetime) -> int:
    """Closes the comment's open case of this kind without a decision. How many: none or one."""
    of = {"of_site": comment.site_seq, "of_comment": comment.seq}
    return w.run(_CLOSE_KIND, **of, of_kind=kind.value, moment=micros(now))


def _work(known: Work, row: Row) -> Work:
    _, kind, by_seq, by_name, until, to_seq, to_name = row
    latest = Claim(by_seq=by_seq, by_name=by_name or "", until=instant(until)) if by_seq and until else None
    if known.claim is not None and (latest is None or known.claim.until >= latest.until):
        latest = known.claim
    return Work(
        kinds=(*known.kinds, CaseKind(kind)),
        claim=latest,
        assigned_to=known.assigned_to or to_seq,
        assigned_name=known.assigned_name or to_name or "",
    )
