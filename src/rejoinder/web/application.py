"""The web application: pages and acts by their own short way, the API by its framework, and everything counted."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from rejoinder.discussion.refusals import Refusal
from rejoinder.store.database import Unreachable
from rejoinder.web.answers import Answer, respond
from rejoinder.web.api.counts import COUNT_ROUTES
from rejoinder.web.api.health import HEALTH_ROUTES, measured
from rejoinder.web.api.meanings import MEANING_ROUTES
from rejoinder.web.api.openapi import openapi_config
from rejoinder.web.api.problems import answer, is_for_api
from rejoinder.web.api.routes import API_ROUTES
from rejoinder.web.asking import Asked, Receive
from rejoinder.web.crossing import crossing
from rejoinder.web.fallback import told_anywhere, written_in
from rejoinder.web.options import Options
from rejoinder.web.packing import packing
from rejoinder.web.publications import PLAIN_ROUTES
from rejoinder.web.routes import PAGE_ROUTES
from rejoinder.web.routing import Entrance, Send


class Application:
    """What a server calls (ASGI). `state.options` is what every request is told of the installation."""

    def __init__(self, options: Options) -> None:
        framework = _framework(options)
        calls = crossing(packing(framework), options=lambda: self.state.options)
        pages = Entrance([*PLAIN_ROUTES, *PAGE_ROUTES], options=lambda: self.state.options, tell=_told_on_a_page)
        theirs = frozenset(route.path.split("/")[1] for route in framework.routes)
        self.state: State = framework.state

        async def enter(scope: Any, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or scope["path"].lstrip("/").partition("/")[0] in theirs:
                await calls(scope, receive, send)
            else:
                await pages(scope, receive, send)

        self._enter = measured(enter)  # around everything, so that nobody's addresses count

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._enter(scope, receive, send)


def build(options: Options) -> Application:
    """The application for an installation."""
    return Application(options)


def told(request: Request[Any, Any, Any], problem: Exception) -> Response[Any]:
    """A problem for programs, a page for people."""
    if is_for_api(request):
        return answer(request, problem)
    return respond(told_anywhere(problem))


def _framework(options: Options) -> Litestar:
    return Litestar(
        route_handlers=[*HEALTH_ROUTES, *MEANING_ROUTES, *COUNT_ROUTES, *API_ROUTES],
        state=State({"options": options}),
        openapi_config=openapi_config(session_cookie=options.session_cookie),
        exception_handlers=dict.fromkeys((Refusal, Unreachable, HTTPException, Exception), told),
        request_max_body_size=None,  # `asking` has its own limit, and tells the sender of it
        logging_config=None,  # the process that runs us decides about its log
    )


def _told_on_a_page(problem: Exception, asked: Asked | None) -> Answer:
    return told_anywhere(problem, written=written_in(asked))
