"""Everything that a site remembers of one commenter, for that person: what they wrote and did, what was decided about
it, and what editors noted about the person, without who did. What editors tell each other about a single comment is not
theirs.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, or_, select

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.own_data import Judged, WrittenComment
from rejoinder.store.database import Read, Row, Statement
from rejoinder.store.decisions import section_clauses_from
from rejoinder.store.tables import (
    appeals,
    comments,
    corrections,
    decisions,
    desk_notes,
    flags,
    follows,
    memberships,
    mutes,
    notices,
    notifications,
    person_acts,
    points,
    recommendations,
    renames,
    revisions,
    sites,
    stories,
)
from rejoinder.store.values import instant, instant_or_none

PAGE = 500  # rows read at once
_lifted = person_acts.alias("lifted")

_COMMENT_OF = (comments.c.site_seq == bindparam("site_seq")) & (comments.c.commenter_seq == bindparam("commenter_seq"))
_HEADLINE = (stories.c.site_seq == comments.c.site_seq) & (stories.c.seq == comments.c.story_seq)
_COMMENTS = Statement(
    select(
        comments.c.seq,
        comments.c.id,
        stories.c.content,
        stories.c.slug,
        comments.c.status,
        comments.c.removal_reason,
        comments.c.text,
        comments.c.created_at,
        comments.c.published_at,
        comments.c.edited_at,
        comments.c.recommended,
    )
    .select_from(comments.join(stories, _HEADLINE))
    .where(_COMMENT_OF, comments.c.seq > bindparam("after"))
    .order_by(comments.c.seq)
    .limit(PAGE)
)
_REVISIONS = Statement(
    select(revisions.c.comment_seq, revisions.c.number, revisions.c.text, revisions.c.saved_at)
    .select_from(
        revisions.join(
            comments, (comments.c.site_seq == revisions.c.site_seq) & (comments.c.seq == revisions.c.comment_seq)
        )
    )
    .where(_COMMENT_OF, comments.c.seq > bindparam("after"), comments.c.seq <= bindparam("last"))
    .order_by(revisions.c.comment_seq, revisions.c.number)
)
_DECISIONS = Statement(
    select(
        decisions.c.comment_seq,
        decisions.c.outcome,
        decisions.c.reason,
        decisions.c.by_seq,
        decisions.c.created_at,
        decisions.c.statement,
        decisions.c.also,
        decisions.c.clauses,
        decisions.c.policy_version,
        decisions.c.section_clauses,
    )
    .select_from(
        decisions.join(
            comments, (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        )
    )
    .where(_COMMENT_OF, comments.c.seq > bindparam("after"), comments.c.seq <= bindparam("last"))
    .order_by(decisions.c.seq)
)


def _about_comments(table: Any, mine: Any, *columns: Any) -> Statement:
    """What this table remembers of the commenter's acts on comments, the oldest first."""
    return Statement(
        select(comments.c.id, table.c.created_at, *columns)
        .select_from(
            table.join(comments, (comments.c.site_seq == table.c.site_seq) & (comments.c.seq == table.c.comment_seq))
        )
        .where(table.c.site_seq == bindparam("site_seq"), mine == bindparam("commenter_seq"))
        .order_by(table.c.seq)
    )


