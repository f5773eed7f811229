"""A person takes out everything that is known of them, on every publication of the installation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.own_data import (
    FORMAT,
    VERSION,
    AccountRecord,
    ActRecord,
    PersonRecord,
    SessionRecord,
    SiteRecord,
)
from rejoinder.store import accounts, own_data, sessions
from rejoinder.store.database import Read, Row
from rejoinder.store.own_data import Place
from rejoinder.store.values import instant, instant_or_none


def export_person(r: Read, account: Account, *, now: datetime) -> PersonRecord:
    """The person's record, from the reader's one snapshot."""
    held = sessions.of_account(r, account.seq, now=now)
    return PersonRecord(
        format=FORMAT,
        version=VERSION,
        made_at=now,
        account=AccountRecord(
            id=account.id,
            email=account.address,
            confirmed_at=account.confirmed_at,
            proofs=accounts.proofs(r, account.seq),
            sessions=tuple(
                SessionRecord(
                    agent=each.agent, began_at=each.created_at, seen_at=each.seen_at, expires_at=each.expires_at
                )
                for each in held
            ),
        ),
        sites=tuple(_on_site(r, place) for place in own_data.places_of(r, account.seq)),
    )


def _on_site(r: Read, place: Place) -> SiteRecord:
    row = own_data.member(r, place.site_seq, place.commenter_seq)

    def acts(what: str, read: Callable[[Row], ActRecord]) -> tuple[ActRecord, ...]:
        return tuple(read(each) for each in own_data.rows_about(r, what, place.site_seq, place.commenter_seq))

    return SiteRecord(
        site=place.site_key,
        site_name=place.site_name,
        id=UUID(bytes=row[0]),
        name=row[1],
        role=row[2],
        since=instant(row[10]),
        standing=_standing(row),
        comments=tuple(own_data.comments_of(r, place.site_seq, place.commenter_seq)),
        recommended=acts("recommended", lambda each: _act(each[1], comment=UUID(bytes=each[0]))),
        reports=acts("reported", _report),
        notices=acts("notices", _notice),
        corrections=acts("corrections", _correction),
        follows=acts("follows", lambda each: _act(each[1], story=own_data.headline(each[0]))),
        muted=acts("mutes", lambda each: _act(each[1], name=each[0])),
        notifications=acts(
            "notifications",
            lambda each: _act(
                each[1], kind=each[0], read_at=instant_or_none(each[2]), mailed_at=instant_or_none(each[3])
            ),
        ),
        renames=acts("renames", lambda each: _act(each[2], before=each[0], after=each[1])),
        from_editors=acts("from_editors", _from_editors),
        notes=acts("notes", lambda each: _act(each[1], text=each[0])),
        points=acts("points", lambda each: _act(each[3], points=each[0], why=each[1], level=each[2])),
        appeals=acts("appealed", _appeal),
    )


def _standing(row: Row) -> dict[str, Any]:
    return {
        "level": row[3],
        "points": row[4],
        "badges": msgspec.json.decode(row[5]),
        "preferences": msgspec.json.decode(row[6]),
        "banned_at": instant_or_none(row[7]),
        "banned_until": instant_or_none(row[8]),
        "ban_reason": row[9],
        "ban_code": row[11],
        "is_banned_everywhere": bool(row[12]),
        "held_at": instant_or_none(row[13]),
        "held_until": instant_or_none(row[14]),
        "is_off_ladder": bool(row[15]),
        "reports_wait_until": instant_or_none(row[16]),
    }


def _from_editors(row: Row) -> ActRecord:
    return _act(
        row[6],
        act=row[0],
        lifts=row[7],
        reason=row[1],
        text=row[2],
        until=instant_or_none(row[3]),
        read_at=instant_or_none(row[4]),
        statement=msgspec.json.decode(row[5]),
    )


def _report(row: Row) -> ActRecord:
    return _act(
        row[1],
        comment=UUID(bytes=row[0]),
        reason=row[2],
        note=row[3],
        outcome=row[4],
        answered_at=instant_or_none(row[5]),
    )


def _appeal(row: Row) -> ActRecord:
    return _act(
        row[1],
        **({"comment": UUID(bytes=row[0])} if row[0] else {"against": row[7]}),
        appellant=row[2],
        text=row[3],
        outcome=row[4],
        answer=row[5],
        heard_at=instant_or_none(row[6]),
    )


def _notice(row: Row) -> ActRecord:
    return _act(
        row[1],
        comment=UUID(bytes=row[0]),
        kind=row[2],
        why=row[3],
        name=row[4],
        email=row[5],
        outcome=row[6],
        answer=row[7],
        answered_at=instant_or_none(row[8]),
    )


def _correction(row: Row) -> ActRecord:
    return _act(
        row[1],
        story=own_data.headline(row[0]),
        quote=row[2],
        text=row[3],
        source=row[4],
        outcome=row[5],
        answer=row[6],
        answered_at=instant_or_none(row[7]),
    )


def _act(at: int, **what: Any) -> ActRecord:
    return ActRecord(at=instant(at), what=what)
