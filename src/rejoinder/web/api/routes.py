"""Every route of the API on one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from litestar import Response, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Operation
from msgspec import Struct

from rejoinder.discussion.refusals import Kind
from rejoinder.web.answers import PRIVATE
from rejoinder.web.api import (
    act_appeals,
    appeals,
    comments,
    desk,
    flags,
    hearings,
    notices,
    recommendations,
    sessions,
    stories,
    warnings,
)
from rejoinder.web.api.calls import ApiRequest, call_of
from rejoinder.web.api.problems import HANDLERS, MEDIA_TYPE, WRONG_METHOD, Faulty
from rejoinder.web.api.schemas import Comment, Problem
from rejoinder.web.statuses import STATUS

PREFIX = "/api/v1/sites/{site:str}"
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]
METHODS: tuple[Method, ...] = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class Described(Operation):
    """An operation as we answer it: the framework would add a 400, which we never give."""

    def __post_init__(self) -> None:
        if self.responses is not None:
            self.responses.pop("400", None)


class Route(Struct, frozen=True):
    """A way of asking at an address below PREFIX, by whom it is answered, with which status, and the refusals' statuses
    it is known for.
    """

    method: Method
    path: str
    answer: Callable[..., Awaitable[Any]]
    status: int
    refusals: tuple[int, ...]
    again: type[Struct] | None = None  # what a 200 holds, where the usual status is another


WRITING = (401, 403, 404, 409, 413, 415, 422)
VOTING = (401, 403, 404, 409, 429)
APPEALING = (403, 404, 409, 413, 415, 422)
ROUTES: tuple[Route, ...] = (
    Route("GET", "/counts", stories.list_counts, 200, (404, 422)),
    Route("GET", "/stories", stories.list_stories, 200, (404, 422)),
    Route("GET", "/stories/{slug:str}", stories.get_story, 200, (404,)),
    Route("GET", "/stories/{slug:str}/tally", stories.get_tally, 200, (404,)),
    Route("GET", "/stories/{slug:str}/comments", stories.list_comments, 200, (404, 409, 422)),
    Route("POST", "/stories/{slug:str}/comments", comments.post_comment, 201, (*WRITING, 429), again=Comment),
    Route("POST", "/stories/{slug:str}/preview", comments.preview_comment, 200, (*WRITING, 429)),
    Route("GET", "/comments/{comment_id:uuid}", comments.get_comment, 200, (404, 409)),
    Route("PATCH", "/comments/{comment_id:uuid}", comments.change_comment, 200, WRITING),
    Route("DELETE", "/comments/{comment_id:uuid}", comments.delete_comment, 204, (401, 403, 404, 409)),
    Route("GET", "/comments/{comment_id:uuid}/replies", comments.list_replies, 200, (404, 409, 422)),
    Route("POST", "/comments/{comment_id:uuid}/flags", flags.report_comment, 201, (403, 404, 409, 413, 415, 422, 429)),
    Route("PUT", "/comments/{comment_id:uuid}/recommendation", recommendations.recommend_comment, 200, VOTING),
    Route("DELETE", "/comments/{comment_id:uuid}/recommendation", recommendations.take_back, 200, VOTING),
    Route("POST", "/session", sessions.open_session, 201, (401, 403, 404, 409, 413, 415, 422, 429, 503)),
    Route("DELETE", "/session", sessions.end_session, 204, (401, 403, 404)),
    Route("GET", "/warnings", warnings.list_warnings, 200, (401, 404)),
    Route("POST", "/warnings/{warning_id:uuid}/acknowledgement", warnings.acknowledge, 204, (401, 403, 404)),
    Route("GET", "/receipts/{receipt:str}", flags.get_receipt, 200, (404,)),
    Route("POST", "/receipts/{receipt:str}/appeal", appeals.appeal_report, 201, APPEALING),
    Route("GET", "/decisions/{key:str}", appeals.get_decision, 200, (401, 404)),
    Route("POST", "/decisions/{key:str}/appeal", appeals.appeal_decision, 201, (401, *APPEALING)),
    Route("GET", "/acts/{key:str}", act_appeals.get_act, 200, (401, 404)),
    Route("POST", "/acts/{key:str}/appeal", act_appeals.appeal_act, 201, (401, *APPEALING)),
    Route("POST", "/notices", notices.file_notice, 201, (403, 404, 413, 415, 422, 429)),
    Route("GET", "/notices/{receipt:str}", notices.get_notice, 200, (404,)),
    Route("POST", "/notices/{receipt:str}/appeal", notices.appeal_notice, 201, APPEALING),
    Route("POST", "/stories/{slug:str}/corrections", notices.send_correction, 201, (403, 404, 413, 415, 422, 429)),
    Route("GET", "/corrections/{receipt:str}", notices.get_correction, 200, (404,)),
    Route("GET", "/desk/queue", desk.get_queue, 200, (401, 403, 404, 422)),
    Route(
        "POST",
        "/desk/comments/{comment_id:uuid}/decisions",
        desk.decide_comment,
        201,
        WRITING,
    ),
    Route("GET", "/desk/appeals", hearings.list_appeals, 200, (401, 403, 404, 422)),
    Route("POST", "/desk/appeals/{appeal_id:uuid}/hearing", hearings.hear, 201, WRITING),
    Route("POST", "/desk/appeals/{appeal_id:uuid}/undo", hearings.undo, 201, (401, 403, 404, 409)),
    Route("POST", "/desk/decisions/{decision_id:uuid}/undo", desk.undo_decision, 201, (401, 403, 404, 409)),
)
SAID = {
    401: "We do not know who asks.",
    403: "We know who asks, and they may not; or the request came from another site.",
    404: "There is no such thing.",
    409: "It was possible, but something changed or was done already.",
    413: "The body is larger than we take.",
    415: "The body is not JSON.",
    422: "What was sent cannot be taken as it is.",
    429: "Too many; Retry-After says when to try again.",
    503: "The database does not answer, or has too much to do; Retry-After says when to try again.",
}


def handler(route: Route) -> HTTPRouteHandler:
    """The framework's handler for a route."""
    return HTTPRouteHandler(
        route.path,
        http_method=route.method,
        status_code=route.status,
        operation_id=route.answer.__name__,
        summary=(route.answer.__doc__ or "").split(".", 1)[0] + ".",
        description=" ".join((route.answer.__doc__ or "").split()),
        operation_class=Described,
        security=[{"session": []}] if STATUS[Kind.UNAUTHENTICATED] in route.refusals else [],
        responses=_answers(route),
    )(route.answer)


