"""A story is imported with its comments. The same file again changes nothing; each comment is known by its key."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.drafts import drafted
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.closing import closed_at
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.names import clean_name, name_key
from rejoinder.discussion.sites import with_rules
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.importers.record import CommentRecord, StoryRecord
from rejoinder.store import commenters, comments, imports, places, stories
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Write


class ImportStory(Struct, frozen=True, kw_only=True):
    """What was read, and from where."""

    site_seq: int
    record: StoryRecord
    source: str


class Imported(Struct, frozen=True, kw_only=True):
    """What came of it."""

    story: Story
    is_new: bool
    is_changed: bool
    comments_added: int
    comments_present: int


def import_story(w: Write, order: ImportStory, *, now: datetime) -> Imported:
    """The imported story. Raises BadStory, UnknownSite."""
    record = order.record
    published = publish_story(w, order.site_seq, _new_story(record), now=now)
    story = published.story
    added = 0
    batch: int | None = None
    by_key: dict[str, Comment] = {}
    ordered = _in_order(record.comments)
    for key, each in zip(_keys(ordered), ordered, strict=True):
        present = comments.by_import_key(w, order.site_seq, story.seq, key)
        if present is None:
            batch = batch or imports.add(w, order.site_seq, kind="story", source=order.source, now=now)
            parent = by_key.get(each.parent_key) if each.parent_key else None
            present = _add(w, story, each, key=key, parent=parent, batch=batch)
            added += 1
        by_key[each.key or key] = present
    return Imported(
        story=stories.by_seq(w, order.site_seq, story.seq),
        is_new=published.is_new,
        is_changed=published.is_changed or added > 0,
        comments_added=added,
        comments_present=len(record.comments) - added,
    )


def _new_story(record: StoryRecord) -> NewStory:
    """A page that says its discussion is closed was closed by its last comment, whenever that was."""
    rules = "{}"
    if record.closed:
        moments = [comment.written_at for comment in record.comments]
        if record.published_at is not None:
            moments.append(record.published_at)
        rules = with_rules(rules, {"schedule": closed_at(max(moments)) if moments else ()})
    return NewStory(
        content=replace(
            record.content,
            policy_notice=clean(record.policy_notice or ""),
            closing_notice=clean(record.closing_notice or ""),
        ),
        publisher_id=record.publisher_id,
        canonical_url=record.canonical_url,
        published_at=record.published_at,
        published_at_source=record.published_at_source,
        section=record.section,
        rules=rules,
    )


def _in_order(records: Sequence[CommentRecord]) -> list[CommentRecord]:
    """The comments by their time, those of one minute as the page has them; a page may begin with the newest. As given
    where a reply would come before what it answers: then its clock was wrong.
    """
    given = list(records)
    if given and given[0].written_at > given[-1].written_at:
        given.reverse()
    ordered = sorted(given, key=lambda record: record.written_at)
    place = {record.key: number for number, record in enumerate(ordered) if record.key}
    if any(place.get(record.parent_key or "", -1) > number for number, record in enumerate(ordered)):
        return list(records)
    return ordered


def _keys(records: Sequence[CommentRecord]) -> list[str]:
    """A key for each comment: its own, else a digest of its name, time and text; equal ones are counted through."""
    seen: dict[str, int] = {}
    keys = []
    for record in records:
        told = f"{record.name}\n{record.written_at.isoformat()}\n{record.text}"
        key = record.key or hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=16).hexdigest()
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return keys


def _add(w: Write, story: Story, record: CommentRecord, *, key: str, parent: Comment | None, batch: int) -> Comment:
    """The comment, published where the page had it: imported words were published there already."""
    draft = drafted(w, story, record.text)
    comment = comments.add(
        w,
        story.site_seq,
        NewComment(
            story_seq=story.seq,
            commenter_seq=_commenter(w, story.site_seq, record, batch=batch).seq,
            parent=parent or draft.answers,
            status=Status.PUBLISHED,
            text=draft.text,
            html=draft.html,
            html_version=draft.html_version,
            fingerprint=draft.fingerprint,
            mentions=draft.mentions,
            language=draft.language,
            policy_version=story.policy_version,
            created_at=record.written_at,
            import_seq=batch,
            import_key=key,
        ),
    )
    _, placed = places.publish(w, story, comment, now=record.written_at)
    return placed


def _commenter(w: Write, site_seq: int, record: CommentRecord, *, batch: int) -> Commenter:
    """The imported name: one that nobody has claimed, and that cannot log in."""
    name = clean_name(clean(record.name))
    key = name_key(name)
    present = commenters.unclaimed(w, site_seq, key)
    return present or commenters.add(w, site_seq, name=name, name_key=key, import_seq=batch, now=record.written_at)
