"""Builds the whole: the only file that knows every concrete class."""

import asyncio
import contextlib
import gc
import os
import resource
import socket
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic

import structlog
import uvicorn

from rejoinder.discussion.events import Event, JobNoted
from rejoinder.front.copies import Copies
from rejoinder.front.door import AddressOf, Door
from rejoinder.front.keeper import App, Keeper
from rejoinder.front.keys import Shared
from rejoinder.front.protocol import FrontProtocol
from rejoinder.front.server import FrontServer
from rejoinder.front.stream import Streams
from rejoinder.front.workers import Workers
from rejoinder.jobs.heads import HeadsRun
from rejoinder.jobs.hooks import hook_runs
from rejoinder.jobs.leaving import LeavingRun
from rejoinder.jobs.letter_desk import Post
from rejoinder.jobs.letters import LetterRun
from rejoinder.jobs.levels import LevelsRun
from rejoinder.jobs.notices import NoticeDueRun, SlowingRun
from rejoinder.jobs.notify import NotifyRun
from rejoinder.jobs.open_story import OpenStoryRun
from rejoinder.jobs.rankings import RankingRun
from rejoinder.jobs.replies import RepliesRun
from rejoinder.jobs.spammer import SpammerRun
from rejoinder.jobs.worker import Run, Worker
from rejoinder.live.hub import Hub
from rejoinder.live.news import News
from rejoinder.mail.sender import Sender
from rejoinder.settings import Settings, load_secret, sender_for
from rejoinder.store import sites, stories
from rejoinder.store.database import Database, Read, Tell
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate
from rejoinder.web.addressing import client_address, limit_key
from rejoinder.web.application import build
from rejoinder.web.options import Limits, Options
from rejoinder.web.pages import live
from rejoinder.web.shared import PARAMETERS, PATHS, REPEATED

BACKLOG = 2048  # connections that may wait to be taken
DEFAULTS = Settings()
TURN = 0.0005  # seconds after which a thread that draws or writes lets the loop go on (CPython's own is ten times that)
SELDOM = (50_000, 20, 50)  # a look through everything holds all readers up, and little of ours needs one
LETTING_GO = 10  # seconds a request in hand has to finish at shutdown


def now() -> datetime:
    """The moment, aware and UTC."""
    return datetime.now(UTC)


@contextlib.contextmanager
def installation(
    settings: Settings, *, sender: Sender | None = None, tell: Tell | None = None
) -> Iterator[tuple[Database, Worker]]:
    """The database and a worker for it (not started), closed at the end. SQLite is brought to the newest schema. `tell`
    hears what happened, too, after each commit of this process.
    """
    if settings.database_url.startswith("sqlite:"):
        open_database(settings.database_url).close()  # makes the folder
        migrate(settings.database_url)
    waking: list[Worker] = []

    def told(events: Sequence[Event]) -> None:
        if tell is not None:
            tell(events)
        if any(isinstance(event, JobNoted) for event in events):
            for worker in waking:
                worker.wake()

    database = open_database(settings.database_url, tell=told)
    post = Post(public_url=settings.public_url, secret=load_secret(settings))
    sender = sender or sender_for(settings)
    letters = LetterRun(database, sender, post, now)
    runs: dict[str, Run] = {
        "letter": letters,
        "leaving": LeavingRun(database, now),
        "levels": LevelsRun(database),
        "replies": RepliesRun(database, now),
        "spammer": SpammerRun(database, now),
        "notify": NotifyRun(database, now),
        "ranking": RankingRun(database, clock=now),
        "open-story": OpenStoryRun(database, clock=now),
        **hook_runs(database, settings.public_url, now),
        "heads": HeadsRun(database, sender, public_url=settings.public_url, clock=now),
        "notice-due": NoticeDueRun(database, now),
        "slowing": SlowingRun(database, now),
    }
    keep = timedelta(days=settings.keep_marks_days)
    worker = Worker(database, runs, clock=now, keep=keep, heads_to=settings.record_heads_to)
    waking.append(worker)
    try:
        yield database, worker
    finally:
        database.close()


def options(settings: Settings, database: Database) -> Options:
    """What the web is told of the installation."""
    return Options(
        database=database,
        clock=now,
        public_url=settings.public_url,
        secret=load_secret(settings),
        limits=Limits(
            logins=settings.logins_per_quarter_hour,
            registrations=settings.registrations_per_quarter_hour,
            reports=settings.reports_per_quarter_hour,
            recommendations=settings.recommendations_per_quarter_hour,
        ),
        max_body=settings.max_body_bytes,
        session_lasts=timedelta(days=settings.session_days),
        staff_session_lasts=timedelta(hours=settings.staff_session_hours),
        undo_for=timedelta(seconds=settings.undo_seconds),
        staff_second_factor=settings.staff_second_factor,
        trusted_proxies=settings.trusted_proxies,
    )


