"""What one person's record holds when they ask for it (Regulation (EU) 2016/679, Articles 15 and 20)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.policy import SectionClauses

FORMAT = "rejoinder-person"
VERSION = 1


class Judged(Struct, frozen=True, kw_only=True):
    """A decision, as its writer may know it: `also` are the codes of further reasons, `clauses` the numbers of those of
    the policy's version that it names, `section_clauses` those of what the section adds, and `statement` the fields of
    Article 17 (Regulation (EU) 2022/2065).
    """

    outcome: str
    reason: str | None
    by: str
    at: datetime
    statement: dict[str, Any]
    also: tuple[str, ...] = ()
    clauses: tuple[int, ...] = ()
    policy_version: int | None = None
    section_clauses: SectionClauses | None = None


class WrittenComment(Struct, frozen=True, kw_only=True):
    """A comment with all its texts and what was decided about it."""

    id: UUID
    story: str
    slug: str
    status: str
    reason: str | None
    text: str
    written_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    recommended: int
    earlier: tuple[tuple[str, datetime], ...] = ()
    decisions: tuple[Judged, ...] = ()


class SessionRecord(Struct, frozen=True, kw_only=True):
    """A log-in that still holds."""

    agent: str
    began_at: datetime
    seen_at: datetime
    expires_at: datetime


class AccountRecord(Struct, frozen=True, kw_only=True):
    """What the installation knows of the account. How one proves who one is, is named and never shown."""

    id: UUID
    email: str
    confirmed_at: datetime | None
    proofs: tuple[str, ...]
    sessions: tuple[SessionRecord, ...]


class ActRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something done at a moment, and what is known of it."""

    at: datetime
    what: dict[str, Any]


class SiteRecord(Struct, frozen=True, kw_only=True):
    """Everything on one publication."""

    site: str
    site_name: str
    id: UUID
    name: str
    role: str
    since: datetime
    standing: dict[str, Any]
    comments: tuple[WrittenComment, ...]
    recommended: tuple[ActRecord, ...]
    reports: tuple[ActRecord, ...]
    follows: tuple[ActRecord, ...]
    muted: tuple[ActRecord, ...]
    notifications: tuple[ActRecord, ...]
    points: tuple[ActRecord, ...]
    renames: tuple[ActRecord, ...] = ()
    appeals: tuple[ActRecord, ...] = ()
    notices: tuple[ActRecord, ...] = ()
    corrections: tuple[ActRecord, ...] = ()
    from_editors: tuple[ActRecord, ...] = ()  # what they wrote to the person and decided about them
    notes: tuple[ActRecord, ...] = ()  # what they told each other about the person, without who wrote it


class PersonRecord(Struct, frozen=True, kw_only=True):
    """The whole."""

    format: str
    version: int
    made_at: datetime
    account: AccountRecord
    sites: tuple[SiteRecord, ...]
