"""SQLite in WAL, synchronous=FULL. One writer thread runs what is waiting in one transaction, a SAVEPOINT each, and
answers every caller after the COMMIT (group commit); reads have their own threads and connections.

Several processes may share one file: an `flock` around each batch makes them take turns fairly, and whoever has had a
turn leaves its number in the lock file (`turns`), so that the others hear that something changed.
"""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.engine import Dialect

from rejoinder.discussion.events import Event
from rejoinder.store.database import SQLITE, WAITING, Behind, Hear, Read, Tell, Unreachable, Write, announce
from rejoinder.store.turns import Turns

T = TypeVar("T")

BATCH = 64  # callers in one transaction at most
BATCH_SECONDS = 0.010  # and no new one is taken into it after this long
CHECKPOINT = 4000  # pages in the log before they go to their places; each is written there once for all its changes
BUSY_SECONDS = 10  # for tools that do not take our lock
READERS = 4


class _Task:
    """A caller's change and the future it waits on."""

    __slots__ = ("change", "future", "problem", "value")

    def __init__(self, change: Callable[[Write], Any]) -> None:
        self.change = change
        self.future: Future[Any] = Future()
        self.value: Any = None
        self.problem: BaseException | None = None

    def answer(self) -> None:
        if self.problem is not None:
            self.future.set_exception(self.problem)
        else:
            self.future.set_result(self.value)


class SqliteDatabase:
    """A database file. `tell` hears each batch's events after its COMMIT, on the writer's thread."""

    dialect: Dialect = SQLITE

    def __init__(self, path: Path, *, tell: Tell | None = None) -> None:
        self.path = path
        self._tell: Tell = tell or (lambda _events: None)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        try:
            self._turns = Turns(path.with_name(path.name + ".lock"))
        except OSError as problem:
            raise Unreachable(f"{path}: {problem.strerror}") from problem
        with self._turns.mine():  # who turns a new file to WAL must be alone with it: SQLite does not wait there
            self._writing = self._connect()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="read")
        self._closing = threading.Lock()
        self._closed = False
        self._writer = threading.Thread(target=self._serve, name="write", daemon=True)
        self._writer.start()

    def read(self, ask: Callable[[Read], T]) -> "Future[T]":
        return self._readers.submit(self._ask, ask)

    def write(self, change: Callable[[Write], T]) -> "Future[T]":
        task = _Task(change)
        with self._closing:
            if self._closed:
                raise Unreachable("the database is closing")
            if self._tasks.qsize() >= WAITING:
                raise Behind
            self._tasks.put(task)
        return task.future

    def watch(self, hear: Hear) -> None:
        self._turns.watch(lambda: hear(None))

    def close(self) -> None:
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._tasks.put(None)
        self._writer.join()
        self._readers.shutdown()
        for connection in self._connections:
            connection.close()
        self._turns.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                "cache_size=-32000",
                f"wal_autocheckpoint={CHECKPOINT}",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error as problem:
            raise Unreachable(f"{self.path}: {problem}") from problem
        self._connections.append(connection)
        return connection

    # Reading

    def _ask(self, ask: Callable[[Read], T]) -> T:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            connection.execute("PRAGMA query_only=ON")
        connection.execute("BEGIN")  # one picture for all that is asked
        try:
            return ask(Read(connection.cursor(), SQLITE))
        finally:
            connection.execute("ROLLBACK")

    # Writing

    def _serve(self) -> None:
        while (first := self._next()) is not None:
            batch, stop = [first], False
            events: list[Event] = []
            started = time.monotonic()
            try:
                with self._transaction() as cursor:
                    self._attempt(cursor, first, events)
                    while len(batch) < BATCH and time.monotonic() - started < BATCH_SECONDS:
                        try:
                            task = self._next(block=False)
                        except queue.Empty:
                            break
                        if task is None:
                            stop = True
                            break
                        batch.append(task)
                        self._attempt(cursor, task, events)
            except BaseException as problem:  # noqa: BLE001 - whatever broke the transaction broke it for every caller
                _fail(batch, problem)
            else:
                announce(self._tell, events)
                for task in batch:
                    _answer(task)
            if stop:
                return

    def _next(self, *, block: bool = True) -> _Task | None:
        """The next task that somebody still waits for; None at the end. Raises Empty."""
        while (task := self._tasks.get(block)) is not None and task.future.cancelled():
            pass
        return task

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        connection = self._writing
        with self._turns.mine() as turn:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection.cursor()
                connection.execute("COMMIT")
                turn.done()
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _attempt(self, cursor: sqlite3.Cursor, task: _Task, events: list[Event]) -> None:
        """Runs one caller's change behind a SAVEPOINT. Its own refusal is undone alone; an engine error is raised,
        since after it the whole transaction is in doubt.
        """
        if not task.future.set_running_or_notify_cancel():
            return  # the caller went away before its turn
        write = Write(cursor, SQLITE)
        cursor.execute("SAVEPOINT caller")
        try:
            task.value = task.change(write)
        except BaseException as problem:
            if isinstance(problem, sqlite3.Error) and not isinstance(problem, sqlite3.IntegrityError):
                raise
            cursor.execute("ROLLBACK TO caller")
            cursor.execute("RELEASE caller")
            task.problem = problem
        else:
            cursor.execute("RELEASE caller")
            events.extend(write.told)


def _answer(task: _Task) -> None:
    if not task.future.cancelled():
        task.answer()


def _fail(batch: Sequence[_Task], problem: BaseException) -> None:
    for task in batch:
        task.problem = problem
        if task.future.cancelled():
            continue
        if not task.future.running():
            task.future.set_running_or_notify_cancel()
        task.answer()
