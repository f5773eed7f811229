"""A refusal in the language of HTTP: its status, and how long to wait before asking again."""

import structlog

from rejoinder.discussion.refusals import Broken, Busy, Kind, Refusal, Unavailable
from rejoinder.store.database import Behind, Unreachable
from rejoinder.store.failures import engine_errors

log = structlog.get_logger()

STATUS: dict[Kind, int] = {
    Kind.INVALID: 422,
    Kind.UNAUTHENTICATED: 401,
    Kind.FORBIDDEN: 403,
    Kind.NOT_FOUND: 404,
    Kind.CONFLICT: 409,
    Kind.TOO_LARGE: 413,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
    Kind.BROKEN: 500,
}
A_WHILE = 30  # seconds after which a database that did not answer is worth another try
A_MOMENT = 3  # and one that had too much to do


def refusal_in(problem: Exception) -> Refusal:
    """The refusal that an exception comes to: itself; that nothing can be saved now, where the database fails; else
    that something went wrong on our side. What is no refusal is logged whole.
    """
    if isinstance(problem, Refusal):
        return problem
    if isinstance(problem, Behind):
        return Busy()
    if isinstance(problem, (Unreachable, *engine_errors())):
        log.error("the database fails", exc_info=problem)
        return Unavailable()
    log.error("a request broke", exc_info=problem)
    return Broken()


def status_of(refusal: Refusal) -> int:
    """The refusal's HTTP status."""
    return STATUS[refusal.kind]


def waiting(refusal: Refusal) -> dict[str, str]:
    """Retry-After (RFC 9110, 10.2.3), where waiting helps; else nothing."""
    if refusal.kind not in (Kind.TOO_MANY, Kind.UNAVAILABLE):
        return {}
    usual = A_MOMENT if isinstance(refusal, Busy) else A_WHILE
    return {"Retry-After": str(refusal.data.get("seconds", usual))}
