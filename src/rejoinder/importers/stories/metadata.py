"""What a story's page states about itself, and nothing of its text: enough to open a discussion. No date is guessed:
closing counts from it.
"""

from zoneinfo import ZoneInfo

from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.importers.instants import Instants
from rejoinder.importers.record import NoArticle, StoryRecord
from rejoinder.importers.source import text_of
from rejoinder.importers.stories.json_ld import json_ld_of
from rejoinder.importers.stories.microdata import microdata_of
from rejoinder.importers.stories.publisher_data import stated_by
from rejoinder.importers.stories.saved_html import ARTICLE_TIMES, instant_of
from rejoinder.importers.stories.tree import page_of


def read_metadata(data: bytes, *, url: str, content_type: str | None, site_zone: ZoneInfo) -> StoryRecord:
    """Headline, standfirst, byline, publication time and canonical address as the page states them (JSON-LD, microdata,
    Open Graph, its <time>). Raises a kind of CannotRead; NoArticle where there is no headline.
    """
    text, _ = text_of(data, name=url, content_type=content_type)
    tree = page_of(text, name=url)
    objects, _ = json_ld_of(tree)
    stated = stated_by(tree, [*objects, *microdata_of(tree)], base_url=url)
    if not stated.headline:
        raise NoArticle(f"{url} is a page without a headline.")
    instants = Instants(place=stated.place, site_zone=site_zone)
    published_at, source = instant_of(stated.published, instants), PublishedAtSource.PUBLISHER
    if published_at is None:
        marked = [str(text) for text in tree.xpath(ARTICLE_TIMES)[:1]]
        published_at, source = instant_of(marked, instants), PublishedAtSource.PAGE
    return StoryRecord(
        content=Content(
            headline=stated.headline,
            standfirst=stated.standfirst,
            byline=stated.byline,
            language=stated.language,
        ),
        published_at=published_at,
        published_at_source=source if published_at else None,
        canonical_url=stated.canonical_url,
        publisher_id=stated.publisher_id,
        section=stated.section,
    )
