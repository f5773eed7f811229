"""Live readers, measured: messages a second, how late they come, how long a page on the same loop waits meanwhile, and
what a reader costs. A message is one comment event delivered to one reader; it is as late as the time between the
making of the comment's id, inside its transaction, and its arrival.

    .venv/bin/python bench/live.py                           2,000 readers, 83 comments a second, then 10,000 held
    .venv/bin/python bench/live.py --readers 500 --rate 20 --seconds 5 --hold 0
    .venv/bin/python bench/live.py --url http://127.0.0.1:8000/courier/stories/SLUG/live --database sqlite:////tmp/a.db

The first two run a server of their own: a bare protocol that hands connections to the streams, over a SQLite file. The
third reads from a server that runs already (with REJOINDER_TRUSTED_PROXIES=127.0.0.1, since each address has its limit)
and posts through its database, as another process. The server, the readers and this script are three processes; every
twentieth reader notes how late its messages were, the others count them.
"""

import argparse
import asyncio
import json
import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvloop

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.post_comment import Post, post_comment
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.events import StoryChanged
from rejoinder.discussion.sites import with_rules
from rejoinder.discussion.stories import Content
from rejoinder.front.stream import Streams
from rejoinder.live.hub import Hub, utc_now
from rejoinder.store import accounts, commenters, sites, stories
from rejoinder.store.database import Database
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate
from rejoinder.web.options import Options
from rejoinder.web.pages.live import find, news

SITE, HEADLINE = "courier", "Ferry to run through the winter"
RULES = {"newcomer_comments": 0, "posts_per_minute": 10_000, "posts_per_hour": 10_000}
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 12000\r\n\r\n" + b"x" * 12_000
COMMENT = b"event: comment"
IDS = re.compile(rb'"id":"([0-9a-f]{8})-([0-9a-f]{4})')
SAMPLE = 20
WORDS = "The early boat was full again and nobody at the office could say when the second one comes back. "


def main() -> None:
    """Runs one of the three processes; without a role, the one that starts the others."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=2000)
    parser.add_argument("--rate", type=float, default=83, help="comments a second")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--hold", type=int, default=10_000, help="readers to hold in the end; 0: none")
    parser.add_argument("--url", help="a stream of a server that runs already")
    parser.add_argument("--database", help="that server's database")
    parser.add_argument("--pid", type=int, help="that server's process, to ask what its readers cost")
    parser.add_argument("--role", choices=("server", "readers"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if asked.role == "server":
        uvloop.run(serve())
    elif asked.role == "readers":
        uvloop.run(read(asked.url))
    elif asked.url:
        measure(asked, Elsewhere(asked))
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(asked, Here(folder))


# What is measured


class Process:
    """A process of ours that is told what to do by lines, and answers each by a line of JSON."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, *words: object) -> Any:
        """The answer to these words."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.wait()


class Here:
    """A server of our own."""

    def __init__(self, folder: str) -> None:
        self.process = Process("--role", "server")
        told = self.process.ask("open", folder)
        self.pid, self.url, self.ping = told["pid"], told["url"], told["port"]

    def publish(self, rate: float, seconds: float) -> dict[str, Any]:
        """Publishes for so long, and says what the hub did meanwhile."""
        told: dict[str, Any] = self.process.ask("publish", rate, seconds)
        return told

    def end(self) -> None:
        """Ends it."""
        self.process.end()


class Elsewhere:
    """A server that runs already, whose database we post into."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.pid, self.url, self.ping = asked.pid, asked.url, None
        self.database = open_database(asked.database)
        key, _, slug = urlsplit(asked.url).path.strip("/").split("/")[:3]
        site = self.database.read(lambda r: sites.by_key(r, key)).result()
        story = self.database.read(lambda r: stories.by_slug(r, site.seq, slug)).result()
        self.story = (site.seq, story.seq)
        rules = with_rules(story.rules, RULES)  # of this story alone, so that nothing is held and nobody is too quick
        self.database.write(lambda w: stories.set_rules(w, story, rules)).result()

    def publish(self, rate: float, seconds: float) -> dict[str, Any]:
        """Publishes for so long."""
        return {"published": publish(self.database, self.story, rate, seconds)}

    def end(self) -> None:
        """Lets go of the database."""
        self.database.close()


