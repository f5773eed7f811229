"""The keeper between readers and a database that changes under it; a few lines stand for the application."""

import asyncio
import re
from collections.abc import MutableMapping
from typing import Any

import pytest
from tests.looping import run

from rejoinder.discussion.editions import Edition
from rejoinder.front.copies import Copies
from rejoinder.front.keeper import BELIEVED, EDITION, Keeper, Receive, Scope, Send
from rejoinder.front.keys import Shared

PAGE = "/courier/stories/ferry"
SHARED = Shared(paths=re.compile(r"/courier/stories/[^/]+"), parameters=frozenset({"after"}))


class World:
    """A story with a version, an application that renders it, clocks, and a keeper in between."""

    def __init__(self) -> None:
        self.version = 1
        self.epoch = 0
        self.until: float | None = None
        self.status = 200
        self.renders = 0
        self.looks = 0
        self.clock = 1000.0
        self.wall = 0.0
        self.is_reachable = True
        self.padding = b""
        self.looking = asyncio.Event()  # a look has read the version
        self.during_look: asyncio.Event | None = None  # where there is one, a look waits for it after reading
        self.began = asyncio.Event()  # a render has read the version
        self.during_render: asyncio.Event | None = None  # where there is one, a render then waits for it
        self.copies = Copies(10_000_000)
        self.keeper = Keeper(
            self.app,
            self.copies,
            shared=SHARED,
            session_cookie="session",
            versions=self.versions,
            wall=lambda: self.wall,
            clock=lambda: self.clock,
        )

    async def versions(self, _site_seq: int, _story_seq: int | None) -> tuple[int, int]:
        self.looks += 1
        found = (self.epoch, self.version)
        self.looking.set()
        await (self.during_look.wait() if self.during_look else asyncio.sleep(0))
        if not self.is_reachable:
            raise ConnectionError
        return found

    async def app(self, scope: Scope, _receive: Receive, send: Send) -> None:
        self.renders += 1
        version, status = self.version, self.status
        self.began.set()
        if self.during_render is not None:
            await self.during_render.wait()
        else:
            await asyncio.sleep(0)
        if status == 200:
            edition = Edition(site_seq=1, epoch=self.epoch, story_seq=7, version=version)
            scope["extensions"][EDITION] = edition
        headers = [(b"content-type", b"text/html"), (b"etag", b'W/"%d"' % version), (b"x-query", scope["query_string"])]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"version %d" % version + self.padding})

    def commit(self) -> None:
        """Another version is committed by this process: it is told before its writer is answered."""
        self.version += 1
        self.copies.raise_story(1, 7, self.version)

    async def get(self, query: str = "", **headers: str) -> tuple[int, str]:
        """The status and the body of an answer."""
        status, body, _ = await self.ask("GET", query, **headers)
        return status, body

    async def ask(self, method: str, query: str = "", **headers: str) -> tuple[int, str, dict[bytes, bytes]]:
        sent: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            sent.append(message)

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.request"}

        scope = {
            "type": "http",
            "method": method,
            "path": PAGE,
            "raw_path": PAGE.encode(),
            "query_string": query.encode(),
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
            "extensions": {},
        }
        await self.keeper(scope, receive, send)
        return sent[0]["status"], sent[1]["body"].decode("latin-1"), dict(sent[0]["headers"])


@pytest.fixture
def world() -> World:
    return World()


def test_a_thousand_simultaneous_misses_are_one_render(world: World) -> None:
    async def story() -> list[tuple[int, str]]:
        return await asyncio.gather(*(world.get() for _ in range(1000)))

    assert set(run(story)) == {(200, "version 1")}
    assert world.renders == 1


def test_a_thousand_who_wait_for_one_encoding_are_one_compression(world: World) -> None:
    world.padding = b"The ferry sails at six. " * 100

    async def story() -> list[tuple[int, str, dict[bytes, bytes]]]:
        return await asyncio.gather(*(world.ask("GET", accept_encoding="gzip") for _ in range(1000)))

    answers = run(story)
    assert {headers[b"content-encoding"] for _, _, headers in answers} == {b"gzip"}
    assert (world.renders, world.keeper.squeezes) == (1, 1)


def test_what_is_kept_is_given_without_asking_anybody(world: World) -> None:
    async def story() -> None:
        for _ in range(3):
            await world.get()

    run(story)
    assert (world.renders, world.looks) == (1, 0)


def test_a_page_that_was_read_before_a_commit_is_not_kept_after_it(world: World) -> None:
    """The naive way, storing what the render brings, would give version 1 out for good."""

    async def story() -> list[str]:
        world.during_render = asyncio.Event()
        slow = asyncio.create_task(world.get())
        await world.began.wait()
        world.commit()
        world.during_render.set()
        first = (await slow)[1]
        return [first, (await world.get())[1]]

    assert run(story)[1] == "version 2"


def test_who_comes_after_a_commit_never_gets_the_page_from_before_it(world: World) -> None:
    """They may join a render that is under way, and must not be given what it brings if it began too early."""

    async def story() -> str:
        world.during_render = asyncio.Event()
        early = asyncio.create_task(world.get())
        await world.began.wait()
        world.commit()
        late = asyncio.create_task(world.get())
        await asyncio.sleep(0)
        world.during_render.set()
        await early
        return (await late)[1]

    assert run(story) == "version 2"