def _answers(route: Route) -> dict[int, ResponseSpec]:
    answers = {
        status: ResponseSpec(Problem, description=SAID[status], media_type=MEDIA_TYPE, generate_examples=False)
        for status in (*route.refusals, 503)
    }
    if route.again is not None:
        answers[200] = ResponseSpec(route.again, description="The first one again.", generate_examples=False)
    return answers


def head(route: Route) -> HTTPRouteHandler:
    """The same answer's headers alone (RFC 9110, 9.3.2)."""
    return HTTPRouteHandler(route.path, http_method="HEAD", status_code=route.status, include_in_schema=False)(
        route.answer
    )


def other_methods(path: str) -> list[HTTPRouteHandler]:
    """Answers OPTIONS, and any method that the address does not take, with those it takes (RFC 9110, 10.2.1)."""
    taken = [route.method for route in ROUTES if route.path == path]
    allowed = {"Allow": ", ".join([*taken, *(["HEAD"] if "GET" in taken else []), "OPTIONS"])}
    missing = [method for method in METHODS if method not in taken]

    async def tell() -> Response[None]:
        return Response(None, headers=allowed)

    async def refuse() -> None:
        raise Faulty(WRONG_METHOD, headers=allowed)

    return [
        HTTPRouteHandler(path, http_method="OPTIONS", status_code=204, include_in_schema=False)(tell),
        HTTPRouteHandler(path, http_method=missing, status_code=200, include_in_schema=False)(refuse),
    ]


async def private(response: Response[Any]) -> Response[Any]:
    """The answer, for its asker alone. Async, or the framework would hand it to a thread and back."""
    response.headers.update({"Cache-Control": PRIVATE, "X-Content-Type-Options": "nosniff"})
    return response


API_ROUTES: list[Router] = [
    Router(
        PREFIX,
        route_handlers=[
            *(each for path in dict.fromkeys(route.path for route in ROUTES) for each in other_methods(path)),
            *(handler(route) for route in ROUTES),
            *(head(route) for route in ROUTES if route.method == "GET"),
        ],
        dependencies={"call": Provide(call_of)},
        request_class=ApiRequest,
        request_max_body_size=None,  # our own limit reads on, so that the sender of 20 MB hears our answer
        exception_handlers=HANDLERS,
        after_request=private,
        tags=["discussion"],
    ),
]
