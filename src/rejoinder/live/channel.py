"""A story's channel while somebody reads along: what was told last, what can be told again, and who hears it."""

import asyncio
from typing import Protocol

from msgspec import Struct

from rejoinder.live import events
from rejoinder.live.events import Position
from rejoinder.live.news import Item, News
from rejoinder.live.ring import Ring

RING = 200  # comments
RING_BYTES = 262_144
GREETINGS = 50
FLOOD = 500  # so many comments behind, and a channel tells their number instead of each
NOWHERE = 1 << 60  # a place after every comment: only the state is asked for
IN_VAIN = 20  # looks for a version that does not come, before it is given up


class Reader(Protocol):
    """An open page, as far as the hub knows it. It is told apart by its identity."""

    def send(self, chunk: bytes) -> bool:
        """Sends the chunk. False, and nothing sent, where the reader does not keep up."""
        ...

    def backlog(self) -> int:
        """How many bytes wait to be sent."""
        ...

    def drop(self) -> None:
        """Ends it at once."""
        ...

    def end(self, farewell: bytes) -> None:
        """Ends it with a last word, at once where it does not keep up."""
        ...


class Chunk(Struct, frozen=True):
    """What everybody is told in one write, and how many comments are in it."""

    body: bytes = b""
    comments: int = 0


class Channel:
    """The state of one story's channel. Nothing here waits; `hub` does."""

    __slots__ = (
        "alarm",
        "arriving",
        "doubtful",
        "greetings",
        "heard",
        "in_vain",
        "looked_at",
        "news",
        "place",
        "readers",
        "ring",
        "size",
        "story_seq",
        "task",
    )

    def __init__(self, story_seq: int, *, size: int) -> None:
        """`size` is from how many bytes on a tick's comments are told without their fragments."""
        self.story_seq = story_seq
        self.size = size
        self.readers: dict[Reader, None] = {}
        self.arriving: dict[Reader, Position | None] = {}  # they are greeted after the next look
        self.greetings: dict[Position | None, Chunk] = {}  # most who come back at once come from the same place
        self.ring = Ring(most=RING, most_bytes=RING_BYTES)
        self.news: News | None = None
        self.place = 0  # up to here every comment was told
        self.heard = 0  # the newest version that a commit told of
        self.in_vain = 0
        self.doubtful = True  # something may have changed that nobody told us of
        self.task: asyncio.Task[None] | None = None
        self.alarm: asyncio.TimerHandle | None = None
        self.looked_at = float("-inf")

    @property
    def is_stale(self) -> bool:
        """Whether there may be something to see."""
        news = self.news
        if self.doubtful or self.arriving or news is None:
            return True
        return news.version < self.heard or self.place < news.place

    @property
    def asks_after(self) -> int:
        """The place after which the next look asks for comments. The first look asks from where the first reader left
        off, so that a server that has just begun can tell what was missed meanwhile.
        """
        if self.news is not None:
            return self.place
        places = [at.place for at in self.arriving.values() if at is not None and at.place is not None]
        return places[0] if places else NOWHERE

    def take(self, news: News, asked_after: int) -> Chunk:
        """Takes in what a look has found. What everybody is to be told of it."""
        before = self.news
        self.greetings.clear()
        if before is None:
            self._begin(news, asked_after)
            return Chunk()
        if news.version < before.version:  # of a snapshot older than the last one
            self._count_in_vain(news)
            return Chunk()
        self._count_in_vain(news)
        items, reached = _reached(news)
        others = news.drift != before.drift or news.epoch != before.epoch
        is_other_standing = (news.phase, news.until) != (before.phase, before.until)
        if not (others or is_other_standing or reached != self.place):
            self.news = news
            return Chunk()
        at = events.mark(self.place, before.drift) if others or items else events.mark(reached, news.drift)
        told = [events.count(news, at)]
        if is_other_standing:
            told.append(events.standing(news, at))
        if others:
            told.append(events.changed(news, events.mark(self.place, news.drift)))
        told.append(events.comments(items, drift=news.drift, most=self.size))
        if others or (reached != self.place and not items):
            self.ring.clear(self.place if items else reached)
        for item in items:
            self.ring.add(item)
        self.news, self.place = news, reached
        return Chunk(b"".join(told), len(items))

    def greeting(self, at: Position | None) -> Chunk:
        """What somebody hears who comes from `at`: how the discussion stands, and what they missed as far as it is
        still here. Asked for only once there is news.
        """
        found = self.greetings.get(at)
        if found is None:
            if len(self.greetings) >= GREETINGS:
                self.greetings.clear()
            found = self.greetings[at] = self._greeting(at)
        return found

    def _greeting(self, at: Position | None) -> Chunk:
        news = self.news
        assert news is not None
        here = events.mark(self.place, news.drift)
        if at is None:
            return Chunk(events.count(news, here))
        drift = news.drift if at.place is None else at.version - at.place
        place = at.version - drift
        missed = self.ring.after(place) if place <= self.place else None
        others = drift != news.drift
        came_from = events.mark(place, drift)
        told = [events.count(news, came_from if missed or (others and missed is not None) else here)]
        if others:
            told.append(events.changed(news, events.mark(place, news.drift) if missed is not None else here))
        if missed:
            told.append(events.comments(missed, drift=news.drift, most=self.size))
        return Chunk(b"".join(told), len(missed or ()))

    def _begin(self, news: News, asked_after: int) -> None:
        self.news, self.place = news, news.place
        is_whole = asked_after <= news.place and not news.more
        self.ring.clear(asked_after if is_whole else news.place)
        if is_whole:
            for item in news.comments:
                self.ring.add(item)

    def _count_in_vain(self, news: News) -> None:
        """A version that was announced and never comes (of a store set back to an older copy) is not waited for."""
        self.in_vain = self.in_vain + 1 if news.version < self.heard else 0
        if self.in_vain >= IN_VAIN:
            self.heard, self.in_vain = news.version, 0


def _reached(news: News) -> tuple[tuple[Item, ...], int]:
    """The comments to tell, and up to where all are told then. Where too many wait, none of them."""
    if not news.more:
        return news.comments, news.place
    last = news.comments[-1].place
    return ((), news.place) if news.place - last > FLOOD else (news.comments, last)
