"""The inbox: what somebody is told of. One entry for one event, however often it is told."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select, update

from rejoinder.discussion.preferences import IN_DIGESTS, Kind, Mail, Preferences
from rejoinder.discussion.refusals import UnknownNotification
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import comments, memberships, notifications, stories
from rejoinder.store.values import instant, instant_or_none, micros, new_id

MOST_UNREAD = 99  # that a page counts

_SELECT = (
    select(
        notifications.c.seq,
        notifications.c.id,
        notifications.c.kind,
        notifications.c.created_at,
        notifications.c.read_at,
        notifications.c.data,
        stories.c.slug,
        stories.c.content,
        comments.c.id,
        comments.c.status,
        comments.c.text,
        memberships.c.name,
        notifications.c.comment_seq,
        memberships.c.seq,
    )
    .select_from(notifications)
    .outerjoin(stories, (stories.c.site_seq == notifications.c.site_seq) & (stories.c.seq == notifications.c.story_seq))
    .outerjoin(
        comments, (comments.c.site_seq == notifications.c.site_seq) & (comments.c.seq == notifications.c.comment_seq)
    )
    .outerjoin(
        memberships, (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.commenter_seq)
    )
)
_MINE = (
    notifications.c.site_seq == bindparam("site_seq"),
    notifications.c.commenter_seq == bindparam("commenter_seq"),
)
_LATEST = Statement(
    _SELECT.where(*_MINE, notifications.c.seq < bindparam("before"))
    .order_by(notifications.c.seq.desc())
    .limit(bindparam("most"))
)
_BY_ID = Statement(_SELECT.where(*_MINE, notifications.c.id == bindparam("id")))
_UNREAD = Statement(
    select(func.count()).select_from(
        select(notifications.c.seq)
        .where(*_MINE, notifications.c.read_at.is_(None))
        .limit(MOST_UNREAD + 1)
        .subquery("unread")
    )
)
_ADD = Statement.insert(
    notifications,
    "site_seq",
    "id",
    "commenter_seq",
    "kind",
    "event",
    "story_seq",
    "comment_seq",
    "data",
    "created_at",
    "mailed_at",
    or_nothing=True,
)
_OPEN_FOLLOWED = Statement(
    select(notifications.c.seq, notifications.c.data).where(
        *_MINE,
        notifications.c.kind == Kind.FOLLOWED.value,
        notifications.c.story_seq == bindparam("story_seq"),
        notifications.c.read_at.is_(None),
    )
)
_GROW = Statement(
    update(notifications)
    .where(notifications.c.seq == bindparam("this"), notifications.c.read_at.is_(None))
    .values(data=bindparam("new_data"), comment_seq=bindparam("of_comment"), mailed_at=bindparam("mailed"))
)
_OF_COMMENTER = (
    notifications.c.site_seq == bindparam("of_site"),
    notifications.c.commenter_seq == bindparam("of_commenter"),
)
_READ = Statement(
    update(notifications)
    .where(*_OF_COMMENTER, notifications.c.id == bindparam("this"), notifications.c.read_at.is_(None))
    .values(read_at=bindparam("moment"))
)
_READ_ALL = Statement(
    update(notifications)
    .where(*_OF_COMMENTER, notifications.c.seq <= bindparam("up_to"), notifications.c.read_at.is_(None))
    .values(read_at=bindparam("moment"))
)
_MAILED = Statement(
    update(notifications)
    .where(*_OF_COMMENTER, notifications.c.seq == bindparam("this"))
    .values(mailed_at=bindparam("moment"))
)
_TAKE_BACK = Statement(
    delete(notifications).where(
        notifications.c.site_seq == bindparam("of_site"),
        notifications.c.event == bindparam("of_event"),
        notifications.c.read_at.is_(None),
    )
)
_WAITING = Statement(
    select(notifications.c.site_seq, notifications.c.commenter_seq)
    .where(
        notifications.c.read_at.is_(None),
        notifications.c.mailed_at.is_(None),
        (notifications.c.site_seq > bindparam("after_site"))
        | (
            (notifications.c.site_seq == bindparam("after_site"))
            & (notifications.c.commenter_seq > bindparam("after_commenter"))
        ),
    )
    .distinct()
    .order_by(notifications.c.site_seq, notifications.c.commenter_seq)
    .limit(bindparam("most"))
)
_PREFERENCES = Statement(
    select(memberships.c.preferences).where(
        memberships.c.site_seq == bindparam("site_seq"), memberships.c.seq == bindparam("commenter_seq")
    )
)
_THIS_MEMBER = (memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
_SET_PREFERENCES = Statement(update(memberships).where(*_THIS_MEMBER).values(preferences=bindparam("new_preferences")))
_END = 1 << 62


class Notification(Struct, frozen=True, kw_only=True):
    """One entry. `count` new comments, where it is about a followed discussion; `name` and `text` are the comment's."""

    seq: int
    id: UUID
    kind: Kind
    at: datetime
    read_at: datetime | None
    count: int
    slug: str | None
    headline: str
    comment_id: UUID | None
    status: str | None
    text: str
    name: str
    comment_seq: int | None = None
    writer_seq: int | None = None


class _Data(Struct):
    count: int = 1
    place: int = 0


class _Content(Struct):
    headline: str = ""


def add(
    w: Write,
    site_seq: int,
    commenter_seq: int,
    kind: Kind,
    *,
    event: str,
    now: datetime,
    mail: Mail,
    story_seq: int | None = None,
    comment_seq: int | None = None,
    place: int = 0,
) -> None:
    """Tells the commenter of this event, once. What comes by letter at once, or never, waits for no digest."""
    w.run(
        _ADD,
        site_seq=site_seq,
        id=new_id().bytes,
        commenter_seq=commenter_seq,
        kind=kind.value,
        event=event,
        story_seq=story_seq,
        comment_seq=comment_seq,
        data=_json(_Data(place=place)),
        created_at=micros(now),
        mailed_at=None if mail in IN_DIGESTS else micros(now),
    )


