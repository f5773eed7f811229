"""A request, read: what arrived, when, and from whom. Strict about bytes, kind about the rest."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Request
from msgspec import Struct

from rejoinder.discussion.refusals import Invalid, NotUtf8, TooLarge, UnknownPage
from rejoinder.web.addressing import client_address
from rejoinder.web.options import Options

DISCARDED = 64_000_000  # so much of an oversized body is read and thrown away, so that its sender can hear our no


class Form(Struct, frozen=True):
    """The fields of a submitted form; of a field given twice the last one counts."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        """The field's text, empty where it is missing."""
        return self.fields.get(name, "")

    def number(self, name: str) -> int:
        """The field as a whole number. Raises Invalid."""
        try:
            return int(self.text(name))
        except ValueError:
            raise Invalid(field=name) from None


class Asked(Struct, frozen=True, kw_only=True):
    """A request whose body has fully arrived, at `now`."""

    method: str
    path: str
    parts: Mapping[str, str]  # of the path
    query: Mapping[str, str]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    now: datetime
    body: bytes = b""
    form: Form = Form({})

    def part(self, name: str) -> str:
        return self.parts[name]

    def id(self, name: str = "id") -> UUID:
        """A public id in the path. Raises UnknownPage."""
        try:
            return UUID(self.parts[name])
        except ValueError:
            raise UnknownPage from None


async def read_request(request: Request[Any, Any, Any], options: Options) -> Asked:
    """The request with its whole body. Raises TooLarge, NotUtf8, Invalid."""
    if "\0" in request.url.path:
        raise UnknownPage  # PostgreSQL has no such character
    body = await _body(request, options.max_body) if request.method not in ("GET", "HEAD") else b""
    peer = request.client.host if request.client else ""
    return Asked(
        method=str(request.method),
        path=request.url.path,
        parts={name: str(value) for name, value in request.path_params.items()},
        query=dict(_pairs(request.scope["query_string"])),
        headers={name.lower(): value for name, value in request.headers.items()},
        cookies=request.cookies,
        address=client_address(peer, request.headers.get("x-forwarded-for", ""), options.trusted_proxies),
        now=options.clock(),
        body=body,
        form=_form(request.headers.get("content-type", ""), body),
    )


async def _body(request: Request[Any, Any, Any], limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        elif size > DISCARDED:
            break
    if size > limit:
        raise TooLarge(limit=limit)
    return b"".join(chunks)


def _form(content_type: str, body: bytes) -> Form:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or not body:
        return Form({})
    return Form(dict(_pairs(body)))


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise NotUtf8 from None
    except ValueError:
        raise Invalid from None
