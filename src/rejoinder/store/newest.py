"""The newest published comments of a site, a section or a commenter, at a constant cost: each looks at so many of the
latest by an index and picks from those, however many there are. A late approval is among them by when it was published.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import and_, bindparam, func, literal, or_, select, union_all

from rejoinder.discussion.comments import Status
from rejoinder.discussion.policy import WITH_PARENT
from rejoinder.discussion.tree import Entry
from rejoinder.store import entries
from rejoinder.store.database import Read, Statement
from rejoinder.store.tables import comments, stories

LOOKED_AT = 500  # of a site's or a commenter's latest comments, whatever their status
STORIES = 12  # of a section's newest stories whose comments are in its feed
STORIES_LOOKED_AT = 500  # of a site's newest stories, for those of a section
COUNTED = 10_000  # of a commenter's comments in one status

_OF_SITE = comments.c.site_seq == bindparam("site_seq")
_PUBLISHED = Status.PUBLISHED.value

_latest = (
    select(comments.c.seq, comments.c.story_seq, comments.c.status, comments.c.published_at)
    .where(_OF_SITE, comments.c.lowered_at.is_(None))
    .order_by(comments.c.seq.desc())
    .limit(LOOKED_AT)
    .subquery("latest")
)
_IN_READ_STORY = and_(stories.c.site_seq == bindparam("site_seq"), stories.c.seq == _latest.c.story_seq)
_OF_THE_SITE = Statement(
    select(_latest.c.seq)
    .select_from(_latest.join(stories, _IN_READ_STORY))
    .where(_latest.c.status == _PUBLISHED, stories.c.withdrawn_at.is_(None))
    .order_by(_latest.c.published_at.desc(), _latest.c.seq.desc())
    .limit(bindparam("most"))
)

_recent_stories = (
    select(stories.c.seq, stories.c.section_seq, stories.c.withdrawn_at, stories.c.published_at)
    .where(stories.c.site_seq == bindparam("site_seq"), stories.c.published_at.is_not(None))
    .order_by(stories.c.published_at.desc())
    .limit(STORIES_LOOKED_AT)
    .subquery("recent_stories")
)
_STORIES_OF_SECTION = Statement(
    select(_recent_stories.c.seq)
    .where(_recent_stories.c.section_seq == bindparam("section_seq"), _recent_stories.c.withdrawn_at.is_(None))
    .order_by(_recent_stories.c.published_at.desc())
    .limit(STORIES)
)
_STORY_NAMES = tuple(f"story_{number}" for number in range(STORIES))
_newest_of_each = union_all(
    *(
        select(
            select(comments.c.seq, comments.c.published_at)
            .where(_OF_SITE, comments.c.story_seq == bindparam(name), comments.c.status == _PUBLISHED)
            .where(comments.c.publish_seq.is_not(None), comments.c.lowered_at.is_(None))
            .order_by(comments.c.publish_seq.desc())
            .limit(bindparam("most"))
            .subquery(f"of_{name}")
        )
        for name in _STORY_NAMES
    )
).subquery("newest_of_each")
_OF_STORIES = Statement(
    select(_newest_of_each.c.seq)
    .order_by(_newest_of_each.c.published_at.desc(), _newest_of_each.c.seq.desc())
    .limit(bindparam("most"))
)

_NOT_THEIRS = WITH_PARENT.code  # went with what it answers, for nothing its writer did
_before = comments.alias("before_this")
_BEFORE = (
    select(_before.c.created_at)
    .where(
        _before.c.site_seq == bindparam("site_seq"),
        _before.c.commenter_seq == bindparam("commenter_seq"),
        _before.c.seq == bindparam("before"),
    )
    .scalar_subquery()
)
_THEIRS = (_OF_SITE, comments.c.commenter_seq == bindparam("commenter_seq"))
_LATEST_FIRST = (comments.c.created_at.desc(), comments.c.seq.desc())
_LATEST_OF = (
    select(comments.c.seq, comments.c.status).where(*_THEIRS).order_by(*_LATEST_FIRST).limit(bindparam("looked_at"))
)
_OF_COMMENTER = Statement(_LATEST_OF)
_OF_COMMENTER_BEFORE = Statement(
    _LATEST_OF.where(
        comments.c.created_at <= _BEFORE,
        or_(comments.c.created_at < _BEFORE, comments.c.seq < bindparam("before")),
    )
)
_COUNT_PUBLISHED = Statement(
    select(func.count()).select_from(
        select(literal(1)).where(*_THEIRS, comments.c.status == _PUBLISHED).limit(COUNTED).subquery("published_ones")
    )
)
_COUNT_REMOVED = Statement(
    select(func.count()).select_from(
        select(literal(1))
        .where(
            *_THEIRS, comments.c.status == Status.REMOVED.value, comments.c.removal_reason.is_distinct_from(_NOT_THEIRS)
        )
        .limit(COUNTED)
        .subquery("removed_ones")
    )
)


class Part(Struct, frozen=True):
    """Some of a commenter's published comments, the newest first, and before which seq the list goes on, if it does.
    A part may hold few or none where much of what they wrote is not published.
    """

    seqs: tuple[int, ...]
    before: int | None


def of_site(r: Read, site_seq: int, *, most: int) -> list[Entry]:
    """The site's, the latest published first, from among its LOOKED_AT latest. Two queries."""
    return _in_order(r, site_seq, [row[0] for row in r.rows(_OF_THE_SITE, site_seq=site_seq, most=most)])


def of_section(r: Read, site_seq: int, section_seq: int, *, most: int) -> list[Entry]:
    """Those under the section's STORIES newest stories, the latest published first. Three queries."""
    found = [row[0] for row in r.rows(_STORIES_OF_SECTION, site_seq=site_seq, section_seq=section_seq)]
    if not found:
        return []
    seqs = found + [-1] * (STORIES - len(found))
    named = dict(zip(_STORY_NAMES, seqs, strict=True))
    return _in_order(r, site_seq, [row[0] for row in r.rows(_OF_STORIES, site_seq=site_seq, most=most, **named)])


def of_commenter(
    r: Read, site_seq: int, commenter_seq: int, *, before: int = 0, most: int, looked_at: int = LOOKED_AT
) -> Part:
    """A part of theirs from before the comment of a seq (0: from the latest). One query."""
    asked = {"site_seq": site_seq, "commenter_seq": commenter_seq, "looked_at": looked_at}
    rows = r.rows(_OF_COMMENTER_BEFORE, **asked, before=before) if before else r.rows(_OF_COMMENTER, **asked)
    published = [row[0] for row in rows if row[1] == _PUBLISHED]
    if len(published) > most:
        return Part(tuple(published[:most]), published[most - 1])
    return Part(tuple(published), rows[-1][0] if len(rows) == looked_at else None)


def in_order(r: Read, site_seq: int, part: Part) -> list[Entry]:
    """The comments of a part. One query, none for none."""
    return _in_order(r, site_seq, part.seqs)


def record_of(r: Read, site_seq: int, commenter_seq: int) -> tuple[int, int]:
    """How many of their comments are published, and how many were removed after publication; each
    counted up to COUNTED. Two queries.
    """
    asked = {"site_seq": site_seq, "commenter_seq": commenter_seq}
    return int(r.value(_COUNT_PUBLISHED, **asked)), int(r.value(_COUNT_REMOVED, **asked))


def _in_order(r: Read, site_seq: int, seqs: Sequence[int]) -> list[Entry]:
    found = entries.by_seqs(r, site_seq, seqs)
    return [found[seq] for seq in seqs if seq in found]
