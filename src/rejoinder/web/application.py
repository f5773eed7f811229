"""The web application: its routes, what is said of what nobody routes, and what it is handed."""

from typing import Any

from litestar import Litestar, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from rejoinder.discussion.refusals import Refusal
from rejoinder.store.database import Unreachable
from rejoinder.web.api.health import HEALTH_ROUTES, measured
from rejoinder.web.api.meanings import MEANING_ROUTES
from rejoinder.web.api.openapi import openapi_config
from rejoinder.web.api.problems import answer, is_for_api
from rejoinder.web.api.routes import API_ROUTES
from rejoinder.web.fallback import told_anywhere
from rejoinder.web.options import Options
from rejoinder.web.publications import PLAIN_ROUTES
from rejoinder.web.routes import PAGE_ROUTES


def build(options: Options) -> Litestar:
    """The application for an installation."""
    application = Litestar(
        route_handlers=[*PLAIN_ROUTES, *HEALTH_ROUTES, *MEANING_ROUTES, *API_ROUTES, *PAGE_ROUTES],
        state=State({"options": options}),
        openapi_config=openapi_config(session_cookie=options.session_cookie),
        exception_handlers={Refusal: told, Unreachable: told, HTTPException: told, Exception: told},
        request_max_body_size=None,  # `asking` has its own limit, and tells the sender of it
        compression_config=CompressionConfig(backend="gzip", minimum_size=1000),
        logging_config=None,  # the process that runs us decides about its log
    )
    application.asgi_handler = measured(application.asgi_handler)  # around everything, so that nobody's addresses count
    return application


def told(request: Request[Any, Any, Any], problem: Exception) -> Response[Any]:
    """A problem for programs, a page for people."""
    if is_for_api(request):
        return answer(request, problem)
    return told_anywhere(request, problem)
