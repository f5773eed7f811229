"""What an import took from a page, as a small table and as a document."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rejoinder.cli.answers import answer, facts
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.importers.record import Reading, StoryRecord

ABSENT = "–"
_SAID_BY = {
    PublishedAtSource.PUBLISHER: "the publisher's data",
    PublishedAtSource.PAGE: "a stamp on the page",
    PublishedAtSource.FEED: "a feed",
    PublishedAtSource.FIRST_SEEN: "when it was first seen",
    PublishedAtSource.EDITOR: "an editor",
}


def show(reading: Reading, *, title: str, zone: ZoneInfo, status: str, url: str | None) -> None:
    """Prints the table, the remarks, what became of it and the address."""
    story = reading.story
    content = story.content
    rows = {
        "read as": reading.format,
        "headline": content.headline,
        "published": _published(story, zone),
        "updated": _moment(content.updated_at, zone),
        "section": story.section or ABSENT,
        "place": content.place or ABSENT,
        "agency": content.agency or ABSENT,
        "photograph": _photo(content),
        "topics": ", ".join(content.topics) or ABSENT,
        "paragraphs": str(len(content.paragraphs)),
        "credits": _credits(content),
        "comments": comments_in_words(story),
        "discussion": {True: "closed", False: "open", None: ABSENT}[story.closed],
        "story": status,
    }
    remarks = [f"Not taken as it stood: {remark.text}" for remark in reading.remarks]
    served = [f"Served at {url}"] if url is not None else []
    answer(None, facts(rows, title=title), *remarks, *served, "")


def document(story: StoryRecord) -> dict[str, Any]:
    """The same for scripts; what is absent is null."""
    content = story.content
    return {
        "headline": content.headline,
        "published_at": story.published_at,
        "published_at_source": story.published_at_source,
        "updated_at": content.updated_at,
        "canonical_url": story.canonical_url,
        "publisher_id": story.publisher_id,
        "section": story.section,
        "language": content.language,
        "place": content.place or None,
        "agency": content.agency or None,
        "photo": content.photo,
        "topics": content.topics,
        "paragraphs": len(content.paragraphs),
        "credits": content.credits,
        "closed": story.closed,
        "comments": len(story.comments),
        "comments_stated": story.stated_comment_count,
    }


def comments_in_words(story: StoryRecord) -> str:
    """How many comments there are, and how many the page says there are where that differs."""
    present, stated = len(story.comments), story.stated_comment_count
    if stated is None or stated == present:
        return str(present)
    return f"{present} (the page says {stated})"


def _published(story: StoryRecord, zone: ZoneInfo) -> str:
    if story.published_at is None:
        return ABSENT
    said_by = f" (from {_SAID_BY[story.published_at_source]})" if story.published_at_source else ""
    return _moment(story.published_at, zone) + said_by


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return ABSENT if moment is None else f"{moment.astimezone(zone):%a %-d %b %Y, %H:%M %Z}"


def _photo(content: Content) -> str:
    photo = content.photo
    if photo is None:
        return ABSENT
    words = photo.caption or photo.alt or "without a caption"
    credit = f" – {photo.credit}" if photo.credit else ""
    return f"{words}{credit}" + ("" if photo.url else " (no picture, only its words)")


def _credits(content: Content) -> str:
    parts = []
    for label, names in (
        ("reporting", content.credits.reporting),
        ("writing", content.credits.writing),
        ("editing", content.credits.editing),
    ):
        if names:
            parts.append(f"{label} {', '.join(names)}")
    if content.byline:
        parts.append(f"by {', '.join(content.byline)}")
    return "; ".join(parts) or ABSENT
