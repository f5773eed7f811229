"""Our own JSON story, version 1: everything a `StoryRecord` holds, in one document.

```json
{
  "format": "rejoinder-story",
  "version": 1,
  "headline": "Ferry returns to Lund",                  // the only field of the story that must be there
  "standfirst": "", "byline": ["Ada Lund"], "place": "LUND", "agency": "", "language": "en",
  "photo": {"caption": "", "credit": "", "alt": "", "url": "https://…", "width": 1200, "height": 800},
  "topics": ["Ferries"],
  "paragraphs": ["First paragraph.", "Second paragraph."],   // at least one
  "credits": {"reporting": ["Ada Lund"], "writing": [], "editing": []},
  "published_at": "2026-03-01T07:09:00Z",               // times are RFC 3339 with an offset
  "published_at_source": "publisher",                   // publisher (if left out), page, feed, first seen, editor
  "updated_at": "2026-03-01T08:00:00+01:00",
  "canonical_url": "https://…", "publisher_id": "a-17", "section": "Harbour",
  "policy_notice": "…", "disclaimer": "…", "closing_notice": "…",
  "closed": false,                                      // left out: the file does not say
  "stated_comment_count": 1,
  "comments": [
    {"key": "c1", "parent_key": null, "name": "Bo Carr", "written_at": "2026-03-01T09:00:00Z", "text": "At last!"}
  ]
}
```

A field that is not named here is refused with its path, and so is one of another type; a later version of the format
has another number. `parent_key` is the `key` of another comment of the file.
"""

import re
from datetime import UTC, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from rejoinder.discussion.stories import Content, Credits, Photo, PublishedAtSource
from rejoinder.importers.record import (
    BadFile,
    CommentRecord,
    NoArticle,
    NoZone,
    Reading,
    StoryRecord,
    Truncated,
    UnknownFormat,
    UnknownVersion,
)
from rejoinder.importers.source import Source

FORMAT = "rejoinder-json"
NAME = "rejoinder-story"
VERSION = 1

_OBJECT = re.compile(r"\s*\{\s*(?:[\"}]|\Z)")


class _Photo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    caption: str = ""
    credit: str = ""
    alt: str = ""
    url: str | None = None
    width: int | None = None
    height: int | None = None


class _Credits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reporting: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()


class _Comment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    written_at: datetime
    text: str
    key: str | None = None
    parent_key: str | None = None


class _Story(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["rejoinder-story"]
    version: int
    headline: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    place: str = ""
    agency: str = ""
    language: str | None = None
    photo: _Photo | None = None
    topics: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    credits: _Credits = _Credits()
    published_at: datetime | None = None
    published_at_source: PublishedAtSource = PublishedAtSource.PUBLISHER
    updated_at: datetime | None = None
    canonical_url: str | None = None
    publisher_id: str | None = None
    section: str | None = None
    policy_notice: str | None = None
    disclaimer: str | None = None
    closing_notice: str | None = None
    closed: bool | None = None
    stated_comment_count: int | None = None
    comments: tuple[_Comment, ...] = ()


class _Heading(Struct, frozen=True, kw_only=True):
    format: str = ""
    version: int | None = None


def recognises(source: Source) -> bool:
    """Does the text begin as a JSON object?"""
    return _OBJECT.match(source.text) is not None


def read(source: Source) -> Reading:
    """The story in the document. Raises BadFile with the path of what is wrong, Truncated, UnknownFormat for another
    kind of JSON, UnknownVersion, NoZone for a time without an offset, and NoArticle without headline or text.
    """
    data = source.text.encode(errors="replace")
    _checked_heading(data, source.name)
    try:
        document = msgspec.json.decode(data, type=_Story)
    except msgspec.ValidationError as error:
        raise BadFile(f"{source.name}: {error}.") from error
    if not document.headline.strip() or not any(paragraph.strip() for paragraph in document.paragraphs):
        raise NoArticle(f"{source.name} has no headline or no paragraphs.")
    return Reading(format=FORMAT, story=_record(document), remarks=source.remarks)


def _checked_heading(data: bytes, name: str) -> None:
    try:
        heading = msgspec.json.decode(data, type=_Heading)
    except msgspec.ValidationError:
        heading = _Heading()
    except msgspec.DecodeError as error:
        if "truncated" in str(error):
            raise Truncated(f"{name} stops in the middle of its JSON.") from error
        raise BadFile(f"{name} is not valid JSON: {error}.") from error
    if heading.format != NAME:
        raise UnknownFormat(f"{name} is JSON, but not ours: it has no “format” of “{NAME}”.")
    if heading.version != VERSION:
        raise UnknownVersion(f"{name} is in version {heading.version} of our format; this program reads {VERSION}.")


def _record(document: _Story) -> StoryRecord:
    photo = document.photo
    content = Content(
        headline=document.headline,
        standfirst=document.standfirst,
        byline=document.byline,
        place=document.place,
        agency=document.agency,
        photo=Photo(**msgspec.structs.asdict(photo)) if photo else None,
        topics=document.topics,
        paragraphs=document.paragraphs,
        credits=Credits(**msgspec.structs.asdict(document.credits)),
        updated_at=_utc(document.updated_at, "updated_at"),
        language=document.language,
    )
    published_at = _utc(document.published_at, "published_at")
    return StoryRecord(
        content=content,
        published_at=published_at,
        published_at_source=document.published_at_source if published_at else None,
        canonical_url=document.canonical_url,
        publisher_id=document.publisher_id,
        section=document.section,
        policy_notice=document.policy_notice,
        disclaimer=document.disclaimer,
        closing_notice=document.closing_notice,
        closed=document.closed,
        stated_comment_count=document.stated_comment_count,
        comments=_comments(document.comments),
    )


def _comments(comments: tuple[_Comment, ...]) -> tuple[CommentRecord, ...]:
    keys = [comment.key for comment in comments if comment.key is not None]
    if len(set(keys)) < len(keys):
        twice = next(key for i, key in enumerate(keys) if key in keys[:i])
        raise BadFile(f"Two comments have the key “{twice}”.")
    known = set(keys)
    for i, comment in enumerate(comments):
        if comment.parent_key is not None and (comment.parent_key not in known or comment.parent_key == comment.key):
            raise BadFile(f"`$.comments[{i}].parent_key` is the key of no other comment: “{comment.parent_key}”.")
        if not comment.name.strip() or not comment.text.strip():
            raise BadFile(f"`$.comments[{i}]` has no name or no text.")
    return tuple(
        CommentRecord(
            name=comment.name,
            written_at=_instant(comment.written_at, f"comments[{i}].written_at"),
            text=comment.text,
            key=comment.key,
            parent_key=comment.parent_key,
        )
        for i, comment in enumerate(comments)
    )


def _utc(at: datetime | None, path: str) -> datetime | None:
    return None if at is None else _instant(at, path)


def _instant(at: datetime, path: str) -> datetime:
    if at.tzinfo is None:
        raise NoZone(f"`$.{path}` has no offset from UTC.")
    return at.astimezone(UTC)
