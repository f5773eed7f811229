"""A request, read: what arrived, when, and from whom. Strict about bytes, kind about the rest."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.refusals import Invalid, NotUtf8, TooLarge, UnknownPage
from rejoinder.web.addressing import client_address
from rejoinder.web.options import Options

Receive = Callable[[], Awaitable[Any]]  # as the server hands it to an application (ASGI)

DISCARDED = 64_000_000  # so much of an oversized body is read and thrown away, so that its sender can hear our no


class Gone(Exception):
    """Whoever asked went away before all of it had arrived; nobody waits for an answer."""


class Form(Struct, frozen=True):
    """The fields of a submitted form; of a field given twice the last one counts, unless `many` are asked for."""

    fields: Mapping[str, str]
    pairs: tuple[tuple[str, str], ...] = ()

    def text(self, name: str) -> str:
        """The field's text, empty where it is missing."""
        return self.fields.get(name, "")

    def many(self, name: str) -> list[str]:
        """Every value of the field that is not empty."""
        return [value for field, value in self.pairs if field == name and value]

    def number(self, name: str) -> int:
        """The field as a whole number. Raises Invalid."""
        try:
            return int(self.text(name))
        except ValueError:
            raise Invalid(field=name) from None

    def digits(self, name: str) -> int | None:
        """The field as a number of up to nine digits; None for anything else."""
        typed = self.text(name)
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None  # noqa: PLR2004 - digits


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


async def read_request(
    scope: Mapping[str, Any], receive: Receive, options: Options, *, path: str, parts: Mapping[str, str]
) -> Asked:
    """The request with its whole body, from the server's own description of it (ASGI). `parts` are those of its path.
    Raises TooLarge, NotUtf8, Invalid, UnknownPage, and Gone where its sender went away.
    """
    if "\0" in path:
        raise UnknownPage  # PostgreSQL has no such character
    method: str = scope["method"]
    body = await _body(receive, options.max_body) if method not in ("GET", "HEAD") else b""
    headers = _headers(scope["headers"])
    return Asked(
        method=method,
        path=path,
        parts=parts,
        query=dict(_pairs(scope["query_string"])) if scope["query_string"] else {},
        headers=headers,
        cookies=_cookies(headers.get("cookie", "")),
        address=client_address(_peer(scope), headers.get("x-forwarded-for", ""), options.trusted_proxies),
        now=options.clock(),
        body=body,
        form=_form(headers.get("content-type", ""), body),
    )


async def _body(receive: Receive, limit: int) -> bytes:
    chunks: list[bytes] = []
    size, more = 0, True
    while more and size <= DISCARDED:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
    if size > limit:
        raise TooLarge(limit=limit)
    return b"".join(chunks)


def _headers(pairs: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers by their names in small letters; one that came twice is one list (RFC 9110, 5.2; RFC 9113, 8.2.3)."""
    found: dict[str, str] = {}
    for raw, value in pairs:
        name, said = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = f"{found[name]}{'; ' if name == 'cookie' else ', '}{said}" if name in found else said
    return found


def _cookies(header: str) -> dict[str, str]:
    """The cookies by name. What is no cookie of ours is not looked at closely."""
    found: dict[str, str] = {}
    for pair in header.split(";") if header else ():
        name, _, value = pair.partition("=")
        found[name.strip()] = value.strip()
    return found


def _peer(scope: Mapping[str, Any]) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _form(content_type: str, body: bytes) -> Form:
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded" or not body:
        return Form({})
    pairs = tuple(_pairs(body))
    return Form(dict(pairs), pairs)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError:
        raise NotUtf8 from None
    except ValueError:
        raise Invalid from None
