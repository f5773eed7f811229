"""Memberships: people as one site knows them. Guests and imported names have no account."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, or_, select, update

from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.likeness import name_look
from rejoinder.discussion.refusals import NameTaken, UnknownCommenter
from rejoinder.discussion.trust import Level
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import accounts, comments, flags, memberships
from rejoinder.store.values import instant, instant_or_none, micros, micros_or_none, new_id

COLUMNS = (
    memberships.c.seq,
    memberships.c.id,
    memberships.c.site_seq,
    memberships.c.name,
    memberships.c.role,
    memberships.c.account_seq,
    memberships.c.banned_at,
    memberships.c.banned_until,
    memberships.c.ban_reason,
    memberships.c.created_at,
    accounts.c.email_confirmed_at,
    accounts.c.is_administrator,
    memberships.c.level,
    memberships.c.points,
    memberships.c.badges,
    memberships.c.is_guest,
    memberships.c.may_comment,
    memberships.c.policy_agreed,
    memberships.c.ban_code,
    memberships.c.ban_everywhere,
    memberships.c.held_at,
    memberships.c.held_until,
    memberships.c.leaves_ladder,
    memberships.c.warned_at,
)
_SELECT = select(*COLUMNS).select_from(memberships.outerjoin(accounts, accounts.c.seq == memberships.c.account_seq))
_OF_SITE = memberships.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(_SELECT.where(_OF_SITE, memberships.c.id == bindparam("id")))
_LOCK = Statement(_SELECT.where(_OF_SITE, memberships.c.seq == bindparam("seq")).with_for_update(of=memberships))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, memberships.c.seq == bindparam("seq")))
_BY_ACCOUNT = Statement(_SELECT.where(_OF_SITE, memberships.c.account_seq == bindparam("account_seq")))
_STAFF = Statement(_SELECT.where(_OF_SITE, memberships.c.role != Role.READER.value).order_by(memberships.c.seq))
_DECIDERS = Statement(
    select(memberships.c.seq)
    .select_from(memberships.outerjoin(accounts, accounts.c.seq == memberships.c.account_seq))
    .where(
        _OF_SITE,
        memberships.c.account_seq.is_not(None),
        or_(memberships.c.role != Role.READER.value, accounts.c.is_administrator),
    )
)
_NAME_TAKEN = Statement(
    select(memberships.c.seq).where(_OF_SITE, memberships.c.name_key == bindparam("name_key")).limit(1)
)
_UNCLAIMED = Statement(
    _SELECT.where(
        _OF_SITE,
        memberships.c.name_key == bindparam("name_key"),
        memberships.c.account_seq.is_(None),
    ).order_by(memberships.c.seq).limit(1)
)  # fmt: skip
_LATEST_IN_STORY = Statement(
    select(memberships.c.name)
    .select_from(
        comments.join(
            memberships,
            (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.commenter_seq),
        )
    )
    .where(
        comments.c.site_seq == bindparam("site_seq"),
        comments.c.story_seq == bindparam("story_seq"),
        comments.c.publish_seq.is_not(None),
        comments.c.status == Status.PUBLISHED.value,
    )
    .order_by(comments.c.publish_seq.desc())
    .limit(bindparam("among"))
)
_ADD = Statement.insert(
    memberships,
    "site_seq",
    "id",
    "account_seq",
    "role",
    "name",
    "name_key",
    "name_look",
    "import_seq",
    "policy_agreed",
    "is_guest",
    "created_at",
    returning="seq",
    or_nothing=True,
)
_THIS = (memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("of_commenter"))
_SET_BAN = Statement(
    update(memberships)
    .where(*_THIS)
    .values(
        banned_at=bindparam("since"),
        banned_until=bindparam("until"),
        ban_reason=bindparam("why"),
        ban_code=bindparam("code"),
        ban_everywhere=bindparam("everywhere"),
    )
)
_HAS_LEFT = Statement(
    select(memberships.c.seq).where(
        _OF_SITE, memberships.c.seq == bindparam("seq"), memberships.c.erased_at.is_not(None)
    )
)
_SET_ROLE = Statement(update(memberships).where(*_THIS).values(role=bindparam("new_role")))


def by_id(r: Read, site_seq: int, commenter_id: UUID) -> Commenter:
    """The commenter. Raises UnknownCommenter."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=commenter_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> Commenter:
    """The commenter. Raises UnknownCommenter."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def lock(w: Write, site_seq: int, seq: int) -> Commenter:
    """The commenter, locked: two submits of the same person take turns. Raises UnknownCommenter."""
    return _found(w.row(_LOCK, site_seq=site_seq, seq=seq))


def by_account(r: Read, site_seq: int, account_seq: int) -> Commenter | None:
    """How the site knows the holder of an account, or None if it does not yet."""
    row = r.row(_BY_ACCOUNT, site_seq=site_seq, account_seq=account_seq)
    return None if row is None else commenter_from(row)


def has_left(r: Read, commenter: Commenter) -> bool:
    """Whether they have left this site, anonymised or erased."""
    return r.value(_HAS_LEFT, site_seq=commenter.site_seq, seq=commenter.seq) is not None


def staff(r: Read, site_seq: int) -> list[Commenter]:
    """Everyone on the site with a role above reader."""
    return [commenter_from(row) for row in r.rows(_STAFF, site_seq=site_seq)]


def deciders(r: Read, site_seq: int) -> frozenset[int]:
    """Everyone who may decide on the site: its staff, and administrators who have a name here."""
    return frozenset(row[0] for row in r.rows(_DECIDERS, site_seq=site_seq))


def name_is_taken(r: Read, site_seq: int, name_key: str) -> bool:
    """Whether somebody on the site, imported names included, goes by this name."""
    return r.value(_NAME_TAKEN, site_seq=site_seq, name_key=name_key) is not None


def unclaimed(r: Read, site_seq: int, name_key: str) -> Commenter | None:
    """The imported name without an account, or None."""
    row = r.row(_UNCLAIMED, site_seq=site_seq, name_key=name_key)
    return None if row is None else commenter_from(row)


def in_story(r: Read, site_seq: int, story_seq: int, name_keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Of these names, those of people with a published comment in the story: name key to (commenter, the seq of their
    latest comment there). What an @name can answer.
    """
    wanted = sorted(set(name_keys))
    if not wanted:
        return {}
    statement = Statement(
        select(memberships.c.name_key, memberships.c.seq, func.max(comments.c.seq))
        .select_from(
            comments.join(
                memberships,
                (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.commenter_seq),
            )
        )
        .where(
            comments.c.site_seq == bindparam("site_seq"),
            comments.c.story_seq == bindparam("story_seq"),
            comments.c.status == Status.PUBLISHED.value,
            one_of(memberships.c.name_key, wanted),
        )
        .group_by(memberships.c.name_key, memberships.c.seq)
        .order_by(func.max(comments.c.seq))
    )
    return {row[0]: (row[1], row[2]) for row in r.rows(statement, site_seq=site_seq, story_seq=story_seq)}


