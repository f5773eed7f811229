"""Notices: what is said to be against the law, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.notices import Claim, Notice, NoticeKind, Outcome
from rejoinder.discussion.refusals import UnknownNotice, UnknownReceipt
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import notices, trusted_flaggers
from rejoinder.store.values import hashed, instant, instant_or_none, micros, micros_or_none, new_id

_SELECT = select(
    notices.c.seq,
    notices.c.id,
    notices.c.filing,
    notices.c.site_seq,
    notices.c.comment_seq,
    notices.c.revision,
    notices.c.kind,
    notices.c.why,
    notices.c.address,
    notices.c.name,
    notices.c.email,
    notices.c.threatens_life,
    notices.c.created_at,
    notices.c.flagger_seq,
    trusted_flaggers.c.name.label("flagger_name"),
    notices.c.reporter_seq,
    notices.c.due_at,
    notices.c.resolution,
    notices.c.answer,
    notices.c.resolved_at,
    notices.c.decision_seq,
).select_from(
    notices.outerjoin(
        trusted_flaggers,
        (trusted_flaggers.c.site_seq == notices.c.site_seq) & (trusted_flaggers.c.seq == notices.c.flagger_seq),
    )
)
_OF_SITE = notices.c.site_seq == bindparam("site_seq")
_OPEN = notices.c.resolution.is_(None)
_BY_ID = Statement(_SELECT.where(_OF_SITE, notices.c.id == bindparam("id")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, notices.c.seq == bindparam("seq")))
_BY_RECEIPT = Statement(
    _SELECT.where(_OF_SITE, notices.c.receipt_hash == bindparam("receipt_hash")).order_by(notices.c.seq)
)
_BY_FILING = Statement(
    _SELECT.where(
        _OF_SITE,
        notices.c.receipt_hash
        == select(notices.c.receipt_hash).where(_OF_SITE, notices.c.seq == bindparam("seq")).scalar_subquery(),
    ).order_by(notices.c.seq)
)
_OF_COMMENT = Statement(
    _SELECT.where(_OF_SITE, notices.c.comment_seq == bindparam("comment_seq")).order_by(notices.c.seq)
)
_OPEN_OF = Statement(
    _SELECT.where(_OF_SITE, notices.c.comment_seq == bindparam("comment_seq"), _OPEN).order_by(notices.c.seq)
)
_ANSWERED = Statement(
    select(notices.c.resolution, func.count())
    .where(
        _OF_SITE,
        notices.c.reporter_seq == bindparam("reporter_seq"),
        notices.c.resolved_at > bindparam("since"),
    )
    .group_by(notices.c.resolution)
)
_ADD = Statement.insert(
    notices,
    "site_seq",
    "id",
    "filing",
    "comment_seq",
    "revision",
    "kind",
    "why",
    "address",
    "name",
    "email",
    "is_in_good_faith",
    "threatens_life",
    "flagger_seq",
    "reporter_seq",
    "receipt_hash",
    "due_at",
    "created_at",
    returning="seq",
)
_RESOLVE = Statement(
    update(notices)
    .where(notices.c.site_seq == bindparam("of_site"), notices.c.comment_seq == bindparam("of_comment"), _OPEN)
    .values(
        resolution=bindparam("became"),
        answer=bindparam("told"),
        resolved_at=bindparam("moment"),
        decision_seq=bindparam("by_decision"),
    )
    .returning(notices.c.seq)
)
_ANSWER_ONE = Statement(
    update(notices)
    .where(notices.c.site_seq == bindparam("of_site"), notices.c.seq == bindparam("of_notice"))
    .values(resolution=bindparam("became"), resolved_at=bindparam("moment"), decision_seq=bindparam("by_decision"))
)
_REOPEN = Statement(
    update(notices)
    .where(notices.c.site_seq == bindparam("of_site"), notices.c.decision_seq == bindparam("by_decision"))
    .values(resolution=None, answer="", resolved_at=None, decision_seq=None)
)


def add(
    w: Write,
    comment: Comment,
    claim: Claim,
    *,
    filing: UUID,
    address: str,
    receipt: str,
    email: str | None,
    now: datetime,
    **who: int | None,
) -> int:
    """The new notice's seq. `who` may give flagger_seq, reporter_seq and due_at (microseconds)."""
    seq: int = w.value(
        _ADD,
        site_seq=comment.site_seq,
        id=new_id().bytes,
        filing=filing.bytes,
        comment_seq=comment.seq,
        revision=comment.revision,
        kind=claim.kind.value,
        why=claim.why,
        address=address,
        name=claim.name,
        email=email,
        is_in_good_faith=True,
        threatens_life=claim.threatens_life,
        receipt_hash=hashed(receipt),
        created_at=micros(now),
        **{"flagger_seq": None, "reporter_seq": None, "due_at": None} | who,
    )
    return seq


