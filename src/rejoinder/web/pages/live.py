"""What open pages are told of a discussion: by events, or where something between us and them holds events back, by
asking again and again for a state that mostly has not changed.
"""

from datetime import datetime
from functools import lru_cache

from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.sites import Site
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.language import Words
from rejoinder.live.news import WITHDRAWN, Item, News, encode
from rejoinder.store import entries, sites, stories
from rejoinder.store.database import Read
from rejoinder.store.following import site_of
from rejoinder.web.answers import Answer
from rejoinder.web.asking import Asked
from rejoinder.web.options import Options
from rejoinder.web.pages.drawing import Drawing, drawing
from rejoinder.web.pages.framing import everybodys_edition, show_data
from rejoinder.web.rendering import fragment
from rejoinder.web.shown.stories import ShownLive
from rejoinder.web.visits import Visit

MOST = 50  # comments in one look; what is beyond is seen in the next


def find(r: Read, site_key: str, slug: str) -> int | None:
    """The story at this address, or None."""
    try:
        return stories.standing_for(r, stories.by_slug(r, sites.by_key(r, site_key).seq, slug)).seq
    except Refusal:
        return None


def news(r: Read, options: Options, story_seq: int, after: int, *, now: datetime) -> News:
    """What is new under the story after a place, as everybody sees it. Raises UnknownStory."""
    site = sites.by_seq(r, site_of(r, story_seq))
    story = stories.by_seq(r, site.seq, story_seq)
    found: list[Entry] = []
    if after < story.publish_seq and story.withdrawn_at is None:
        found = entries.published_after(r, site.seq, story.seq, after=after, most=MOST + 1)
    found, more = found[:MOST], len(found) > MOST
    visit = _anybodys(site, options, now)
    draw = drawing(r, visit, story, found)
    return _told(site, story, now, tuple(_item(entry, draw) for entry in found), more=more)


def state(r: Read, visit: Visit) -> Answer:
    """How the discussion stands, for a page that polls: the same for everybody, and no page of another site is kept
    from it.
    """
    story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, visit.asked.part("slug")))
    edition = everybodys_edition(visit, story)
    told = _told(visit.site, story, visit.asked.now)
    return show_data(visit, edition, lambda: encode(told.state), asked_for=("state",))


def shown_live(visit: Visit, story: Story) -> ShownLive:
    """What the story page's script is told of the state that the page shows."""
    now = _told(visit.site, story, visit.asked.now).state
    counts, fresh = _sentences(visit.words)
    return ShownLive(now=encode(now).decode(), place=now.place, counts=counts, fresh=fresh)


@lru_cache(maxsize=64)
def _sentences(words: Words) -> tuple[str, str]:
    """How many comments there are, and how many are new, for any number, as JSON."""
    counts = words.by_number(lambda n: words.ngettext("%(figure)s comment", "%(figure)s comments", n))
    fresh = words.by_number(lambda n: words.ngettext("%(figure)s new comment", "%(figure)s new comments", n))
    return encode(counts).decode(), encode(fresh).decode()


def _told(site: Site, story: Story, now: datetime, comments: tuple[Item, ...] = (), *, more: bool = False) -> News:
    standing = story.standing(now)
    is_withdrawn = story.withdrawn_at is not None or story.merged_into is not None  # a page that reads it is led on
    return News(
        site_seq=site.seq,
        epoch=site.epoch,
        story_seq=story.seq,
        version=story.version,
        count=0 if is_withdrawn else story.published_count,
        place=story.publish_seq,
        phase=WITHDRAWN if is_withdrawn else standing.phase.value,
        until=None if is_withdrawn else standing.until,
        comments=comments,
        more=more,
    )


def _item(entry: Entry, draw: Drawing) -> Item:
    comment = entry.comment
    assert comment.publish_seq is not None
    visit = draw.visit
    return Item(
        place=comment.publish_seq,
        id=comment.id,
        parent=entry.to_id,
        name=entry.author.name,
        html=fragment(draw.comment(entry), site=visit.site.key, words=visit.words, zone=visit.zone),
    )


def _anybodys(site: Site, options: Options, now: datetime) -> Visit:
    """The visit of somebody without a session, whose page is everybody's."""
    asked = Asked(method="GET", path="", parts={}, query={}, headers={}, cookies={}, address="", now=now)
    return Visit(asked=asked, options=options, site=site, session=None, viewer=None, device=None)
