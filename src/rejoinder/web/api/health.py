"""Is it there, can it work, and how much does it do: for whoever keeps it running."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from functools import lru_cache
from time import perf_counter
from typing import Any

from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from rejoinder.store import sites
from rejoinder.store.database import Unreachable
from rejoinder.web.options import Options

PATIENCE = 2.0  # seconds the database has to answer before we say that we are not ready
NOWHERE = "unknown"  # the route of addresses that are nobody's, so that guessing makes no new series

REQUESTS = Counter("rejoinder_requests_total", "Requests answered.", ["route", "method", "status"])
SECONDS = Histogram(
    "rejoinder_request_seconds",
    "Time from a request's head to its answer's last byte.",
    ["route", "method"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


async def healthz() -> str:
    """We are there. Asks nobody."""
    return "ok\n"


async def readyz(request: Request[Any, Any, Any]) -> Response[str]:
    """We can work: the database answers. 503 while it does not."""
    options: Options = request.app.state.options
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.wrap_future(options.database.read(sites.every))
    except (Unreachable, TimeoutError):
        return Response("the database does not answer\n", status_code=503, media_type="text/plain")
    return Response("ready\n", media_type="text/plain")


async def metrics() -> Response[bytes]:
    """Figures for Prometheus, of all processes that serve together."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call] # untyped in prometheus_client
    return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def measured(app: ASGIApp) -> ASGIApp:
    """The application with every HTTP request counted and timed, by the template of its route."""

    async def measure(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        started = perf_counter()
        statuses: list[int] = []

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        try:
            await app(scope, receive, note)
        finally:
            _count(scope, statuses[0] if statuses else 500, perf_counter() - started)

    return measure


def _count(scope: HTTPScope, status: int, seconds: float) -> None:
    route = scope.get("path_template") or NOWHERE
    method = scope["method"] if scope["method"] in KNOWN_METHODS else "OTHER"
    counter, timer = _series(route, method, status)
    counter.inc()
    timer.observe(seconds)


@lru_cache(maxsize=2048)
def _series(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return REQUESTS.labels(route, method, str(status)), SECONDS.labels(route, method)


def _get(path: str, answer: Callable[..., Awaitable[Any]]) -> HTTPRouteHandler:
    return HTTPRouteHandler(
        path, http_method=["GET", "HEAD"], status_code=200, media_type="text/plain", include_in_schema=False
    )(answer)


HEALTH_ROUTES: list[HTTPRouteHandler] = [_get("/healthz", healthz), _get("/readyz", readyz), _get("/metrics", metrics)]
