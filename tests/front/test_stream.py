"""Streams over real sockets: what is answered, what is heard, and how each ends."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, cast

import pytest
import uvloop
from tests.live.hearing import Heard, Told, events_in, until
from tests.looping import run

from rejoinder.front.stream import Streams
from rejoinder.live.hub import Hub

TICK = 0.005
STORY = 7


class Browser:
    """A connection that asked for a stream, and what came of it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.body = b""

    async def head(self) -> tuple[str, dict[str, str]]:
        """The status and the headers."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.strip().split("\r\n")
        return status, dict(line.split(": ", 1) for line in lines)

    async def hear(self, events: int) -> list[Heard]:
        """The events so far, once there are so many."""
        async with asyncio.timeout(5):
            while len(found := events_in(self.body)) < events:
                data = await self.reader.read(65536)
                assert data, "the stream has ended"
                self.body += data
        return found

    async def rest(self) -> bytes:
        """Everything until the end."""
        async with asyncio.timeout(5):
            return await self.reader.read()

    def close(self) -> None:
        self.writer.close()


class Door:
    """A server that hands every connection over to the streams, as the front door does once it has read a request."""

    def __init__(self, **settings: Any) -> None:
        self.story = Told()
        of_streams = {name: settings.pop(name) for name in ("per_address",) if name in settings}
        self.hub = Hub(self.story.look, **{"tick": TICK, **settings})
        self.streams = Streams(self.hub, self.find, **of_streams)
        self.asked: dict[str, Any] = {}
        self.finds = 0
        self.delay = 0.0
        self.port = 0
        self.limit = 65536  # of what a browser takes in before it is read
        self.browsers: list[Browser] = []

    async def find(self, site: str, slug: str) -> int | None:
        self.finds += 1
        await asyncio.sleep(self.delay)
        if slug == "broken":
            raise RuntimeError("the disk is full")
        return STORY if (site, slug) == ("courier", "ferry") else None

    def accept(self) -> asyncio.Protocol:
        door = self

        class Accepting(asyncio.Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                named = {"site": "courier", "slug": "ferry", "since": None, "last_event_id": None}
                more = {"address": "203.0.113.9", "head_only": False}
                door.streams.join(cast("asyncio.Transport", transport), **{**named, **more, **door.asked})

        return Accepting()

    async def open(self, **asked: Any) -> Browser:
        """A connection that asked for this."""
        self.asked = asked
        browser = Browser(*await asyncio.open_connection("127.0.0.1", self.port, limit=self.limit))
        self.browsers.append(browser)
        await asyncio.sleep(0.005)  # the server takes it while it is asked for in this way
        return browser

    async def close(self) -> None:
        """Nothing is left open."""
        self.streams.close()
        for browser in self.browsers:
            browser.close()
            with suppress(ConnectionError):
                await browser.writer.wait_closed()

    def tell(self) -> None:
        self.hub.changed(STORY, self.story.news.version)


def through(test: Callable[[Door], Awaitable[None]], **settings: Any) -> None:
    """Runs the test with an open door, on the loop of the standard library and on the one that serves."""

    async def begin() -> None:
        door = Door(**settings)
        server = await asyncio.get_running_loop().create_server(door.accept, "127.0.0.1", 0)
        door.port = server.sockets[0].getsockname()[1]
        try:
            async with asyncio.timeout(20):
                await test(door)
        finally:
            await door.close()
            server.close()
            await asyncio.sleep(0)

    for loop in (asyncio.new_event_loop, uvloop.new_event_loop):
        run(begin, loop=loop)


def test_a_stream_is_answered_so_that_nothing_between_holds_it_back() -> None:
    async def test(door: Door) -> None:
        browser = await door.open()

        status, headers = await browser.head()
        [event] = await browser.hear(1)

        assert status == "HTTP/1.1 200 OK"
        assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Accel-Buffering"] == "no"
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Connection"] == "close"
        assert headers["Date"].endswith(" GMT")
        assert browser.body.startswith(b"retry: 3000\n\n:" + b" " * 2048)
        assert event.name == "count"
        browser.close()

    through(test)


def test_a_comment_is_heard_by_everybody() -> None:
    async def test(door: Door) -> None:
        browsers = [await door.open() for _ in range(5)]
        for browser in browsers:
            await browser.head()
            await browser.hear(1)
        door.story.publish(2)
        door.tell()

        for browser in browsers:
            assert [event.name for event in await browser.hear(4)] == ["count", "count", "comment", "comment"]
            browser.close()
        assert door.streams.counts.messages == 10
        assert door.finds == 1
        await until(lambda: door.streams.counts.readers == 0)
        assert not door.hub.follows(STORY)

    through(test)


@pytest.mark.parametrize(
    ("asked", "heard"),
    [
        ({"last_event_id": "3-2"}, 2),
        ({"since": "3-2"}, 2),
        ({"since": "4"}, 1),
        ({"since": "1-0", "last_event_id": "4-3"}, 1),
        ({"since": "1-0", "last_event_id": "nonsense"}, 4),
        ({"since": "nonsense"}, 0),
    ],
)
def test_a_reader_goes_on_where_it_left_off(asked: dict[str, str], heard: int) -> None:
    async def test(door: Door) -> None:
        first = await door.open()
        await first.hear(1)
        door.story.publish(4)
        door.tell()
        await first.hear(5)

        again = await door.open(**asked)
        await again.head()

        assert len(await again.hear(1 + heard)) == 1 + heard
        first.close()
        again.close()

    through(test)


def test_a_story_that_is_not_there() -> None:
    async def test(door: Door) -> None:
        browser = await door.open(slug="nothing")

        status, headers = await browser.head()

        assert status == "HTTP/1.1 404 Not Found"
        assert headers["Content-Length"] == "0"
        assert await browser.rest() == b""
        await until(lambda: not door.streams._streams)

    through(test)


def test_a_story_that_cannot_be_looked_for_now() -> None:
    async def test(door: Door) -> None:
        browser = await door.open(slug="broken")

        status, headers = await browser.head()

        assert status == "HTTP/1.1 503 Service Unavailable"
        assert "Retry-After" in headers
        await until(lambda: not door.streams._streams)

    through(test)


def test_only_the_head_is_asked_for() -> None:
    async def test(door: Door) -> None:
        browser = await door.open(head_only=True)

        status, headers = await browser.head()

        assert (status, headers["Content-Type"]) == ("HTTP/1.1 200 OK", "text/event-stream; charset=utf-8")
        assert await browser.rest() == b""

    through(test)


def test_where_there_is_no_room_one_is_told_when_to_come_back() -> None:
    async def test(door: Door) -> None:
        browsers = [await door.open(address=f"203.0.113.{number}") for number in range(3)]

        status, headers = await browsers[2].head()

        assert status == "HTTP/1.1 503 Service Unavailable"
        assert 5 <= int(headers["Retry-After"]) <= 15
        assert await browsers[2].rest() == b""
        browsers[0].close()
        await until(lambda: door.streams.counts.readers == 1)
        status, _ = await (await door.open()).head()
        assert status == "HTTP/1.1 200 OK"

    through(test, most=2)


def test_one_address_has_so_many_streams_and_no_more() -> None:
    async def test(door: Door) -> None:
        mine = [await door.open() for _ in range(3)]

        status, headers = await mine[2].head()

        assert status == "HTTP/1.1 429 Too Many Requests"
        assert "Retry-After" in headers
        status, _ = await (await door.open(address="203.0.113.200")).head()
        assert status == "HTTP/1.1 200 OK"
        for browser in mine:
            browser.close()
        await until(lambda: list(door.streams._by_address) == ["203.0.113.200"])

    through(test, per_address=2)


def test_who_sends_a_lot_is_let_go() -> None:
    async def test(door: Door) -> None:
        browser = await door.open()
        await browser.hear(1)
        browser.writer.write(b"x" * 1000)
        await asyncio.sleep(0.01)
        assert door.streams.counts.readers == 1

        browser.writer.write(b"x" * 1000)

        await until(lambda: door.streams.counts.readers == 0)

    through(test)


def test_who_goes_while_the_story_is_looked_for_leaves_nothing_behind() -> None:
    async def test(door: Door) -> None:
        door.delay = 0.05
        browser = await door.open()
        browser.close()

        await until(lambda: not door.streams._streams)
        await until(lambda: not door.streams._finding)

        assert door.streams.counts.readers == 0
        assert door.streams._by_address == {}

    through(test)


def deaf(door: Door) -> socket.socket:
    """A connection whose other end never reads."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", door.port))
    return connection


