"""Counts for teaser pages: of any publication here, by the stories' own addresses, for a script on any site."""

from datetime import timedelta
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.editions import Edition
from rejoinder.discussion.refusals import BadStory, Invalid
from rejoinder.language import words
from rejoinder.store import sites, stories
from rejoinder.store.database import Read
from rejoinder.web.answers import note_edition
from rejoinder.web.handlers import reading
from rejoinder.web.pages.framing import FOR_ANY_SITE, LISTED_FOR

ADDRESS = "/api/v1/counts"
MOST = 100  # addresses in one request
NO_SITE = 0  # what is of several sites is of none that has an epoch


async def counts(request: Request[Any, Any, Any]) -> Response[bytes]:
    """How many published comments the story of each address has, and how that is said in a language. At most two
    seconds behind. Raises Invalid.
    """
    options = request.app.state.options
    given = list(dict.fromkeys(request.query_params.getall("url", [])))
    if not given or len(given) > MOST:
        raise Invalid(field="url", problem=f"Give from 1 to {MOST} addresses.")
    found = await reading(options, lambda r: counted(r, given))
    until = options.clock() + timedelta(seconds=LISTED_FOR)
    note_edition(request.scope, Edition(site_seq=NO_SITE, epoch=0, until=until))
    body = msgspec.json.encode({"counts": found, "sentences": sentences(request.query_params.get("language", "en"))})
    caching = {"Cache-Control": f"public, max-age={LISTED_FOR}"}
    return Response(body, media_type="application/json", headers=FOR_ANY_SITE | caching)


def counted(r: Read, given: list[str]) -> dict[str, int]:
    """The number for each of these addresses; none for one that we know no discussion of."""
    keys = {each: _key(each) for each in given}
    known = stories.counts_anywhere(r, [site.seq for site in sites.every(r)], filter(None, keys.values()))
    return {each: known.get(key, 0) for each, key in keys.items()}


def sentences(language: str) -> dict[str, str]:
    """How so many comments are said, by the kinds of numbers that the language tells apart, "{n}" for the figure."""
    said = words(language if len(language) <= 35 else "en")  # noqa: PLR2004 - RFC 5646, 4.4.1
    return said.by_number(lambda n: said.ngettext("%(figure)s comment", "%(figure)s comments", n))


def _key(url: str) -> str:
    try:
        return address_key(url)
    except BadStory:
        return ""


COUNT_ROUTES: list[HTTPRouteHandler] = [
    HTTPRouteHandler(ADDRESS, http_method=["GET", "HEAD"], status_code=200, include_in_schema=False)(counts)
]
