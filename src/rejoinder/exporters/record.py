"""A site as it leaves the installation: one record for each thing, in an order in which every record only refers to
earlier ones. Times are RFC 3339 in UTC; ids are the public ones; what is absent is left out.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.desk_records import DeskRecord
from rejoinder.discussion.stories import Content

FORMAT = "rejoinder-site"
VERSION = 1


class SiteRecord(Struct, frozen=True, kw_only=True, tag="site", tag_field="record", omit_defaults=True):
    """The first line: what follows, and the publication itself."""

    format: str
    version: int
    exported_at: datetime
    key: str
    name: str
    language: str
    zone: str
    origin: str = ""
    rules: dict[str, Any] = {}
    texts: dict[str, str] = {}
    policy_version: int = 1


class SectionRecord(Struct, frozen=True, kw_only=True, tag="section", tag_field="record", omit_defaults=True):
    key: str
    name: str
    rules: dict[str, Any] = {}


class StoryVersionRecord(Struct, frozen=True, kw_only=True):
    """A story's content as it once stood."""

    number: int
    saved_at: datetime
    content: Content


class StoryRecord(Struct, frozen=True, kw_only=True, tag="story", tag_field="record", omit_defaults=True):
    """`versions` holds every state of the content, the newest last."""

    id: UUID
    slug: str
    versions: tuple[StoryVersionRecord, ...]
    section: str | None = None
    publisher_id: str | None = None
    canonical_url: str | None = None
    addresses: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_at_source: str | None = None
    withdrawn_at: datetime | None = None
    rules: dict[str, Any] = {}
    published_count: int = 0


class CommenterRecord(Struct, frozen=True, kw_only=True, tag="commenter", tag_field="record", omit_defaults=True):
    """`email` is there only in an export with personal data."""

    id: UUID
    name: str
    role: str
    since: datetime
    has_account: bool = False
    level: str = "new"
    is_off_ladder: bool = False
    banned_at: datetime | None = None
    banned_until: datetime | None = None
    ban_reason: str = ""
    ban_code: str | None = None
    is_banned_everywhere: bool = False
    held_at: datetime | None = None
    held_until: datetime | None = None
    email: str | None = None


class RevisionRecord(Struct, frozen=True, kw_only=True):
    """A comment's text as it stood before an edit."""

    number: int
    text: str
    saved_at: datetime


class CommentRecord(Struct, frozen=True, kw_only=True, tag="comment", tag_field="record", omit_defaults=True):
    """`text` is what was typed, of number `revision`; `revisions` holds those before it. HTML is rendered again."""

    id: UUID
    story: UUID
    commenter: UUID
    status: str
    text: str
    created_at: datetime
    revision: int = 1
    parent: UUID | None = None
    marker: str = "none"
    removal_reason: str | None = None
    policy_version: int = 1
    published_at: datetime | None = None
    place: int | None = None
    edited_at: datetime | None = None
    picked_at: datetime | None = None
    picked_by: UUID | None = None
    pick_note: str = ""
    lowered_at: datetime | None = None
    locked_at: datetime | None = None
    import_key: str | None = None
    revisions: tuple[RevisionRecord, ...] = ()


class DecisionRecord(Struct, frozen=True, kw_only=True, tag="decision", tag_field="record", omit_defaults=True):
    """`by` is a commenter; without it the system decided, by `rule`."""

    id: UUID
    comment: UUID
    revision: int
    outcome: str
    status_before: str
    status_after: str
    created_at: datetime
    by: UUID | None = None
    rule: str | None = None
    reason: str | None = None
    note: str = ""
    reverses: UUID | None = None
    caused_by: UUID | None = None
    also: tuple[str, ...] = ()
    clauses: tuple[int, ...] = ()
    policy_version: int | None = None
    cited: tuple[tuple[int, int], ...] = ()
    statement: dict[str, Any] = {}


class EndRecord(Struct, frozen=True, kw_only=True, tag="end", tag_field="record"):
    """The last line: how many records of each kind came before it. A file without it was cut off."""

    counts: dict[str, int]


Record = (
    SiteRecord | SectionRecord | StoryRecord | CommenterRecord | CommentRecord | DecisionRecord | DeskRecord | EndRecord
)
