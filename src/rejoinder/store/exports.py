"""Everything of a site, a page of rows at a time, for an export: joined to public ids, in the order of writing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import BindParameter, bindparam, select

from rejoinder.discussion.stories import Content
from rejoinder.store.database import Read, Row, Statement
from rejoinder.store.tables import (
    accounts,
    comments,
    decisions,
    memberships,
    revisions,
    sections,
    stories,
    story_addresses,
    story_versions,
)
from rejoinder.store.values import instant, instant_or_none

PAGE = 500  # rows in memory at once

_parents = comments.alias("parents")
_reversed = decisions.alias("reversed")
_deciders = memberships.alias("deciders")
_causes = decisions.alias("causes")
_pickers = memberships.alias("pickers")
_AFTER: BindParameter[int] = bindparam("after")
_MOST: BindParameter[int] = bindparam("most")
_STORIES = Statement(
    select(
        stories.c.seq,
        stories.c.id,
        stories.c.slug,
        sections.c.key,
        stories.c.publisher_id,
        stories.c.canonical_url,
        stories.c.published_at,
        stories.c.published_at_source,
        stories.c.withdrawn_at,
        stories.c.rules,
        stories.c.published_count,
    )
    .select_from(
        stories.outerjoin(
            sections, (sections.c.site_seq == stories.c.site_seq) & (sections.c.seq == stories.c.section_seq)
        )
    )
    .where(stories.c.site_seq == bindparam("site_seq"), stories.c.seq > _AFTER)
    .order_by(stories.c.seq)
    .limit(_MOST)
)
_VERSIONS = Statement(
    select(story_versions.c.number, story_versions.c.saved_at, story_versions.c.content)
    .where(story_versions.c.site_seq == bindparam("site_seq"), story_versions.c.story_seq == bindparam("story_seq"))
    .order_by(story_versions.c.number)
)
_ADDRESSES = Statement(
    select(story_addresses.c.address)
    .where(
        story_addresses.c.site_seq == bindparam("site_seq"),
        story_addresses.c.story_seq == bindparam("story_seq"),
        story_addresses.c.address != "",
    )
    .order_by(story_addresses.c.key)
)
_COMMENTERS = Statement(
    select(
        memberships.c.seq,
        memberships.c.id,
        memberships.c.name,
        memberships.c.role,
        memberships.c.created_at,
        memberships.c.account_seq,
        memberships.c.banned_at,
        memberships.c.banned_until,
        memberships.c.ban_reason,
        accounts.c.email,
        memberships.c.level,
        memberships.c.leaves_ladder,
        memberships.c.ban_code,
        memberships.c.ban_everywhere,
        memberships.c.held_at,
        memberships.c.held_until,
    )
    .select_from(memberships.outerjoin(accounts, accounts.c.seq == memberships.c.account_seq))
    .where(memberships.c.site_seq == bindparam("site_seq"), memberships.c.seq > _AFTER)
    .order_by(memberships.c.seq)
    .limit(_MOST)
)
_COMMENTS = Statement(
    select(
        comments.c.seq,
        comments.c.id,
        stories.c.id,
        memberships.c.id,
        _parents.c.id,
        comments.c.status,
        comments.c.text,
        comments.c.revision,
        comments.c.marker,
        comments.c.removal_reason,
        comments.c.policy_version,
        comments.c.publish_seq,
        comments.c.created_at,
        comments.c.published_at,
        comments.c.edited_at,
        comments.c.import_key,
        comments.c.picked_at,
        _pickers.c.id,
        comments.c.pick_note,
        comments.c.lowered_at,
        comments.c.locked_at,
    )
    .select_from(
        comments.join(stories, (stories.c.site_seq == comments.c.site_seq) & (stories.c.seq == comments.c.story_seq))
        .join(
            memberships,
            (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.commenter_seq),
        )
        .outerjoin(_parents, (_parents.c.site_seq == comments.c.site_seq) & (_parents.c.seq == comments.c.parent_seq))
        .outerjoin(_pickers, (_pickers.c.site_seq == comments.c.site_seq) & (_pickers.c.seq == comments.c.picked_by))
    )
    .where(comments.c.site_seq == bindparam("site_seq"), comments.c.seq > _AFTER)
    .order_by(comments.c.seq)
    .limit(_MOST)
)
_REVISIONS = Statement(
    select(revisions.c.comment_seq, revisions.c.number, revisions.c.text, revisions.c.saved_at)
    .where(
        revisions.c.site_seq == bindparam("site_seq"),
        revisions.c.comment_seq >= bindparam("first"),
        revisions.c.comment_seq <= bindparam("last"),
    )
    .order_by(revisions.c.comment_seq, revisions.c.number)
)
_DECISIONS = Statement(
    select(
        decisions.c.seq,
        decisions.c.id,
        comments.c.id,
        decisions.c.revision,
        decisions.c.outcome,
        decisions.c.status_before,
        decisions.c.status_after,
        decisions.c.created_at,
        _deciders.c.id,
        decisions.c.rule,
        decisions.c.reason,
        decisions.c.note,
        _reversed.c.id,
        _causes.c.id,
        decisions.c.also,
        decisions.c.clauses,
        decisions.c.policy_version,
        decisions.c.cited,
        decisions.c.statement,
    )
    .select_from(
        decisions.join(
            comments, (comments.c.site_seq == decisions.c.site_seq) & (comments.c.seq == decisions.c.comment_seq)
        )
        .outerjoin(_deciders, (_deciders.c.site_seq == decisions.c.site_seq) & (_deciders.c.seq == decisions.c.by_seq))
        .outerjoin(
            _reversed, (_reversed.c.site_seq == decisions.c.site_seq) & (_reversed.c.seq == decisions.c.reverses)
        )
        .outerjoin(_causes, (_causes.c.site_seq == decisions.c.site_seq) & (_causes.c.seq == decisions.c.caused_by))
    )
    .where(decisions.c.site_seq == bindparam("site_seq"), decisions.c.seq > _AFTER)
    .order_by(decisions.c.seq)
    .limit(_MOST)
)


class KeptVersion(Struct, frozen=True):
    number: int
    saved_at: datetime
    content: Content


class KeptStory(Struct, frozen=True, kw_only=True):
    """A story with every version of its content."""

    id: UUID
    slug: str
    section_key: str | None
    publisher_id: str | None
    canonical_url: str | None
    published_at: datetime | None
    published_at_source: str | None
    withdrawn_at: datetime | None
    rules: str
    published_count: int
    versions: tuple[KeptVersion, ...]
    addresses: tuple[str, ...]


class KeptCommenter(Struct, frozen=True, kw_only=True):
    """A commenter with the mail address of their account."""

    id: UUID
    name: str
    role: str
    since: datetime
    has_account: bool
    banned_at: datetime | None
    banned_until: datetime | None
    ban_reason: str
    email: str | None
    level: str
    is_off_ladder: bool
    ban_code: str | None
    is_banned_everywhere: bool
    held_at: datetime | None
    held_until: datetime | None


class KeptRevision(Struct, frozen=True):
    number: int
    text: str
    saved_at: datetime


class KeptComment(Struct, frozen=True, kw_only=True):
    """A comment with the texts it had before."""

    id: UUID
    story_id: UUID
    commenter_id: UUID
    parent_id: UUID | None
    status: str
    text: str
    revision: int
    marker: str
    removal_reason: str | None
    policy_version: int
    place: int | None
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    import_key: str | None
    picked_at: datetime | None
    picked_by: UUID | None
    pick_note: str
    lowered_at: datetime | None
    locked_at: datetime | None
    revisions: tuple[KeptRevision, ...]


class KeptDecision(Struct, frozen=True, kw_only=True):
    id: UUID
    comment_id: UUID
    revision: int
    outcome: str
    status_before: str
    status_after: str
    created_at: datetime
    by_id: UUID | None
    rule: str | None
    reason: str | None
    note: str
    reverses_id: UUID | None
    caused_by_id: UUID | None
    also: tuple[str, ...]
    clauses: tuple[int, ...]
    policy_version: int | None
    cited: tuple[tuple[int, int], ...]
    statement: dict[str, Any]


def every_story(r: Read, site_seq: int) -> Iterator[KeptStory]:
    """All stories, whatever their state."""
    for page in _pages(r, _STORIES, site_seq):
        for row in page:
            yield _story(r, site_seq, row)


def every_commenter(r: Read, site_seq: int) -> Iterator[KeptCommenter]:
    """Everyone the site knows, imported names and staff included."""
    for page in _pages(r, _COMMENTERS, site_seq):
        for row in page:
            yield KeptCommenter(
                id=UUID(bytes=row[1]),
                name=row[2],
                role=row[3],
                since=instant(row[4]),
                has_account=row[5] is not None,
                banned_at=instant_or_none(row[6]),
                banned_until=instant_or_none(row[7]),
                ban_reason=row[8],
                email=row[9],
                level=row[10],
                is_off_ladder=bool(row[11]),
                ban_code=row[12],
                is_banned_everywhere=bool(row[13]),
                held_at=instant_or_none(row[14]),
                held_until=instant_or_none(row[15]),
            )


def every_comment(r: Read, site_seq: int) -> Iterator[KeptComment]:
    """All comments of all stories, whatever their status; a parent comes before its replies."""
    for page in _pages(r, _COMMENTS, site_seq):
        kept: dict[int, list[KeptRevision]] = {}
        for row in r.rows(_REVISIONS, site_seq=site_seq, first=page[0][0], last=page[-1][0]):
            kept.setdefault(row[0], []).append(KeptRevision(row[1], row[2], instant(row[3])))
        for row in page:
            yield _comment(row, tuple(kept.get(row[0], ())))


def every_decision(r: Read, site_seq: int) -> Iterator[KeptDecision]:
    """The whole record, the oldest first."""
    for page in _pages(r, _DECISIONS, site_seq):
        for row in page:
            yield KeptDecision(
                id=UUID(bytes=row[1]),
                comment_id=UUID(bytes=row[2]),
                revision=row[3],
                outcome=row[4],
                status_before=row[5],
                status_after=row[6],
                created_at=instant(row[7]),
                by_id=_id_or_none(row[8]),
                rule=row[9],
                reason=row[10],
                note=row[11],
                reverses_id=_id_or_none(row[12]),
                caused_by_id=_id_or_none(row[13]),
                also=msgspec.json.decode(row[14], type=tuple[str, ...]),
                clauses=msgspec.json.decode(row[15], type=tuple[int, ...]),
                policy_version=row[16],
                cited=msgspec.json.decode(row[17], type=tuple[tuple[int, int], ...]),
                statement=msgspec.json.decode(row[18]),
            )


def _pages(r: Read, statement: Statement, site_seq: int) -> Iterator[list[Row]]:
    after = 0
    while page := r.rows(statement, site_seq=site_seq, after=after, most=PAGE):
        yield page
        after = page[-1][0]


def _story(r: Read, site_seq: int, row: Row) -> KeptStory:
    return KeptStory(
        id=UUID(bytes=row[1]),
        slug=row[2],
        section_key=row[3],
        publisher_id=row[4],
        canonical_url=row[5],
        published_at=instant_or_none(row[6]),
        published_at_source=row[7],
        withdrawn_at=instant_or_none(row[8]),
        rules=row[9],
        published_count=row[10],
        versions=tuple(
            KeptVersion(each[0], instant(each[1]), msgspec.json.decode(each[2], type=Content))
            for each in r.rows(_VERSIONS, site_seq=site_seq, story_seq=row[0])
        ),
        addresses=tuple(each[0] for each in r.rows(_ADDRESSES, site_seq=site_seq, story_seq=row[0])),
    )


def _comment(row: Row, kept: tuple[KeptRevision, ...]) -> KeptComment:
    return KeptComment(
        id=UUID(bytes=row[1]),
        story_id=UUID(bytes=row[2]),
        commenter_id=UUID(bytes=row[3]),
        parent_id=_id_or_none(row[4]),
        status=row[5],
        text=row[6],
        revision=row[7],
        marker=row[8],
        removal_reason=row[9],
        policy_version=row[10],
        place=row[11],
        created_at=instant(row[12]),
        published_at=instant_or_none(row[13]),
        edited_at=instant_or_none(row[14]),
        import_key=row[15],
        picked_at=instant_or_none(row[16]),
        picked_by=_id_or_none(row[17]),
        pick_note=row[18],
        lowered_at=instant_or_none(row[19]),
        locked_at=instant_or_none(row[20]),
        revisions=kept,
    )


def _id_or_none(stored: bytes | None) -> UUID | None:
    return None if stored is None else UUID(bytes=stored)
