"""What somebody without an account wrote, until they have pressed the button of the letter to their address."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, delete, select

from rejoinder.discussion.accounts import Account
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import TokenExpired
from rejoinder.store import accounts as account_store
from rejoinder.store import commenters
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import accounts, guest_drafts, memberships
from rejoinder.store.values import hashed, micros

LASTS = timedelta(days=3)

_ADD = Statement.insert(
    guest_drafts,
    "site_seq",
    "token_hash",
    "story_seq",
    "parent_id",
    "name",
    "email",
    "text",
    "created_at",
    "expires_at",
    returning="seq",
)
_THIS = (
    guest_drafts.c.site_seq == bindparam("of_site"),
    guest_drafts.c.token_hash == bindparam("hash"),
    guest_drafts.c.expires_at > bindparam("now"),
)
_COLUMNS = (
    guest_drafts.c.story_seq,
    guest_drafts.c.parent_id,
    guest_drafts.c.name,
    guest_drafts.c.email,
    guest_drafts.c.text,
)
_GET = Statement(select(*_COLUMNS).where(*_THIS))
_TAKE = Statement(delete(guest_drafts).where(*_THIS).returning(*_COLUMNS))
_GUEST = Statement(
    select(memberships.c.seq)
    .select_from(memberships.join(accounts, accounts.c.seq == memberships.c.account_seq))
    .where(
        memberships.c.site_seq == bindparam("site_seq"),
        memberships.c.name_key == bindparam("key"),
        memberships.c.is_guest.is_(True),
        accounts.c.letters_to == bindparam("email"),
    )
)
_GUESTS_NAME = Statement(
    select(memberships.c.seq).where(
        memberships.c.site_seq == bindparam("site_seq"),
        memberships.c.name_key == bindparam("key"),
        memberships.c.is_guest.is_(True),
    )
)


class GuestDraft(Struct, frozen=True, kw_only=True):
    """A comment that waits for its writer's address to be confirmed."""

    story_seq: int
    parent_id: UUID | None
    name: str
    email: str
    text: str


def add(w: Write, site_seq: int, draft: GuestDraft, token: str, *, now: datetime) -> None:
    """Keeps the draft under this token for LASTS."""
    w.value(
        _ADD,
        site_seq=site_seq,
        token_hash=hashed(token),
        story_seq=draft.story_seq,
        parent_id=draft.parent_id.bytes if draft.parent_id else None,
        name=draft.name,
        email=draft.email,
        text=draft.text,
        created_at=micros(now),
        expires_at=micros(now + LASTS),
    )


def by_token(r: Read, site_seq: int, token: str, *, now: datetime) -> GuestDraft:
    """The draft, still kept. Raises TokenExpired."""
    return _draft(r.row(_GET, of_site=site_seq, hash=hashed(token), now=micros(now)))


def take(w: Write, site_seq: int, token: str, *, now: datetime) -> GuestDraft:
    """The draft, kept no longer. Raises TokenExpired."""
    return _draft(w.row(_TAKE, of_site=site_seq, hash=hashed(token), now=micros(now)))


def guest_of(r: Read, site_seq: int, *, key: str, email: str) -> tuple[Account, Commenter] | None:
    """The guest of this name whose address this is, or None."""
    seq = r.value(_GUEST, site_seq=site_seq, key=key, email=email)
    if seq is None:
        return None
    commenter = commenters.by_seq(r, site_seq, seq)
    assert commenter.account_seq is not None
    return account_store.by_seq(r, commenter.account_seq), commenter


def is_a_guests(r: Read, site_seq: int, key: str) -> bool:
    """Whether the name is a guest's."""
    return r.value(_GUESTS_NAME, site_seq=site_seq, key=key) is not None


def _draft(row: Row | None) -> GuestDraft:
    if row is None:
        raise TokenExpired
    return GuestDraft(
        story_seq=row[0], parent_id=UUID(bytes=row[1]) if row[1] else None, name=row[2], email=row[3], text=row[4]
    )