def latest_in_story(r: Read, site_seq: int, story_seq: int, *, among: int) -> list[str]:
    """The names of those who wrote the story's latest published comments, who spoke last first. However long the
    discussion, so many comments are looked at.
    """
    rows = r.rows(_LATEST_IN_STORY, site_seq=site_seq, story_seq=story_seq, among=among)
    return list(dict.fromkeys(row[0] for row in rows))


def add(w: Write, site_seq: int, *, name: str, name_key: str, now: datetime, **known: Any) -> Commenter:
    """The new membership. `known` may give account_seq, role, import_seq, is_guest and policy_agreed. Raises NameTaken
    where somebody with an account has the name, or took it at this moment.
    """
    values: dict[str, Any] = {
        "account_seq": None,
        "role": Role.READER.value,
        "import_seq": None,
        "is_guest": False,
        "policy_agreed": 0,
    } | known
    seq = w.value(
        _ADD,
        site_seq=site_seq,
        id=new_id().bytes,
        name=name,
        name_key=name_key,
        name_look=name_look(name),
        created_at=micros(now),
        **values,
    )
    if seq is None:
        raise NameTaken
    return by_seq(w, site_seq, seq)


def set_ban(
    w: Write,
    commenter: Commenter,
    *,
    since: datetime | None,
    until: datetime | None = None,
    why: str = "",
    code: str | None = None,
    everywhere: bool = False,
) -> None:
    """Bans from `since` (None: lifts the ban) until `until` (None: for good), for the policy's reason of this code and
    with an editor's words. `everywhere`: the ban goes with the account to whatever site it takes a name on.
    """
    w.run(
        _SET_BAN,
        of_site=commenter.site_seq,
        of_commenter=commenter.seq,
        since=micros_or_none(since),
        until=micros_or_none(until),
        why=why,
        code=code,
        everywhere=everywhere,
    )


