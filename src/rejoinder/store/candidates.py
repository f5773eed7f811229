"""Comments that could be picked, and those that were."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, exists, func, select

from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.picks import SHORTEST, Candidate
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import cases, comments, consents, memberships
from rejoinder.store.values import instant, instant_or_none, micros

LOOKED_AT = 2_000  # the newest comments; of these
WEIGHED = 300  # so many are weighed, those that readers noticed most
_newest = (
    select(comments)
    .where(comments.c.site_seq == bindparam("site_seq"))
    .order_by(comments.c.seq.desc())
    .limit(LOOKED_AT)
    .subquery("newest")
)
_theirs = comments.alias("theirs")
_was_picked = exists().where(
    _theirs.c.site_seq == _newest.c.site_seq,
    _theirs.c.commenter_seq == _newest.c.commenter_seq,
    _theirs.c.picked_at.is_not(None),
)
_is_reported = exists().where(
    cases.c.site_seq == _newest.c.site_seq,
    cases.c.comment_seq == _newest.c.seq,
    cases.c.kind == CaseKind.REPORTED.value,
    cases.c.closed_at.is_(None),
)
_noticed = _newest.c.recommended + _newest.c.recommended_by_guests + _newest.c.replies
_CANDIDATES = Statement(
    select(
        _newest.c.seq,
        _newest.c.story_seq,
        _newest.c.commenter_seq,
        _newest.c.text,
        _newest.c.recommended + _newest.c.recommended_by_guests,
        _newest.c.replies,
        _was_picked,
    )
    .select_from(
        _newest.join(
            memberships,
            (memberships.c.site_seq == _newest.c.site_seq) & (memberships.c.seq == _newest.c.commenter_seq),
        )
    )
    .where(
        _newest.c.status == Status.PUBLISHED.value,
        _newest.c.picked_at.is_(None),
        _newest.c.created_at >= bindparam("since"),
        func.length(_newest.c.text) >= SHORTEST,
        memberships.c.role == Role.READER.value,
        ~_is_reported,
    )
    .order_by(_noticed.desc(), _newest.c.seq.desc())
    .limit(WEIGHED)
)
_PICKED = Statement(
    select(
        comments.c.seq,
        comments.c.picked_at,
        consents.c.asked_at,
        consents.c.is_given,
        consents.c.signed_as,
        comments.c.pick_note,
    )
    .select_from(
        comments.outerjoin(
            consents, (consents.c.site_seq == comments.c.site_seq) & (consents.c.comment_seq == comments.c.seq)
        )
    )
    .where(
        comments.c.site_seq == bindparam("site_seq"),
        comments.c.picked_at >= bindparam("since"),
        comments.c.picked_at <= bindparam("until"),
        comments.c.status == Status.PUBLISHED.value,
    )
    .order_by(comments.c.picked_at.desc(), comments.c.seq.desc())
    .limit(bindparam("most"))
)


class Picked(Struct, frozen=True, kw_only=True):
    """A picked comment that stands, and its writer's word on printing it: not asked, asked, yes or no."""

    comment_seq: int
    picked_at: datetime
    asked_at: datetime | None = None
    is_given: bool | None = None
    signed_as: str = ""
    note: str = ""  # the editors' word beside it


def candidates(r: Read, site_seq: int, *, since: datetime) -> list[Candidate]:
    """Published comments of readers since then, without an open report, long enough to print; among the newest."""
    return [
        Candidate(
            comment_seq=row[0],
            story_seq=row[1],
            writer_seq=row[2],
            text=row[3],
            recommended=row[4],
            replies=row[5],
            was_picked=bool(row[6]),
        )
        for row in r.rows(_CANDIDATES, site_seq=site_seq, since=micros(since))
    ]


def picked(r: Read, site_seq: int, *, since: datetime, until: datetime, most: int = 100) -> list[Picked]:
    """What was picked from `since` to `until` and still stands, the latest first."""
    rows = r.rows(_PICKED, site_seq=site_seq, since=micros(since), until=micros(until), most=most)
    return [
        Picked(
            comment_seq=row[0],
            picked_at=instant(row[1]),
            asked_at=instant_or_none(row[2]),
            is_given=None if row[3] is None else bool(row[3]),
            signed_as=row[4] or "",
            note=row[5],
        )
        for row in rows
    ]
