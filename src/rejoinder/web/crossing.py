"""Calls of the API from the publisher's pages (CORS; WHATWG Fetch, 3.2). A page of one of the site's origins may ask
for what changes something, and read what is its reader's, with a token of its own; cookies are never allowed, so that
nothing is done in somebody's name because they happened to be logged in. What everybody may read says so itself.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import structlog

from rejoinder.discussion.origins import may_take_part
from rejoinder.discussion.refusals import Refusal
from rejoinder.store import sites
from rejoinder.store.database import Read
from rejoinder.web.handlers import reading
from rejoinder.web.options import Options
from rejoinder.web.packing import App
from rejoinder.web.statuses import refusal_in

log = structlog.get_logger()
_OF_A_SITE = re.compile(r"/api/v1/sites/([^/\0]+)/")
_MAY = {
    "Access-Control-Allow-Methods": "POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": "600",
}


def crossing(app: App, *, options: Callable[[], Options]) -> App:
    """The application (ASGI), whose answers tell browsers which pages of other origins may have them."""

    async def cross(scope: Any, receive: Any, send: Any) -> None:
        site = _OF_A_SITE.match(scope["path"])
        headers = dict(scope["headers"])
        is_everybodys = scope["method"] in ("GET", "HEAD") and b"authorization" not in headers
        if site is None or is_everybodys:
            await app(scope, receive, send)
            return
        origin = headers.get(b"origin", b"").decode("latin-1")
        is_ours = urlsplit(origin).netloc in (options().public_host, headers.get(b"host", b"").decode("latin-1"))
        told = {"Vary": "Origin"}
        if origin and not is_ours and await _is_allowed(site.group(1), origin, options()):
            told |= {"Access-Control-Allow-Origin": origin}
            told |= _MAY if scope["method"] == "OPTIONS" else {}

        async def send_told(message: Any) -> None:
            if message["type"] == "http.response.start":
                added = [(name.lower().encode(), value.encode("latin-1")) for name, value in told.items()]
                message = {**message, "headers": [*message["headers"], *added]}
            await send(message)

        await app(scope, receive, send_told)

    return cross


async def _is_allowed(site: str, origin: str, options: Options) -> bool:
    """Whether the origin is one of the site's; not where that cannot be found out."""

    def ask(r: Read) -> bool:
        try:
            return may_take_part(origin, sites.by_key(r, site).origins)
        except Refusal:
            return False

    try:
        return await reading(options, ask)
    except Exception as problem:  # noqa: BLE001 - the call itself meets the same, and says it
        log.info("no origin was looked up", why=refusal_in(problem).code)
        return False
