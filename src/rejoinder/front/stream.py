"""Event streams at the front door: a connection that asked for a story's events is taken over from whatever read its
request, and from then on costs one small object. Its limits and its end are its own: no server waits for it.
"""

import asyncio
import contextlib
import logging
import random
import socket
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.utils import format_datetime

from rejoinder.live import events
from rejoinder.live.events import Position
from rejoinder.live.hub import Full, Hub, utc_now
from rejoinder.live.telling import Counts

log = logging.getLogger(__name__)

PER_ADDRESS = 50  # streams to one address
HIGH_WATER = 65_536  # bytes that wait, from which on a reader is passed over
LOW_WATER = 16_384  # and below which it is told again
KERNEL_BUFFER = 65_536  # what the system may hold for a reader, so that one who stopped reading is noticed
UNANSWERED = 60_000  # milliseconds after which a reader who vanished is given up
HEARD_FROM = 1024  # bytes that a reader may send after its request; nothing needs saying
COME_BACK = (5, 15)  # seconds
KNOWN = 10_000  # addresses of stories that are remembered

_NOT_KEPT = "Cache-Control: no-store\r\nAccess-Control-Allow-Origin: *\r\nX-Content-Type-Options: nosniff\r\n"
_STREAM = (
    f"Content-Type: text/event-stream; charset=utf-8\r\nX-Accel-Buffering: no\r\nVary: Accept-Encoding\r\n{_NOT_KEPT}"
)
_HELLO = events.RETRY + events.PADDING

Find = Callable[[str, str], Awaitable[int | None]]


