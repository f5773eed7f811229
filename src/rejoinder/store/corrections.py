"""Corrections: what readers say is wrong in a story, and what came of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.corrections import Correction, Outcome, Remark
from rejoinder.discussion.refusals import UnknownCorrection, UnknownReceipt
from rejoinder.discussion.stories import Story
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import corrections, memberships, stories, story_versions
from rejoinder.store.values import hashed, instant, instant_or_none, micros, new_id

_by = memberships.alias("by_whom")
_SELECT = select(
    corrections.c.seq,
    corrections.c.id,
    corrections.c.site_seq,
    corrections.c.story_seq,
    corrections.c.content_version,
    corrections.c.quote,
    corrections.c.text,
    corrections.c.source,
    corrections.c.created_at,
    corrections.c.commenter_seq,
    memberships.c.name,
    corrections.c.email,
    corrections.c.resolution,
    corrections.c.answer,
    corrections.c.led_to,
    corrections.c.resolved_at,
    _by.c.name.label("by_name"),
).select_from(
    corrections.outerjoin(
        memberships,
        (memberships.c.site_seq == corrections.c.site_seq) & (memberships.c.seq == corrections.c.commenter_seq),
    ).outerjoin(_by, (_by.c.site_seq == corrections.c.site_seq) & (_by.c.seq == corrections.c.resolved_by))
)
_OF_SITE = corrections.c.site_seq == bindparam("site_seq")
_BY_ID = Statement(_SELECT.where(_OF_SITE, corrections.c.id == bindparam("id")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, corrections.c.seq == bindparam("seq")))
_BY_RECEIPT = Statement(_SELECT.where(_OF_SITE, corrections.c.receipt_hash == bindparam("receipt_hash")))
_ADD = Statement.insert(
    corrections,
    "site_seq",
    "id",
    "story_seq",
    "content_version",
    "quote",
    "text",
    "source",
    "commenter_seq",
    "email",
    "receipt_hash",
    "created_at",
    returning="seq",
)
_RESOLVE = Statement(
    update(corrections)
    .where(corrections.c.site_seq == bindparam("of_site"), corrections.c.seq == bindparam("this"))
    .values(
        resolution=bindparam("became"),
        answer=bindparam("told"),
        led_to=bindparam("version"),
        resolved_by=bindparam("editor"),
        resolved_at=bindparam("moment"),
    )
)
_REOPEN = Statement(
    update(corrections)
    .where(corrections.c.site_seq == bindparam("of_site"), corrections.c.seq == bindparam("this"))
    .values(resolution=None, answer="", led_to=None, resolved_by=None, resolved_at=None)
)
_LED_TO = Statement(
    _SELECT.where(_OF_SITE, corrections.c.story_seq == bindparam("story_seq"), corrections.c.led_to.is_not(None))
)
_THIS_STORY = (stories.c.site_seq == bindparam("site_seq"), stories.c.seq == bindparam("story_seq"))
_VERSION = Statement(select(stories.c.content_version).where(*_THIS_STORY))
_VERSIONS = Statement(
    select(story_versions.c.number, story_versions.c.saved_at)
    .where(
        story_versions.c.site_seq == bindparam("site_seq"),
        story_versions.c.story_seq == bindparam("story_seq"),
        story_versions.c.number > bindparam("after"),
    )
    .order_by(story_versions.c.number)
)
_SET_CORRECTED = Statement(
    update(stories)
    .where(stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("of_story"))
    .values(corrected=bindparam("moments"))
)


def add(
    w: Write,
    story: Story,
    remark: Remark,
    *,
    correction_id: UUID | None,
    receipt: str,
    commenter_seq: int | None,
    email: str | None,
    now: datetime,
) -> int:
    """The new correction's seq: of the story as it is now."""
    seq: int = w.value(
        _ADD,
        site_seq=story.site_seq,
        id=(correction_id or new_id()).bytes,
        story_seq=story.seq,
        content_version=content_version(w, story),
        quote=remark.quote,
        text=remark.text,
        source=remark.source,
        commenter_seq=commenter_seq,
        email=email,
        receipt_hash=hashed(receipt),
        created_at=micros(now),
    )
    return seq


def by_id(r: Read, site_seq: int, correction_id: UUID) -> Correction:
    """The correction. Raises UnknownCorrection."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=correction_id.bytes))


def by_seq(r: Read, site_seq: int, seq: int) -> Correction:
    """The correction. Raises UnknownCorrection."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def by_receipt(r: Read, site_seq: int, receipt: str) -> Correction:
    """The correction this receipt was given for. Raises UnknownReceipt."""
    row = r.row(_BY_RECEIPT, site_seq=site_seq, receipt_hash=hashed(receipt))
    if row is None:
        raise UnknownReceipt
    return _correction(row)


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Correction]:
    """Several corrections, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(corrections.c.seq, wanted)))
    return {row[0]: _correction(row) for row in r.rows(statement, site_seq=site_seq)}


def content_version(r: Read, story: Story) -> int:
    """The number of the story's newest text."""
    return int(r.value(_VERSION, site_seq=story.site_seq, story_seq=story.seq))


def versions_after(r: Read, story: Story, number: int) -> list[tuple[int, datetime]]:
    """The story's texts after this one, by number, and since when each stands."""
    rows = r.rows(_VERSIONS, site_seq=story.site_seq, story_seq=story.seq, after=number)
    return [(row[0], instant(row[1])) for row in rows]


def resolve(
    w: Write,
    correction: Correction,
    outcome: Outcome,
    *,
    answer: str,
    by_seq: int,
    now: datetime,
    led_to: int | None = None,
) -> None:
    """Answers the correction."""
    w.run(
        _RESOLVE,
        of_site=correction.site_seq,
        this=correction.seq,
        became=outcome.value,
        told=answer,
        version=led_to,
        editor=by_seq,
        moment=micros(now),
    )


def reopen(w: Write, correction: Correction) -> None:
    """Nobody has answered it."""
    w.run(_REOPEN, of_site=correction.site_seq, this=correction.seq)


def of_story(r: Read, correction: Correction) -> list[Correction]:
    """All corrections of the same story that led to something."""
    rows = r.rows(_LED_TO, site_seq=correction.site_seq, story_seq=correction.story_seq)
    return [_correction(row) for row in rows]


def set_corrected(w: Write, story: Story, moments: tuple[datetime, ...]) -> None:
    """When the story was corrected. The caller raises its version."""
    encoded = msgspec.json.encode([micros(moment) for moment in moments]).decode()
    w.run(_SET_CORRECTED, of_site=story.site_seq, of_story=story.seq, moments=encoded)


def _found(row: Row | None) -> Correction:
    if row is None:
        raise UnknownCorrection
    return _correction(row)


def _correction(row: Row) -> Correction:
    return Correction(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        story_seq=row[3],
        content_version=row[4],
        quote=row[5],
        text=row[6],
        source=row[7],
        created_at=instant(row[8]),
        commenter_seq=row[9],
        commenter_name=row[10],
        email=row[11],
        resolution=Outcome(row[12]) if row[12] else None,
        answer=row[13],
        led_to=row[14],
        resolved_at=instant_or_none(row[15]),
        resolved_by=row[16],
    )
