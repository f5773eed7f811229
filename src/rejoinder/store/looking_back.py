"""Looking back: what was written, what was decided and by whom, and what is published without a person's look. Each
list is read from an index in order, so the first page costs the same under a thousand comments and under a million;
they are counted only as far as COUNTED.
"""

from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.store.database import Read, Statement, one_of
from rejoinder.store.narrowing import Condition, Narrowed, of_comments
from rejoinder.store.tables import comments, decisions, stories

COUNTED = 1_000  # one more says "more"
END = 1 << 62
NARROWED_BY_NOTHING = Narrowed()
_later = decisions.alias("later")


class Look(StrEnum):
    """At what."""

    UNREVIEWED = "unreviewed"  # published, and seen by no editor yet
    WRITTEN = "written"  # everything
    APPROVED = "approved"  # by a person,
    REJECTED = "rejected"  # likewise
    BY_SYSTEM = "by-system"  # decided by a rule


class Unasked(Struct, frozen=True, kw_only=True):
    """Where a look at what is published is not expected: sections by seq, and whether also outside of any. A story's
    own mode goes before its section's.
    """

    mode: str = ""
    sections: frozenset[int] = frozenset()
    elsewhere: bool = False


NOWHERE = Unasked()


def page(
    r: Read,
    site_seq: int,
    look: Look,
    *,
    narrowed: Narrowed = NARROWED_BY_NOTHING,
    unasked: Unasked = NOWHERE,
    oldest_first: bool = False,
    after: int = 0,
    most: int = 25,
) -> list[tuple[int, int]]:
    """Places in the list and the comments there, by seq: the newest first, from after a place (0: from the top)."""
    statement = _page(site_seq, look, narrowed, unasked, oldest_first)
    beyond = after if oldest_first else after or END
    return [(row[0], row[1]) for row in r.rows(statement, beyond=beyond, most=most)]


def counted(r: Read, site_seq: int, *, unasked: Unasked = NOWHERE) -> dict[Look, int]:
    """How many there are in each list: exactly, up to COUNTED; COUNTED + 1 stands for more. One query."""
    return {Look(row[0]): row[1] for row in r.rows(_counts(site_seq, unasked))}


@lru_cache(maxsize=256)
def _page(site_seq: int, look: Look, narrowed: Narrowed, unasked: Unasked, oldest_first: bool) -> Statement:  # noqa: FBT001 - a cache's key
    found = _list(site_seq, look, unasked)
    if look in _DECIDED:
        join = (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        conditions = of_comments(narrowed, site_seq)
        found = found.join(comments, join).where(*conditions) if conditions else found
        place: ColumnElement[int] = decisions.c.seq
    else:
        found, place = found.where(*of_comments(narrowed, site_seq)), comments.c.seq
    if oldest_first:
        return Statement(found.where(place > bindparam("beyond")).order_by(place).limit(bindparam("most")))
    return Statement(found.where(place < bindparam("beyond")).order_by(place.desc()).limit(bindparam("most")))


@lru_cache(maxsize=64)
def _counts(site_seq: int, unasked: Unasked) -> Statement:
    lists = {
        look: _list(site_seq, look, unasked).limit(COUNTED + 1).subquery(f"look_{number}")
        for number, look in enumerate(Look)
    }
    return Statement(
        union_all(
            *(
                select(literal_column(f"'{look.value}'").label("look"), func.count().label("count")).select_from(part)
                for look, part in lists.items()
            )
        )
    )


def _list(site_seq: int, look: Look, unasked: Unasked) -> Select[tuple[int, int]]:
    """Places and comments, in no order yet."""
    if look in _DECIDED:
        found = select(decisions.c.seq, decisions.c.comment_seq).select_from(decisions)
        return found.where(decisions.c.site_seq == literal(site_seq), *_DECIDED[look], _IS_LATEST)
    found = select(comments.c.seq, comments.c.seq.label("comment_seq")).select_from(comments)
    found = found.where(comments.c.site_seq == literal(site_seq))
    if look is Look.WRITTEN:
        return found
    found = found.where(*_UNREVIEWED)
    return found if unasked == NOWHERE else found.where(~_is_unasked(unasked))


_IS_LATEST = ~exists().where(
    _later.c.site_seq == decisions.c.site_seq,
    _later.c.comment_seq == decisions.c.comment_seq,
    _later.c.seq > decisions.c.seq,
)
_DECIDED: dict[Look, tuple[Condition, ...]] = {
    Look.APPROVED: (
        decisions.c.outcome == literal_column(f"'{Outcome.APPROVE.value}'"),
        decisions.c.by_seq.is_not(None),
    ),
    Look.REJECTED: (
        decisions.c.outcome == literal_column(f"'{Outcome.REJECT.value}'"),
        decisions.c.by_seq.is_not(None),
    ),
    Look.BY_SYSTEM: (decisions.c.by_seq.is_(None),),
}
_UNREVIEWED = (  # as its index says it
    comments.c.reviewed_at.is_(None),
    comments.c.status == literal_column(f"'{Status.PUBLISHED.value}'"),
)


def _is_unasked(unasked: Unasked) -> Condition:
    """By the story's own mode, else by its section's."""
    own = literal(f'"mode":"{unasked.mode}"')
    in_section = one_of(stories.c.section_seq, unasked.sections) if unasked.sections else false()
    outside = stories.c.section_seq.is_(None) if unasked.elsewhere else false()
    inherits = ~stories.c.rules.contains(literal('"mode":'))
    return exists().where(
        stories.c.site_seq == comments.c.site_seq,
        stories.c.seq == comments.c.story_seq,
        or_(stories.c.rules.contains(own), and_(inherits, or_(in_section, outside))),
    )
