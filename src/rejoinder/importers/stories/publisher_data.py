"""What the publisher states about a story: its structured data first, then Open Graph and the other meta elements."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from rejoinder.discussion.stories import Photo
from rejoinder.importers.stories.flowing_text import one_line, plain
from rejoinder.importers.stories.items import Item, address_in, is_a, listed, number_in, text_in, texts_in
from rejoinder.importers.stories.tree import Element

_ARTICLES = frozenset(  # schema.org's Article and its kinds
    [
        "Article",
        "NewsArticle",
        "AnalysisNewsArticle",
        "AskPublicNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReportageNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
        "SatiricalArticle",
        "ScholarlyArticle",
        "SocialMediaPosting",
        "TechArticle",
        "AdvertiserContentArticle",
    ]
)
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
)
_MODIFIED_METAS = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_AUTHOR_METAS = ("author", "article:author", "dc.creator")
_MOST_AUTHORS = 5
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TITLE_PARTS = re.compile(r"\s+(?:[|·•–—-]|::)\s+")


class Stated(Struct, frozen=True, kw_only=True):
    """What the publisher states. Times are as stated, in the order of their weight; they are not instants yet."""

    is_article: bool
    headline: str
    standfirst: str
    byline: tuple[str, ...]
    place: str
    topics: tuple[str, ...]
    section: str | None
    language: str | None
    canonical_url: str | None
    publisher_id: str | None
    photo: Photo | None
    published: tuple[str, ...]
    updated: tuple[str, ...]
    article_body: str
    comment_count: int | None


def stated_by(tree: Element, items: Sequence[Item], *, base_url: str | None) -> Stated:
    """What the page's publisher states. Nothing is guessed: what is not stated is empty or None."""
    metas = _metas(tree)
    canonical = _canonical(tree, metas, base_url)
    article = _article(items, canonical=canonical, headline=_first(metas, "og:title"))
    canonical = canonical or _absolute(
        address_in(article.get("mainEntityOfPage")) or address_in(article.get("url")), base_url
    )
    return Stated(
        is_article=bool(article) or "article" in _first(metas, "og:type"),
        headline=text_in(article.get("headline")) or _title(tree, metas),
        standfirst=text_in(article.get("description")) or _first(metas, "og:description", "description"),
        byline=_byline(article, metas, tree),
        place=text_in(article.get("dateline")),
        topics=_topics(article, metas),
        section=text_in(article.get("articleSection")) or _first(metas, "article:section") or None,
        language=_language(tree, article),
        canonical_url=canonical,
        publisher_id=text_in(article.get("identifier")) or None,
        photo=_photo(article, metas, base_url),
        published=(*texts_in(article.get("datePublished")), *_all(metas, _PUBLISHED_METAS)),
        updated=(*texts_in(article.get("dateModified")), *_all(metas, _MODIFIED_METAS)),
        article_body=plain(_string(article.get("articleBody"))),
        comment_count=_comment_count(article),
    )


def _metas(tree: Element) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@content]"):
        value = one_line(meta.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and value:
                metas.setdefault(name, []).append(value)
    return metas


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _all(metas: dict[str, list[str]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _string(value: object) -> str:
    return next((text for text in listed(value) if isinstance(text, str)), "")


def _article(items: Sequence[Item], *, canonical: str | None, headline: str) -> Item:
    """The story's own object: pages state others' too, so its address or headline decides, then the order."""
    articles = [item for item in items if is_a(item, _ARTICLES) and ("headline" in item or "datePublished" in item)]
    by_address = (
        item
        for item in articles
        if canonical and canonical in (address_in(item.get("url")), address_in(item.get("mainEntityOfPage")))
    )
    by_headline = (item for item in articles if headline and text_in(item.get("headline")) == headline)
    return next(by_address, None) or next(by_headline, None) or (articles[0] if articles else {})


def _title(tree: Element, metas: dict[str, list[str]]) -> str:
    """The heading that the page's title repeats; else the title without the site's name behind a bar."""
    title = _first(metas, "og:title", "twitter:title") or one_line(tree.findtext(".//title") or "")
    headings = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h1")]
    repeated = [heading for heading in headings if heading and heading.casefold() in title.casefold()]
    if repeated:
        return max(repeated, key=len)
    parts = _TITLE_PARTS.split(title)
    site = _first(metas, "og:site_name").casefold()
    if len(parts) > 1 and site and parts[-1].casefold() in (site, site.removeprefix("www.")):
        return title[: title.rindex(parts[-1])].rstrip(" |·•–—-:")
    return title or (headings[0] if len(headings) == 1 else "")


def _byline(article: Item, metas: dict[str, list[str]], tree: Element) -> tuple[str, ...]:
    linked = tuple(" ".join(link.text_content().split()) for link in tree.xpath("//a[@rel='author']")[:_MOST_AUTHORS])
    stated = texts_in(article.get("author")) or tuple(_all(metas, _AUTHOR_METAS)) or linked
    return tuple(dict.fromkeys(name for name in stated if name and "://" not in name and not name.startswith("@")))


def _topics(article: Item, metas: dict[str, list[str]]) -> tuple[str, ...]:
    stated = texts_in(article.get("keywords")) or tuple(_all(metas, ("article:tag", "news_keywords")))
    split = (topic.strip() for text in stated for topic in text.split(","))
    return tuple(dict.fromkeys(topic for topic in split if topic))


def _language(tree: Element, article: Item) -> str | None:
    root = tree.getroottree().getroot()
    stated = (text_in(article.get("inLanguage")), root.get("lang") or "", root.get("xml:lang") or "")
    named = (text.strip().replace("_", "-") for text in stated)
    return next((text for text in named if _LANGUAGE.fullmatch(text)), None)


def _canonical(tree: Element, metas: dict[str, list[str]], base_url: str | None) -> str | None:
    links = [link.get("href") or "" for link in tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil') = 'canonical']")]
    absolute = (_absolute(link, base_url) for link in (*links, _first(metas, "og:url")))
    return next((link for link in absolute if link), None)


def _absolute(address: str, base_url: str | None) -> str | None:
    """The address as a whole one, or None if it is not one of the web."""
    if not address.strip():
        return None
    try:
        whole = urljoin(base_url or "", address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname else None


def _photo(article: Item, metas: dict[str, list[str]], base_url: str | None) -> Photo | None:
    image = next(iter(listed(article.get("image"))), None)
    stated = image if isinstance(image, dict) else {}
    url = _absolute(address_in(image) or _first(metas, "og:image", "og:image:url", "twitter:image"), base_url)
    if url is None:
        return None
    credit = (text_in(stated.get(key)) for key in ("creditText", "creator", "author", "copyrightHolder"))
    return Photo(
        url=url,
        caption=text_in(stated.get("caption")),
        credit=next(filter(None, credit), ""),
        alt=text_in(stated.get("description")) or _first(metas, "og:image:alt", "twitter:image:alt"),
        width=number_in(stated.get("width")) or number_in(_first(metas, "og:image:width")),
        height=number_in(stated.get("height")) or number_in(_first(metas, "og:image:height")),
    )


def _comment_count(article: Item) -> int | None:
    stated = number_in(article.get("commentCount"))
    if stated is not None:
        return stated
    for statistic in listed(article.get("interactionStatistic")):
        if isinstance(statistic, dict):
            kind = statistic.get("interactionType")
            named = text_in(kind) or " ".join(
                str(t) for k in listed(kind) if isinstance(k, dict) for t in listed(k.get("@type"))
            )
            if "CommentAction" in named:
                return number_in(statistic.get("userInteractionCount"))
    return None