def set_role(w: Write, commenter: Commenter, role: Role) -> None:
    w.run(_SET_ROLE, of_site=commenter.site_seq, of_commenter=commenter.seq, new_role=role.value)


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Commenter]:
    """Several commenters, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(memberships.c.seq, wanted)))
    return {row[0]: commenter_from(row) for row in r.rows(statement, site_seq=site_seq)}


def status_counts(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many comments each of these commenters has in each status. One query, none for none."""
    wanted = sorted(set(seqs))
    found: dict[int, dict[str, int]] = {seq: {} for seq in wanted}
    if wanted:
        statement = Statement(
            select(comments.c.commenter_seq, comments.c.status, func.count())
            .where(comments.c.site_seq == bindparam("site_seq"), one_of(comments.c.commenter_seq, wanted))
            .group_by(comments.c.commenter_seq, comments.c.status)
        )
        for seq, status, count in r.rows(statement, site_seq=site_seq):
            found[seq][status] = count
    return found


def flag_counts(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, dict[str | None, int]]:
    """How many reports each of these commenters made, by what became of them (None: still open). One query."""
    wanted = sorted(set(seqs))
    found: dict[int, dict[str | None, int]] = {seq: {} for seq in wanted}
    if wanted:
        statement = Statement(
            select(flags.c.reporter_seq, flags.c.resolution, func.count())
            .where(flags.c.site_seq == bindparam("site_seq"), one_of(flags.c.reporter_seq, wanted))
            .group_by(flags.c.reporter_seq, flags.c.resolution)
        )
        for seq, resolution, count in r.rows(statement, site_seq=site_seq):
            found[seq][resolution] = count
    return found


def badges_in(stored: str) -> tuple[str, ...]:
    """The badges of a membership's column."""
    return () if stored == "[]" else msgspec.json.decode(stored, type=tuple[str, ...])


def _found(row: Row | None) -> Commenter:
    if row is None:
        raise UnknownCommenter
    return commenter_from(row)


def commenter_from(row: Row) -> Commenter:
    """The commenter of a row that begins with COLUMNS."""
    return Commenter(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        name=row[3],
        role=Role(row[4]),
        account_seq=row[5],
        confirmed=row[5] is None or row[10] is not None,
        banned_at=instant_or_none(row[6]),
        banned_until=instant_or_none(row[7]),
        ban_reason=row[8],
        since=instant(row[9]),
        is_administrator=bool(row[11]),
        level=Level.NEW if row[22] else Level(row[12]),
        points=row[13],
        badges=badges_in(row[14]),
        is_guest=bool(row[15]),
        may_comment=bool(row[16]),
        policy_agreed=row[17],
        ban_code=row[18],
        is_banned_everywhere=bool(row[19]),
        held_at=instant_or_none(row[20]),
        held_until=instant_or_none(row[21]),
        leaves_ladder=bool(row[22]),
        warned_at=instant_or_none(row[23]),
    )
