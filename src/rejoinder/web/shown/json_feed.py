"""A feed as JSON Feed 1.1 (jsonfeed.org/version/1.1), with an extension that says what each comment answers."""

from datetime import datetime

import msgspec
from msgspec import Struct, field

from rejoinder.web import addresses
from rejoinder.web.shown.feed import FeedEntry, FeedPage

VERSION = "https://jsonfeed.org/version/1.1"


class Author(Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: str
    url: str | None = None


class Ref(Struct, frozen=True, kw_only=True):
    """Another comment, by its item's id."""

    id: str
    url: str
    author: str


class About(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Our extension: where the comment stands. `replies` counts those published below one that answers none."""

    story_url: str
    story_title: str
    in_reply_to: Ref | None = None
    replies: int = 0


class Item(Struct, frozen=True, kw_only=True):
    id: str
    url: str
    title: str
    content_html: str
    content_text: str
    date_published: datetime
    date_modified: datetime
    authors: tuple[Author, ...]
    about: About = field(name="_rejoinder")


class JsonFeed(Struct, frozen=True, kw_only=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    language: str
    items: tuple[Item, ...]


def json_feed(page: FeedPage) -> bytes:
    """The feed as JSON, in UTF-8."""
    base = page.chrome.public_url
    return msgspec.json.encode(
        JsonFeed(
            version=VERSION,
            title=page.title,
            home_page_url=base + page.home,
            feed_url=base + page.here,
            language=page.chrome.language,
            items=tuple(_item(entry, page) for entry in page.entries),
        )
    )


def _item(entry: FeedEntry, page: FeedPage) -> Item:
    comment, base, site = entry.comment, page.chrome.public_url, page.chrome.site
    to = comment.to
    return Item(
        id=f"urn:uuid:{comment.id}",
        url=base + addresses.comment(site, comment.id),
        title=f"{comment.name}: {entry.headline}",
        content_html=str(comment.html),
        content_text=entry.text,
        date_published=entry.published_at,
        date_modified=entry.changed_at,
        authors=(Author(name=comment.name, url=base + addresses.profile(site, comment.by) if comment.by else None),),
        about=About(
            story_url=base + addresses.story(site, entry.slug),
            story_title=entry.headline,
            in_reply_to=Ref(id=f"urn:uuid:{to.id}", url=base + addresses.comment(site, to.id), author=to.name)
            if to
            else None,
            replies=entry.replies,
        ),
    )
