"""Flags: what readers reported, and what became of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ScalarSelect, bindparam, func, literal_column, or_, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.flags import Flag, Resolution
from rejoinder.discussion.refusals import UnknownReceipt
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import flags, memberships
from rejoinder.store.values import hashed, instant, instant_or_none, micros, new_id

_SELECT = select(
    flags.c.seq,
    flags.c.id,
    flags.c.comment_seq,
    flags.c.revision,
    flags.c.reason,
    flags.c.note,
    flags.c.created_at,
    flags.c.reporter_seq,
    memberships.c.name,
    flags.c.resolution,
    flags.c.resolved_at,
    flags.c.email,
    flags.c.decision_seq,
    flags.c.device_hash,
).select_from(
    flags.outerjoin(
        memberships, (memberships.c.site_seq == flags.c.site_seq) & (memberships.c.seq == flags.c.reporter_seq)
    )
)
_OF_SITE = flags.c.site_seq == bindparam("site_seq")
_BY_RECEIPT = Statement(_SELECT.where(_OF_SITE, flags.c.receipt_hash == bindparam("receipt_hash")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, flags.c.seq == bindparam("seq")))
_OF_COMMENT = Statement(_SELECT.where(_OF_SITE, flags.c.comment_seq == bindparam("comment_seq")).order_by(flags.c.seq))
_EXISTS = Statement(
    select(flags.c.seq)
    .where(
        _OF_SITE,
        flags.c.comment_seq == bindparam("comment_seq"),
        flags.c.revision == bindparam("revision"),
        or_(flags.c.reporter_seq == bindparam("reporter_seq"), flags.c.device_hash == bindparam("device_hash")),
    )
    .limit(1)
)
_OPEN = (flags.c.resolution.is_(None),)
_COUNT_OPEN = Statement(select(func.count()).where(_OF_SITE, flags.c.comment_seq == bindparam("comment_seq"), *_OPEN))
_theirs = flags.alias("theirs")


def _answered(resolution: Resolution) -> ScalarSelect[int]:
    """How many reports by the reporter of a flag were answered so, looked up by an index of answered ones."""
    same = or_(_theirs.c.reporter_seq == flags.c.reporter_seq, _theirs.c.device_hash == flags.c.device_hash)
    return (
        select(func.count())
        .where(_theirs.c.site_seq == flags.c.site_seq, same, _theirs.c.resolution == literal_column(f"'{resolution}'"))
        .scalar_subquery()
    )


_WITH_RECORD = _SELECT.add_columns(
    _answered(Resolution.UPHELD), _answered(Resolution.DECLINED), memberships.c.slowed_until > flags.c.created_at
)
_OPEN_OF = Statement(
    _WITH_RECORD.where(_OF_SITE, flags.c.comment_seq == bindparam("comment_seq"), *_OPEN).order_by(flags.c.seq)
)
_ANSWERED_SINCE = Statement(
    select(flags.c.resolution, func.count())
    .where(
        _OF_SITE,
        flags.c.reporter_seq == bindparam("reporter_seq"),
        flags.c.resolution.is_not(None),
        flags.c.resolved_at > bindparam("since"),
    )
    .group_by(flags.c.resolution)
)
_ADD = Statement.insert(
    flags,
    "site_seq",
    "id",
    "comment_seq",
    "revision",
    "reason",
    "note",
    "reporter_seq",
    "device_hash",
    "receipt_hash",
    "email",
    "created_at",
    returning="seq",
    or_nothing=True,
)
_RESOLVE = Statement(
    update(flags)
    .where(flags.c.site_seq == bindparam("of_site"), flags.c.comment_seq == bindparam("of_comment"), *_OPEN)
    .values(resolution=bindparam("became"), resolved_at=bindparam("moment"), decision_seq=bindparam("by_decision"))
    .returning(flags.c.seq)
)
_REOPEN = Statement(
    update(flags)
    .where(flags.c.site_seq == bindparam("of_site"), flags.c.decision_seq == bindparam("by_decision"))
    .values(resolution=None, resolved_at=None, decision_seq=None)
)


_ANSWERED_BY = (flags.c.site_seq == bindparam("of_site"), flags.c.decision_seq == bindparam("by_decision"))
_ANSWER_ANEW = Statement(
    update(flags)
    .where(*_ANSWERED_BY, flags.c.created_at <= bindparam("made_by"))
    .values(resolution=bindparam("became"), resolved_at=bindparam("moment"), decision_seq=bindparam("new_decision"))
    .returning(flags.c.seq)
)
_ANSWER_ONE = Statement(
    update(flags)
    .where(flags.c.site_seq == bindparam("of_site"), flags.c.seq == bindparam("of_flag"))
    .values(resolution=bindparam("became"), resolved_at=bindparam("moment"), decision_seq=bindparam("new_decision"))
)


class Reporter(Struct, frozen=True, kw_only=True):
    """Who reports: a commenter, or somebody known only by the hash of a signed device, or by nothing."""

    commenter_seq: int | None = None
    device_hash: bytes | None = None
    email: str | None = None


class Reported(Struct, frozen=True):
    """A flag with where its reporter wants to hear of the outcome, if anywhere but in an account."""

    flag: Flag
    email: str | None
    decision_seq: int | None


def add(
    w: Write,
    comment: Comment,
    *,
    flag_id: UUID | None = None,
    by: Reporter,
    reason: str,
    note: str,
    receipt: str,
    now: datetime,
) -> int | None:
    """The new flag's seq, or None where this reporter has flagged this revision already."""
    seq: int | None = w.value(
        _ADD,
        site_seq=comment.site_seq,
        id=(flag_id or new_id()).bytes,
        comment_seq=comment.seq,
        revision=comment.revision,
        reason=reason,
        note=note,
        reporter_seq=by.commenter_seq,
        device_hash=by.device_hash,
        receipt_hash=hashed(receipt),
        email=by.email,
        created_at=micros(now),
    )
    return seq


