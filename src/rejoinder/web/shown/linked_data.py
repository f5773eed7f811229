"""The story for search engines: schema.org NewsArticle with its comments, as JSON-LD (https://schema.org/NewsArticle)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec
from markupsafe import Markup

from rejoinder.web import addresses
from rejoinder.web.shown.comments import Branch, ShownComment
from rejoinder.web.shown.stories import StoryPage

# Within <script> only "<" can end the block or open a comment (WHATWG HTML, 13.1.2.4 "Restrictions on the contents of
# script elements"); & and > are escaped for those who paste it elsewhere, the two separators for old parsers.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def news_article(page: StoryPage) -> Markup:
    """The text of the story page's data block, safe inside a <script> element."""
    return in_script(_article(page))


def in_script(value: Any) -> Markup:
    """The value as JSON that no content can end."""
    return Markup(msgspec.json.encode(value).decode().translate(_ESCAPES))  # noqa: S704 - escaped just here


def _article(page: StoryPage) -> dict[str, Any]:
    story, content, shown = page.story, page.story.content, page.discussion
    threads = [_comment(page, t.root, _branches(page, t.replies)) for t in shown.threads if t.root.gone is None]
    flat = [_comment(page, each, []) for each in shown.flat if each.gone is None]
    photo = content.photo
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": content.headline,
            "description": content.standfirst,
            "url": page.chrome.canonical,
            "mainEntityOfPage": story.canonical_url or page.chrome.canonical,
            "inLanguage": content.language or page.chrome.language,
            "articleSection": story.section,
            "datePublished": _stamp(story.published_at),
            "dateModified": _stamp(content.updated_at),
            "author": [{"@type": "Person", "name": name} for name in content.byline],
            "publisher": {"@type": "Organization", "name": page.chrome.site_name},
            "image": [photo.url] if photo and photo.url else [],
            "keywords": list(content.topics),
            "commentCount": None if shown.withdrawn else shown.count,
            "comment": [] if shown.withdrawn else [*threads, *flat],
        }
    )


def _branches(page: StoryPage, branches: Iterable[Branch]) -> list[dict[str, Any]]:
    """The replies of a thread; those of one that is gone stand in its place."""
    found: list[dict[str, Any]] = []
    for branch in branches:
        below = _branches(page, branch.replies)
        found += below if branch.comment.gone else [_comment(page, branch.comment, below)]
    return found


def _comment(page: StoryPage, comment: ShownComment, replies: list[dict[str, Any]]) -> dict[str, Any]:
    own = _own(page.chrome.public_url, page.chrome.site, comment)
    return {**own, "comment": replies} if replies else own


@lru_cache(maxsize=4000)
def _own(public_url: str, site: str, comment: ShownComment) -> dict[str, Any]:
    """What is said of a comment but for its replies; made once for each state it is in, and not to be changed."""
    address = public_url + addresses.comment(site, comment.id)
    return _known(
        {
            "@type": "Comment",
            "@id": address,
            "url": address,
            "author": {"@type": "Person", "name": comment.name},
            "datePublished": _stamp(comment.written_at),
            "dateModified": _stamp(comment.edited_at),
            "text": plain(comment.html),
        }
    )


def plain(html: Markup) -> str:
    """The words of a comment, without its markup."""
    spaced = str(html).replace("</p>", "</p> ").replace("<br>", " ")
    return Markup(spaced).striptags()  # noqa: S704 - only to be stripped


def _stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is absent: an empty value would claim that there is none."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
