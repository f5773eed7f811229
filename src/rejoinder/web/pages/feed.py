"""The newest comments of a story, a section, a commenter or a site as feeds: Atom (RFC 4287) with whom each answers
(RFC 4685), and JSON Feed 1.1. The same for everybody, and nothing of what is gone is in them.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from msgspec import Struct

from rejoinder.discussion.editions import Edition
from rejoinder.discussion.tree import Entry
from rejoinder.store import entries, newest, sites, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.pages.across import Across, across
from rejoinder.web.pages.framing import chrome, everybodys_edition, everybodys_list, show_data, show_listed
from rejoinder.web.pages.profile import who_is_here
from rejoinder.web.rendering import render
from rejoinder.web.shown.feed import FeedEntry, FeedPage
from rejoinder.web.shown.json_feed import json_feed
from rejoinder.web.visits import Visit

NEWEST = 50  # comments in a feed
ATOM = "application/atom+xml"
JSON = "application/feed+json"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # when a feed without comments last changed
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


class Feed(Struct, frozen=True, kw_only=True):
    """A feed before anything of it is looked up. `edition` is None where many stories change it; `home` is the path of
    the page it is of.
    """

    title: str
    home: str
    find: Callable[[], Sequence[Entry]]
    edition: Edition | None = None


Of = Callable[[Read, Visit], Feed]
Encode = Callable[[FeedPage, Visit], bytes]


def of_story(r: Read, visit: Visit) -> Feed:
    """A story's, empty while it is withdrawn; of one that was merged, the whole. Raises UnknownStory."""
    story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, visit.asked.part("slug")))
    title = visit.words.gettext("Comments on “%(headline)s”") % {"headline": story.content.headline}
    return Feed(
        title=title,
        home=addresses.story(visit.site.key, story.slug),
        find=partial(entries.newest, r, visit.site.seq, story.seq, most=NEWEST),
        edition=everybodys_edition(visit, story),
    )


def of_section(r: Read, visit: Visit) -> Feed:
    """A section's: of its newest stories. Raises UnknownSection."""
    section = sites.section(r, visit.site.seq, visit.asked.part("key"))
    names = {"section": section.name or section.key, "site": visit.site.name}
    return Feed(
        title=visit.words.gettext("Comments in %(section)s, %(site)s") % names,
        home=addresses.front(visit.site.key),
        find=partial(newest.of_section, r, visit.site.seq, section.seq, most=NEWEST),
    )


def of_commenter(r: Read, visit: Visit) -> Feed:
    """A commenter's. Raises UnknownCommenter."""
    who = who_is_here(r, visit)

    def find() -> list[Entry]:
        part = newest.of_commenter(r, visit.site.seq, who.seq, most=NEWEST)
        return newest.in_order(r, visit.site.seq, part)

    title = visit.words.gettext("Comments by %(name)s, %(site)s") % {"name": who.name, "site": visit.site.name}
    return Feed(title=title, home=addresses.profile(visit.site.key, who.id), find=find)


def of_site(r: Read, visit: Visit) -> Feed:
    """The site's."""
    title = visit.words.gettext("Comments in %(site)s") % {"site": visit.site.name}
    find = partial(newest.of_site, r, visit.site.seq, most=NEWEST)
    return Feed(title=title, home=addresses.front(visit.site.key), find=find)


def as_atom(of: Of) -> Callable[[Read, Visit], Answer]:
    """The page that shows such a feed as Atom."""
    return partial(_answer, of, _atom, ATOM)


def as_json(of: Of) -> Callable[[Read, Visit], Answer]:
    """The page that shows such a feed as JSON Feed."""
    return partial(_answer, of, lambda page, _: json_feed(page), JSON)


def _answer(of: Of, encode: Encode, media_type: str, r: Read, visit: Visit) -> Answer:
    feed = of(r, visit)

    def draw() -> bytes:
        return encode(_page(r, visit.as_anybody(), feed), visit)

    if feed.edition is None:
        return show_listed(visit, everybodys_list(visit), draw(), media_type=media_type)
    return show_data(visit, feed.edition, draw, asked_for=("feed",), media_type=media_type)


def _atom(page: FeedPage, visit: Visit) -> bytes:
    drawn = render(page, words=visit.words, zone=visit.zone, now=visit.asked.now)
    return _NO_XML.sub("", drawn).encode()


def _page(r: Read, visit: Visit, feed: Feed) -> FeedPage:
    found = across(r, visit, feed.find(), base=visit.options.public_url)
    shown = tuple(_entry(each, found) for each in found.entries)
    return FeedPage(
        chrome=chrome(r, visit, canonical=feed.home),
        title=feed.title,
        here=visit.asked.path,
        home=feed.home,
        changed_at=max((each.changed_at for each in shown), default=NEVER),
        entries=shown,
        says_where=feed.edition is None,
    )


def _entry(entry: Entry, found: Across) -> FeedEntry:
    comment, story = entry.comment, found.story(entry)
    published = comment.published_at or comment.created_at
    return FeedEntry(
        comment=found.comment(entry),
        text=comment.text,
        published_at=published,
        changed_at=max(published, comment.edited_at or published),
        slug=story.slug,
        headline=story.content.headline,
        replies=entry.replies,
    )