class Stream(asyncio.Protocol):
    """One open page. What it sends is thrown away, and too much of it ends the stream."""

    __slots__ = ("_heard_from", "_is_paused", "_streams", "_transport", "address", "story_seq")

    def __init__(self, streams: "Streams", transport: asyncio.Transport, address: str) -> None:
        self._streams = streams
        self._transport = transport
        self._is_paused = False
        self._heard_from = 0
        self.address = address
        self.story_seq: int | None = None  # until it is found

    # For the hub

    def send(self, chunk: bytes) -> bool:
        """Sends the chunk, unless the reader does not keep up."""
        if self._is_paused:
            return False
        self._transport.write(chunk)
        return True

    def backlog(self) -> int:
        """How many bytes wait to be sent."""
        return self._transport.get_write_buffer_size()

    def drop(self) -> None:
        """Ends it at once; what waits is thrown away."""
        self._transport.abort()

    def end(self, farewell: bytes) -> None:
        """Ends it with a last word, at once where something waits already: that may wait for ever."""
        if self.backlog():
            self.drop()
        elif not self._transport.is_closing():
            self._transport.write(farewell)
            self._transport.close()

    # For the loop

    def data_received(self, data: bytes) -> None:
        """Nothing that is sent after the request is of interest."""
        self._heard_from += len(data)
        if self._heard_from > HEARD_FROM:
            self.drop()

    def pause_writing(self) -> None:
        """Too much waits."""
        self._is_paused = True

    def resume_writing(self) -> None:
        """There is room again."""
        self._is_paused = False
        self._streams.caught_up(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """The reader has gone, or was made to."""
        self._streams.left(self)


class Streams:
    """All streams of this process. `find` gives the story of a site's key and a slug, or None."""

    def __init__(
        self, hub: Hub, find: Find, clock: Callable[[], datetime] = utc_now, *, per_address: int = PER_ADDRESS
    ) -> None:
        self._hub, self._find, self._clock, self._per_address = hub, find, clock, per_address
        self._streams: set[Stream] = set()
        self._by_address: dict[str, int] = {}
        self._known: dict[tuple[str, str], int] = {}
        self._finding: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def counts(self) -> Counts:
        """What has been done so far."""
        return self._hub.counts

    def join(
        self,
        transport: asyncio.Transport,
        *,
        site: str,
        slug: str,
        since: str | None,
        last_event_id: str | None,
        address: str,
        head_only: bool,
    ) -> None:
        """Takes the connection over and answers it: with the stream, or why there is none. `address` is what readers
        are limited by; of the two positions the header counts, which a browser sends when it comes back.
        """
        stream = Stream(self, transport, address)
        transport.set_protocol(stream)
        if self._closed or len(self._streams) >= self._hub.most:
            self._refuse(transport, "503 Service Unavailable")
        elif self._by_address.get(address, 0) >= self._per_address:
            self._refuse(transport, "429 Too Many Requests")
        else:
            self._streams.add(stream)
            self._by_address[address] = self._by_address.get(address, 0) + 1
            at = events.position(last_event_id) or events.position(since)
            known = self._known.get((site, slug))
            if known is not None and self._hub.follows(known) and not head_only:
                self._open(stream, transport, known, at)
            else:
                finding = self._seek(stream, transport, (site, slug), at, head_only=head_only)
                task = asyncio.get_running_loop().create_task(finding)
                self._finding.add(task)
                task.add_done_callback(self._finding.discard)

    def caught_up(self, stream: Stream) -> None:
        """The stream can be written to again."""
        if stream.story_seq is not None:
            self._hub.caught_up(stream.story_seq, stream)

    def left(self, stream: Stream) -> None:
        """The stream has ended, whoever ended it."""
        if stream not in self._streams:
            return
        self._streams.discard(stream)
        left = self._by_address[stream.address] - 1
        if left:
            self._by_address[stream.address] = left
        else:
            del self._by_address[stream.address]
        if stream.story_seq is not None:
            self._hub.leave(stream.story_seq, stream)

    def close(self) -> None:
        """Ends all streams, and takes no new one."""
        self._closed = True
        for task in list(self._finding):
            task.cancel()
        self._hub.close()
        for stream in [each for each in self._streams if each.story_seq is None]:
            stream.drop()  # its story was still being looked for

    async def _seek(
        self,
        stream: Stream,
        transport: asyncio.Transport,
        named: tuple[str, str],
        at: Position | None,
        *,
        head_only: bool,
    ) -> None:
        try:
            story_seq = await self._find(*named)
        except Exception:
            log.exception("the story of a stream could not be looked for")
            self._refuse(transport, "503 Service Unavailable")
            return
        if stream not in self._streams:
            return  # gone meanwhile
        if story_seq is None:
            self._answer(transport, "404 Not Found", f"{_NOT_KEPT}Content-Length: 0\r\n")
            transport.close()
        elif head_only:
            self._answer(transport, "200 OK", _STREAM)
            transport.close()
        else:
            if len(self._known) >= KNOWN:
                self._known.clear()
            self._known[named] = story_seq
            self._open(stream, transport, story_seq, at)

    def _open(self, stream: Stream, transport: asyncio.Transport, story_seq: int, at: Position | None) -> None:
        _limit(transport)
        self._answer(transport, "200 OK", _STREAM, _HELLO)
        stream.story_seq = story_seq
        try:
            self._hub.join(story_seq, stream, at)
        except Full:
            stream.story_seq = None
            transport.close()

    def _refuse(self, transport: asyncio.Transport, status: str) -> None:
        self.counts.refused += 1
        wait = random.randint(*COME_BACK)  # noqa: S311 - spreads those who come back, guards nothing
        self._answer(transport, status, f"{_NOT_KEPT}Retry-After: {wait}\r\nContent-Length: 0\r\n")
        transport.close()

    def _answer(self, transport: asyncio.Transport, status: str, headers: str, body: bytes = b"") -> None:
        date = format_datetime(self._clock(), usegmt=True)
        head = f"HTTP/1.1 {status}\r\nDate: {date}\r\n{headers}Connection: close\r\n\r\n"
        transport.write(head.encode("ascii") + body)


def _limit(transport: asyncio.Transport) -> None:
    """Bounds what may wait for one reader, here and in the system."""
    transport.set_write_buffer_limits(high=HIGH_WATER, low=LOW_WATER)
    connection = transport.get_extra_info("socket")
    if connection is None:
        return
    with contextlib.suppress(OSError):  # a socket of the file system has no such options
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED)
