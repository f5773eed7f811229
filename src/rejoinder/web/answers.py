"""Answers: what a page or an act gives back, and how it leaves."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from msgspec import Struct

from rejoinder.discussion.editions import Edition

EDITION = "rejoinder.edition"  # in a scope's extensions: where the front door reads which state an answer shows
FOREVER = Edition(site_seq=0, epoch=0)  # of what never changes under its name
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types rejoinder rejoinder-editor"
)
HARDENED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PRIVATE = "private, no-store"
SHARED = {"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding, Cookie"}


class Answer(Struct, frozen=True, kw_only=True):
    """A status, a body, headers and cookies. With an `edition` it is the same for everybody without a session, and may
    be kept as long as that edition holds.
    """

    status: int = 200
    body: bytes = b""
    media_type: str = "text/html"
    headers: dict[str, str] = {}
    cookies: tuple[Cookie, ...] = ()
    edition: Edition | None = None


def page(
    body: str, *, status: int = 200, headers: dict[str, str] | None = None, edition: Edition | None = None
) -> Answer:
    """An HTML page. What is not the same for everybody is never stored by anyone."""
    caching = {"Cache-Control": PRIVATE} if edition is None else SHARED
    return Answer(status=status, body=body.encode(), headers=HARDENED | caching | (headers or {}), edition=edition)


def see_other(address: str, *, cookies: tuple[Cookie, ...] = ()) -> Answer:
    """After an act: go and look there (RFC 9110, 15.4.4)."""
    return Answer(status=303, headers={"Location": address, "Cache-Control": PRIVATE}, cookies=cookies)


def moved(address: str) -> Answer:
    """What was here is there now, however it is asked for (RFC 9110, 15.4.9). It may come back, so nobody keeps it."""
    return Answer(status=308, headers={"Location": address, "Cache-Control": "no-store"})


def cookie(name: str, value: str, *, secure: bool, seconds: int | None) -> Cookie:
    """A cookie that scripts cannot read and other sites do not send along. `seconds` None: until the browser closes;
    0: forget it.
    """
    return Cookie(key=name, value=value, path="/", httponly=True, samesite="lax", secure=secure, max_age=seconds)


async def send_answer(answer: Answer, send: Callable[[Any], Awaitable[None]]) -> None:
    """Sends the answer by way of the server (ASGI)."""
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()]
    headers += [each.to_encoded_header() for each in answer.cookies]
    if answer.status >= 200 and answer.status not in (204, 304):  # noqa: PLR2004 - those have no body (RFC 9110, 6.4.1)
        if answer.body and "Content-Type" not in answer.headers:
            charset = "; charset=utf-8" if answer.media_type.startswith("text/") else ""  # JSON has no other
            headers.append((b"content-type", (answer.media_type + charset).encode()))
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def respond(answer: Answer) -> Response[bytes]:
    """The framework's response for an answer."""
    return Response(
        answer.body,
        status_code=answer.status,
        media_type=answer.media_type,
        headers=answer.headers,
        cookies=list(answer.cookies),
    )


def note_edition(scope: Mapping[str, Any], edition: Edition | None) -> None:
    """Tells whoever called the application (the front door) which state the answer shows, if it may be kept."""
    extensions: Any = scope.get("extensions")
    if edition is not None and extensions is not None:
        extensions[EDITION] = edition
