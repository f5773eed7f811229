"""One connection. A GET for a kept page by somebody without a session is answered here, from bytes; everything else
goes on to uvicorn's own protocol and so to the application, untouched.

It leans on uvicorn's insides (`HttpToolsProtocol`), so uvicorn's minor version is pinned and tests/front holds what is
relied on.
"""

import asyncio
import re
from typing import Any
from urllib.parse import parse_qsl, unquote

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from rejoinder.front.copies import Copy, Ready
from rejoinder.front.door import Door
from rejoinder.front.encodings import IDENTITY, WORTH_IT, chosen
from rejoinder.front.keys import wanted

LIVE = re.compile(rb"/([^/?]+)/stories/([^/?]+)/live(?:\?(.*))?")
OK = b"HTTP/1.1 200 OK\r\n"
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n"
CLOSE = b"connection: close\r\n"
SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
WITH_BODY = (b"content-length", b"transfer-encoding")


class FrontProtocol(HttpToolsProtocol):
    """uvicorn's protocol with the short way in front of it."""

    def __init__(self, *args: Any, door: Door, **known: Any) -> None:
        super().__init__(*args, **known)
        self._door = door
        self._keeper = door.keeper
        self._given = False  # the request that is being parsed was answered by us
        self._is_over = False  # the connection is a stream's now
        self._head_since: float | None = None  # when the head that is not complete yet began
        self._head_bytes = 0
        self._heard = 0.0  # when anything last came
        self._stuck: tuple[int, float] = (0, 0.0)  # bytes that wait to be taken, and since when it is so many

    # Connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        super().connection_made(transport)
        self._door.connections.add(self)
        self._heard = self.loop.time()

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.connections.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._heard = self.loop.time()
        if self._head_bytes:
            self._head_bytes += len(data)
            if self._head_bytes > self._door.patience.head_bytes and b"\r\n\r\n" not in data:
                self._end(LARGE)
                return
        super().data_received(data)

    def pause_writing(self) -> None:
        super().pause_writing()
        self.flow.pause_reading()  # who does not take answers is not asked for more requests

    def resume_writing(self) -> None:
        super().resume_writing()
        self.flow.resume_reading()

    # Parsing

    def on_message_begin(self) -> None:
        self.url = b""
        self.headers = []
        self._given = False
        self._head_since = self._heard
        self._head_bytes = max(self._head_bytes, 1)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        self._head_since = None
        self._head_bytes = 0
        if self._is_over or self.transport.is_closing() or self._join() or self._give():
            self._given = True  # what comes after the last request of a connection is nobody's
            return
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        self.headers.extend(headers)
        self.expect_100_continue = any(
            name == b"expect" and value.lower() == b"100-continue" for name, value in headers
        )
        super().on_headers_complete()
        if self._door.closing:
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        if not self._given:
            super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._given:
            super().on_message_complete()

    # Live readers

    def _join(self) -> bool:
        """Hands the connection over to the streams, if it asks for a story's events."""
        if b"/live" not in self.url or self.parser.get_method() not in (b"GET", b"HEAD") or self._in_hand() is not None:
            return False
        found = LIVE.fullmatch(self.url)
        if found is None:
            return False
        site, slug, query = (unquote(part.decode("ascii", "replace")) for part in found.groups(default=b""))
        headers = dict(self.headers)
        self._leave()
        self._door.streams.join(
            self.transport,
            site=site,
            slug=slug,
            since=dict(parse_qsl(query)).get("since"),
            last_event_id=headers.get(b"last-event-id", b"").decode("ascii", "replace") or None,
            address=self._door.address(
                self.client[0] if self.client else "", headers.get(b"x-forwarded-for", b"").decode("latin-1")
            ),
            head_only=self.parser.get_method() == b"HEAD",
        )
        return True

    def _leave(self) -> None:
        """Lets go of the connection, and soon of all that was needed to read from it."""
        self._is_over = True
        self._unset_keepalive_if_required()
        self.connections.discard(self)
        self._door.connections.discard(self)
        self.loop.call_soon(self._forget)  # the parser is still at work

    def _forget(self) -> None:
        self.parser = self.flow = self.transport = self.scope = self.cycle = None  # type: ignore[assignment] # as uvicorn does at the end

    # The short way

    def _give(self) -> bool:
        """Answers from a kept page, if there is one that may be given to this client."""
        method = self.parser.get_method()
        if method not in (b"GET", b"HEAD") or self._in_hand() is not None or self.flow.write_paused:
            return False  # nothing that is kept, or answers before this one are not finished
        self._door.catch_up()
        copy = self._copy()
        headers = dict(self.headers)
        if copy is None or not self._keeper.believes(copy) or self._is_special(headers):
            return False
        if b"if-none-match" in headers and copy.matches(headers[b"if-none-match"]):
            self._door.given_304 += 1
            self._send(copy, NOT_MODIFIED, copy.not_modified)
            return True
        encoding = chosen(headers.get(b"accept-encoding", b"")) if len(copy.body) > WORTH_IT else IDENTITY
        ready = copy.answers.get(encoding)
        if ready is None:
            return False
        self._door.given_200 += 1
        self._send(copy, OK, ready.head if method == b"HEAD" else ready)
        return True

    def _copy(self) -> Copy | None:
        path, mark, query = self.url.partition(b"?")
        if not mark:
            return self._keeper.copies.get(path)
        asked = wanted(path, query, self._keeper.shared)
        copy = self._keeper.copies.get(asked.key) if asked else None
        return copy if asked and copy and copy.edition.version >= asked.version else None

    def _is_special(self, headers: dict[bytes, bytes]) -> bool:
        """Whether only the application can judge this request: it has a session, a body, or says something twice."""
        if len(headers) != len(self.headers):
            return True
        cookie = headers.get(b"cookie")
        if cookie is not None and self._keeper.session_cookie in cookie:
            return True
        return any(name in headers for name in WITH_BODY) or b"upgrade" in headers

    def _send(self, copy: Copy, status: bytes, rest: bytes | Ready) -> None:
        door = self._door
        lasts = not door.closing and self.parser.should_keep_alive() and self.parser.get_http_version() != "1.0"
        caching = copy.caching
        if isinstance(rest, bytes):
            answer = b"".join((status, door.date, caching, b"" if lasts else CLOSE, rest))
        elif lasts:
            answer = rest.after(status, door.date, caching)
        else:
            answer = b"".join((status, door.date, caching, CLOSE, rest.whole))
        self.transport.write(answer)
        self.server_state.total_requests += 1
        door.note(self.url, 200 if status is OK else 304, len(answer))
        if not lasts:
            self.transport.close()

    # Patience

    def look(self, now: float) -> None:
        """Closes the connection if it has used up its time."""
        patience = self._door.patience
        if self.transport.is_closing():
            return
        waiting = self.transport.get_write_buffer_size()
        if waiting:
            self._look_at_reader(waiting, now)
        elif self._head_since is not None and now - self._head_since > patience.head:
            self._end(SLOW)
        elif self._is_quiet():
            if now - self._heard > patience.quiet or (self._door.closing and now - self._heard > 0):
                self.transport.close()
        elif now - self._heard > patience.body and self._waits_for_body():
            self._end(SLOW)

    def _in_hand(self) -> RequestResponseCycle | None:
        """The request that the application has not finished answering."""
        cycle: RequestResponseCycle | None = self.cycle
        return None if cycle is None or cycle.response_complete else cycle

    def _is_quiet(self) -> bool:
        return self._head_since is None and self._in_hand() is None

    def _waits_for_body(self) -> bool:
        cycle = self._in_hand()
        return cycle is not None and cycle.more_body and not self.flow.read_paused

    def _look_at_reader(self, waiting: int, now: float) -> None:
        before, since = self._stuck
        if waiting != before:
            self._stuck = (waiting, now)
        elif now - since > self._door.patience.reading:
            self.transport.abort()

    def _end(self, answer: bytes) -> None:
        cycle = self._in_hand()
        if cycle is None or not cycle.response_started:
            self.transport.write(answer)
        self.transport.close()
