"""Appeals, and what became of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select, update

from rejoinder.discussion.appeals import Appeal, Appellant, Hearing
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import UnknownAppeal
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import appeals, comments, decisions, memberships, person_acts
from rejoinder.store.values import instant, instant_or_none, micros, new_id

_SELECT: Select[Any] = select(
    appeals.c.seq,
    appeals.c.id,
    appeals.c.site_seq,
    appeals.c.decision_seq,
    appeals.c.comment_seq,
    appeals.c.by,
    appeals.c.text,
    appeals.c.created_at,
    appeals.c.flag_seq,
    appeals.c.notice_seq,
    appeals.c.heard_by,
    appeals.c.heard_at,
    appeals.c.outcome,
    appeals.c.answer,
    appeals.c.result_seq,
    appeals.c.is_fresh_look,
    appeals.c.person_act_seq,
)
_OF_SITE = appeals.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(_SELECT.where(_OF_SITE, appeals.c.id == bindparam("id")))
_LOCK = Statement(_SELECT.where(_OF_SITE, appeals.c.seq == bindparam("seq")).with_for_update())
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, appeals.c.seq == bindparam("seq")))
_OF_WRITER = Statement(
    _SELECT.where(
        _OF_SITE,
        appeals.c.decision_seq == bindparam("decision_seq"),
        appeals.c.flag_seq.is_(None),
        appeals.c.notice_seq.is_(None),
    )
)
_OF_NOTICE = Statement(_SELECT.where(_OF_SITE, appeals.c.notice_seq == bindparam("notice_seq")))
_OF_ACT = Statement(_SELECT.where(_OF_SITE, appeals.c.person_act_seq == bindparam("act_seq")))
_OF_FLAG = Statement(_SELECT.where(_OF_SITE, appeals.c.flag_seq == bindparam("flag_seq")))
_OF_COMMENT = Statement(
    _SELECT.where(_OF_SITE, appeals.c.comment_seq == bindparam("comment_seq")).order_by(appeals.c.seq)
)
_WAITING = Statement(
    _SELECT.where(_OF_SITE, appeals.c.outcome.is_(None), appeals.c.seq > bindparam("after"))
    .order_by(appeals.c.seq)
    .limit(bindparam("most"))
)
_WRITTEN_BY = Statement(  # what was decided on a commenter's comments that they can appeal, or could
    select(decisions.c.seq)
    .select_from(
        decisions.join(
            comments, (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        )
    )
    .where(
        decisions.c.site_seq == bindparam("site_seq"),
        comments.c.commenter_seq == bindparam("commenter_seq"),
        or_(*(decisions.c.outcome == outcome.value for outcome in (Outcome.REJECT, Outcome.HIDE, Outcome.EDIT))),
        decisions.c.seq < bindparam("before"),
    )
    .order_by((decisions.c.seq + 0).desc())  # not by walking through everybody's decisions
    .limit(bindparam("most"))
)
_ADD = Statement.insert(
    appeals,
    "site_seq",
    "id",
    "decision_seq",
    "comment_seq",
    "by",
    "flag_seq",
    "notice_seq",
    "person_act_seq",
    "text",
    "created_at",
    returning="seq",
)
_THIS = (appeals.c.site_seq == bindparam("of_site"), appeals.c.seq == bindparam("of_appeal"))
_HEARD = Statement(
    update(appeals)
    .where(*_THIS)
    .values(
        heard_by=bindparam("by_editor"),
        heard_at=bindparam("moment"),
        outcome=bindparam("became"),
        answer=bindparam("words"),
        result_seq=bindparam("result"),
        is_fresh_look=bindparam("fresh"),
    )
)
_TAKE_UP = Statement(
    update(appeals)
    .where(*_THIS)
    .values(heard_by=None, heard_at=None, outcome=None, answer="", result_seq=None, is_fresh_look=False)
)


def add(
    w: Write,
    decision: Decision | None,
    *,
    site_seq: int,
    by: Appellant,
    text: str,
    now: datetime,
    flag_seq: int | None = None,
    notice_seq: int | None = None,
    person_act_seq: int | None = None,
) -> Appeal:
    """The new appeal: against a decision on a comment, or what was done about a person."""
    seq = w.value(
        _ADD,
        site_seq=site_seq,
        id=new_id().bytes,
        decision_seq=decision.seq if decision else None,
        comment_seq=decision.comment_seq if decision else None,
        by=by.value,
        flag_seq=flag_seq,
        notice_seq=notice_seq,
        person_act_seq=person_act_seq,
        text=text,
        created_at=micros(now),
    )
    return by_seq(w, site_seq, seq)


def heard(
    w: Write,
    appeal: Appeal,
    outcome: Hearing,
    *,
    by_seq: int | None,
    answer: str,
    result_seq: int | None,
    is_fresh_look: bool,
    now: datetime,
) -> None:
    """Stores what became of the appeal."""
    w.run(
        _HEARD,
        of_site=appeal.site_seq,
        of_appeal=appeal.seq,
        by_editor=by_seq,
        moment=micros(now),
        became=outcome.value,
        words=answer,
        result=result_seq,
        fresh=is_fresh_look,
    )


def take_up(w: Write, appeal: Appeal) -> None:
    """The appeal waits again, as if it had not been heard."""
    w.run(_TAKE_UP, of_site=appeal.site_seq, of_appeal=appeal.seq)


def by_id(r: Read, site_seq: int, appeal_id: UUID) -> Appeal:
    """The appeal. Raises UnknownAppeal."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=appeal_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> Appeal:
    """The appeal. Raises UnknownAppeal."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def lock(w: Write, site_seq: int, seq: int) -> Appeal:
    """The appeal, locked until the transaction ends. Lock its comment first. Raises UnknownAppeal."""
    return _found(w.row(_LOCK, site_seq=site_seq, seq=seq))


def by_the_writer(r: Read, site_seq: int, decision_seq: int) -> Appeal | None:
    """The appeal of the comment's writer against this decision, or None."""
    return _or_none(r.row(_OF_WRITER, site_seq=site_seq, decision_seq=decision_seq))


