"""A kept connection with one request in flight, as the open-loop generator uses many of them."""

import asyncio
import time
from typing import Protocol

import httptools


class Request(Protocol):
    """What is sent."""

    data: bytes
    left: float  # when it was sent


class Owner(Protocol):
    """Who hears of the answer."""

    def done(
        self, connection: "Connection", sent: Request, status: int, headers: dict[bytes, bytes], body: bytes
    ) -> None: ...

    def error(self, what: str) -> None: ...


class Connection(asyncio.Protocol):
    """A kept connection with one request in flight."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._sent: Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._headers: dict[bytes, bytes] = {}
        self._body: list[bytes] = []

    def send(self, sent: Request) -> None:
        self._sent = sent
        sent.left = time.perf_counter()
        self._transport.write(sent.data)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        sent, status = self._sent, self._parser.get_status_code()
        headers, body = self._headers, b"".join(self._body)
        self._headers, self._body, self._sent = {}, [], None
        if sent is not None:
            self._owner.done(self, sent, status, headers, body)

    def connection_lost(self, _problem: Exception | None) -> None:
        if self._sent is not None:
            self._owner.error("broken connection")
