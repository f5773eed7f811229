"""Whether what is stored agrees with itself, and with the clock: what doctor asks."""

from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from rejoinder.discussion.comments import Status
from rejoinder.store.database import SQLITE, Read, Statement
from rejoinder.store.tables import accounts, comments, sites, stories
from rejoinder.store.values import instant_or_none

_ON_RECORD = (
    select(comments.c.site_seq, comments.c.story_seq, func.count().label("published"))
    .where(comments.c.status == bindparam("status"))
    .group_by(comments.c.site_seq, comments.c.story_seq)
    .subquery("on_record")
)
_MISCOUNTED = Statement(
    select(sites.c.key, stories.c.slug, stories.c.published_count, func.coalesce(_ON_RECORD.c.published, 0))
    .select_from(
        stories.join(sites, sites.c.seq == stories.c.site_seq).outerjoin(
            _ON_RECORD, (_ON_RECORD.c.site_seq == stories.c.site_seq) & (_ON_RECORD.c.story_seq == stories.c.seq)
        )
    )
    .where(stories.c.published_count != func.coalesce(_ON_RECORD.c.published, 0))
    .order_by(stories.c.seq)
    .limit(bindparam("most"))
)
_STORIES = Statement(select(func.count()).select_from(stories))
_NEWEST = Statement(select(func.max(comments.c.created_at)))
_CLOCK = Statement(select(func.clock_timestamp()))
_ACCOUNTS_AT = Statement(select(func.count()).select_from(accounts).where(accounts.c.email.like(bindparam("pattern"))))


class Miscounted(Struct, frozen=True, kw_only=True):
    """A story whose stored number of published comments is not the number there are."""

    site_key: str
    slug: str
    stored: int
    present: int


def miscounted(r: Read, *, most: int = 20) -> list[Miscounted]:
    """The first stories whose count does not agree with their comments."""
    rows = r.rows(_MISCOUNTED, status=Status.PUBLISHED.value, most=most)
    return [Miscounted(site_key=row[0], slug=row[1], stored=row[2], present=row[3]) for row in rows]


def story_count(r: Read) -> int:
    return int(r.value(_STORIES))


def newest_comment_at(r: Read) -> datetime | None:
    """When the newest comment says it was written: a moment still to come means that a clock is, or was, wrong."""
    return instant_or_none(r.value(_NEWEST))


def server_clock(r: Read) -> datetime | None:
    """What the database server takes for now; None for SQLite, which has no clock but ours."""
    if r.dialect is SQLITE:
        return None
    told: datetime = r.value(_CLOCK)
    return told.astimezone(UTC)


def accounts_at(r: Read, domain: str) -> int:
    """How many accounts have a mail address of this domain."""
    return int(r.value(_ACCOUNTS_AT, pattern=f"%@{domain}"))
