"""What editors did about people. Rows are only added, but for the moment at which a warning was read; what takes one
back is another. Each is an entry of the record.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import UnknownPersonAct
from rejoinder.store import log
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import memberships, person_acts
from rejoinder.store.values import instant, instant_or_none, micros, micros_or_none, new_id

_reversal, _undone = person_acts.alias("reversal"), person_acts.alias("undone")
_SELECT = select(
    person_acts.c.seq,
    person_acts.c.id,
    person_acts.c.commenter_seq,
    person_acts.c.act,
    person_acts.c.created_at,
    person_acts.c.by_seq,
    memberships.c.name,
    person_acts.c.reason,
    person_acts.c.text,
    person_acts.c.until,
    person_acts.c.acknowledged_at,
    person_acts.c.reverses,
    _reversal.c.seq.label("reversed_by"),
    _undone.c.act.label("lifted"),
).select_from(
    person_acts.outerjoin(
        memberships, (memberships.c.site_seq == person_acts.c.site_seq) & (memberships.c.seq == person_acts.c.by_seq)
    )
    .outerjoin(
        _reversal, (_reversal.c.site_seq == person_acts.c.site_seq) & (_reversal.c.reverses == person_acts.c.seq)
    )
    .outerjoin(_undone, (_undone.c.site_seq == person_acts.c.site_seq) & (_undone.c.seq == person_acts.c.reverses))
)
_OF_SITE = person_acts.c.site_seq == bindparam("site_seq")
_OF_COMMENTER = (_OF_SITE, person_acts.c.commenter_seq == bindparam("commenter_seq"))
_BY_ID = Statement(_SELECT.where(_OF_SITE, person_acts.c.id == bindparam("id")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, person_acts.c.seq == bindparam("seq")))
_RECORD = Statement(_SELECT.where(*_OF_COMMENTER).order_by(person_acts.c.seq))
_LATEST = Statement(select(func.coalesce(func.max(person_acts.c.seq), 0)).where(*_OF_COMMENTER))
_UNREAD = Statement(
    _SELECT.where(
        *_OF_COMMENTER,
        person_acts.c.act == PersonAct.WARN.value,
        person_acts.c.acknowledged_at.is_(None),
        _reversal.c.seq.is_(None),
    ).order_by(person_acts.c.seq)
)
_ADD = Statement.insert(
    person_acts,
    "site_seq",
    "id",
    "commenter_seq",
    "act",
    "by_seq",
    "reason",
    "text",
    "until",
    "reverses",
    "statement",
    "created_at",
    returning="seq",
)
_ACKNOWLEDGE = Statement(
    update(person_acts)
    .where(
        person_acts.c.site_seq == bindparam("of_site"),
        person_acts.c.commenter_seq == bindparam("of_commenter"),
        person_acts.c.act == PersonAct.WARN.value,
        person_acts.c.seq <= bindparam("up_to"),
        person_acts.c.acknowledged_at.is_(None),
    )
    .values(acknowledged_at=bindparam("moment"))
)
_THIS_MEMBER = (memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
_SET_WARNED = Statement(update(memberships).where(*_THIS_MEMBER).values(warned_at=bindparam("since")))
_SET_HOLD = Statement(
    update(memberships).where(*_THIS_MEMBER).values(held_at=bindparam("since"), held_until=bindparam("until"))
)
_SET_LADDER = Statement(update(memberships).where(*_THIS_MEMBER).values(leaves_ladder=bindparam("leaves")))
_ELSEWHERE = Statement(
    select(memberships.c.site_seq, memberships.c.seq)
    .where(memberships.c.account_seq == bindparam("account_seq"), memberships.c.site_seq != bindparam("site_seq"))
    .order_by(memberships.c.site_seq)
)
_BANNED_EVERYWHERE = Statement(
    select(
        memberships.c.banned_at, memberships.c.banned_until, memberships.c.ban_reason, memberships.c.ban_code
    )
    .where(memberships.c.account_seq == bindparam("account_seq"), memberships.c.ban_everywhere.is_(True))
    .order_by(memberships.c.site_seq)
    .limit(1)
)  # fmt: skip


def add(
    w: Write,
    about: Commenter,
    act: PersonAct,
    *,
    now: datetime,
    until: datetime | None = None,
    **known: Any,
) -> OnPerson:
    """The act, on the record. `known` may give by_seq, reason, text, reverses, and statement (JSON)."""
    values: dict[str, Any] = {"by_seq": None, "reason": None, "text": "", "reverses": None, "statement": "{}"} | known
    act_id = new_id()
    seq = w.value(
        _ADD,
        site_seq=about.site_seq,
        id=act_id.bytes,
        commenter_seq=about.seq,
        act=act.value,
        until=micros_or_none(until),
        created_at=micros(now),
        **values,
    )
    log.append(
        w,
        about.site_seq,
        RecordKind.PERSON,
        {
            "act": act.value,
            "id": str(act_id),
            "person": str(about.id),
            "reason": values["reason"],
            "text": values["text"],
            "until": micros_or_none(until),
            "reverses": values["reverses"],
        },
        by_seq=values["by_seq"],
        commenter_seq=about.seq,
        now=now,
    )
    return by_seq(w, about.site_seq, seq)


def by_id(r: Read, site_seq: int, act_id: UUID) -> OnPerson:
    """The act. Raises UnknownPersonAct."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=act_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> OnPerson:
    """The act. Raises UnknownPersonAct."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def record_of(r: Read, commenter: Commenter) -> list[OnPerson]:
    """Everything that was done about the commenter, the oldest first."""
    rows = r.rows(_RECORD, site_seq=commenter.site_seq, commenter_seq=commenter.seq)
    return [_act(row) for row in rows]


def latest(r: Read, commenter: Commenter) -> int:
    """The seq of the newest act about the commenter; 0 for none."""
    return int(r.value(_LATEST, site_seq=commenter.site_seq, commenter_seq=commenter.seq))


def unread(r: Read, commenter: Commenter) -> list[OnPerson]:
    """The warnings that they have not said to have read, the oldest first."""
    rows = r.rows(_UNREAD, site_seq=commenter.site_seq, commenter_seq=commenter.seq)
    return [_act(row) for row in rows]


def acknowledge(w: Write, commenter: Commenter, *, up_to: int, now: datetime) -> None:
    """Notes that the commenter, who is locked, has read every warning up to this act."""
    w.run(_ACKNOWLEDGE, of_site=commenter.site_seq, of_commenter=commenter.seq, up_to=up_to, moment=micros(now))
    renew_warned(w, commenter)


def renew_warned(w: Write, commenter: Commenter) -> None:
    """Keeps on the commenter, who is locked, since when a warning waits to be read."""
    waiting = unread(w, commenter)
    since = micros(waiting[0].created_at) if waiting else None
    w.run(_SET_WARNED, of_site=commenter.site_seq, of_commenter=commenter.seq, since=since)


def set_hold(w: Write, commenter: Commenter, *, since: datetime | None, until: datetime | None = None) -> None:
    """Holds each new comment of theirs from `since` (None: no more) until `until` (None: until it is lifted)."""
    w.run(
        _SET_HOLD,
        of_site=commenter.site_seq,
        of_commenter=commenter.seq,
        since=micros_or_none(since),
        until=micros_or_none(until),
    )


def set_ladder(w: Write, commenter: Commenter, *, leaves: bool) -> None:
    """Takes them off the trust ladder, or puts them back where they stood on it."""
    w.run(_SET_LADDER, of_site=commenter.site_seq, of_commenter=commenter.seq, leaves=leaves)


def elsewhere(r: Read, account_seq: int, site_seq: int) -> list[tuple[int, int]]:
    """The other memberships of an account: site and seq, in the order of the sites."""
    return [(row[0], row[1]) for row in r.rows(_ELSEWHERE, account_seq=account_seq, site_seq=site_seq)]


def ban_everywhere(r: Read, account_seq: int) -> dict[str, Any] | None:
    """The ban that goes with an account to every site, as `commenters.set_ban` takes it; None for none."""
    row = r.row(_BANNED_EVERYWHERE, account_seq=account_seq)
    if row is None:
        return None
    since, until, why, code = row
    return {"since": instant_or_none(since), "until": instant_or_none(until), "why": why, "code": code}


def _found(row: Row | None) -> OnPerson:
    if row is None:
        raise UnknownPersonAct
    return _act(row)


def _act(row: Row) -> OnPerson:
    return OnPerson(
        seq=row[0],
        id=UUID(bytes=row[1]),
        commenter_seq=row[2],
        act=PersonAct(row[3]),
        created_at=instant(row[4]),
        by_seq=row[5],
        by_name=row[6],
        reason=row[7],
        text=row[8],
        until=instant_or_none(row[9]),
        acknowledged_at=instant_or_none(row[10]),
        reverses=row[11],
        reversed_by=row[12],
        lifted=PersonAct(row[13]) if row[13] else None,
    )
