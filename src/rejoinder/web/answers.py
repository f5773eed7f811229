"""Answers: what a page or an act gives back, before the framework has a say in it."""

from litestar import Response
from litestar.datastructures import Cookie
from msgspec import Struct

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types rejoinder"
)
HARDENED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PRIVATE = "private, no-store"


class Answer(Struct, frozen=True, kw_only=True):
    """A status, a body, headers and cookies."""

    status: int = 200
    body: bytes = b""
    media_type: str = "text/html"
    headers: dict[str, str] = {}
    cookies: tuple[Cookie, ...] = ()


def page(body: str, *, status: int = 200, headers: dict[str, str] | None = None, shared: bool = False) -> Answer:
    """An HTML page. What is not the same for everybody is never stored by anyone."""
    caching = {} if shared else {"Cache-Control": PRIVATE}
    return Answer(status=status, body=body.encode(), headers=HARDENED | caching | (headers or {}))


def see_other(address: str, *, cookies: tuple[Cookie, ...] = ()) -> Answer:
    """After an act: go and look there (RFC 9110, 15.4.4)."""
    return Answer(status=303, headers={"Location": address, "Cache-Control": PRIVATE}, cookies=cookies)


def cookie(name: str, value: str, *, secure: bool, seconds: int | None) -> Cookie:
    """A cookie that scripts cannot read and other sites do not send along. `seconds` None: until the browser closes;
    0: forget it.
    """
    return Cookie(key=name, value=value, path="/", httponly=True, samesite="lax", secure=secure, max_age=seconds)


def respond(answer: Answer) -> Response[bytes]:
    """The framework's response for an answer."""
    return Response(
        answer.body,
        status_code=answer.status,
        media_type=answer.media_type,
        headers=answer.headers,
        cookies=list(answer.cookies),
    )
