"""The hub of one process: a channel for each story that somebody reads along with. All of it lives on the event loop's
thread. A channel that heard of a change looks once a tick, makes one chunk of bytes of what it finds, and has it
written to all its readers.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from rejoinder.discussion.refusals import UnknownSite, UnknownStory
from rejoinder.live import events
from rejoinder.live.channel import Channel, Reader
from rejoinder.live.events import Position
from rejoinder.live.news import News
from rejoinder.live.telling import Counts, Teller

log = logging.getLogger(__name__)

TICK = 0.1  # seconds
MOST = 20_000  # readers in this process
SIZE = 16_384  # bytes of a tick's comments, from which on they are told without their fragments
BEAT = 15.0  # seconds between signs of life
STUCK = 30.0  # seconds without any progress after which a reader is dropped
LOOKS = 2  # under way at once, so that pages always find a reading thread
PACE = 0.005  # seconds between the looks of channels in doubt
AGAIN = 1.0  # seconds after a look that failed, or a phase that should have ended
DAY = 86_400.0
SPREAD = (1000, 6000)  # milliseconds over which readers come back after a shutdown

Look = Callable[[int, int], Awaitable[News]]


class Full(Exception):
    """There is no room for another reader in this process."""


def utc_now() -> datetime:
    """The moment, aware and UTC."""
    return datetime.now(UTC)


class Hub:
    """Tells open pages what is new. `look` reads a story's news after a place, in one snapshot."""

    def __init__(
        self,
        look: Look,
        *,
        tick: float = TICK,
        most: int = MOST,
        size: int = SIZE,
        beat: float = BEAT,
        stuck: float = STUCK,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.most = most
        self._look, self._tick, self._size, self._clock = look, tick, size, clock
        self._teller = Teller(beat=beat, stuck=stuck)
        self._channels: dict[int, Channel] = {}
        self._looking = asyncio.Semaphore(LOOKS)
        self._beating: asyncio.Task[None] | None = None
        self._sweeping: asyncio.Task[None] | None = None
        self._in_doubt = False
        self._closed = False

    @property
    def counts(self) -> Counts:
        """What has been done so far."""
        return self._teller.counts

    # What changes

    def changed(self, story_seq: int, version: int) -> None:
        """A commit has raised the story's version. Cheap: a story that nobody reads along with is passed over."""
        channel = self._channels.get(story_seq)
        if channel is not None and version > channel.heard:
            channel.heard = version
            self._wake(channel)

    def doubt(self) -> None:
        """Something may have changed anywhere: every channel looks again, one after another."""
        self._in_doubt = True
        if self._sweeping is None and self._channels:
            self._sweeping = asyncio.get_running_loop().create_task(self._sweep())

    # Who reads

    def follows(self, story_seq: int) -> bool:
        """Whether somebody reads along with this story."""
        return story_seq in self._channels

    def join(self, story_seq: int, reader: Reader, at: Position | None = None) -> None:
        """The reader hears of the story from now on, and from `at` on as far as that is still here. Raises Full."""
        if self._closed or self.counts.readers >= self.most:
            self.counts.refused += 1
            raise Full
        self.counts.readers += 1
        channel = self._channels.get(story_seq)
        if channel is None:
            channel = self._channels[story_seq] = Channel(story_seq, size=self._size)
        if channel.news is not None and at is not None and at.version > channel.news.version:
            channel.doubtful = True  # a page that another process drew is ahead of us
        if channel.is_stale:
            channel.arriving[reader] = at
            self._wake(channel)
        else:
            channel.readers[reader] = None
            self._teller.say(reader, channel.greeting(at))
        if self._beating is None:
            self._beating = asyncio.get_running_loop().create_task(self._keep_alive())

    def leave(self, story_seq: int, reader: Reader) -> None:
        """The reader is gone. A channel that nobody reads any more goes too."""
        self._teller.forget(reader)
        channel = self._channels.get(story_seq)
        if channel is None or not (reader in channel.readers or reader in channel.arriving):
            return
        channel.readers.pop(reader, None)
        channel.arriving.pop(reader, None)
        self.counts.readers -= 1
        if not (channel.readers or channel.arriving):
            self._end(channel)

    def caught_up(self, story_seq: int, reader: Reader) -> None:
        """The reader has taken what waited for it: it is told how things stand now, and goes on from there."""
        channel = self._channels.get(story_seq)
        if self._teller.forget(reader) and channel is not None and channel.news is not None:
            self._teller.say(reader, channel.greeting(None))

    def close(self) -> None:
        """Ends everything, without waiting for anybody."""
        self._closed = True
        for task in (self._beating, self._sweeping):
            if task is not None:
                task.cancel()
        for channel in list(self._channels.values()):
            self._end(channel)

    # Looking

    def _wake(self, channel: Channel) -> None:
        if channel.task is None and not self._closed:
            channel.task = asyncio.get_running_loop().create_task(self._follow(channel))

    async def _follow(self, channel: Channel) -> None:
        """Looks and tells, at most once a tick, while there is something to see."""
        loop = asyncio.get_running_loop()
        while channel.is_stale:
            await asyncio.sleep(channel.looked_at + self._tick - loop.time())
            channel.looked_at = loop.time()
            asked_after, channel.doubtful = channel.asks_after, False
            arrived = list(channel.arriving)
            try:
                async with self._looking:
                    self.counts.looks += 1
                    news = await self._look(channel.story_seq, asked_after)
            except (UnknownStory, UnknownSite):
                self._end(channel)
                return
            except Exception:
                log.exception("the news of a story could not be read")
                channel.doubtful = True
                await asyncio.sleep(AGAIN)
                continue
            known, chunk = list(channel.readers), channel.take(news, asked_after)
            self._set_alarm(channel)
            await self._teller.tell(channel, known, chunk)
            await self._teller.greet(channel, arrived)
        channel.task = None

    async def _sweep(self) -> None:
        """Wakes all channels, slowly: a thousand quiet stories are not all read at every commit of another process."""
        while self._in_doubt:
            self._in_doubt = False
            for channel in list(self._channels.values()):
                channel.doubtful = True
                self._wake(channel)
                await asyncio.sleep(PACE)
        self._sweeping = None

    # Time

    def _set_alarm(self, channel: Channel) -> None:
        """Looks again when the phase ends, which no commit tells of."""
        if channel.alarm is not None:
            channel.alarm.cancel()
            channel.alarm = None
        if channel.news is not None and channel.news.until is not None:
            wait = (channel.news.until - self._clock()).total_seconds()
            channel.alarm = asyncio.get_running_loop().call_later(
                min(wait, DAY) if wait > 0 else AGAIN, self._ring_alarm, channel
            )

    def _ring_alarm(self, channel: Channel) -> None:
        news = channel.news
        if news is not None and news.until is not None and news.until > self._clock():
            self._set_alarm(channel)
            return
        channel.doubtful = True
        self._wake(channel)

    async def _keep_alive(self) -> None:
        while True:
            await self._teller.beat(self._channels.values())

    def _end(self, channel: Channel) -> None:
        self._channels.pop(channel.story_seq, None)
        if channel.alarm is not None:
            channel.alarm.cancel()
        if channel.task is not None and channel.task is not asyncio.current_task():
            channel.task.cancel()
        readers = [*channel.readers, *channel.arriving]
        channel.readers.clear()
        channel.arriving.clear()
        self.counts.readers -= len(readers)
        for reader in readers:
            self._teller.forget(reader)
            reader.end(events.farewell(random.randint(*SPREAD)))  # noqa: S311 - spreads them, guards nothing
