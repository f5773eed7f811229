"""What a problem's `type` leads to: one refusal in a few plain lines (RFC 9457, 3.1.1)."""

from collections import defaultdict
from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from rejoinder.discussion import refusals
from rejoinder.discussion.refusals import Refusal
from rejoinder.web.api.problems import FAULTS
from rejoinder.web.statuses import STATUS

ADDRESS = "/docs/problems/{code:str}"
_REFUSALS = {
    each.code: (STATUS[each.kind], each.sentence)
    for each in vars(refusals).values()
    if isinstance(each, type) and issubclass(each, Refusal) and each is not Refusal
}
_MEANINGS = _REFUSALS | {fault.code: (fault.status, fault.sentence) for fault in FAULTS}


async def meaning(request: Request[Any, Any, Any]) -> Response[str]:
    """The status and the sentence of a problem's code; 404 for a code that is none."""
    found = _MEANINGS.get(request.path_params["code"])
    if found is None:
        return Response("There is no such problem.\n", status_code=404, media_type="text/plain")
    status, sentence = found
    said = sentence % defaultdict(lambda: "…")
    return Response(f"{request.path_params['code']} ({status})\n\n{said}\n", media_type="text/plain")


MEANING_ROUTES: list[HTTPRouteHandler] = [
    HTTPRouteHandler(ADDRESS, http_method=["GET", "HEAD"], status_code=200, include_in_schema=False)(meaning)
]
