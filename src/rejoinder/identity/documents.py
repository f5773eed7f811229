"""JSON documents of sign-in servers: descriptions and key sets. Fetched with limits, kept for a while."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import structlog

from rejoinder.discussion.refusals import SignInUnavailable
from rejoinder.discussion.sign_in import is_safe_address

if TYPE_CHECKING:
    import httpx

log = structlog.get_logger()

SECONDS = 5.0  # for one call
LARGEST = 500_000  # bytes of an answer
KEPT = timedelta(hours=1)
NOT_AGAIN = timedelta(seconds=30)  # unknown key ids are free to make up: they cause no more calls than this
MOST = 200  # documents kept


class Documents:
    """Documents by their addresses, each with when it was fetched."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[datetime, dict[str, Any]]] = {}

    async def get(self, url: str, *, now: datetime, anew: bool = False) -> dict[str, Any]:
        """The document. `anew`: also where one is kept, unless it was fetched a moment ago. Raises
        SignInUnavailable.
        """
        found = self._kept.get(url)
        if found is not None and now - found[0] < (NOT_AGAIN if anew else KEPT):
            return found[1]
        document = await fetch(url)
        while len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[url] = (now, document)
        return document


async def fetch(
    url: str, *, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:  # fmt: skip
    """The JSON object that the server gives, asked with GET or, with a form, by POST; no redirect is followed. Raises
    SignInUnavailable where it gives none.
    """
    import httpx  # noqa: PLC0415 - a large library, loaded only where somebody signs in

    if not is_safe_address(url):
        log.warning("a sign-in address is not https", url=url)
        raise SignInUnavailable
    sent = {"Accept": "application/json", **(headers or {})}
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            request = client.build_request("GET" if form is None else "POST", url, data=form, headers=sent)
            return _object(await _body(client, request))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, msgspec.MsgspecError) as problem:
        log.warning("a sign-in server does not answer as it should", url=url, problem=f"{problem!r}")
        raise SignInUnavailable from problem


async def _body(client: "httpx.AsyncClient", request: "httpx.Request") -> bytes:
    response = await client.send(request, stream=True)
    try:
        body = b""
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST:
                raise ValueError("more than a sign-in server has to say")
    finally:
        await response.aclose()
    if response.status_code != 200:  # noqa: PLR2004 - OK
        raise ValueError(f"status {response.status_code}")
    return body


def _object(body: bytes) -> dict[str, Any]:
    return msgspec.json.decode(body, type=dict[str, Any])
