"""Readers of a live stream: a process of its own that holds many connections open and counts what arrives.

    python -m bench.listen PORT PATH READERS

Prints "ready N" with the number of readers whose stream was opened, counts until a line arrives on standard input, then
prints one line of JSON. A comment whose text has the nanosecond of its sending (19 digits) gives a latency, taken at
every hundredth reader.
"""

import asyncio
import json
import re
import resource
import sys
import time
from statistics import quantiles

import uvloop

EVENT = b"event: comment\n"
SAMPLED = 100
PATIENCE = 60  # seconds for all readers to be let in
AT_ONCE = 200  # connections opened together
_STAMP = re.compile(rb"(?<!\d)(\d{19})(?!\d)")


class Reader(asyncio.Protocol):
    """One open stream."""

    def __init__(self, request: bytes, *, sampled: bool) -> None:
        self._request = request
        self._sampled = sampled
        self._kept = b""
        self._seen: set[bytes] = set()
        self.status = b""
        self.events = 0
        self.is_open = False
        self.latencies: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.is_open = True
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self.status:
            self.status = data[9:12]
        text = self._kept + data
        cut = text.rfind(b"\n") + 1
        self._kept = text[cut:]
        self.events += text.count(EVENT, 0, cut)
        if self._sampled:
            now = time.time_ns()
            for stamp in _STAMP.findall(text[:cut]):
                if stamp not in self._seen:
                    self._seen.add(stamp)
                    self.latencies.append((now - int(stamp)) / 1e6)

    def connection_lost(self, _problem: Exception | None) -> None:
        self.is_open = False


async def listen(port: int, path: str, count: int) -> dict[str, object]:
    loop = asyncio.get_running_loop()
    request = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n\r\n".encode()
    readers = [Reader(request, sampled=number % SAMPLED == 0) for number in range(count)]
    for start in range(0, count, AT_ONCE):
        some = readers[start : start + AT_ONCE]
        opened = [loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port) for reader in some]
        await asyncio.gather(*opened, return_exceptions=True)
    until = loop.time() + PATIENCE
    while loop.time() < until and not all(reader.status or not reader.is_open for reader in readers):  # noqa: ASYNC110 - looks at many at once
        await asyncio.sleep(0.05)
    print("ready", sum(reader.status == b"200" and reader.is_open for reader in readers), flush=True)
    begun = time.perf_counter()
    await loop.run_in_executor(None, sys.stdin.readline)
    seconds = time.perf_counter() - begun
    events = [reader.events for reader in readers]
    latencies = [each for reader in readers for each in reader.latencies]
    cuts = quantiles(latencies, n=100, method="inclusive") if len(latencies) > 1 else []
    return {
        "statuses": sorted({reader.status.decode() for reader in readers}),
        "still_open": sum(reader.is_open for reader in readers),
        "seconds": seconds,
        "messages": sum(events),
        "fewest": min(events),
        "most": max(events),
        "p50_ms": cuts[49] if cuts else None,
        "p99_ms": cuts[98] if cuts else None,
    }


if __name__ == "__main__":
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(json.dumps(uvloop.run(listen(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))))
