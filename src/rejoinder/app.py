"""Builds the whole: the only file that knows every concrete class."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import structlog
import uvicorn

from rejoinder.discussion.events import Event, JobNoted
from rejoinder.jobs.letters import LetterRun, Post
from rejoinder.jobs.worker import Worker
from rejoinder.mail.sender import Sender
from rejoinder.settings import Settings, load_secret, sender_for
from rejoinder.store.database import Database
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate
from rejoinder.web.application import Application, build
from rejoinder.web.options import Limits, Options

KEEP_ALIVE = 20  # seconds a quiet connection is kept
LETTING_GO = 10  # seconds a request in hand has to finish at shutdown


def now() -> datetime:
    """The moment, aware and UTC."""
    return datetime.now(UTC)


@contextlib.contextmanager
def installation(settings: Settings, *, sender: Sender | None = None) -> Iterator[tuple[Database, Worker]]:
    """The database and a worker for it (not started), closed at the end. SQLite is brought to the newest schema."""
    if settings.database_url.startswith("sqlite:"):
        open_database(settings.database_url).close()  # makes the folder
        migrate(settings.database_url)
    waking: list[Worker] = []

    def tell(events: Sequence[Event]) -> None:
        if any(isinstance(event, JobNoted) for event in events):
            for worker in waking:
                worker.wake()

    database = open_database(settings.database_url, tell=tell)
    post = Post(public_url=settings.public_url, secret=load_secret(settings))
    letters = LetterRun(database, sender or sender_for(settings), post)
    worker = Worker(database, {"letter": letters}, clock=now)
    waking.append(worker)
    try:
        yield database, worker
    finally:
        database.close()


def application(settings: Settings, database: Database) -> Application:
    """The web application over a database."""
    return build(
        Options(
            database=database,
            clock=now,
            public_url=settings.public_url,
            secret=load_secret(settings),
            limits=Limits(
                logins=settings.logins_per_quarter_hour,
                registrations=settings.registrations_per_quarter_hour,
                reports=settings.reports_per_quarter_hour,
            ),
            max_body=settings.max_body_bytes,
            session_lasts=timedelta(days=settings.session_days),
            staff_session_lasts=timedelta(hours=settings.staff_session_hours),
            undo_for=timedelta(seconds=settings.undo_seconds),
            staff_second_factor=settings.staff_second_factor,
            trusted_proxies=settings.trusted_proxies,
        )
    )


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serves until it is told to stop; finishes what it has in hand."""
    with installation(settings) as (database, worker):
        if settings.worker:
            worker.start()
        try:
            uvicorn.run(
                application(settings, database),
                host=host,
                port=port,
                http="httptools",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE,
                timeout_graceful_shutdown=LETTING_GO,
            )
        finally:
            if settings.worker:
                worker.stop()


def work(settings: Settings) -> None:
    """Works through the jobs until it is told to stop."""
    with installation(settings) as (_, worker):
        structlog.get_logger().info("the worker has begun")
        worker.start()
        with contextlib.suppress(KeyboardInterrupt):
            worker.join()
        worker.stop()