def measure(asked: argparse.Namespace, server: Here | Elsewhere) -> None:
    """Prints the figures."""
    readers = Process("--role", "readers", "--url", server.url)
    try:
        readers.ask("open", 1)  # whatever is loaded by the first of them costs no reader anything
        server.publish(50, 3)
        before = rss(server.pid)
        if asked.readers:
            took = readers.ask("open", asked.readers)["seconds"]
            print(f"{asked.readers:,} readers came in {took:.1f} s", end="")
            print(f", {(rss(server.pid) - before) / asked.readers:,.0f} bytes each" if server.pid else "")
            quiet, pinging = Pinging(server.ping).end(), Pinging(server.ping)
            readers.ask("begin")
            told = server.publish(asked.rate, asked.seconds)
            time.sleep(0.5)
            report(told, readers.ask("found"), asked.seconds)
            print(f"a page on the same loop: {quiet} before, {pinging.end()} meanwhile")
        if asked.hold > asked.readers:
            readers.ask("open", asked.hold - asked.readers)
            time.sleep(1)
            if server.pid:
                each = (rss(server.pid) - before) / asked.hold
                print(f"{asked.hold:,} readers held: {each:,.0f} bytes each")
            readers.ask("begin")
            told = server.publish(10, 5)
            time.sleep(0.5)
            report(told, readers.ask("found"), 5)
    finally:
        readers.end()
        server.end()


def report(told: dict[str, Any], found: dict[str, Any], took: float) -> None:
    """Prints what came of publishing."""
    print(
        f"{told['published']} comments in {took:.1f} s: {found['messages']:,} messages, "
        f"{found['messages'] / took:,.0f} a second, p50 {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms, "
        f"max {found['max']:.0f} ms; {found['bytes'] / max(found['messages'], 1):,.0f} bytes a message, "
        f"{found['open']:,} still open; readers' processor {found['cpu'] / took:.0%}; {told}"
    )


def rss(pid: int | None) -> int:
    """The bytes of memory that the process has."""
    if pid is None:
        return 0
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


class Pinging(threading.Thread):
    """Asks for a page again and again."""

    def __init__(self, port: int | None) -> None:
        super().__init__(daemon=True)
        self.port, self.waits, self.is_over = port, [0.0], False
        self.start()

    def run(self) -> None:
        """Notes how long each took."""
        if self.port is None:
            return
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            while not self.is_over:
                begun = time.perf_counter()
                connection.sendall(b"GET /ping HTTP/1.1\r\n\r\n")
                size = 0
                while size < len(PAGE):
                    size += len(connection.recv(65536))
                self.waits.append(time.perf_counter() - begun)
                time.sleep(0.01)

    def end(self) -> str:
        """How long it took."""
        time.sleep(0 if self.waits[1:] else 1)
        self.is_over = True
        self.join()
        waits = sorted(self.waits)
        return f"p50 {1000 * waits[len(waits) // 2]:.1f} ms, p99 {1000 * waits[int(len(waits) * 0.99)]:.1f} ms"


# The server


class Accepting(asyncio.Protocol):
    """Reads a request line, and answers a page or hands the connection over."""

    def __init__(self, streams: Streams, slug: str) -> None:
        self.streams, self.slug = streams, slug

    def connection_made(self, transport: Any) -> None:
        """Waits for the request."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """The request comes in one piece."""
        if data.startswith(b"GET /ping"):
            self.transport.write(PAGE)
            return
        named = {"site": SITE, "slug": self.slug, "since": None, "last_event_id": None}
        self.streams.join(self.transport, address="", head_only=False, **named)


async def serve() -> None:
    """Does what the lines on standard input say."""
    loop = asyncio.get_running_loop()
    folder = Path((await line()).split()[1])
    hub = Hub(lambda story, after: looking(database, options, story, after))
    database, slug, story = prepare(f"sqlite:///{folder}/live.db", loop, hub)
    options = Options(database=database, clock=utc_now, public_url="http://127.0.0.1", secret="a secret" * 4)

    async def found(site: str, slug: str) -> int | None:
        return await asyncio.wrap_future(database.read(lambda r: find(r, site, slug)))

    streams = Streams(hub, found, per_address=1_000_000)
    server = await loop.create_server(lambda: Accepting(streams, slug), "127.0.0.1", 0, backlog=4096)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/{SITE}/stories/{slug}/live"
    say({"port": port, "pid": __import__("os").getpid(), "url": url})
    while words := (await line()).split():
        cpu, before = time.process_time(), hub.counts.looks
        published = await asyncio.to_thread(publish, database, story, float(words[1]), float(words[2]))
        spent = (time.process_time() - cpu) / float(words[2])
        counts = hub.counts
        looks = counts.looks - before
        say({"published": published, "looks": looks, "skipped": counts.skipped, "processor": round(spent, 2)})


async def looking(database: Database, options: Options, story: int, after: int) -> Any:
    """The news of a story."""
    return await asyncio.wrap_future(database.read(lambda r: news(r, options, story, after, now=utc_now())))


def prepare(url: str, loop: asyncio.AbstractEventLoop, hub: Hub) -> tuple[Database, str, tuple[int, int]]:
    """A database with a story, whose commits the hub hears of."""
    migrate(url)

    def tell(events: Any) -> None:
        for event in events:
            if isinstance(event, StoryChanged):
                loop.call_soon_threadsafe(hub.changed, event.story_seq, event.version)

    database = open_database(url, tell=tell)
    now = utc_now()
    rules = with_rules("{}", RULES)
    site = database.write(lambda w: add_site(w, NewSite(key=SITE, name="Courier", zone="UTC", rules=rules), now=now))
    seq = site.result().seq
    content = NewStory(content=Content(headline=HEADLINE), published_at=now)
    story = database.write(lambda w: publish_story(w, seq, content, now=now)).result().story
    return database, story.slug, (seq, story.seq)


def publish(database: Database, story: tuple[int, int], rate: float, seconds: float) -> int:
    """Posts so many comments a second, of 200 to 600 characters, by as many writers as keep under the rules' limits."""
    site_seq, story_seq = story
    begun, number, writers = time.time(), 0, []
    for n in range(20):
        account = database.write(
            lambda w, n=n: accounts.add(w, email=f"{begun}-{n}@reader.example", now=utc_now())
        ).result()
        database.write(lambda w, a=account: accounts.confirm(w, a.seq, now=utc_now())).result()
        name = f"reader {begun} {n}"
        add = {"name": name, "name_key": name, "account_seq": account.seq, "role": "reader"}
        made = database.write(lambda w, add=add: commenters.add(w, site_seq, now=utc_now(), **add))
        writers.append(made.result().seq)
    begun = time.perf_counter()
    pending: list[Any] = []
    while (passed := time.perf_counter() - begun) < seconds:
        while number < passed * rate:
            number += 1
            text = f"{number} at {begun}: {WORDS * (2 + number % 5)}"
            post = Post(site_seq=site_seq, story_seq=story_seq, commenter_seq=writers[number % 20], text=text)
            pending.append(database.write(lambda w, post=post: post_comment(w, post, now=utc_now())))
        time.sleep(0.002)
    return sum(future.result().comment.publish_seq is not None for future in pending)