def flagged_before(r: Read, comment: Comment, *, by: Reporter) -> bool:
    """Whether this reporter has flagged this revision of the comment."""
    if by.commenter_seq is None and by.device_hash is None:
        return False
    found = r.value(
        _EXISTS,
        site_seq=comment.site_seq,
        comment_seq=comment.seq,
        revision=comment.revision,
        reporter_seq=by.commenter_seq,
        device_hash=by.device_hash,
    )
    return found is not None


def open_count(r: Read, comment: Comment) -> int:
    """How many reports of the comment wait for a decision."""
    return int(r.value(_COUNT_OPEN, site_seq=comment.site_seq, comment_seq=comment.seq))


def open_of(r: Read, comment: Comment) -> list[Flag]:
    """The comment's open reports, each with how earlier ones by the same reporter were answered. One query."""
    return [_with_record(row) for row in r.rows(_OPEN_OF, site_seq=comment.site_seq, comment_seq=comment.seq)]


def by_receipt(r: Read, site_seq: int, receipt: str) -> Reported:
    """The flag this receipt was given for. Raises UnknownReceipt."""
    row = r.row(_BY_RECEIPT, site_seq=site_seq, receipt_hash=hashed(receipt))
    if row is None:
        raise UnknownReceipt
    return _reported(row)


def by_seq(r: Read, site_seq: int, seq: int) -> Reported:
    """The flag. Raises UnknownReceipt."""
    row = r.row(_BY_SEQ, site_seq=site_seq, seq=seq)
    if row is None:
        raise UnknownReceipt
    return _reported(row)


def of_comment(r: Read, site_seq: int, comment_seq: int) -> list[Reported]:
    """All flags of the comment, the oldest first."""
    return [_reported(row) for row in r.rows(_OF_COMMENT, site_seq=site_seq, comment_seq=comment_seq)]


def of_comments(r: Read, site_seq: int, comment_seqs: Sequence[int]) -> dict[int, list[Flag]]:
    """The flags of several comments, the oldest first, by comment, each with how earlier ones by the same reporter were
    answered. One query.
    """
    found: dict[int, list[Flag]] = {seq: [] for seq in comment_seqs}
    if found:
        statement = Statement(_WITH_RECORD.where(_OF_SITE, one_of(flags.c.comment_seq, found)).order_by(flags.c.seq))
        for row in r.rows(statement, site_seq=site_seq):
            found[row[2]].append(_with_record(row))
    return found


def answered_since(r: Read, site_seq: int, reporter_seq: int, since: datetime) -> dict[Resolution, int]:
    """What became of the commenter's reports that were answered since."""
    rows = r.rows(_ANSWERED_SINCE, site_seq=site_seq, reporter_seq=reporter_seq, since=micros(since))
    return {Resolution(row[0]): row[1] for row in rows}


def reporters_of(r: Read, site_seq: int, seqs: Sequence[int]) -> set[int]:
    """The commenters among those who made these reports. One query, none for none."""
    if not seqs:
        return set()
    statement = Statement(
        select(flags.c.reporter_seq).where(_OF_SITE, one_of(flags.c.seq, seqs), flags.c.reporter_seq.is_not(None))
    )
    return {row[0] for row in r.rows(statement, site_seq=site_seq)}


def resolve(
    w: Write, comment: Comment, resolution: Resolution, *, decision_seq: int | None, now: datetime
) -> list[int]:
    """Answers the comment's open flags. Their seqs."""
    rows = w.rows(
        _RESOLVE,
        of_site=comment.site_seq,
        of_comment=comment.seq,
        became=resolution.value,
        moment=micros(now),
        by_decision=decision_seq,
    )
    return [row[0] for row in rows]


def reopen(w: Write, site_seq: int, *, decision_seq: int) -> int:
    """Opens again the flags that a decision answered. How many."""
    return w.run(_REOPEN, of_site=site_seq, by_decision=decision_seq)


def answer_anew(
    w: Write,
    site_seq: int,
    resolution: Resolution,
    *,
    decision_seq: int,
    answered_by: int,
    made_by: datetime,
    now: datetime,
) -> list[int]:
    """Gives the reports that one decision (`answered_by`) answered, of those made until then, another answer, by
    another decision. Their seqs.
    """
    rows = w.rows(
        _ANSWER_ANEW,
        of_site=site_seq,
        by_decision=answered_by,
        made_by=micros(made_by),
        became=resolution.value,
        moment=micros(now),
        new_decision=decision_seq,
    )
    return [row[0] for row in rows]


def answer_one(w: Write, site_seq: int, seq: int, resolution: Resolution, *, decision_seq: int, now: datetime) -> None:
    """Gives one report another answer, by this decision."""
    w.run(
        _ANSWER_ONE,
        of_site=site_seq,
        of_flag=seq,
        became=resolution.value,
        moment=micros(now),
        new_decision=decision_seq,
    )


def _reported(row: Row) -> Reported:
    return Reported(_flag(row), row[11], row[12])


def _flag(row: Row) -> Flag:
    return Flag(
        seq=row[0],
        id=UUID(bytes=row[1]),
        comment_seq=row[2],
        revision=row[3],
        reason=row[4],
        note=row[5],
        created_at=instant(row[6]),
        reporter_seq=row[7],
        reporter_name=row[8],
        resolution=Resolution(row[9]) if row[9] else None,
        resolved_at=instant_or_none(row[10]),
        device_hash=row[13],
    )


def _with_record(row: Row) -> Flag:
    return replace(_flag(row), upheld=row[14], declined=row[15], is_slow=bool(row[16]))