def by_id(r: Read, site_seq: int, notice_id: UUID) -> Notice:
    """The notice. Raises UnknownNotice."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=notice_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> Notice:
    """The notice. Raises UnknownNotice."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def by_receipt(r: Read, site_seq: int, receipt: str) -> list[Notice]:
    """All notices that were sent together under this receipt. Raises UnknownReceipt."""
    rows = r.rows(_BY_RECEIPT, site_seq=site_seq, receipt_hash=hashed(receipt))
    if not rows:
        raise UnknownReceipt
    return [_notice(row) for row in rows]


def sent_with(r: Read, site_seq: int, seq: int) -> list[Notice]:
    """All notices that were sent together with this one, itself too."""
    return [_notice(row) for row in r.rows(_BY_FILING, site_seq=site_seq, seq=seq)]


def of_comment(r: Read, site_seq: int, comment_seq: int) -> list[Notice]:
    """All notices of the comment, the oldest first."""
    return [_notice(row) for row in r.rows(_OF_COMMENT, site_seq=site_seq, comment_seq=comment_seq)]


def open_of(r: Read, comment: Comment) -> list[Notice]:
    """The comment's notices that nobody has answered, the oldest first."""
    return [_notice(row) for row in r.rows(_OPEN_OF, site_seq=comment.site_seq, comment_seq=comment.seq)]


def open_of_comments(r: Read, site_seq: int, comment_seqs: Sequence[int]) -> dict[int, list[Notice]]:
    """The open notices of several comments, the oldest first, by comment. One query, none for none."""
    found: dict[int, list[Notice]] = {seq: [] for seq in comment_seqs}
    if found:
        statement = Statement(
            _SELECT.where(_OF_SITE, one_of(notices.c.comment_seq, found), _OPEN).order_by(notices.c.seq)
        )
        for row in r.rows(statement, site_seq=site_seq):
            found[row[4]].append(_notice(row))
    return found


def answered_since(r: Read, site_seq: int, reporter_seq: int, since: datetime) -> dict[Outcome, int]:
    """What became of the commenter's notices that were answered since."""
    rows = r.rows(_ANSWERED, site_seq=site_seq, reporter_seq=reporter_seq, since=micros(since))
    return {Outcome(row[0]): row[1] for row in rows}


def resolve(
    w: Write, comment: Comment, outcome: Outcome, *, answer: str, decision_seq: int | None, now: datetime
) -> list[int]:
    """Answers the comment's open notices. Their seqs."""
    rows = w.rows(
        _RESOLVE,
        of_site=comment.site_seq,
        of_comment=comment.seq,
        became=outcome.value,
        told=answer,
        moment=micros(now),
        by_decision=decision_seq,
    )
    return sorted(row[0] for row in rows)


def answer_one(w: Write, notice: Notice, outcome: Outcome, *, decision_seq: int, now: datetime) -> None:
    """Another outcome for a notice that was answered before: an appeal was granted, or its hearing is taken back. The
    words of the answer stay.
    """
    w.run(
        _ANSWER_ONE,
        of_site=notice.site_seq,
        of_notice=notice.seq,
        became=outcome.value,
        moment=micros(now),
        by_decision=decision_seq,
    )


def reopen(w: Write, site_seq: int, *, decision_seq: int) -> int:
    """Opens again the notices that a decision answered. How many."""
    return w.run(_REOPEN, of_site=site_seq, by_decision=decision_seq)


def due_micros(due_at: datetime | None) -> int | None:
    """As `add` takes it."""
    return micros_or_none(due_at)


def _found(row: Row | None) -> Notice:
    if row is None:
        raise UnknownNotice
    return _notice(row)


def _notice(row: Row) -> Notice:
    values: dict[str, Any] = {
        "id": UUID(bytes=row[1]),
        "filing": UUID(bytes=row[2]),
        "kind": NoticeKind(row[6]),
        "threatens_life": bool(row[11]),
        "created_at": instant(row[12]),
        "due_at": instant_or_none(row[16]),
        "resolution": Outcome(row[17]) if row[17] else None,
        "resolved_at": instant_or_none(row[19]),
    }
    return Notice(
        seq=row[0],
        site_seq=row[3],
        comment_seq=row[4],
        revision=row[5],
        why=row[7],
        address=row[8],
        name=row[9],
        email=row[10],
        flagger_seq=row[13],
        flagger_name=row[14],
        reporter_seq=row[15],
        answer=row[18],
        decision_seq=row[20],
        **values,
    )