def front(app: App, told: Options, settings: Settings = DEFAULTS) -> Door:
    """The front door before the application."""
    database = told.database

    async def versions(site_seq: int, story_seq: int | None) -> tuple[int, int]:
        def look(r: Read) -> tuple[int, int]:
            version = stories.version(r, site_seq, story_seq) if story_seq is not None else 0
            return sites.epoch(r, site_seq), version

        return await asyncio.wrap_future(database.read(look))

    async def news(story_seq: int, after: int) -> News:
        now = told.clock()
        return await asyncio.wrap_future(database.read(lambda r: live.news(r, told, story_seq, after, now=now)))

    async def find(site_key: str, slug: str) -> int | None:
        return await asyncio.wrap_future(database.read(lambda r: live.find(r, site_key, slug)))

    keeper = Keeper(
        app,
        Copies(settings.page_cache_mb * 1_000_000),
        shared=Shared(paths=PATHS, parameters=PARAMETERS, repeated=REPEATED),
        session_cookie=told.session_cookie,
        versions=versions,
        wall=lambda: told.clock().timestamp(),
        clock=monotonic,
    )
    hub = Hub(news, tick=settings.live_tick_ms / 1000, most=settings.live_readers, clock=told.clock)
    streams = Streams(hub, find, told.clock, per_address=settings.live_readers_per_address)
    return Door(keeper, hub, streams, address=_whose(told.trusted_proxies), log_one_in=settings.access_log_one_in)


def _whose(trusted: Sequence[str]) -> AddressOf:
    """Whose a connection is, as far as these proxies can be believed; an IPv6 household is one."""
    return lambda peer, forwarded: limit_key(client_address(peer, forwarded, trusted))


class Ear:
    """Hears of commits on the store's threads and tells the front door on the loop's, before their callers are
    answered.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._door: Door | None = None

    def begin(self, loop: asyncio.AbstractEventLoop, *, door: Door) -> None:
        """From now on there is somebody to tell."""
        self._loop, self._door = loop, door

    def hear(self, events: Sequence[Event] | None) -> None:
        """Hands it to the loop. None: something has changed, and it is not known what."""
        if self._loop is None or self._door is None:
            return
        self._door.say(events)
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._door.catch_up)


def server_of(door: Door, ear: Ear, *, parent: int | None = None) -> FrontServer:
    """The server with this front door, which hears by this ear."""
    config = uvicorn.Config(
        door.keeper,
        http=partial(FrontProtocol, door=door),  # type: ignore[arg-type] # a factory, called as uvicorn calls a class
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=int(door.patience.quiet),
        timeout_graceful_shutdown=LETTING_GO,
    )
    return FrontServer(config, door, opening=partial(ear.begin, door=door), parent=parent)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there, in a process that may hold as many connections as the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def serve(settings: Settings, *, host: str, port: int, workers: int = 1) -> bool:
    """Serves until it is told to stop; finishes what it has in hand. False where processes could not be kept alive."""
    listening = listen(host, port)
    if workers == 1:
        serve_here(settings, listening)
        return True
    return Workers(workers, partial(serve_here, settings, listening, parent=os.getpid())).run()


def serve_here(settings: Settings, listening: socket.socket, number: int = 0, *, parent: int | None = None) -> None:
    """Serves in this process, the `number`th of its kind, no longer than its parent. The first does the jobs, too."""
    sys.setswitchinterval(TURN)
    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    gc.set_threshold(*SELDOM)
    ear = Ear()
    with installation(settings, tell=ear.hear) as (database, worker):
        database.watch(ear.hear)
        told = options(settings, database)
        door = front(build(told), told, settings)
        server = server_of(door, ear, parent=parent)
        works = settings.worker and number == 0
        if works:
            worker.start()
        try:
            server.serve_until_told(listening)
        finally:
            if works:
                worker.stop()


def work(settings: Settings) -> None:
    """Works through the jobs until it is told to stop."""
    with installation(settings) as (_, worker):
        structlog.get_logger().info("the worker has begun")
        worker.start()
        with contextlib.suppress(KeyboardInterrupt):
            worker.join()
        worker.stop()