async def talk(door: Door, enough: Callable[[], bool]) -> None:
    """Publishes long comments until that is so."""
    async with asyncio.timeout(10):
        while not enough():
            door.story.publish(html="<p>" + "on and on " * 1000)
            door.tell()
            await asyncio.sleep(TICK)


def test_who_does_not_read_costs_a_bounded_amount_and_is_dropped() -> None:
    async def test(door: Door) -> None:
        door.asked = {}
        connection = deaf(door)
        await until(lambda: door.streams.counts.readers == 1)

        await talk(door, lambda: door.streams.counts.skipped > 20)
        [stream] = door.streams._streams
        assert stream.backlog() < 100_000

        await until(lambda: door.streams.counts.readers == 0)
        assert door.streams.counts.drops == 1
        connection.close()

    through(test, beat=0.02, stuck=0.2)


def test_who_reads_again_is_told_how_things_stand() -> None:
    async def test(door: Door) -> None:
        door.limit = 1024
        slow = await door.open()
        await until(lambda: door.streams.counts.readers == 1)
        await talk(door, lambda: door.streams.counts.skipped > 20)
        published = door.story.news.place

        async with asyncio.timeout(5):
            while not (found := events_in(slow.body)) or found[-1].id != f"{published + 1}-{published}":
                slow.body += await slow.reader.read(65536)

        assert [event.data["count"] for event in found if event.name == "count"][-1] == published
        assert len([event for event in found if event.name == "comment"]) < published
        slow.close()

    through(test)


def test_closing_waits_for_nobody() -> None:
    async def test(door: Door) -> None:
        good = await door.open()
        await good.hear(1)
        door.asked = {}
        connection = deaf(door)
        await until(lambda: door.streams.counts.readers == 2)
        await talk(door, lambda: door.streams.counts.skipped > 3)
        door.delay = 60
        seeking = await door.open(slug="another")
        begun = asyncio.get_running_loop().time()

        door.streams.close()

        await until(lambda: not door.streams._streams)
        assert asyncio.get_running_loop().time() - begun < 1
        assert (await good.rest()).rpartition(b"retry: ")[2].strip().isdigit()
        assert await seeking.rest() == b""
        late = await door.open()
        assert (await late.head())[0] == "HTTP/1.1 503 Service Unavailable"
        connection.close()

    through(test)