def by_the_writers(r: Read, site_seq: int, decision_seqs: Iterable[int]) -> dict[int, Appeal]:
    """The appeals of comments' writers against these decisions, by decision. One query, none for none."""
    wanted = sorted(set(decision_seqs))
    if not wanted:
        return {}
    of_writers = (appeals.c.flag_seq.is_(None), appeals.c.notice_seq.is_(None))
    statement = Statement(_SELECT.where(_OF_SITE, *of_writers, one_of(appeals.c.decision_seq, wanted)))
    return {row[3]: _appeal(row) for row in r.rows(statement, site_seq=site_seq)}


def about_flag(r: Read, site_seq: int, flag_seq: int) -> Appeal | None:
    """The appeal of whoever made the report, or None."""
    return _or_none(r.row(_OF_FLAG, site_seq=site_seq, flag_seq=flag_seq))


def about_notice(r: Read, site_seq: int, notice_seq: int) -> Appeal | None:
    """The appeal of whoever gave the notice, or None."""
    return _or_none(r.row(_OF_NOTICE, site_seq=site_seq, notice_seq=notice_seq))


def about_act(r: Read, site_seq: int, act_seq: int) -> Appeal | None:
    """The appeal of the person about whom this was done, or None."""
    return _or_none(r.row(_OF_ACT, site_seq=site_seq, act_seq=act_seq))


def about_acts(r: Read, site_seq: int, act_seqs: Iterable[int]) -> dict[int, Appeal]:
    """The appeals against these acts, by act. One query, none for none."""
    wanted = sorted(set(act_seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(appeals.c.person_act_seq, wanted)))
    return {row[16]: _appeal(row) for row in r.rows(statement, site_seq=site_seq)}


def of_comment(r: Read, comment: Comment) -> list[Appeal]:
    """All appeals about the comment, the oldest first."""
    return [_appeal(row) for row in r.rows(_OF_COMMENT, site_seq=comment.site_seq, comment_seq=comment.seq)]


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Appeal]:
    """Several appeals, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(appeals.c.seq, wanted)))
    return {row[0]: _appeal(row) for row in r.rows(statement, site_seq=site_seq)}


def waiting(r: Read, site_seq: int, *, after: int = 0, most: int = 50) -> list[Appeal]:
    """What nobody has heard yet, the longest waiting first, from after a seq."""
    return [_appeal(row) for row in r.rows(_WAITING, site_seq=site_seq, after=after, most=most)]


def decided_on(r: Read, site_seq: int, commenter_seq: int, *, before: int | None = None, most: int = 50) -> list[int]:
    """The seqs of rejections, hidings and changes of a commenter's comments, the newest first, from before a seq."""
    rows = r.rows(_WRITTEN_BY, site_seq=site_seq, commenter_seq=commenter_seq, before=before or 1 << 62, most=most)
    return [row[0] for row in rows]


def who_appeals(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, tuple[UUID, str]]:
    """Of these appeals those against what was done about somebody: their ids, and the person's name, by seq. One query,
    none for none.
    """
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    acts = (person_acts.c.site_seq == appeals.c.site_seq) & (person_acts.c.seq == appeals.c.person_act_seq)
    people = (memberships.c.site_seq == person_acts.c.site_seq) & (memberships.c.seq == person_acts.c.commenter_seq)
    statement = Statement(
        select(appeals.c.seq, appeals.c.id, memberships.c.name)
        .select_from(appeals.join(person_acts, acts).join(memberships, people))
        .where(_OF_SITE, one_of(appeals.c.seq, wanted))
    )
    return {row[0]: (UUID(bytes=row[1]), row[2]) for row in r.rows(statement, site_seq=site_seq)}


def _found(row: Row | None) -> Appeal:
    if row is None:
        raise UnknownAppeal
    return _appeal(row)


def _or_none(row: Row | None) -> Appeal | None:
    return None if row is None else _appeal(row)


def _appeal(row: Row) -> Appeal:
    return Appeal(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        decision_seq=row[3] or 0,
        comment_seq=row[4] or 0,
        by=Appellant(row[5]),
        text=row[6],
        created_at=instant(row[7]),
        flag_seq=row[8],
        notice_seq=row[9],
        heard_by=row[10],
        heard_at=instant_or_none(row[11]),
        outcome=Hearing(row[12]) if row[12] else None,
        answer=row[13],
        result_seq=row[14],
        is_fresh_look=bool(row[15]),
        person_act_seq=row[16],
    )
