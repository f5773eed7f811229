"""A story's newest comments as an Atom feed (RFC 4287), with whom each answers (RFC 4685)."""

from datetime import datetime

from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.store import entries, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, moved
from rejoinder.web.pages.drawing import Drawing, drawing
from rejoinder.web.pages.framing import chrome, everybodys_edition, show_data
from rejoinder.web.rendering import render
from rejoinder.web.shown.feed import FeedEntry, FeedPage
from rejoinder.web.visits import Visit

NEWEST = 50  # comments in a feed
ATOM = "application/atom+xml"


def feed(r: Read, visit: Visit) -> Answer:
    """The feed of a story's discussion: the same for everybody, empty while it is withdrawn."""
    story = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    if story.merged_into is not None:
        return moved(addresses.feed(visit.site.key, stories.standing_for(r, story).slug))

    def draw() -> bytes:
        page = _page(r, visit.as_anybody(), story)
        return render(page, words=visit.words, zone=visit.zone, now=visit.asked.now).encode()

    return show_data(visit, everybodys_edition(visit, story), draw, asked_for=("feed",), media_type=ATOM)


def _page(r: Read, visit: Visit, story: Story) -> FeedPage:
    found = [] if story.withdrawn_at else entries.newest(r, visit.site.seq, story.seq, most=NEWEST)
    as_shown = drawing(r, visit, story, found)
    shown = tuple(_entry(each, as_shown) for each in found)
    changed = max((each.changed_at for each in shown), default=story.published_at or visit.asked.now)
    return FeedPage(
        chrome=chrome(r, visit, canonical=addresses.story(visit.site.key, story.slug)),
        slug=story.slug,
        headline=story.content.headline,
        changed_at=changed,
        entries=shown,
    )


def _entry(entry: Entry, as_shown: Drawing) -> FeedEntry:
    comment = entry.comment
    moments: list[datetime] = [each for each in (comment.published_at, comment.edited_at) if each is not None]
    return FeedEntry(comment=as_shown.comment(entry), changed_at=max(moments, default=comment.created_at))
