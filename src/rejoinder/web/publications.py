"""What belongs to no single publication: the list of them, static files, and addresses that are nobody's."""

from zoneinfo import ZoneInfo

from rejoinder.discussion.refusals import UnknownPage
from rejoinder.language import words
from rejoinder.store import sites, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import FOREVER, Answer, page, see_other
from rejoinder.web.asking import Asked
from rejoinder.web.assets import FOR_GOOD, plain, served
from rejoinder.web.handlers import reading
from rejoinder.web.options import Options
from rejoinder.web.packing import packed
from rejoinder.web.pages.framing import FOR_ANY_SITE
from rejoinder.web.rendering import render
from rejoinder.web.routing import Route
from rejoinder.web.shown.page import Chrome
from rejoinder.web.shown.stories import Publication, PublicationsPage

UTC_ZONE = ZoneInfo("UTC")
_ON_ANY_PAGE = {"Cross-Origin-Resource-Policy": "cross-origin", **FOR_ANY_SITE}  # also one that lets little in (COEP)


async def publications(asked: Asked, options: Options) -> Answer:
    """The installation's publications; where there is only one, on to it."""

    def ask(r: Read) -> Answer:
        every = sites.every(r)
        if len(every) == 1:
            return see_other(addresses.front(every[0].key))
        shown = PublicationsPage(
            chrome=Chrome(here="/", canonical=options.public_url + "/"),
            publications=tuple(
                Publication(key=site.key, name=site.name, language=site.language, stories=stories.how_many(r, site.seq))
                for site in every
            ),
        )
        return packed(page(render(shown, words=words("en"), zone=UTC_ZONE, now=asked.now)), asked.headers)

    return await reading(options, ask)


async def static(asked: Asked, _options: Options) -> Answer:
    """A static file, for good: its name changes with its content."""
    asset = served(asked.part("name"))
    if asset is None:
        raise UnknownPage
    headers = {"Cache-Control": FOR_GOOD, "Content-Type": asset.media_type, **_ON_ANY_PAGE}
    if "gzip" in asked.headers.get("accept-encoding", "") and asset.packed is not None:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Answer(body=asset.packed, headers=headers)
    return Answer(body=asset.body, headers=headers, edition=FOREVER)


async def own_script(asked: Asked, _options: Options) -> Answer:
    """A script for pages of the publisher's, under a name that stays: their browsers ask whether it has changed."""
    script = plain(asked.path.removeprefix("/"))
    headers = {"Content-Type": script.media_type, **_ON_ANY_PAGE}
    return Answer(body=script.body, headers=headers, edition=FOREVER)


PLAIN_ROUTES: list[Route] = [
    Route("/", "GET", publications),
    Route("/static/{name}", "GET", static),
    Route("/counts.js", "GET", own_script),
    Route("/embed.js", "GET", own_script),
]
