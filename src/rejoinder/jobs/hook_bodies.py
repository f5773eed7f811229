"""What hooks are sent: the comment, what it answers, its writer, its story; as JSON."""

from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import UnknownComment
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.store import commenters, decisions, entries, sites, stories
from rejoinder.store.database import Read
from rejoinder.store.values import instant

SHOWN = (Status.PENDING, Status.PUBLISHED, Status.HIDDEN)  # what is gone is told without its words


class Told(Struct, frozen=True, kw_only=True):
    """A job's payload, and what its addresses begin with."""

    site_seq: int
    public_url: str
    payload: dict[str, Any]


def told_body(r: Read, told: Told) -> bytes:
    """The body for a webhook: type, timestamp, and data as it is now. Raises UnknownComment."""
    payload = told.payload
    data = _about(r, told)
    if "decision" in payload:
        decision = decisions.by_seq(r, told.site_seq, payload["decision"])
        data["decision"] = {
            "id": str(decision.id),
            "outcome": decision.outcome.value,
            "reason": decision.reason,
            "by": "editor" if decision.by_seq is not None else "system",
            "rule": decision.rule,
        }
    if "reason" in payload:
        data["report"] = {"reason": payload["reason"]}
    return msgspec.json.encode({"type": payload["event"], "timestamp": instant(payload["at"]), "data": data})


def asked_body(r: Read, told: Told) -> bytes:
    """The body for a check: the same, with the story's text and what is known of the writer. Raises UnknownComment."""
    data = _about(r, told, is_asked=True)
    return msgspec.json.encode({"type": "comment.check", "data": data})


def _about(r: Read, told: Told, *, is_asked: bool = False) -> dict[str, Any]:
    entry = _entry(r, told.site_seq, told.payload["comment"])
    site = sites.by_seq(r, told.site_seq)
    story = stories.by_seq(r, told.site_seq, entry.comment.story_seq)
    parent = _entry(r, told.site_seq, entry.comment.parent_seq) if entry.comment.parent_seq else None
    data: dict[str, Any] = {
        "site": site.key,
        "comment": _comment(entry),
        "parent": _comment(parent) if parent else None,
        "story": _story(story, f"{told.public_url}/{site.key}", is_whole=is_asked),
    }
    if is_asked:
        counted = commenters.status_counts(r, told.site_seq, [entry.author.seq])[entry.author.seq]
        data["writer"] = {
            "level": entry.author.level.value,
            "published": counted.get(Status.PUBLISHED, 0),
            "removed": counted.get(Status.REMOVED, 0) + counted.get(Status.REJECTED, 0) + counted.get(Status.SPAM, 0),
        }
    return data


def _entry(r: Read, site_seq: int, seq: int) -> Entry:
    found = entries.by_seqs(r, site_seq, [seq]).get(seq)
    if found is None:
        raise UnknownComment
    return found


def _comment(entry: Entry) -> dict[str, Any]:
    comment = entry.comment
    return {
        "id": str(comment.id),
        "revision": comment.revision,
        "status": comment.status.value,
        "name": entry.author.name,
        "text": comment.text if comment.status in SHOWN else None,
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
    }


def _story(story: Story, at: str, *, is_whole: bool) -> dict[str, Any]:
    content = story.content
    told: dict[str, Any] = {
        "id": str(story.id),
        "publisher_id": story.publisher_id,
        "url": story.canonical_url,
        "discussion": f"{at}/stories/{story.slug}",
        "headline": content.headline,
        "section": story.section_key,
        "published_at": story.published_at,
    }
    if is_whole:
        told |= {
            "standfirst": content.standfirst,
            "topics": list(content.topics),
            "language": content.language,
            "text": "\n\n".join(content.paragraphs),
        }
    return told
