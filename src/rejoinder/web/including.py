"""The server-side include: on which site, for whom (for everybody alike), and what stands there where something fails.
Whatever happens, the answer is a fragment: a publisher's template puts it into a page unread.
"""

from urllib.parse import urlsplit

from rejoinder.discussion.refusals import Refusal, UnknownSite
from rejoinder.discussion.sites import Site
from rejoinder.store import sites
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.asking import Asked
from rejoinder.web.handlers import reading
from rejoinder.web.options import Options
from rejoinder.web.packing import packed
from rejoinder.web.pages import include as pages
from rejoinder.web.statuses import refusal_in
from rejoinder.web.visits import Visit


async def include(asked: Asked, options: Options) -> Answer:
    """The discussion that a publisher's page asks for."""

    def ask(r: Read) -> Answer:
        visit = visit_on(site_asked_for(r, asked), asked, options)
        try:
            return packed(pages.include(r, visit), asked.headers)
        except Refusal as refusal:
            return pages.excuse(refusal, visit)

    try:
        return await reading(options, ask)
    except Exception as problem:  # noqa: BLE001 - whatever broke, a page waits for its piece
        return pages.excuse(refusal_in(problem), base=options.public_url)


def visit_on(site: Site, asked: Asked, options: Options) -> Visit:
    """Anybody's visit, for a page of the publisher's: our links in it are whole."""
    return Visit(
        asked=asked, options=options, site=site, session=None, viewer=None, device=None, base=options.public_url
    )


def site_asked_for(r: Read, asked: Asked) -> Site:
    """The site that is named; else the only one; else the one to whose origins the story's host belongs. Raises
    UnknownSite where that is none, or several.
    """
    if named := asked.query.get("site"):
        return sites.by_key(r, named)
    every = sites.every(r)
    if len(every) == 1:
        return every[0]
    host = _host(asked.query.get("url", ""))
    owners = [site for site in every if host and host in {_host(origin) for origin in site.origins}]
    if len(owners) != 1:
        raise UnknownSite
    return owners[0]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
