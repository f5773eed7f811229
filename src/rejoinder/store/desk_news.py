"""What changes at the desk while an editor reads: new cases, and what became of the comments on their page."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read, Row, Statement, one_of
from rejoinder.store.tables import cases, comments, decisions, memberships

NEWEST = 100  # open cases that are looked at for new ones
LOOKED_AT = 500  # of the open cases, for what says almost the same


class Last(Struct, frozen=True, kw_only=True):
    """The last decision on a comment. `by_name` is None for the system."""

    seq: int
    id: UUID
    outcome: Outcome
    status_after: Status
    by_seq: int | None = None
    by_name: str | None = None


class Waiting(Struct, frozen=True):
    """An open case with its comment's text."""

    case_seq: int
    kind: CaseKind
    comment_seq: int
    text: str


_OPEN = (cases.c.site_seq == bindparam("site_seq"), cases.c.closed_at.is_(None), cases.c.comment_seq.is_not(None))
_NEWEST = select(cases.c.seq).where(*_OPEN).order_by(cases.c.seq.desc()).limit(bindparam("most"))
_NEWEST_OF_ALL = Statement(_NEWEST)
_NEWEST_OF_KIND = Statement(_NEWEST.where(cases.c.kind == bindparam("kind")))
_COMMENTS_OF = select(cases.c.comment_seq).where(*_OPEN).order_by(cases.c.seq)
_LATEST_TEXTS = Statement(
    select(cases.c.seq, cases.c.kind, cases.c.comment_seq, comments.c.text)
    .select_from(
        cases.join(comments, (comments.c.site_seq == cases.c.site_seq) & (comments.c.seq == cases.c.comment_seq))
    )
    .where(*_OPEN)
    .order_by(cases.c.seq.desc())
    .limit(bindparam("most"))
)


def newest(r: Read, site_seq: int, *, kind: CaseKind | None = None) -> list[int]:
    """The newest open cases about comments, of one kind or of all, at most NEWEST. Whoever knows an earlier answer
    finds what is new by comparing: cases of one moment do not appear in the order of their seqs.
    """
    asked = {"site_seq": site_seq, "most": NEWEST}
    rows = r.rows(_NEWEST_OF_ALL, **asked) if kind is None else r.rows(_NEWEST_OF_KIND, **asked, kind=kind.value)
    return [row[0] for row in rows]


def comments_of(r: Read, site_seq: int, case_seqs: Iterable[int]) -> list[int]:
    """The comments of those of these cases that are still open, in the order of the cases. One query, none for none."""
    wanted = sorted(set(case_seqs))
    if not wanted:
        return []
    rows = r.rows(Statement(_COMMENTS_OF.where(one_of(cases.c.seq, wanted))), site_seq=site_seq)
    return list(dict.fromkeys(row[0] for row in rows))


def waiting_texts(r: Read, site_seq: int) -> list[Waiting]:
    """The newest open cases with their texts, at most LOOKED_AT, the newest first."""
    rows = r.rows(_LATEST_TEXTS, site_seq=site_seq, most=LOOKED_AT)
    return [Waiting(row[0], CaseKind(row[1]), row[2], row[3]) for row in rows]


def last_decisions(r: Read, site_seq: int, comment_seqs: Iterable[int]) -> dict[int, Last]:
    """The last decision on each of these comments, if there is one. One query, none for none."""
    wanted = sorted(set(comment_seqs))
    if not wanted:
        return {}
    of_site = decisions.c.site_seq == bindparam("site_seq")
    latest = (
        select(func.max(decisions.c.seq).label("seq"))
        .where(of_site, one_of(decisions.c.comment_seq, wanted))
        .group_by(decisions.c.comment_seq)
        .subquery("latest")
    )
    statement = Statement(
        select(
            decisions.c.comment_seq,
            decisions.c.seq,
            decisions.c.id,
            decisions.c.outcome,
            decisions.c.by_seq,
            memberships.c.name,
            decisions.c.status_after,
        )
        .select_from(latest)
        .join(decisions, decisions.c.seq == latest.c.seq)
        .outerjoin(
            memberships, (memberships.c.site_seq == decisions.c.site_seq) & (memberships.c.seq == decisions.c.by_seq)
        )
        .where(of_site)
    )
    return {row[0]: _last(row) for row in r.rows(statement, site_seq=site_seq)}


def _last(row: Row) -> Last:
    return Last(
        seq=row[1],
        id=UUID(bytes=row[2]),
        outcome=Outcome(row[3]),
        status_after=Status(row[6]),
        by_seq=row[4],
        by_name=row[5],
    )