def test_sixteen_writers_against_readers_who_know_what_they_wrote(world: World) -> None:
    """Each writer comes back with the version of their own post and must see at least that."""

    async def writer() -> list[bool]:
        seen = []
        for _ in range(20):
            world.commit()
            mine = world.version
            await asyncio.sleep(0)
            _, body = await world.get(f"v={mine}")
            seen.append(int(body.removeprefix("version ")) >= mine)
        return seen

    async def story() -> list[list[bool]]:
        return await asyncio.gather(*(writer() for _ in range(16)))

    assert all(all(each) for each in run(story))


def test_another_process_has_written_and_its_writer_comes_to_us(world: World) -> None:
    """We have not heard of it; the version in the address says that our copy is too old."""

    async def story() -> str:
        await world.get()
        world.version = 2
        return (await world.get("v=2"))[1]

    assert run(story) == "version 2"


def test_a_look_that_began_before_the_commit_is_not_enough_for_its_writer(world: World) -> None:
    """One reader's look at the database is under way when another process commits and its writer comes to us."""

    async def story() -> str:
        await world.get()
        world.clock += BELIEVED + 1
        world.during_look = asyncio.Event()
        early = asyncio.create_task(world.get())
        await world.looking.wait()
        world.version = 2
        writer = asyncio.create_task(world.get("v=2"))
        await asyncio.sleep(0)
        world.during_look.set()
        await early
        return (await writer)[1]

    assert run(story) == "version 2"


def test_a_made_up_version_costs_a_look_and_no_render(world: World) -> None:
    async def story() -> None:
        await world.get()
        for _ in range(5):
            assert (await world.get("v=999999"))[1] == "version 1"

    run(story)
    assert world.renders == 1
    assert world.looks == 5


def test_after_a_doubt_every_copy_is_compared_once(world: World) -> None:
    async def story() -> list[str]:
        await world.get()
        world.clock += 1
        world.keeper.doubt()
        world.clock += 0.1
        same = (await world.get())[1]
        await world.get()
        world.version = 2
        world.keeper.doubt()
        world.clock += 0.1
        return [same, (await world.get())[1]]

    assert run(story) == ["version 1", "version 2"]
    assert (world.renders, world.looks) == (2, 2)


def test_where_nothing_is_heard_a_copy_is_believed_for_five_seconds(world: World) -> None:
    async def story() -> list[str]:
        await world.get()
        world.version = 2
        world.clock += BELIEVED - 0.1
        before = (await world.get())[1]
        world.clock += 0.2
        return [before, (await world.get())[1]]

    assert BELIEVED == 5
    assert run(story) == ["version 1", "version 2"]


def test_a_phase_that_ends_ends_its_pages(world: World) -> None:
    async def story() -> None:
        await world.get()
        copy = world.copies.get(PAGE.encode())
        assert copy is not None
        copy.until = 100.0
        world.wall = 99.9
        await world.get()
        assert world.renders == 1
        world.wall = 100.0
        await world.get()

    run(story)
    assert world.renders == 2


def test_while_the_database_is_away_nothing_doubtful_is_given_out(world: World) -> None:
    async def story() -> tuple[int, str]:
        await world.get()
        world.is_reachable, world.status = False, 503
        world.clock += BELIEVED + 1
        return await world.get()

    assert run(story)[0] == 503


def test_a_failure_is_shared_by_who_waits_and_not_kept(world: World) -> None:
    async def story() -> list[tuple[int, str]]:
        world.status = 404
        together = await asyncio.gather(*(world.get() for _ in range(10)))
        world.status = 200
        return [*together, await world.get()]

    answers = run(story)
    assert [status for status, _ in answers] == [404] * 10 + [200]
    assert world.renders == 2


@pytest.mark.parametrize("cookie", ["session=x", "a=b; session=x"])
def test_a_session_always_goes_to_the_application(world: World, cookie: str) -> None:
    async def story() -> None:
        await world.get()
        await world.get(cookie=cookie)
        await world.get(cookie="device=x")

    run(story)
    assert world.renders == 2


def test_a_post_goes_to_the_application(world: World) -> None:
    async def story() -> None:
        await world.ask("POST")
        await world.ask("POST")

    run(story)
    assert world.renders == 2


def test_the_application_is_asked_for_the_page_alone(world: World) -> None:
    """What does not change the page does not reach it, so that nobody can leave a mark in what others are given."""
    _, _, headers = run(lambda: world.ask("GET", "utm_source=x&after=3&v=1"))

    assert headers[b"x-query"] == b"after=3"


def test_a_head_and_a_known_page_have_no_body(world: World) -> None:
    async def story() -> list[tuple[int, str, dict[bytes, bytes]]]:
        return [await world.ask("HEAD"), await world.ask("GET", if_none_match='W/"1"')]

    (status, body, headers), (known, nothing, _) = run(story)
    assert (status, body, headers[b"content-length"]) == (200, "", b"9")
    assert (known, nothing) == (304, "")
