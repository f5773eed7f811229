"""Open-loop load: requests leave when their time has come, whether or not earlier ones were answered, and latency is
counted from that time, so that a server that stalls cannot hide it. A process of its own:

    python -m bench.pace PORT FILE RATE SECONDS [follow]

FILE holds requests as `wire.prepared` writes them. Prints one line of JSON. Reads are checked for age: a page must show
at least the comments whose posts were answered before the page was asked for. With `follow`, after some posts their
writer goes where the answer leads, and must find the comment there.
"""

import asyncio
import json
import re
import sys
import time
import zlib
from collections import deque
from pathlib import Path
from statistics import quantiles

import uvloop
from bench.connection import Connection
from bench.wire import filled, read_prepared, word

CONNECTIONS = 64
CHECKED = 8  # one of so many reads is looked into
FOLLOWED = 4  # after one of so many posts its writer looks at it
_COUNT = re.compile(rb"([\d,]+) (?:comments|replies)")
_POST = re.compile(rb"POST (\S+)/comments HTTP")
_COOKIE = re.compile(rb"\r\n(Cookie: [^\r]+)")


class Sent:
    """One request on its way."""

    __slots__ = ("data", "due", "left", "path", "said", "what")

    def __init__(self, data: bytes, due: float, number: int) -> None:
        self.due = due
        self.left = 0.0
        self.said = b""
        posted = _POST.match(data)
        self.what = "read" if data.startswith(b"GET") else "post" if posted else "other"
        self.path = posted.group(1) if posted else data.split(b" ", 2)[1]
        if self.what != "read":
            self.said = word(number)
            data = filled(data, self.said, due=time.time_ns() - int((time.perf_counter() - due) * 1e9))
        self.data = data


def follow(sent: Sent, location: bytes) -> Sent:
    """The look of a post's writer at it."""
    path, cookie = location.partition(b"#")[0], _COOKIE.search(sent.data)
    asked = b"GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n\r\n" % (path, cookie.group(1) if cookie else b"X-Nobody: 1")
    one = Sent(asked, time.perf_counter(), 0)
    one.what, one.said = "own", sent.said
    return one


class Pace:
    """One run: what is due, what is free, and what was seen."""

    def __init__(self, requests: list[bytes], rate: float, seconds: float, *, follows: bool) -> None:
        self.requests, self.rate, self.seconds, self.follows = requests, rate, seconds, follows
        self.free: deque[Connection] = deque()
        self.waiting: deque[Sent] = deque()
        self.latency: dict[str, list[float]] = {"read": [], "post": [], "other": [], "own": []}
        self.errors: dict[str, int] = {}
        self.answered: dict[bytes, list[float]] = {}  # of each story, when its posts were answered
        self.base: dict[bytes, int] = {}  # comments on the page when it was first seen, less posts answered by then
        self.checked = self.stale = 0
        self.oldest = 0.0
        self.reads = self.posts = self.own_missing = 0

    async def run(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: Connection(self), "127.0.0.1", port)
            self.free.append(connection)
        begun, number = time.perf_counter(), 0
        total = int(self.rate * self.seconds)
        while number < total:
            now = time.perf_counter()
            while number < total and begun + number / self.rate <= now:
                self.send(Sent(self.requests[number % len(self.requests)], begun + number / self.rate, number))
                number += 1
            await asyncio.sleep(0.001)
        until = time.perf_counter() + 10
        while len(self.free) < CONNECTIONS and time.perf_counter() < until:  # noqa: ASYNC110 - looks at many at once
            await asyncio.sleep(0.01)
        unanswered = len(self.waiting) + CONNECTIONS - len(self.free)
        if unanswered:
            self.error(f"{unanswered} unanswered", unanswered)

    def send(self, sent: Sent) -> None:
        if self.free:
            self.free.popleft().send(sent)
        else:
            self.waiting.append(sent)

    def done(self, connection: "Connection", sent: Sent, status: int, headers: dict[bytes, bytes], body: bytes) -> None:
        now = time.perf_counter()
        self.latency[sent.what].append((now - sent.due) * 1000)
        if status >= 400:  # noqa: PLR2004 - refused
            self.error(str(status))
        elif sent.what == "post":
            self.answered.setdefault(sent.path, []).append(now)
            self.posts += 1
            if self.follows and self.posts % FOLLOWED == 0 and b"location" in headers:
                self.waiting.appendleft(follow(sent, headers[b"location"]))
        elif sent.what == "own":
            self.own_missing += sent.said not in body
        elif sent.what == "read":
            self.reads += 1
            if self.reads % CHECKED == 0:
                self.look(sent, headers, body)
        if self.waiting:
            connection.send(self.waiting.popleft())
        else:
            self.free.append(connection)

    def look(self, sent: Sent, headers: dict[bytes, bytes], body: bytes) -> None:
        """Whether the page shows what had been answered when it was asked for."""
        page = zlib.decompress(body, 31) if headers.get(b"content-encoding") == b"gzip" else body
        found = _COUNT.search(page)
        if not found:
            return
        shown, answered = int(found.group(1).replace(b",", b"")), self.answered.get(sent.path, [])
        base = self.base.setdefault(sent.path, shown - len(answered))
        self.checked += 1
        visible = shown - base
        if visible < len(answered) and answered[visible] < sent.left:
            self.stale += 1
            self.oldest = max(self.oldest, sent.left - answered[visible])

    def error(self, what: str, times: int = 1) -> None:
        self.errors[what] = self.errors.get(what, 0) + times

    def result(self) -> dict[str, object]:
        found: dict[str, object] = {
            "rate": self.rate,
            "seconds": self.seconds,
            "errors": self.errors,
            "pages_checked": self.checked,
            "stale": self.stale,
            "oldest_stale_ms": self.oldest * 1000,
            "own_missing": self.own_missing,
        }
        for what, latencies in self.latency.items():
            if len(latencies) > 1:
                cuts = quantiles(latencies, n=100, method="inclusive")
                found[what] = {
                    "count": len(latencies),
                    "p50_ms": cuts[49],
                    "p99_ms": cuts[98],
                    "max_ms": max(latencies),
                }
        return found


def main() -> None:
    port, path, rate, seconds = int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    pace = Pace(read_prepared(path), rate, seconds, follows="follow" in sys.argv)
    uvloop.run(pace.run(port))
    print(json.dumps(pace.result()))


if __name__ == "__main__":
    main()
