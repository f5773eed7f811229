"""A story arrives: for the first time, or again with corrections."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.problems import StoryProblem
from rejoinder.discussion.refusals import BadStory
from rejoinder.discussion.stories import Content, PublishedAtSource, Story, page_key, slug_for
from rejoinder.store import sites, stories
from rejoinder.store.database import Write


class NewStory(Struct, frozen=True, kw_only=True):
    """What is known of it. It is found again by publisher's id, else by address, else by headline and time."""

    content: Content
    publisher_id: str | None = None
    canonical_url: str | None = None
    published_at: datetime | None = None
    published_at_source: PublishedAtSource | None = None
    section: str | None = None
    rules: str = "{}"
    import_seq: int | None = None


class Published(Struct, frozen=True):
    """The story, and whether it is new here, corrected, or (neither) as it was."""

    story: Story
    is_new: bool
    is_changed: bool


def publish_story(w: Write, site_seq: int, new: NewStory, *, now: datetime) -> Published:
    """The story, added or corrected; the same again changes nothing. What was not known before is learnt; the
    publication time that is known stays, since closing counts from it. Raises BadStory, UnknownSite.
    """
    if not new.content.headline.strip():
        raise BadStory(problem=StoryProblem.NO_HEADLINE)
    sites.lock(w, site_seq)  # one story for one address, however many arrive at once
    keys = _keys(new)
    present = stories.by_identity(w, site_seq, publisher_id=new.publisher_id, keys=keys)
    if present is None:
        return Published(_add(w, site_seq, new, keys, now=now), is_new=True, is_changed=True)
    locked = stories.lock(w, site_seq, present.seq)
    for key in keys:
        stories.add_address(w, locked, key=key, address=new.canonical_url or "")
    learnt = _with_what_is_new(locked, new)
    if learnt != locked:
        stories.learn(w, learnt)
    if locked.content != new.content:
        stories.set_content(w, locked, new.content, now=now)
    now_stands = stories.by_seq(w, site_seq, locked.seq)
    return Published(now_stands, is_new=False, is_changed=now_stands != locked)


def _with_what_is_new(story: Story, new: NewStory) -> Story:
    is_dated = story.published_at is not None
    return msgspec.structs.replace(
        story,
        publisher_id=story.publisher_id or new.publisher_id,
        canonical_url=story.canonical_url or new.canonical_url,
        published_at=story.published_at if is_dated else new.published_at,
        published_at_source=story.published_at_source if is_dated else new.published_at_source,
    )


def _add(w: Write, site_seq: int, new: NewStory, keys: list[str], *, now: datetime) -> Story:
    known: dict[str, Any] = {
        "publisher_id": new.publisher_id,
        "canonical_url": new.canonical_url,
        "published_at": new.published_at,
        "published_at_source": new.published_at_source.value if new.published_at_source else None,
        "rules": new.rules,
        "import_seq": new.import_seq,
    }
    if new.section:
        section = sites.section_made(w, site_seq, key=slug_for(new.section, None), name=new.section)
        known["section_seq"] = section.seq
    slug = stories.free_slug(w, site_seq, slug_for(new.content.headline, new.published_at))
    story = stories.add(w, site_seq, slug=slug, content=new.content, now=now, **known)
    for key in keys:
        stories.add_address(w, story, key=key, address=new.canonical_url or "")
    return story


def _keys(new: NewStory) -> list[str]:
    if new.canonical_url:
        return [address_key(new.canonical_url)]
    return [] if new.publisher_id else [page_key(new.content.headline, new.published_at)]
