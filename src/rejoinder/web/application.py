"""The web application: its routes, what is said of what nobody routes, and what it is handed."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from rejoinder.discussion.refusals import Refusal
from rejoinder.store.database import Unreachable
from rejoinder.web.api.health import HEALTH_ROUTES, measured
from rejoinder.web.api.openapi import openapi_config
from rejoinder.web.api.routes import API_ROUTES
from rejoinder.web.options import Options
from rejoinder.web.publications import PLAIN_ROUTES, broken, unknown
from rejoinder.web.routes import PAGE_ROUTES


def build(options: Options) -> Litestar:
    """The application for an installation."""
    return Litestar(
        route_handlers=[*PLAIN_ROUTES, *HEALTH_ROUTES, *API_ROUTES, *PAGE_ROUTES],
        state=State({"options": options}),
        openapi_config=openapi_config(session_cookie=options.session_cookie),
        exception_handlers={Refusal: unknown, Unreachable: unknown, HTTPException: unknown, Exception: broken},
        middleware=[measured],
        request_max_body_size=None,  # `asking` has its own limit, and tells the sender of it
    )