def add_followed(
    w: Write,
    site_seq: int,
    commenter_seq: int,
    *,
    story_seq: int,
    comment_seq: int,
    place: int,
    mail: Mail,
    now: datetime,
) -> None:
    """Tells a follower of one comment more: what they have not read yet grows by it, once for each place."""
    row = w.row(_OPEN_FOLLOWED, site_seq=site_seq, commenter_seq=commenter_seq, story_seq=story_seq)
    if row is None:
        event = f"followed:{story_seq}:{place}"
        add(
            w,
            site_seq,
            commenter_seq,
            Kind.FOLLOWED,
            event=event,
            story_seq=story_seq,
            comment_seq=comment_seq,
            place=place,
            mail=mail,
            now=now,
        )
        return
    data = msgspec.json.decode(row[1], type=_Data)
    if data.place < place:
        grown = _json(_Data(data.count + 1, place))
        mailed_at = None if mail in IN_DIGESTS else micros(now)
        w.run(_GROW, this=row[0], new_data=grown, of_comment=comment_seq, mailed=mailed_at)


def latest(r: Read, site_seq: int, commenter_seq: int, *, before: int | None = None, most: int) -> list[Notification]:
    """The commenter's inbox, the newest first, from before a seq."""
    rows = r.rows(_LATEST, site_seq=site_seq, commenter_seq=commenter_seq, before=before or _END, most=most)
    return [_notification(row) for row in rows]


def unmailed(
    r: Read, site_seq: int, commenter_seq: int, kinds: Collection[Kind], *, most: int = 50
) -> list[Notification]:
    """What of these kinds the commenter has neither read nor been sent, the oldest first."""
    statement = Statement(
        _SELECT.where(
            *_MINE,
            notifications.c.read_at.is_(None),
            notifications.c.mailed_at.is_(None),
            one_of(notifications.c.kind, [kind.value for kind in kinds]),
        )
        .order_by(notifications.c.seq)
        .limit(bindparam("most"))
    )
    rows = r.rows(statement, site_seq=site_seq, commenter_seq=commenter_seq, most=most)
    return [_notification(row) for row in rows]


def by_id(r: Read, site_seq: int, commenter_seq: int, notification_id: UUID) -> Notification:
    """The commenter's own entry. Raises UnknownNotification."""
    row = r.row(_BY_ID, site_seq=site_seq, commenter_seq=commenter_seq, id=notification_id.bytes)
    if row is None:
        raise UnknownNotification
    return _notification(row)


def unread(r: Read, site_seq: int, commenter_seq: int) -> int:
    """How many the commenter has not read, counted up to MOST_UNREAD + 1."""
    return int(r.value(_UNREAD, site_seq=site_seq, commenter_seq=commenter_seq))


def read(w: Write, site_seq: int, commenter_seq: int, notification_id: UUID, *, now: datetime) -> None:
    w.run(_READ, of_site=site_seq, of_commenter=commenter_seq, this=notification_id.bytes, moment=micros(now))


def read_all(w: Write, site_seq: int, commenter_seq: int, *, up_to: int, now: datetime) -> None:
    """Everything up to this seq: what came while the page was open stays unread."""
    w.run(_READ_ALL, of_site=site_seq, of_commenter=commenter_seq, up_to=up_to, moment=micros(now))


def mailed(w: Write, site_seq: int, commenter_seq: int, seqs: Iterable[int], *, now: datetime) -> None:
    """These were in a letter."""
    known = {"of_site": site_seq, "of_commenter": commenter_seq, "moment": micros(now)}
    w.run_many(_MAILED, [known | {"this": seq} for seq in seqs])


def take_back(w: Write, site_seq: int, event: str) -> None:
    """Takes away what nobody has read yet of an event that was undone."""
    w.run(_TAKE_BACK, of_site=site_seq, of_event=event)


def waiting(r: Read, *, after: tuple[int, int], most: int) -> list[tuple[int, int]]:
    """Commenters, as (site, seq), with something that is neither read nor mailed, from after one of them."""
    rows = r.rows(_WAITING, after_site=after[0], after_commenter=after[1], most=most)
    return [(row[0], row[1]) for row in rows]


def preferences(r: Read, site_seq: int, commenter_seq: int) -> Preferences:
    """How the commenter wants letters."""
    stored = r.value(_PREFERENCES, site_seq=site_seq, commenter_seq=commenter_seq)
    return msgspec.json.decode(stored or "{}", type=Preferences)


def set_preferences(w: Write, site_seq: int, commenter_seq: int, wanted: Preferences) -> None:
    w.run(_SET_PREFERENCES, of_site=site_seq, of_commenter=commenter_seq, new_preferences=_json(wanted))


def _notification(row: Row) -> Notification:
    return Notification(
        seq=row[0],
        id=UUID(bytes=row[1]),
        kind=Kind(row[2]),
        at=instant(row[3]),
        read_at=instant_or_none(row[4]),
        count=msgspec.json.decode(row[5], type=_Data).count,
        slug=row[6],
        headline=msgspec.json.decode(row[7], type=_Content).headline if row[7] else "",
        comment_id=UUID(bytes=row[8]) if row[8] else None,
        status=row[9],
        text=row[10] or "",
        name=row[11] or "",
        comment_seq=row[12],
        writer_seq=row[13],
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
