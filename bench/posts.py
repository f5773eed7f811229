"""How many posts a second one process takes, durably and with every check: a server of its own, a database of its own,
clients that each wait for their answer before they post again. Prints posts a second, p50 and p99 in milliseconds, and
the server's processor time for each post.

    .venv/bin/python bench/posts.py                              SQLite, the form, with 1, 16 and 64 clients
    .venv/bin/python bench/posts.py --mode json --store postgresql --clients 64 --seconds 10

Everybody posts in turn, each under a name and session of their own, as many people as --people says: nobody writes
hundreds of comments an hour. PostgreSQL is made in a temporary folder and keeps its promise (fsync on).
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import uvloop

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.names import name_key
from rejoinder.discussion.sites import with_rules
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.identity.tokens import new_token, sign
from rejoinder.store import accounts, commenters, sessions
from rejoinder.store.database import Write
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate

SECRET = "a secret for measuring that is long enough"
FEW = 100  # posts, of which no percentile can be told
ROOT = Path(__file__).resolve().parent.parent
WORDS = ("ferry", "harbour", "council", "winter", "timetable", "morning", "people", "weather", "nobody", "the", "our")


def text(number: int) -> str:
    """A plausible remark of 200 to 400 characters that nobody has made yet."""
    chosen = random.Random(number)
    size, said = chosen.randint(200, 400), f"Number {number}:"
    while len(said) < size - 10:
        said += f" {chosen.choice(WORDS)}"
    return said + "."


# The setting


def fill(w: Write, *, people: int, stories: int) -> tuple[list[str], list[str]]:
    """A site with stories and people: the stories' slugs and the people's cookies."""
    now = datetime.now(UTC)
    rules = with_rules("{}", {"newcomer_comments": 0, "posts_per_minute": 10_000, "posts_per_hour": 10_000})
    site = add_site(w, NewSite(key="courier", name="The Harbour Courier", zone="Europe/London", rules=rules), now=now)
    content = Content(headline="Ferry to run through the winter", paragraphs=tuple(text(-n) for n in range(1, 16)))
    slugs = [
        publish_story(
            w,
            site.seq,
            NewStory(
                content=content,
                published_at=now,
                published_at_source=PublishedAtSource.PUBLISHER,
                canonical_url=f"https://courier.example/{number}",
            ),
            now=now,
        ).story.slug
        for number in range(stories)
    ]
    return slugs, [_cookie(w, site.seq, f"reader {number}", now) for number in range(people)]


def _cookie(w: Write, site_seq: int, name: str, now: datetime) -> str:
    account = accounts.add(w, email=f"{name_key(name)}@reader.example", now=now)
    assert account is not None
    accounts.confirm(w, account.seq, now=now)
    commenters.add(w, site_seq, name=name, name_key=name_key(name), account_seq=account.seq, now=now)
    token = new_token()
    sessions.add(w, account, token, lasts=timedelta(days=1), agent="", now=now)
    return sign(token, SECRET, "session")


# The server and its database


@contextlib.contextmanager
def database_url(store: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database at the newest schema."""
    if store == "sqlite":
        url = f"sqlite:///{folder}/rejoinder.db"
        migrate(url)
        yield url
        return
    programs = max(Path("/usr/lib/postgresql").glob("*/bin/initdb")).parent
    home = folder / "pg"
    home.mkdir()
    owner = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        folder.chmod(0o755)
        shutil.chown(home, "postgres")
        owner = ["runuser", "-u", "postgres", "--"]

    def run(*command: str | Path) -> None:
        subprocess.run([*owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=home)

    run(programs / "initdb", "-D", home / "data", "-A", "trust", "-U", "rejoinder", "-E", "UTF8")
    listening = f"-k {home} -c listen_addresses=''"
    run(programs / "pg_ctl", "-D", home / "data", "-o", listening, "-l", home / "log", "-w", "start")
    try:
        url = f"postgresql://rejoinder@/postgres?host={home}"
        migrate(url)
        yield url
    finally:
        run(programs / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")


@contextlib.contextmanager
def server(url: str, folder: Path) -> Iterator[tuple[int, int, float]]:
    """A server over the database: its port, its process, and the seconds it took to its first answer."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    settings = {
        "REJOINDER_DATABASE_URL": url,
        "REJOINDER_DATA_DIR": str(folder),
        "REJOINDER_SECRET": SECRET,
        "REJOINDER_LOG_LEVEL": "warning",
    }
    command = [ROOT / ".venv" / "bin" / "rejoinder", "serve", "--port", str(port)]
    began = time.monotonic()
    with subprocess.Popen(command, env=os.environ | settings, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port, process.pid, time.monotonic() - began
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    """Returns with the first answer to a question to the database."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as asking:
            asking.sendall(b"GET /readyz HTTP/1.1\r\nHost: courier\r\nConnection: close\r\n\r\n")
            if b" 200 " in asking.recv(4096):
                return
        time.sleep(0.005)
    raise TimeoutError("the server does not answer")


def cpu_seconds(process: int) -> tuple[float, float]:
    """The processor time a process has used: its own, and the kernel's for it."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    tick = os.sysconf("SC_CLK_TCK")
    return int(fields[11]) / tick, int(fields[12]) / tick


def resident_megabytes(process: int) -> float:
    found = Path(f"/proc/{process}/status").read_text().partition("VmRSS:")[2].split()[0]
    return int(found) / 1024


# The clients


class Load:
    """What all clients of one run share."""

    def __init__(self, mode: str, slugs: list[str], *, beginning: int) -> None:
        self.mode = mode
        self.slugs = slugs
        self.next = beginning
        self.waits: list[float] = []
        self.others: dict[bytes, int] = {}
        self.is_over = False

    def request(self, cookie: str) -> bytes:
        self.next += 1
        slug = self.slugs[self.next % len(self.slugs)]
        if self.mode == "json":
            path = f"/api/v1/sites/courier/stories/{slug}/comments"
            kind, body = "application/json", json.dumps({"text": text(self.next)})
        else:
            path, kind = f"/courier/stories/{slug}/comments", "application/x-www-form-urlencoded"
            body = urlencode({"text": text(self.next), "key": f"key-{self.next}-of-the-form"})
        return (
            f"POST {path} HTTP/1.1\r\nHost: courier\r\nCookie: rejoinder={cookie}\r\nContent-Type: {kind}\r\n"
            f"Sec-Fetch-Site: same-origin\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html\r\n"
            f"Accept-Encoding: gzip, br\r\nAccept-Language: en\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


class Client(asyncio.Protocol):
    """One connection, kept alive; posts again as soon as it is answered."""

    def __init__(self, load: Load, cookies: list[str]) -> None:
        self.load = load
        self.cookies = cookies
        self.turn = 0
        self.buffer = b""
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.post()

    def post(self) -> None:
        if self.load.is_over:
            self.transport.close()
            return
        self.turn += 1
        self.transport.write(self.load.request(self.cookies[self.turn % len(self.cookies)]))
        self.sent = time.perf_counter()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, end, body = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return
        size = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        if len(body) < int(size or 0):
            return
        self.buffer = b""
        status = head[9:12]
        if status in (b"303", b"201"):
            self.load.waits.append(time.perf_counter() - self.sent)
        else:
            self.load.others[status] = self.load.others.get(status, 0) + 1
        self.post()

    def connection_lost(self, _problem: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


async def measure(load: Load, port: int, process: int, *, clients: int, cookies: list[str], seconds: float) -> str:
    """One run, after a warm-up, in words."""
    loop = asyncio.get_running_loop()
    share = [cookies[number::clients] for number in range(clients)]
    posting = [
        (await loop.create_connection(lambda n=n: Client(load, share[n]), "127.0.0.1", port))[1] for n in range(clients)
    ]
    await asyncio.sleep(1.5)
    load.waits.clear()
    began, used = time.perf_counter(), cpu_seconds(process)
    await asyncio.sleep(seconds)
    took, waits = time.perf_counter() - began, sorted(load.waits)
    own, kernel = (now - then for now, then in zip(cpu_seconds(process), used, strict=True))
    load.is_over = True
    await asyncio.gather(*(client.ended for client in posting))
    if len(waits) < FEW:
        return f"{clients:>3} clients: {len(waits)} posts in {took:.1f} s, others {load.others}"
    cuts = quantiles(waits, n=100)
    others = f"  others: {load.others}" if load.others else ""
    return (
        f"{clients:>3} clients: {len(waits) / took:>6,.0f} posts/s   p50 {cuts[49] * 1e3:>6.1f} ms   "
        f"p99 {cuts[98] * 1e3:>6.1f} ms   {(own + kernel) / len(waits) * 1e6:>5,.0f} µs of processor "
        f"each, {kernel / len(waits) * 1e6:,.0f} of them the kernel's{others}"
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--mode", choices=("form", "json"), action="append")
    asked.add_argument("--clients", type=int, action="append")
    asked.add_argument("--seconds", type=float, default=8)
    asked.add_argument("--people", type=int, default=4800)
    asked.add_argument("--stories", type=int, default=8)
    asked.add_argument("--profile", help="where py-spy, if it is installed, writes what it sees of the server")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="rejoinder-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with database_url(given.store, folder) as url:
            database = open_database(url)
            slugs, cookies = database.write(lambda w: fill(w, people=given.people, stories=given.stories)).result()
            database.close()
            with server(url, folder) as (port, process, start):
                print(f"{given.store}: first answer after {start:.2f} s, idle {resident_megabytes(process):.0f} MB")
                number = 0
                for mode in given.mode or ["form"]:
                    for clients in given.clients or [1, 16, 64]:
                        load = Load(mode, slugs, beginning=number)
                        run = measure(load, port, process, clients=clients, cookies=cookies, seconds=given.seconds)
                        with _profiled(process, given.profile, given.seconds):
                            print(f"{mode:>4}, {uvloop.run(run)}", flush=True)
                        number = load.next
                print(f"afterwards {resident_megabytes(process):.0f} MB")


@contextlib.contextmanager
def _profiled(process: int, to: str | None, seconds: float) -> Iterator[None]:
    if to is None:
        yield
        return
    command = ["py-spy", "record", "--gil", "--format", "raw", "-r", "500", "-d", str(int(seconds)), "-o", to]
    with subprocess.Popen([Path(sys.executable).with_name(command[0]), *command[1:], "-p", str(process)]):
        yield


if __name__ == "__main__":
    main()
