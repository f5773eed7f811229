"""What the desk has done and keeps, as an export of a site holds it: one struct for each kind of record, ids as the
site's own pages name them. Moments are UTC; what is absent is left out. Described in docs/reference/site-export.md.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class PolicyRecord(Struct, frozen=True, kw_only=True, tag="policy", tag_field="record", omit_defaults=True):
    """A version of the policy, or of what a section adds to it."""

    number: int
    content: dict[str, Any]
    created_at: datetime
    section: str | None = None
    is_material: bool = False
    note: str = ""
    by: UUID | None = None


class RuleChangeRecord(Struct, frozen=True, kw_only=True, tag="rule-change", tag_field="record", omit_defaults=True):
    """Rules as they were set in a place, and what stood there before: a story, a section, or else the site."""

    after: dict[str, Any]
    created_at: datetime
    before: dict[str, Any] = {}
    section: str | None = None
    story: UUID | None = None
    by: UUID | None = None


class MergeRecord(Struct, frozen=True, kw_only=True, tag="merge", tag_field="record", omit_defaults=True):
    """A story's discussion that has become part of another's."""

    id: UUID
    story: UUID
    into: UUID
    created_at: datetime
    by: UUID | None = None
    undone_at: datetime | None = None
    undone_by: UUID | None = None


class PersonActRecord(Struct, frozen=True, kw_only=True, tag="person-act", tag_field="record", omit_defaults=True):
    """What editors did about a commenter. `by`: nobody of this site, where it is left out."""

    id: UUID
    commenter: UUID
    act: str
    created_at: datetime
    by: UUID | None = None
    reason: str | None = None
    text: str = ""
    until: datetime | None = None
    acknowledged_at: datetime | None = None
    reverses: UUID | None = None
    statement: dict[str, Any] = {}


class FlaggerRecord(Struct, frozen=True, kw_only=True, tag="trusted-flagger", tag_field="record", omit_defaults=True):
    """A trusted flagger, without the key."""

    name: str
    created_at: datetime
    ended_at: datetime | None = None


class NoticeRecord(Struct, frozen=True, kw_only=True, tag="notice", tag_field="record", omit_defaults=True):
    """A legal notice of one comment. `name` and `email` are there only in an export with personal data."""

    id: UUID
    filing: UUID
    comment: UUID
    revision: int
    kind: str
    created_at: datetime
    why: str = ""
    address: str = ""
    name: str = ""
    email: str | None = None
    is_in_good_faith: bool = False
    threatens_life: bool = False
    flagger: str | None = None
    reporter: UUID | None = None
    due_at: datetime | None = None
    resolution: str | None = None
    answer: str = ""
    resolved_at: datetime | None = None
    decision: UUID | None = None


class CorrectionRecord(Struct, frozen=True, kw_only=True, tag="correction", tag_field="record", omit_defaults=True):
    """What a reader said is wrong with a story. `email` is there only in an export with personal data."""

    id: UUID
    story: UUID
    content_version: int
    created_at: datetime
    quote: str = ""
    text: str = ""
    source: str = ""
    commenter: UUID | None = None
    email: str | None = None
    resolution: str | None = None
    answer: str = ""
    led_to: int | None = None
    resolved_by: UUID | None = None
    resolved_at: datetime | None = None


class AppealRecord(Struct, frozen=True, kw_only=True, tag="appeal", tag_field="record", omit_defaults=True):
    """A request to decide again: on a comment's decision, or on an act about whoever asks."""

    id: UUID
    appellant: str
    created_at: datetime
    comment: UUID | None = None
    decision: UUID | None = None
    act: UUID | None = None
    notice: UUID | None = None
    text: str = ""
    heard_by: UUID | None = None
    heard_at: datetime | None = None
    outcome: str | None = None
    answer: str = ""
    result: UUID | None = None
    lifting: UUID | None = None
    is_fresh_look: bool = False


class NoteRecord(Struct, frozen=True, kw_only=True, tag="note", tag_field="record", omit_defaults=True):
    """What an editor told the others about a comment or about a commenter."""

    kind: str
    text: str
    created_at: datetime
    comment: UUID | None = None
    commenter: UUID | None = None
    by: UUID | None = None


class ConsentRecord(Struct, frozen=True, kw_only=True, tag="consent", tag_field="record", omit_defaults=True):
    """A writer's word on whether their comment may be printed."""

    comment: UUID
    asked_at: datetime
    asked_by: UUID | None = None
    is_given: bool | None = None
    answered_at: datetime | None = None
    signed_as: str = ""


class ViewRecord(Struct, frozen=True, kw_only=True, tag="view", tag_field="record", omit_defaults=True):
    """A queue that was kept under a name: everybody's, where it has no owner."""

    id: UUID
    name: str
    query: dict[str, Any]
    created_at: datetime
    owner: UUID | None = None


class LogHeadRecord(Struct, frozen=True, kw_only=True, tag="log-head", tag_field="record"):
    """How many entries the site's record has, and its newest link in hexadecimal digits."""

    number: int
    chain: str


DeskRecord = (
    PolicyRecord
    | RuleChangeRecord
    | MergeRecord
    | PersonActRecord
    | FlaggerRecord
    | NoticeRecord
    | CorrectionRecord
    | AppealRecord
    | NoteRecord
    | ConsentRecord
    | ViewRecord
    | LogHeadRecord
)
