"""A story page as HTML, saved or fetched: what the publisher states (JSON-LD, microdata, Open Graph) first, then the
body as trafilatura finds it and, where nobody states it, the date as htmldate finds it. Nothing is fetched.

Comments are taken only where structured data states them: guessing them from markup would put words into mouths.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime

from htmldate import find_date

from rejoinder.discussion.stories import Content, Credits, PublishedAtSource
from rejoinder.importers.instants import Instants
from rejoinder.importers.record import NoArticle, Reading, Remark, StoryRecord, UnclearTime
from rejoinder.importers.source import Source
from rejoinder.importers.stamps import stamp_in
from rejoinder.importers.stories.credits import credits_of
from rejoinder.importers.stories.datelines import Dateline, dateline_of
from rejoinder.importers.stories.json_ld import json_ld_of
from rejoinder.importers.stories.microdata import microdata_of
from rejoinder.importers.stories.page_body import body_of
from rejoinder.importers.stories.publisher_data import Stated, stated_by
from rejoinder.importers.stories.structured_comments import comments_in
from rejoinder.importers.stories.tree import Element, page_of

logging.getLogger("htmldate").addHandler(logging.NullHandler())  # as in `page_body`

FORMAT = "saved-html"

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|article|script|div|p)\b", re.IGNORECASE)
_BEGINNING = 4000  # characters in which markup must begin
_LEAST = 250  # characters of body, where the publisher does not say that the page is an article
_LAST = 3  # paragraphs at the end, among which the credits may stand
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])\s*$")
ARTICLE_TIMES = (
    "//time[@datetime][@pubdate or @itemprop='datePublished' or contains(@class, 'publish') or "
    "contains(@class, 'entry-date') or contains(@class, 'posted')]/@datetime"
)


def recognises(source: Source) -> bool:
    """Is it called HTML and has tags, or does it begin with markup?"""
    named = "html" in (source.content_type or "") or source.name.lower().endswith((".html", ".htm", ".xhtml"))
    begins = source.text.lstrip().startswith("<") and _MARKUP.search(source.text[:_BEGINNING])
    return bool(begins or (named and _MARKUP.search(source.text)))


def read(source: Source) -> Reading:
    """The story, and the comments its structured data states. Raises NoArticle for a page without headline or text."""
    tree = page_of(source.text, name=source.name)
    stated_objects, broken = json_ld_of(tree)
    marked_objects = microdata_of(tree)
    stated = stated_by(tree, [*stated_objects, *marked_objects], base_url=source.base_url)
    body = body_of(tree, headline=stated.headline, stated=stated.article_body)
    if not stated.headline or not body or not (stated.is_article or sum(map(len, body)) >= _LEAST):
        raise NoArticle(f"{source.name} is a web page, but no story was found on it.")
    dateline = dateline_of(body[0])
    instants = Instants(place=dateline.place if dateline else stated.place, site_zone=source.site_zone)
    comments, left_out = comments_in(stated_objects, instants=instants)
    if not comments:
        comments, left_out = comments_in(marked_objects, instants=instants)
    published_at, published_by = _published_at(tree, stated, instants)
    story = StoryRecord(
        content=_content(stated, body, dateline, updated_at=instant_of(stated.updated, instants)),
        published_at=published_at,
        published_at_source=published_by,
        canonical_url=stated.canonical_url,
        publisher_id=stated.publisher_id,
        section=stated.section,
        stated_comment_count=stated.comment_count,
        comments=comments,
    )
    remarks = (*source.remarks, *broken, *left_out, *instants.remarks(), *_differences(story))
    return Reading(format=FORMAT, story=story, remarks=remarks)


def _published_at(
    tree: Element, stated: Stated, instants: Instants
) -> tuple[datetime | None, PublishedAtSource | None]:
    """The publisher's statement, else a time the page marks as the article's, else the date htmldate finds."""
    if at := instant_of(stated.published, instants):
        return at, PublishedAtSource.PUBLISHER
    marked = [str(text) for text in tree.xpath(ARTICLE_TIMES)[:1]]
    found = find_date(deepcopy(tree), extensive_search=False, original_date=True)
    at = instant_of(marked, instants) or instant_of([found] if found else [], instants)
    return at, PublishedAtSource.PAGE if at else None


def instant_of(texts: Sequence[str], instants: Instants) -> datetime | None:
    """The instant the first readable text states; where that lacks the time or the zone, another text of the same day
    that has both is taken. None where nothing is clear.
    """
    stamps = [stamp for text in texts if (stamp := stamp_in(text))]
    exact = (s for s in stamps if s.has_time and s.zone and s.locals[0].date() == stamps[0].locals[0].date())
    for stamp in (*exact, *stamps):
        try:
            return instants.of(stamp)
        except UnclearTime:
            continue
    return None


def _content(
    stated: Stated, body: tuple[str, ...], dateline: Dateline | None, *, updated_at: datetime | None
) -> Content:
    credited = next((found for text in body[-_LAST:] if (found := credits_of(text))), None)
    paragraphs = tuple(text for i, text in enumerate(body) if i < len(body) - _LAST or credits_of(text) is None)
    if dateline:
        paragraphs = (dateline.rest, *paragraphs[1:])
    standfirst = "" if _repeats(stated.standfirst, (stated.headline, *paragraphs[:2])) else stated.standfirst
    return Content(
        headline=stated.headline,
        standfirst=standfirst,
        byline=stated.byline,
        place=dateline.place if dateline else stated.place,
        agency=dateline.agency if dateline else "",
        photo=stated.photo,
        topics=stated.topics,
        paragraphs=paragraphs,
        credits=credited[0] if credited else Credits(),
        updated_at=updated_at,
        language=stated.language,
    )


def _repeats(standfirst: str, texts: tuple[str, ...]) -> bool:
    """Is the standfirst only the beginning of the headline or the text, as a program cuts it for a preview?"""
    beginning = _CUT.sub("", standfirst)
    return any(text.startswith(beginning) for text in texts)


def _differences(story: StoryRecord) -> Iterator[Remark]:
    if story.published_at is None:
        yield Remark(code="no-publication-time", text="The page does not say clearly when the story was published.")
    stated, held = story.stated_comment_count, len(story.comments)
    if stated is not None and stated != held:
        sentence = f"The page says it has {stated} comments and states {held}; those it states were taken."
        yield Remark(code="comment-count-differs", text=sentence)