# The readers


class Reader(asyncio.Protocol):
    """Counts what it hears; one in so many also notes how late it came."""

    messages = 0
    received = 0
    open = 0
    late: list[float] = []  # noqa: RUF012 - of all of them together

    def __init__(self, request: bytes, *, is_sampled: bool) -> None:
        self.request, self.is_sampled, self.rest = request, is_sampled, b""

    def connection_made(self, transport: Any) -> None:
        """Asks for the stream."""
        Reader.open += 1
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Counts, also what came in two pieces."""
        Reader.messages += data.count(COMMENT) + (self.rest[-13:] + data[:13]).count(COMMENT)
        Reader.received += len(data)
        if self.is_sampled:
            now = time.time() * 1000
            whole = self.rest + data
            ids = list(IDS.finditer(whole))
            Reader.late += [now - int(found[1] + found[2], 16) for found in ids]
            data = whole[ids[-1].end() :] if ids else whole
        self.rest = data[-16_000:] if self.is_sampled else data[-13:]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        """One fewer."""
        Reader.open -= 1


async def read(url: str) -> None:
    """Does what the lines on standard input say."""
    parts, loop, number, cpu = urlsplit(url), asyncio.get_running_loop(), 0, 0.0
    while words := (await line()).split():
        if words[0] == "open":
            begun = time.perf_counter()
            for start in range(0, int(words[1]), 100):
                several = range(number + start, number + min(start + 100, int(words[1])))
                opening = (
                    loop.create_connection(
                        lambda n=n: Reader(request(parts.path, n), is_sampled=not n % SAMPLE),
                        parts.hostname,
                        parts.port,
                    )
                    for n in several
                )
                await asyncio.gather(*opening)
            number += int(words[1])
            say({"seconds": time.perf_counter() - begun})
            await asyncio.sleep(0.5)
        elif words[0] == "begin":
            Reader.messages, Reader.received, Reader.late = 0, 0, []
            cpu = time.process_time()
            say({})
        else:
            late = sorted(Reader.late) or [0.0]
            say(
                {
                    "messages": Reader.messages,
                    "bytes": Reader.received,
                    "open": Reader.open,
                    "cpu": time.process_time() - cpu,
                    "p50": statistics.median(late),
                    "p99": late[int(len(late) * 0.99)],
                    "max": late[-1],
                }
            )


def request(path: str, number: int) -> bytes:
    """What a reader asks, by way of a proxy that is to be trusted, from one of many addresses."""
    told = (
        "Host: bench",
        f"X-Forwarded-For: 10.{number >> 13 & 255}.{number >> 5 & 255}.1",
        "Accept: text/event-stream",
    )
    return "\r\n".join((f"GET {path} HTTP/1.1", *told, "", "")).encode()


async def line() -> str:
    """The next line on standard input."""
    return await asyncio.to_thread(sys.stdin.readline)


def say(answer: dict[str, Any]) -> None:
    """A line on standard output."""
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
