"""Writing to readers: in slices, between which the loop does everything else, and never more to one who does not keep
up. Who makes no progress at all is dropped.
"""

import asyncio
from collections.abc import Iterable

from msgspec import Struct

from rejoinder.live import events
from rejoinder.live.channel import Channel, Chunk, Reader

SLICE = 100  # writes before the loop does something else


class Counts(Struct):
    """What the hub has done, for whoever measures it."""

    readers: int = 0
    messages: int = 0  # comment events, each counted for each reader
    skipped: int = 0  # chunks that somebody did not get, since they did not keep up
    drops: int = 0  # readers dropped since they made no progress
    refused: int = 0  # readers for whom there was no room
    looks: int = 0


class _Slow(Struct):
    since: float
    backlog: int


class Teller:
    """Writes for all channels: one slice of one of them at a time, so that many crowded stories are as fair to the
    pages of the site as one.
    """

    def __init__(self, *, beat: float, stuck: float) -> None:
        """A sign of life every `beat` seconds; without progress for `stuck` seconds a reader is dropped."""
        self.counts = Counts()
        self._beat, self._stuck = beat, stuck
        self._slow: dict[Reader, _Slow] = {}
        self._turn = asyncio.Lock()

    async def tell(self, channel: Channel, readers: list[Reader], chunk: Chunk) -> None:
        """Tells these readers, as far as they are still there."""
        if not chunk.body:
            return
        here = channel.readers
        for start in range(0, len(readers), SLICE):
            async with self._turn:
                for reader in readers[start : start + SLICE]:
                    if reader in here:
                        self.say(reader, chunk)
                await asyncio.sleep(0)

    async def greet(self, channel: Channel, arrived: list[Reader]) -> None:
        """Greets those of them that still wait."""
        waiting = channel.arriving
        for start in range(0, len(arrived), SLICE):
            async with self._turn:
                for reader in arrived[start : start + SLICE]:
                    if reader in waiting:
                        at = waiting.pop(reader)
                        channel.readers[reader] = None
                        self.say(reader, channel.greeting(at))
                await asyncio.sleep(0)

    def say(self, reader: Reader, chunk: Chunk) -> None:
        """Tells one reader, who is noted as slow where that is not possible."""
        if reader.send(chunk.body):
            self.counts.messages += chunk.comments
            return
        self.counts.skipped += 1
        if reader not in self._slow:
            self._slow[reader] = _Slow(asyncio.get_running_loop().time(), reader.backlog())

    def forget(self, reader: Reader) -> bool:
        """No longer notes the reader as slow; whether it was."""
        return self._slow.pop(reader, None) is not None

    async def beat(self, channels: Iterable[Channel]) -> None:
        """Waits for the next beat. Then a sign of life to all, and an end to those who made no progress."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._beat)
        for channel in list(channels):
            await self.tell(channel, list(channel.readers), Chunk(events.HEARTBEAT))
        for reader, slow in list(self._slow.items()):
            backlog = reader.backlog()
            if backlog < slow.backlog:
                slow.since, slow.backlog = loop.time(), backlog
            elif loop.time() - slow.since >= self._stuck:
                self.counts.drops += 1
                self._slow.pop(reader, None)
                reader.drop()
