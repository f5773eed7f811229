"""What belongs to no single publication: the list of them, static files, and addresses that are nobody's."""

import asyncio
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from rejoinder.discussion.refusals import UnknownPage
from rejoinder.language import words
from rejoinder.store import sites, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import FOREVER, Answer, note_edition, page, respond, see_other
from rejoinder.web.assets import FOR_GOOD, served
from rejoinder.web.options import Options
from rejoinder.web.rendering import render
from rejoinder.web.shown.page import Chrome
from rejoinder.web.shown.stories import Publication, PublicationsPage

log = structlog.get_logger()
UTC_ZONE = ZoneInfo("UTC")


async def publications(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The installation's publications; where there is only one, on to it."""
    options: Options = request.app.state.options

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
        return page(render(shown, words=words("en"), zone=UTC_ZONE, now=options.clock()))

    return respond(await asyncio.wrap_future(options.database.read(ask)))


async def static(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A static file, for good: its name changes with its content."""
    asset = served(request.path_params["name"])
    if asset is None:
        raise UnknownPage
    note_edition(request.scope, FOREVER)
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff", "Content-Type": asset.media_type}
    return Response(asset.body, headers=headers)


PLAIN_ROUTES: list[HTTPRouteHandler] = [
    HTTPRouteHandler("/", http_method=["GET", "HEAD"], include_in_schema=False)(publications),
    HTTPRouteHandler("/static/{name:str}", http_method=["GET", "HEAD"], include_in_schema=False)(static),
]
