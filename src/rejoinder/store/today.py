"""The desk's day, counted. Each look takes at most so many of the newest rows, so that it costs the same however many
there are.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, case, func, select

from rejoinder.discussion.comments import Status
from rejoinder.discussion.today import HOUR, Heat, Hour
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import cases, comments
from rejoinder.store.values import instant, micros

COMMENTS = 20_000  # the newest that are looked at
CASES = 5_000
_HOUR = HOUR // timedelta(microseconds=1)
_newest = (
    select(comments.c.created_at, comments.c.status, comments.c.story_seq)
    .where(comments.c.site_seq == bindparam("site_seq"))
    .order_by(comments.c.seq.desc())
    .limit(bindparam("most"))
    .subquery("newest")
)
_hour = ((_newest.c.created_at - bindparam("start")) // _HOUR).label("hour")
_POSTED = Statement(
    select(_hour, _newest.c.status, func.count())
    .where(_newest.c.created_at >= bindparam("start"))
    .group_by(_hour, _newest.c.status)
)
_this_hour = func.sum(case((_newest.c.created_at >= bindparam("hour_ago"), 1), else_=0))
_HEAT = Statement(
    select(_newest.c.story_seq, _this_hour, func.count())
    .where(_newest.c.created_at >= bindparam("two_ago"))
    .group_by(_newest.c.story_seq)
    .order_by(_this_hour.desc(), _newest.c.story_seq)
    .limit(20)
)
_newest_cases = (
    select(cases.c.opened_at, cases.c.closed_at, cases.c.closed_by)
    .where(cases.c.site_seq == bindparam("site_seq"))
    .order_by(cases.c.seq.desc())
    .limit(bindparam("most"))
    .subquery("newest_cases")
)
_DECIDED = Statement(
    select(_newest_cases.c.opened_at, _newest_cases.c.closed_at).where(
        _newest_cases.c.closed_by.is_not(None), _newest_cases.c.closed_at >= bindparam("start")
    )
)
_OLDEST = Statement(
    select(cases.c.opened_at, comments.c.id)
    .select_from(
        cases.join(comments, (comments.c.site_seq == cases.c.site_seq) & (comments.c.seq == cases.c.comment_seq))
    )
    .where(
        cases.c.site_seq == bindparam("site_seq"),
        cases.c.kind == CaseKind.REPORTED.value,
        cases.c.closed_at.is_(None),
    )
    .order_by(cases.c.seq)
    .limit(1)
)
_GOES_TO = {Status.PUBLISHED.value: 0, Status.PENDING.value: 1, Status.HIDDEN.value: 1}  # all others are gone


def posted(r: Read, site_seq: int, *, since: datetime, hours: int = 24) -> list[Hour]:
    """What was posted in each hour from `since` on, among the newest COMMENTS."""
    counted = [[0, 0, 0] for _ in range(hours)]
    for hour, status, count in r.rows(_POSTED, site_seq=site_seq, start=micros(since), most=COMMENTS):
        if hour < hours:
            counted[hour][_GOES_TO.get(status, 2)] += count
    return [
        Hour(begins=since + number * HOUR, published=one[0], waiting=one[1], removed=one[2])
        for number, one in enumerate(counted)
    ]


def lasted(r: Read, site_seq: int, *, since: datetime) -> list[timedelta]:
    """How long each case waited that was decided since then, among the newest CASES."""
    rows = r.rows(_DECIDED, site_seq=site_seq, start=micros(since), most=CASES)
    return [timedelta(microseconds=closed - opened) for opened, closed in rows]


def oldest_report(r: Read, site_seq: int) -> tuple[datetime, UUID] | None:
    """Since when the longest waiting report waits, and the comment it is about; None where none waits."""
    row = r.row(_OLDEST, site_seq=site_seq)
    return None if row is None else (instant(row[0]), UUID(bytes=row[1]))


def heat(r: Read, site_seq: int, *, now: datetime) -> list[Heat]:
    """The stories with most comments in the last hour, among the newest COMMENTS."""
    rows = r.rows(_HEAT, site_seq=site_seq, hour_ago=micros(now - HOUR), two_ago=micros(now - 2 * HOUR), most=COMMENTS)
    return [Heat(story_seq=row[0], now=row[1], before=row[2] - row[1]) for row in rows]
