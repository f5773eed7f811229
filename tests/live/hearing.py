"""What a test needs to read along: a reader that keeps what it hears, a story whose news are set by hand."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.live.news import Item, News


class Heard(Struct, frozen=True):
    """One event."""

    name: str
    id: str
    data: dict[str, Any]


def events_in(stream: bytes) -> list[Heard]:
    """The whole events of a stream, as a browser reads them."""
    found: list[Heard] = []
    for block in stream.decode().split("\n\n")[:-1]:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":"))
        if "event" in fields:
            found.append(Heard(fields["event"], fields["id"], msgspec.json.decode(fields["data"])))
    return found


class Page:
    """A reader that hears everything, or nothing while it is stuck."""

    def __init__(self) -> None:
        self.stream = b""
        self.is_stuck = False
        self.waits = 0
        self.drains = 0  # so much less waits each time one looks
        self.was_dropped = False
        self.ended_with: bytes | None = None

    def send(self, chunk: bytes) -> bool:
        if self.is_stuck:
            return False
        self.stream += chunk
        return True

    def backlog(self) -> int:
        self.waits -= self.drains
        return self.waits

    def drop(self) -> None:
        self.was_dropped = True

    def end(self, farewell: bytes) -> None:
        self.ended_with = farewell

    @property
    def events(self) -> list[Heard]:
        return events_in(self.stream)

    @property
    def names(self) -> list[str]:
        return [event.name for event in self.events]

    @property
    def places(self) -> list[int]:
        """Of the comments heard, in the order heard."""
        return [event.data["place"] for event in self.events if event.name == "comment"]

    @property
    def last_id(self) -> str:
        return self.events[-1].id


class Told:
    """A story whose news are what the test says; looking is counted."""

    def __init__(self, *, most: int = 50) -> None:
        self.news = News(site_seq=1, epoch=1, story_seq=7, version=1, count=0, place=0, phase="open", until=None)
        self.items: list[Item] = []
        self.most = most
        self.looks = 0
        self.problem: Exception | None = None

    def publish(self, number: int = 1, *, html: str = "<p>Yes.</p>") -> None:
        """So many comments more."""
        for _ in range(number):
            place = self.news.place + 1
            self.items.append(Item(place=place, id=UUID(int=place), name="northquay", html=html))
            self.news = replace(self.news, version=self.news.version + 1, place=place, count=self.news.count + 1)

    def remove(self, place: int) -> None:
        """That comment is gone."""
        self.items = [item for item in self.items if item.place != place]
        self.news = replace(self.news, version=self.news.version + 1, count=self.news.count - 1)

    def set(self, **changes: Any) -> None:
        self.news = replace(self.news, **changes)

    async def look(self, story_seq: int, after: int) -> News:
        self.looks += 1
        assert story_seq == self.news.story_seq
        news, items = self.news, [item for item in self.items if item.place > after]
        await asyncio.sleep(0)
        if self.problem is not None:
            raise self.problem
        return replace(news, comments=tuple(items[: self.most]), more=len(items) > self.most)


async def until(condition: Callable[[], object], seconds: float = 5) -> None:
    """Waits until that is so."""
    end = asyncio.get_running_loop().time() + seconds
    while not condition():
        assert asyncio.get_running_loop().time() < end, "it did not come to pass"
        await asyncio.sleep(0.001)


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