_RECOMMENDED = _about_comments(recommendations, recommendations.c.voter_seq)
_REPORTED = _about_comments(
    flags, flags.c.reporter_seq, flags.c.reason, flags.c.note, flags.c.resolution, flags.c.resolved_at
)
_APPEALED = Statement(
    select(
        comments.c.id,
        appeals.c.created_at,
        appeals.c.by,
        appeals.c.text,
        appeals.c.outcome,
        appeals.c.answer,
        appeals.c.heard_at,
        person_acts.c.act,
    )
    .select_from(
        appeals.outerjoin(
            comments, (comments.c.site_seq == appeals.c.site_seq) & (comments.c.seq == appeals.c.comment_seq)
        )
        .outerjoin(flags, (flags.c.site_seq == appeals.c.site_seq) & (flags.c.seq == appeals.c.flag_seq))
        .outerjoin(notices, (notices.c.site_seq == appeals.c.site_seq) & (notices.c.seq == appeals.c.notice_seq))
        .outerjoin(
            person_acts,
            (person_acts.c.site_seq == appeals.c.site_seq) & (person_acts.c.seq == appeals.c.person_act_seq),
        )
    )
    .where(
        appeals.c.site_seq == bindparam("site_seq"),
        or_(
            (appeals.c.by == Appellant.WRITER.value) & (comments.c.commenter_seq == bindparam("commenter_seq")),
            flags.c.reporter_seq == bindparam("commenter_seq"),
            notices.c.reporter_seq == bindparam("commenter_seq"),
            person_acts.c.commenter_seq == bindparam("commenter_seq"),
        ),
    )
    .order_by(appeals.c.seq)
)
_NOTICES = _about_comments(
    notices,
    notices.c.reporter_seq,
    notices.c.kind,
    notices.c.why,
    notices.c.name,
    notices.c.email,
    notices.c.resolution,
    notices.c.answer,
    notices.c.resolved_at,
)
_CORRECTIONS = Statement(
    select(
        stories.c.content,
        corrections.c.created_at,
        corrections.c.quote,
        corrections.c.text,
        corrections.c.source,
        corrections.c.resolution,
        corrections.c.answer,
        corrections.c.resolved_at,
    )
    .select_from(
        corrections.join(
            stories, (stories.c.site_seq == corrections.c.site_seq) & (stories.c.seq == corrections.c.story_seq)
        )
    )
    .where(corrections.c.site_seq == bindparam("site_seq"), corrections.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(corrections.c.seq)
)
_FOLLOWS = Statement(
    select(stories.c.content, follows.c.created_at)
    .select_from(
        follows.join(stories, (stories.c.site_seq == follows.c.site_seq) & (stories.c.seq == follows.c.story_seq))
    )
    .where(follows.c.site_seq == bindparam("site_seq"), follows.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(follows.c.seq)
)
_MUTES = Statement(
    select(memberships.c.name, mutes.c.created_at)
    .select_from(
        mutes.join(memberships, (memberships.c.site_seq == mutes.c.site_seq) & (memberships.c.seq == mutes.c.muted_seq))
    )
    .where(mutes.c.site_seq == bindparam("site_seq"), mutes.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(mutes.c.seq)
)
_NOTIFICATIONS = Statement(
    select(notifications.c.kind, notifications.c.created_at, notifications.c.read_at, notifications.c.mailed_at)
    .where(
        notifications.c.site_seq == bindparam("site_seq"), notifications.c.commenter_seq == bindparam("commenter_seq")
    )
    .order_by(notifications.c.seq)
)
_POINTS = Statement(
    select(points.c.points, points.c.why, points.c.level_after, points.c.created_at)
    .where(points.c.site_seq == bindparam("site_seq"), points.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(points.c.seq)
)
_FROM_EDITORS = Statement(
    select(
        person_acts.c.act,
        person_acts.c.reason,
        person_acts.c.text,
        person_acts.c.until,
        person_acts.c.acknowledged_at,
        person_acts.c.statement,
        person_acts.c.created_at,
        _lifted.c.act,
    )
    .select_from(
        person_acts.outerjoin(
            _lifted, (_lifted.c.site_seq == person_acts.c.site_seq) & (_lifted.c.seq == person_acts.c.reverses)
        )
    )
    .where(person_acts.c.site_seq == bindparam("site_seq"), person_acts.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(person_acts.c.seq)
)
_NOTES = Statement(
    select(desk_notes.c.text, desk_notes.c.created_at)
    .where(desk_notes.c.site_seq == bindparam("site_seq"), desk_notes.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(desk_notes.c.seq)
)
_RENAMES = Statement(
    select(renames.c.before, renames.c.after, renames.c.created_at)
    .where(renames.c.site_seq == bindparam("site_seq"), renames.c.commenter_seq == bindparam("commenter_seq"))
    .order_by(renames.c.seq)
)
_MEMBER = Statement(
    select(
        memberships.c.id,
        memberships.c.name,
        memberships.c.role,
        memberships.c.level,
        memberships.c.points,
        memberships.c.badges,
        memberships.c.preferences,
        memberships.c.banned_at,
        memberships.c.banned_until,
        memberships.c.ban_reason,
        memberships.c.created_at,
        memberships.c.ban_code,
        memberships.c.ban_everywhere,
        memberships.c.held_at,
        memberships.c.held_until,
        memberships.c.leaves_ladder,
        memberships.c.slowed_until,
    ).where(memberships.c.site_seq == bindparam("site_seq"), memberships.c.seq == bindparam("commenter_seq"))
)
_PLACES = Statement(
    select(memberships.c.site_seq, memberships.c.seq, sites.c.key, sites.c.name, sites.c.language, memberships.c.role)
    .select_from(memberships.join(sites, sites.c.seq == memberships.c.site_seq))
    .where(memberships.c.account_seq == bindparam("account_seq"))
    .order_by(memberships.c.site_seq)
)


class Place(Struct, frozen=True):
    """A site of the installation on which an account has a name."""

    site_seq: int
    commenter_seq: int
    site_key: str
    site_name: str
    language: str
    role: str


def places_of(r: Read, account_seq: int) -> list[Place]:
    """Where the account has a name."""
    return [Place(*row) for row in r.rows(_PLACES, account_seq=account_seq)]


def comments_of(r: Read, site_seq: int, commenter_seq: int) -> Iterator[WrittenComment]:
    """Everything they wrote, in whatever status, the oldest first; PAGE rows in memory at a time."""
    after = 0
    known = {"site_seq": site_seq, "commenter_seq": commenter_seq}
    while rows := r.rows(_COMMENTS, **known, after=after):
        last = rows[-1][0]
        texts, judged = _texts(r, known, after, last), _judged(r, known, after, last)
        yield from (_written(row, texts.get(row[0], ()), judged.get(row[0], ())) for row in rows)
        after = last


def rows_about(r: Read, what: str, site_seq: int, commenter_seq: int) -> list[Row]:
    """Their recommendations, reports, appeals, notices, corrections, follows, mutes, notifications, points or changes
    of name, what editors did about them, or noted, the oldest first.
    """
    return r.rows(_OTHERS[what], site_seq=site_seq, commenter_seq=commenter_seq)


def member(r: Read, site_seq: int, commenter_seq: int) -> Row:
    """The row of the membership, which must be there."""
    row = r.row(_MEMBER, site_seq=site_seq, commenter_seq=commenter_seq)
    assert row is not None
    return row


_OTHERS = {
    "renames": _RENAMES,
    "from_editors": _FROM_EDITORS,
    "notes": _NOTES,
    "recommended": _RECOMMENDED,
    "reported": _REPORTED,
    "notices": _NOTICES,
    "corrections": _CORRECTIONS,
    "follows": _FOLLOWS,
    "mutes": _MUTES,
    "notifications": _NOTIFICATIONS,
    "points": _POINTS,
    "appealed": _APPEALED,
}


def _texts(r: Read, known: dict[str, int], after: int, last: int) -> dict[int, tuple[tuple[str, datetime], ...]]:
    found: dict[int, tuple[tuple[str, datetime], ...]] = {}
    for seq, _number, text, saved_at in r.rows(_REVISIONS, **known, after=after, last=last):
        found[seq] = (*found.get(seq, ()), (text, instant(saved_at)))
    return found


def _judged(r: Read, known: dict[str, int], after: int, last: int) -> dict[int, tuple[Judged, ...]]:
    found: dict[int, tuple[Judged, ...]] = {}
    for row in r.rows(_DECISIONS, **known, after=after, last=last):
        decided = Judged(
            outcome=row[1],
            reason=row[2],
            by="the system" if row[3] is None else "an editor",
            at=instant(row[4]),
            statement=msgspec.json.decode(row[5]),
            also=msgspec.json.decode(row[6], type=tuple[str, ...]),
            clauses=msgspec.json.decode(row[7], type=tuple[int, ...]),
            policy_version=row[8],
            section_clauses=section_clauses_from(row[9]),
        )
        found[row[0]] = (*found.get(row[0], ()), decided)
    return found


def _written(row: Row, earlier: tuple[tuple[str, datetime], ...], judged: tuple[Judged, ...]) -> WrittenComment:
    return WrittenComment(
        id=UUID(bytes=row[1]),
        story=headline(row[2]),
        slug=row[3],
        status=row[4],
        reason=row[5],
        text=row[6],
        written_at=instant(row[7]),
        published_at=instant_or_none(row[8]),
        edited_at=instant_or_none(row[9]),
        recommended=row[10],
        earlier=earlier,
        decisions=judged,
    )


class _Headline(Struct):
    headline: str


def headline(content: str) -> str:
    """The headline in a story's stored content."""
    return msgspec.json.decode(content, type=_Headline).headline
