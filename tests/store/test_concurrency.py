"""The concurrency contract: what nobody may see, lose or get twice, on both stores."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, wait
from pathlib import Path

import pytest
from sqlalchemy import bindparam, func, select

from rejoinder.discussion.events import Event, JobNoted
from rejoinder.discussion.refusals import Invalid
from rejoinder.store import postgres, sqlite
from rejoinder.store.database import Behind, Database, Read, Statement, Write
from rejoinder.store.opening import open_database
from rejoinder.store.postgres import WRITERS
from rejoinder.store.sqlite import SqliteDatabase
from rejoinder.store.tables import sites

ADD = Statement.insert(sites, "key", "created_at", returning="seq")
COUNT = Statement(select(func.count()).select_from(sites))
HAS = Statement(select(sites.c.seq).where(sites.c.key == bindparam("key")))


def add(w: Write, key: str) -> int:
    seq: int = w.value(ADD, key=key, created_at=0)
    return seq


def count(r: Read) -> int:
    found: int = r.value(COUNT)
    return found


def test_a_second_connection_sees_nothing_before_the_commit(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    seen: list[int] = []
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), check_same_thread=False)

    def add_and_look(w: Write) -> None:
        add(w, "a")
        seen.append(other.execute("SELECT count(*) FROM sites").fetchone()[0])

    database.write(add_and_look).result()

    assert seen == [0]
    assert other.execute("SELECT count(*) FROM sites").fetchone()[0] == 1
    other.close()
    database.close()


def test_a_refusal_undoes_its_own_change_and_no_other(either_database: Database) -> None:
    def refused(w: Write) -> None:
        add(w, "refused")
        raise Invalid

    good = either_database.write(lambda w: add(w, "good"))
    bad = either_database.write(refused)
    later = either_database.write(lambda w: add(w, "later"))

    with pytest.raises(Invalid):
        bad.result()
    assert good.result() != later.result()
    assert either_database.read(count).result() == 2


def test_what_is_told_comes_after_the_commit_and_not_after_a_rollback(either_url: str) -> None:
    told: list[Event] = []
    counts: list[int] = []

    def hear(events: Sequence[Event]) -> None:
        told.extend(events)
        counts.append(other.read(count).result())

    other = open_database(either_url)
    database = open_database(either_url, tell=hear)

    def refused(w: Write) -> None:
        w.tell(JobNoted(site_seq=2))
        raise Invalid

    def good(w: Write) -> None:
        add(w, "a")
        w.tell(JobNoted(site_seq=1))

    database.write(good).result()
    with pytest.raises(Invalid):
        database.write(refused).result()

    assert told == [JobNoted(site_seq=1)]
    assert counts == [1]
    database.close()
    other.close()


def test_a_listener_that_fails_does_not_take_the_writer_with_it(either_url: str) -> None:
    def fail(_events: Sequence[Event]) -> None:
        raise RuntimeError("nobody listens")

    def change(w: Write, key: str) -> int:
        w.tell(JobNoted(site_seq=1))
        return add(w, key)

    database = open_database(either_url, tell=fail)

    assert database.write(lambda w: change(w, "first")).result(5) == 1
    assert database.write(lambda w: change(w, "second")).result(5) == 2
    database.close()


def hold_the_writer(database: SqliteDatabase) -> threading.Event:
    """Keeps the writer busy until the event is set, so that what follows is one batch."""
    release, begun = threading.Event(), threading.Event()

    def hold(_w: Write) -> None:
        begun.set()
        release.wait(5)

    database.write(hold)
    begun.wait(5)
    return release


def test_a_failed_commit_fails_everybody_in_the_batch_and_tells_nothing(sqlite_url: str) -> None:
    told: list[Event] = []
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    database = SqliteDatabase(path, tell=told.extend)
    database.write(
        lambda w: w._cursor.execute("CREATE TABLE late (x REFERENCES sites (seq) DEFERRABLE INITIALLY DEFERRED)")
    ).result()
    release = hold_the_writer(database)

    def bystander(w: Write) -> None:
        add(w, "bystander")
        w.tell(JobNoted(site_seq=1))

    first = database.write(bystander)
    breaks_commit = database.write(lambda w: w._cursor.execute("INSERT INTO late VALUES (99)"))
    release.set()

    for future in (first, breaks_commit):
        with pytest.raises(sqlite3.IntegrityError):
            future.result(5)
    assert told == []
    assert database.read(count).result() == 0
    assert database.write(lambda w: add(w, "after")).result() == 1
    database.close()


def test_an_engine_error_fails_everybody_in_the_batch(sqlite_url: str) -> None:
    database = SqliteDatabase(Path(sqlite_url.removeprefix("sqlite:///")))
    release = hold_the_writer(database)
    first = database.write(lambda w: add(w, "first"))
    broken = database.write(lambda w: w._cursor.execute("INSERT INTO no_such_table VALUES (1)"))
    release.set()

    for future in (first, broken):
        with pytest.raises(sqlite3.OperationalError):
            future.result(5)
    assert database.read(count).result() == 0
    database.close()


def test_a_caller_that_went_away_does_not_strand_its_neighbours(sqlite_url: str) -> None:
    database = SqliteDatabase(Path(sqlite_url.removeprefix("sqlite:///")))
    release = hold_the_writer(database)
    first = database.write(lambda w: add(w, "first"))
    gone = database.write(lambda w: add(w, "gone"))
    last = database.write(lambda w: add(w, "last"))
    assert gone.cancel()
    release.set()

    assert wait([first, last], timeout=5).not_done == set()
    with pytest.raises(CancelledError):
        gone.result()
    assert database.read(count).result() == 2
    database.close()


def test_what_nobody_waits_for_any_more_is_not_begun(either_database: Database) -> None:
    begun, release = threading.Event(), threading.Event()

    def hold(_w: Write) -> None:
        begun.set()
        release.wait(5)

    held = [either_database.write(hold) for _ in range(WRITERS)]
    begun.wait(5)
    abandoned = [either_database.write(lambda w, n=n: add(w, f"site-{n}")) for n in range(300)]  # type: ignore[misc] # the default binds the loop's value
    last = either_database.write(lambda w: add(w, "last"))
    gone = [future.cancel() for future in abandoned]
    release.set()

    assert last.result(5)
    assert sum(gone) >= 300 - WRITERS
    assert wait(held, timeout=5).not_done == set()
    assert either_database.read(count).result() == 1 + gone.count(False)


def test_no_more_changes_wait_than_can_be_made_soon(either_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    for store in (sqlite, postgres):
        monkeypatch.setattr(store, "WAITING", 20)
    taken = [either_database.write(lambda _w: release.wait(5)) for _ in range(20)]
    while isinstance(either_database, SqliteDatabase) and either_database._tasks.qsize() < 20:
        taken.append(either_database.write(lambda _w: release.wait(5)))

    with pytest.raises(Behind):
        either_database.write(lambda w: add(w, "too much"))
    release.set()

    assert all(future.result(5) for future in taken)
    assert either_database.write(lambda w: add(w, "afterwards")).result(5)


def test_many_writers_lose_nothing(either_database: Database) -> None:
    futures = [either_database.write(lambda w, n=n: add(w, f"site-{n}")) for n in range(400)]  # type: ignore[misc] # the default binds the loop's value

    assert len({future.result() for future in futures}) == 400
    assert either_database.read(count).result() == 400


def test_a_read_sees_one_picture_while_others_write(either_database: Database) -> None:
    def look_twice(r: Read) -> tuple[int, int]:
        before = count(r)
        either_database.write(lambda w: add(w, "meanwhile")).result()
        return before, count(r)

    assert either_database.read(look_twice).result() == (0, 0)
    assert either_database.read(count).result() == 1


def test_a_page_cannot_write(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.read(lambda r: r.value(ADD, key="a", created_at=0)).result()
    database.close()


WRITER = """
import sys
from rejoinder.store.opening import open_database
from rejoinder.store.database import Statement
from rejoinder.store.tables import sites
ADD = Statement.insert(sites, "key", "created_at", returning="seq")
database = open_database(sys.argv[1])
futures = [
    database.write(lambda w, n=n: w.value(ADD, key=f"{sys.argv[2]}-{n}", created_at=0)) for n in range(200)
]
for future in futures:
    future.result()
database.close()
"""


def test_two_processes_share_one_sqlite_file(sqlite_url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", WRITER, sqlite_url, name]) for name in ("one", "two")]

    assert [process.wait(60) for process in processes] == [0, 0]

    database = open_database(sqlite_url)
    assert database.read(count).result() == 400
    database.close()


def test_closing_finishes_what_was_taken_on(either_url: str) -> None:
    database = open_database(either_url)
    futures = [database.write(lambda w, n=n: add(w, f"site-{n}")) for n in range(50)]  # type: ignore[misc] # the default binds the loop's value

    database.close()

    assert all(future.done() for future in futures)
    again = open_database(either_url)
    assert again.read(count).result() == 50
    again.close()
