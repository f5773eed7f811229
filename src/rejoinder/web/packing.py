"""Packing what is sent, for browsers that can unpack it (RFC 9110, 8.4.1.3)."""

import gzip
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec.structs import replace

from rejoinder.web.answers import Answer

SHORT = 1000  # bytes; less is not worth it
LEVEL = 6

App = Callable[[Any, Any, Any], Awaitable[None]]


def packed(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """The answer, packed for whoever asked with these headers. On the thread that drew the page, since it is work."""
    if len(answer.body) < SHORT or "gzip" not in headers.get("accept-encoding", ""):
        return answer
    known = answer.headers.get("Vary", "")
    varies = known if "Accept-Encoding" in known else ", ".join(filter(None, (known, "Accept-Encoding")))
    headers_of_it = {**answer.headers, "Content-Encoding": "gzip", "Vary": varies}
    return replace(answer, body=gzip.compress(answer.body, LEVEL, mtime=0), headers=headers_of_it)


def packing(app: App) -> App:
    """The application (ASGI) with its whole answers packed; what it sends in pieces goes as it is."""

    async def pack(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not any(
            name == b"accept-encoding" and b"gzip" in v for name, v in scope["headers"]
        ):
            await app(scope, receive, send)
            return
        begun: list[Any] = []

        async def send_packed(message: Any) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            if begun:
                start = begun.pop()
                if not message.get("more_body") and len(message.get("body", b"")) >= SHORT:
                    start, message = _packed_messages(start, message)
                await send(start)
            await send(message)

        await app(scope, receive, send_packed)

    return pack


def _packed_messages(start: Any, message: Any) -> tuple[Any, Any]:
    body = gzip.compress(message["body"], LEVEL, mtime=0)
    headers = [pair for pair in start["headers"] if pair[0] != b"content-length"]
    headers += [
        (b"content-length", str(len(body)).encode()),
        (b"content-encoding", b"gzip"),
        (b"vary", b"Accept-Encoding"),
    ]
    return {**start, "headers": headers}, {**message, "body": body}
