"""PostgreSQL 15 or newer: a thread and a connection for each reader and writer of a small pool.

There are many writers, so rules never lean on there being one: what an action decides on is locked first (in the order
site, story, commenter, comment). A deadlock or a serialization failure replays the action.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy.engine import Dialect

from rejoinder.store.bus import PostgresBus
from rejoinder.store.database import POSTGRESQL, WAITING, Behind, Hear, Read, Tell, Unreachable, Write, announce

T = TypeVar("T")

WRITERS = 8
READERS = 8
REPLAYS = 5
LOCK_TIMEOUT = "400ms"  # a change that somebody else's holds up longer is given up, for its sender to try again


class PostgresDatabase:
    """A PostgreSQL database at a `postgresql://` address. `tell` hears an action's events after its COMMIT."""

    dialect: Dialect = POSTGRESQL

    def __init__(self, url: str, *, tell: Tell | None = None, writers: int = WRITERS, readers: int = READERS) -> None:
        self.url = url
        self._tell: Tell = tell or (lambda _events: None)
        self._bus = PostgresBus(url)
        self._local = threading.local()
        self._connections: list[psycopg.Connection[Any]] = []
        self._counting = threading.Lock()
        self._unanswered = 0  # changes that were taken on
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="read")
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="write")

    def read(self, ask: Callable[[Read], T]) -> "Future[T]":
        return self._submit(self._readers, lambda: self._ask(ask))

    def write(self, change: Callable[[Write], T]) -> "Future[T]":
        with self._counting:
            if self._unanswered >= WAITING:
                raise Behind
            self._unanswered += 1
        try:
            future = self._submit(self._writers, lambda: self._change(change))
        except Unreachable:
            self._one_answered()
            raise
        future.add_done_callback(self._one_answered)
        return future

    def watch(self, hear: Hear) -> None:
        self._bus.listen(hear)

    def close(self) -> None:
        self._writers.shutdown()
        self._bus.close()
        self._readers.shutdown()
        for connection in self._connections:
            connection.close()

    def _one_answered(self, _future: object = None) -> None:
        with self._counting:
            self._unanswered -= 1

    @staticmethod
    def _submit(pool: ThreadPoolExecutor, work: Callable[[], T]) -> "Future[T]":
        try:
            return pool.submit(work)
        except RuntimeError as problem:
            raise Unreachable("the database is closing") from problem

    def _connection(self, *, reading: bool) -> psycopg.Connection[Any]:
        connection: psycopg.Connection[Any] | None = getattr(self._local, "connection", None)
        if connection is not None and not connection.closed and not connection.broken:
            return connection
        try:
            connection = psycopg.connect(self.url, connect_timeout=5)
        except psycopg.Error as problem:
            raise Unreachable(f"PostgreSQL does not answer: {problem}") from problem
        if reading:  # one picture for all that is asked
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
        else:
            connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            connection.commit()
        self._local.connection = connection
        self._connections.append(connection)
        return connection

    def _ask(self, ask: Callable[[Read], T]) -> T:
        try:
            return self._ask_once(ask)
        except psycopg.OperationalError:
            if not self._local.connection.broken:
                raise
            return self._ask_once(ask)  # the server was restarted between two questions

    def _ask_once(self, ask: Callable[[Read], T]) -> T:
        connection = self._connection(reading=True)
        try:
            with connection.cursor() as cursor:
                return ask(Read(cursor, POSTGRESQL))
        finally:
            with suppress(psycopg.Error):
                connection.rollback()

    def _change(self, change: Callable[[Write], T]) -> T:
        for _ in range(REPLAYS):
            try:
                return self._change_once(change)
            except (DeadlockDetected, SerializationFailure) as problem:
                last: BaseException = problem
            except LockNotAvailable as problem:
                raise Behind from problem
        raise Unreachable("PostgreSQL could not order these changes; please try again") from last

    def _change_once(self, change: Callable[[Write], T]) -> T:
        connection = self._connection(reading=False)
        try:
            with connection.cursor() as cursor:
                write = Write(cursor, POSTGRESQL)
                value = change(write)
            connection.commit()
        except BaseException:
            with suppress(psycopg.Error):
                connection.rollback()
            raise
        announce(self._tell, write.told)
        self._bus.publish(write.told)
        return value
