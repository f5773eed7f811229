"""How processes on PostgreSQL hear of each other's commits: NOTIFY after the commit, many changes in one notice.

Not in the transaction: PostgreSQL holds one lock for all notifying commits until they are on disk, so that they would
no longer share an fsync. A notice that is lost with its process costs nothing but time: whoever keeps pages compares
them with the database every few seconds, whatever was heard.
"""

import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid4

import msgspec
import psycopg
import structlog

from rejoinder.discussion.events import Event, SiteChanged, StoryChanged
from rejoinder.store.database import Hear

log = structlog.get_logger()

CHANNEL = "rejoinder"
MOST = 100  # changes in one notice, whose payload may have 8,000 bytes
GATHERS = 0.010  # seconds in which what happens goes into one notice
AGAIN_AFTER = 1.0  # seconds until a lost connection is tried again


Change = tuple[int, int | None, int]


class Notice(msgspec.Struct, frozen=True, array_like=True):
    """What is sent: who sends it, and of what changed (site, story, version), or (site, None, epoch)."""

    origin: str
    changes: list[Change]


class PostgresBus:
    """The ear and the voice of one process."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._origin = uuid4().hex
        self._waiting: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._speaker: threading.Thread | None = None
        self._listener: threading.Thread | None = None
        self._starting = threading.Lock()

    def publish(self, events: Sequence[Event]) -> None:
        """Tells the others soon. Never waits."""
        changes = [event for event in events if isinstance(event, StoryChanged | SiteChanged)]
        if not changes:
            return
        with self._starting:
            if self._speaker is None:
                self._speaker = threading.Thread(target=self._speak, name="notify", daemon=True)
                self._speaker.start()
        for event in changes:
            self._waiting.put(event)

    def listen(self, hear: Hear) -> None:
        """Calls `hear` with what others have committed; with None after a time in which notices may have been lost."""
        self._listener = threading.Thread(target=self._listen, args=(hear,), name="listen", daemon=True)
        self._listener.start()

    def close(self) -> None:
        """Says what is still to be said, then ends."""
        self._closed.set()
        self._waiting.put(None)
        for thread in (self._speaker, self._listener):
            if thread is not None:
                thread.join()

    def _speak(self) -> None:
        connection: psycopg.Connection[tuple[object, ...]] | None = None
        while (first := self._waiting.get()) is not None:
            self._closed.wait(GATHERS)
            notice = Notice(self._origin, self._gathered(first))
            try:
                if connection is None or connection.closed:
                    connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5)
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, msgspec.json.encode(notice).decode()))
            except psycopg.Error as problem:
                log.warning("the others could not be told of a change", problem=str(problem))
                connection = None
        if connection is not None:
            connection.close()

    def _gathered(self, first: Event) -> list[Change]:
        """What waits, the newest of each story and site alone."""
        newest: dict[tuple[int, int | None], int] = {}
        _take(newest, first)
        while len(newest) < MOST:
            try:
                event = self._waiting.get_nowait()
            except queue.Empty:
                break
            if event is None:
                self._waiting.put(None)  # the end comes after this notice
                break
            _take(newest, event)
        return [(site, story, version) for (site, story), version in newest.items()]

    def _listen(self, hear: Hear) -> None:
        while not self._closed.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    hear(None)  # whatever was said before we listened
                    self._hear_until_closed(connection, hear)
            except psycopg.Error as problem:
                log.warning("changes made by others are not heard of", problem=str(problem))
                self._closed.wait(AGAIN_AFTER)

    def _hear_until_closed(self, connection: "psycopg.Connection[tuple[object, ...]]", hear: Hear) -> None:
        while not self._closed.is_set():
            for notify in connection.notifies(timeout=0.2):
                with suppress(msgspec.MsgspecError):
                    notice = msgspec.json.decode(notify.payload, type=Notice)
                    if notice.origin != self._origin:
                        hear([_event(change) for change in notice.changes])


def _take(newest: dict[tuple[int, int | None], int], event: Event) -> None:
    if isinstance(event, StoryChanged):
        newest[event.site_seq, event.story_seq] = max(event.version, newest.get((event.site_seq, event.story_seq), 0))
    elif isinstance(event, SiteChanged):
        newest[event.site_seq, None] = max(event.epoch, newest.get((event.site_seq, None), 0))


def _event(change: Change) -> Event:
    site_seq, story_seq, version = change
    if story_seq is None:
        return SiteChanged(site_seq=site_seq, epoch=version)
    return StoryChanged(site_seq=site_seq, story_seq=story_seq, version=version)
