"""Nouns without a database, for the rules' tests: each with readable defaults, changed by keyword."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rejoinder.discussion.closing import Phase, Standing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Attempt, Comment, Earlier, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.sites import Rules
from rejoinder.discussion.text import fingerprint
from rejoinder.discussion.tree import Author, Entry

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
OPEN = Standing(phase=Phase.OPEN)
REPLIES = Standing(phase=Phase.REPLIES)
CLOSED = Standing(phase=Phase.READ_ONLY)


def after(**span: float) -> datetime:
    """So long after NOON."""
    return NOON + timedelta(**span)


def commenter(seq: int = 1, **known: Any) -> Commenter:
    values: dict[str, Any] = {"seq": seq, "id": UUID(int=seq), "site_seq": 1, "name": f"reader {seq}"}
    return Commenter(**values | known)


def comment(seq: int = 1, **known: Any) -> Comment:
    """A published root, unless told otherwise."""
    values: dict[str, Any] = {
        "seq": seq,
        "id": UUID(int=seq),
        "site_seq": 1,
        "story_seq": 1,
        "commenter_seq": 1,
        "status": Status.PUBLISHED,
        "revision": 1,
        "text": "The early boat was full.",
        "html": "<p>The early boat was full.</p>",
        "created_at": NOON,
        "publish_seq": seq,
    }
    return Comment(**values | known)


def waiting(seq: int = 1, **known: Any) -> Comment:
    """A comment that was never published."""
    return comment(seq, **{"status": Status.PENDING, "publish_seq": None} | known)


def attempt(text: str = "The early boat was full.", **known: Any) -> Attempt:
    """A new root under an open story, an hour after NOON."""
    values: dict[str, Any] = {
        "text": text,
        "fingerprint": fingerprint(text),
        "story_seq": 1,
        "commenter": commenter(),
        "standing": OPEN,
        "rules": Rules(),
        "withdrawn": False,
        "now": after(hours=1),
    }
    return Attempt(**values | known)


def earlier(text: str, *, minutes_ago: float, **known: Any) -> Earlier:
    """What the same commenter wrote before an attempt."""
    values: dict[str, Any] = {"story_seq": 1, "parent_seq": None, "status": Status.PUBLISHED} | known
    moment = after(hours=1) - timedelta(minutes=minutes_ago)
    return Earlier(id=UUID(int=9), fingerprint=fingerprint(text), created_at=moment, **values)


def entry(about: Comment, *, replies: int = 0) -> Entry:
    author = Author(about.commenter_seq, UUID(int=about.commenter_seq), "northquay", commenter().role)
    return Entry(comment=about, author=author, replies=replies)


def decision(seq: int = 1, **known: Any) -> Decision:
    """An approval of what was pending."""
    values: dict[str, Any] = {
        "seq": seq,
        "id": UUID(int=seq),
        "comment_seq": 1,
        "revision": 1,
        "outcome": Outcome.APPROVE,
        "status_before": Status.PENDING,
        "status_after": Status.PUBLISHED,
        "created_at": NOON,
    }
    return Decision(**values | known)
