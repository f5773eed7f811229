"""The two ways through a route. A page is a plain function of a Read and a Visit, run in one snapshot; an act is async,
may prove who somebody is, and hands one change to one action.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from rejoinder.discussion.refusals import Refusal
from rejoinder.store.database import Read, Write
from rejoinder.web.answers import Answer, note_edition, respond
from rejoinder.web.asking import Asked, read_request
from rejoinder.web.guards import must_be_ours
from rejoinder.web.options import Options
from rejoinder.web.statuses import refusal_in
from rejoinder.web.visits import Visit, arrive

T = TypeVar("T")

Page = Callable[[Read, Visit], Answer]
Act = Callable[["Doing"], Awaitable[Answer]]


class Doing(Struct, frozen=True):
    """An act under way: the visit, and the way to the database."""

    visit: Visit

    async def read(self, ask: Callable[[Read], T]) -> T:
        """The answer of `ask`."""
        return await asyncio.wrap_future(self.visit.options.database.read(ask))

    async def write(self, change: Callable[[Write], T]) -> T:
        """The answer of `change`, after its commit."""
        return await asyncio.wrap_future(self.visit.options.database.write(change))


class Wording(Protocol):
    """Turns a refusal into a page for the person; see `errors`."""

    def __call__(self, r: Read, visit: Visit, refusal: Refusal) -> Answer: ...


def page(path: str, show: Page, *, refused: Wording) -> HTTPRouteHandler:
    """A GET (and HEAD) route for a page. Its guard is inside `show`, which asks the visit for a reader or for staff."""

    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        options: Options = request.app.state.options
        asked = await read_request(request, options)

        def ask(r: Read) -> Answer:
            visit = arrive(r, asked, options)
            try:
                return show(r, visit)
            except Refusal as refusal:
                return refused(r, visit, refusal)

        answer = await _reading(options, ask)
        note_edition(request.scope, answer.edition)
        return respond(answer)

    return HTTPRouteHandler(path, http_method=["GET", "HEAD"], include_in_schema=False)(handle)


def act(path: str, do: Act, *, refused: Wording) -> HTTPRouteHandler:
    """A POST route. A foreign form is refused before anything is asked; a refusal is worded with what was sent, so that
    no text is lost.
    """

    async def handle(request: Request[Any, Any, Any]) -> Response[bytes]:
        options: Options = request.app.state.options
        asked = request.state.asked = await read_request(request, options)
        visit = await _reading(options, lambda r: arrive(r, asked, options))
        try:
            must_be_ours(asked.headers, own_hosts=own_hosts(asked, options), has_cookie=bool(asked.cookies))
            return respond(await do(Doing(visit)))
        except Exception as problem:  # noqa: BLE001 - whatever broke, what was written is given back
            refusal = refusal_in(problem)
            return respond(await _reading(options, lambda r: refused(r, visit, refusal)))

    return HTTPRouteHandler(path, http_method="POST", include_in_schema=False, status_code=200)(handle)


def own_hosts(asked: Asked, options: Options) -> frozenset[str]:
    """The hosts whose pages are ours: the public one, and the one this request came to."""
    return frozenset({options.public_host, asked.headers.get("host", "")})


async def _reading(options: Options, ask: Callable[[Read], T]) -> T:
    return await asyncio.wrap_future(options.database.read(ask))
