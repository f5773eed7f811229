"""Errors as problem details (RFC 9457), with the codes of the refusals and a sentence in the site's language."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from msgspec import Struct

from rejoinder.discussion import refusals
from rejoinder.discussion.refusals import Invalid, Refusal, UnknownPage, _
from rejoinder.language import Words, words
from rejoinder.store.database import Unreachable
from rejoinder.web.answers import PRIVATE
from rejoinder.web.api.schemas import Problem
from rejoinder.web.statuses import refusal_in, status_of, waiting

MEDIA_TYPE = "application/problem+json"
DEFAULT_LANGUAGE = "en"  # where no site is known yet

log = structlog.get_logger()


class Fault(Struct, frozen=True):
    """What only HTTP can get wrong; the discussion knows no such refusal."""

    status: int
    code: str
    sentence: str


WRONG_METHOD = Fault(405, "wrong-method", _("This address cannot be asked in this way."))
NOT_JSON = Fault(415, "not-json", _("Please send JSON, and say so: Content-Type: application/json."))
FAULTS = (WRONG_METHOD, NOT_JSON)


class Faulty(Exception):
    """A fault on its way to its answer."""

    def __init__(self, fault: Fault, *, headers: dict[str, str] | None = None) -> None:
        super().__init__(fault.code)
        self.fault = fault
        self.headers = headers or {}


def is_for_api(request: Request[Any, Any, Any]) -> bool:
    """Whether a request, found a route or not, is one for the API, so that its sender wants problem details."""
    return request.url.path == "/api" or request.url.path.startswith("/api/")


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """The problem details of whatever went wrong. What is a mistake of ours is logged whole and told in general."""
    match _meant(error):
        case Refusal() as refusal:
            said = words(_language(request))
            detail, data = said.sentence(refusal.sentence, refusal.data), _data(refusal, said)
            return _response(status_of(refusal), refusal.code, detail, data=data, headers=waiting(refusal))
        case Faulty(fault=fault, headers=headers):
            detail = words(_language(request)).sentence(fault.sentence)
            return _response(fault.status, fault.code, detail, data={}, headers=headers)


# Each family by name: the framework takes the nearest class first, and pages have answers of their own to these.
HANDLERS: ExceptionHandlersMap = dict.fromkeys((Refusal, Unreachable, Faulty, HTTPException, Exception), answer)


def _meant(error: Exception) -> Refusal | Faulty:
    """The refusal or fault that an error comes to."""
    match error:
        case Refusal() | Faulty():
            return error
        case HTTPException(status_code=400):
            return _invalid(error)
        case HTTPException(status_code=404):
            return UnknownPage()
        case HTTPException(status_code=405):
            return Faulty(WRONG_METHOD, headers=error.headers)
    return refusal_in(error)


def _response(
    status: int, code: str, detail: str, *, data: dict[str, Any], headers: dict[str, str]
) -> Response[Problem]:
    return Response(
        Problem(
            type=f"/docs/problems/{code}",
            title=code.replace("-", " ").capitalize(),
            status=status,
            detail=detail,
            code=code,
            data=data,
        ),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": PRIVATE, "X-Content-Type-Options": "nosniff"} | headers,
    )


def _data(refusal: Refusal, said: Words) -> dict[str, Any]:
    """What fills the sentence's places; a problem as its own sentence, beside its code."""
    problem = refusal.data.get("problem")
    if not isinstance(problem, refusals.Problem):
        return refusal.data
    return refusal.data | {"problem": said.sentence(problem.value, refusal.data), "cause": problem.code}


def _invalid(error: HTTPException) -> Invalid:
    """Which parameter, and what was wrong with it, as far as the framework says."""
    first = error.extra[0] if isinstance(error.extra, list) and error.extra else {}
    if first.get("key") == "data":
        return Invalid(field="body", problem="It is empty.")
    return Invalid(field=first.get("key", ""), problem=first.get("message", ""))


def _language(request: Request[Any, Any, Any]) -> str:
    """The language of the site that was asked, once a call has found it."""
    known: str = request.scope["state"].get("language", DEFAULT_LANGUAGE)
    return known
