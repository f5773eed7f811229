"""What all connections of a process share: the copies, the streams, the date, the counts, and a look at who dawdles."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from copy import copy
from email.utils import formatdate
from time import time
from typing import Protocol

import structlog
from msgspec import Struct
from prometheus_client import Counter, Gauge

from rejoinder.discussion.events import Event, SiteChanged, StoryChanged
from rejoinder.front.keeper import Keeper
from rejoinder.front.stream import Streams
from rejoinder.live.hub import Hub
from rejoinder.live.telling import Counts

log = structlog.get_logger()

AddressOf = Callable[[str, str], str]

GIVEN = Counter("rejoinder_front_answers_total", "Requests answered from kept pages.", ["status"])
RENDERED = Counter("rejoinder_front_renders_total", "Pages asked of the application, to be kept.")
KEPT_PAGES = Gauge("rejoinder_front_pages", "Pages kept.", multiprocess_mode="livesum")
KEPT_BYTES = Gauge("rejoinder_front_bytes", "Bytes of kept pages.", multiprocess_mode="livesum")
READERS = Gauge("rejoinder_live_readers", "Open pages that hear of new comments.", multiprocess_mode="livesum")
MESSAGES = Counter("rejoinder_live_messages_total", "Comment events, each counted for each reader.")
LIVE = Counter("rejoinder_live_readers_lost_total", "Readers for whom there was no room, or who took nothing.", ["why"])
CONNECTIONS = Gauge(
    "rejoinder_front_connections", "Connections open, live readers not counted.", multiprocess_mode="livesum"
)


class Patience(Struct, frozen=True, kw_only=True):
    """Seconds that a connection may take, and what it may bring."""

    quiet: float = 20.0  # between two requests
    head: float = 10.0  # to send a request's head
    body: float = 20.0  # between two pieces of a body
    reading: float = 30.0  # without taking anything of an answer
    head_bytes: int = 65_536


class Dawdling(Protocol):
    """A connection that can be looked at for being slow."""

    def look(self, now: float) -> None: ...


class Door:
    """One process's front door."""

    def __init__(self, keeper: Keeper, hub: Hub, streams: Streams, *, address: AddressOf, log_one_in: int = 0) -> None:
        """`address` says whose a connection is, by its peer and what X-Forwarded-For says."""
        self.keeper = keeper
        self.hub = hub
        self.streams = streams
        self.address = address
        self._told = Counts()
        self.patience = Patience()
        self.connections: set[Dawdling] = set()
        self.closing = False
        self._said: deque[Sequence[Event] | None] = deque()
        self.given_200 = 0
        self.given_304 = 0
        self.date = b""
        self.log_one_in(log_one_in)
        self.each_second()

    def log_one_in(self, number: int) -> None:
        """From now on one of so many answers is logged; 0: none."""
        self._log_one_in = self._until_logged = number

    def note(self, path: bytes, status: int, sent: int) -> None:
        """Logs every so many answers, as the setting says."""
        self._until_logged -= 1
        if self._until_logged == 0:
            self._until_logged = self._log_one_in
            log.info("answered", path=path.decode("ascii", "replace"), status=status, bytes=sent, kept=True)

    def say(self, events: Sequence[Event] | None) -> None:
        """Leaves word of a commit, from any thread; it is heard before the next answer, whatever comes first."""
        self._said.append(events)

    def catch_up(self) -> None:
        """Hears what was said. A loop may hand out a request that arrived after a commit before what the commit asked
        it to call, so the short way comes here itself.
        """
        while self._said:
            self.hear(self._said.popleft())

    def hear(self, events: Sequence[Event] | None) -> None:
        """Takes up what was committed. None: something has changed, and it is not known what."""
        if events is None:
            self.keeper.doubt()
            self.hub.doubt()
            return
        for event in events:
            match event:
                case StoryChanged():
                    self.keeper.copies.raise_story(event.site_seq, event.story_seq, event.version)
                    self.hub.changed(event.story_seq, event.version)
                case SiteChanged():
                    self.keeper.copies.raise_site(event.site_seq, event.epoch)
                    self.hub.doubt()

    def close(self) -> None:
        """Ends the streams, and takes no new ones."""
        self.closing = True
        self.streams.close()
        self.keeper.close()

    def each_second(self) -> None:
        """Renews the Date header and hands the counts on."""
        self.date = b"date: " + formatdate(time(), usegmt=True).encode() + b"\r\n"
        GIVEN.labels("200").inc(self.given_200)
        GIVEN.labels("304").inc(self.given_304)
        RENDERED.inc(self.keeper.renders)
        self.given_200 = self.given_304 = self.keeper.renders = 0
        KEPT_PAGES.set(len(self.keeper.copies))
        KEPT_BYTES.set(self.keeper.copies.size)
        CONNECTIONS.set(len(self.connections))
        now, before = self.streams.counts, self._told
        READERS.set(now.readers)
        MESSAGES.inc(now.messages - before.messages)
        LIVE.labels("no room").inc(now.refused - before.refused)
        LIVE.labels("took nothing").inc(now.drops - before.drops)
        self._told = copy(now)

    def look_around(self) -> None:
        """Closes connections that take too long."""
        now = asyncio.get_running_loop().time()
        for connection in list(self.connections):
            connection.look(now)
