"""When the writer is behind: posts are refused at once rather than late, nothing is lost, and reading goes on."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from tests.makers import a_comment
from tests.serving import Served

from rejoinder.store import entries
from rejoinder.store.database import Behind, Database, Write
from rejoinder.store.postgres import PostgresDatabase
from rejoinder.store.sqlite import SqliteDatabase

TEXT = "Written while everybody else was writing too."


@contextmanager
def held_up(database: Database) -> Iterator[None]:
    """Somebody else's transaction holds what every post needs, for as long as this lasts."""
    if isinstance(database, SqliteDatabase):
        connection: Any = sqlite3.connect(database.path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
    else:
        assert isinstance(database, PostgresDatabase)
        connection = psycopg.connect(database.url)
        connection.execute("SELECT seq FROM stories FOR UPDATE")
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def written(served: Served) -> list[str]:
    """The texts of the reader's comments, once everything that waited has had its turn."""
    served.database.write(lambda _w: None).result()
    found = served.database.read(lambda r: entries.by_commenter(r, 1, served.setting.reader.seq)).result()
    return [entry.comment.text for entry in found]


@pytest.mark.gives_up
@pytest.mark.parametrize("entrance", ["form", "reply", "api"])
def test_a_post_that_would_wait_too_long_is_refused_meanwhile(served_on_either: Served, entrance: str) -> None:
    served = served_on_either
    client = served.client(served.setting.reader)
    parent = served.setting.write(lambda w: a_comment(w, served.setting.story, served.setting.editor)).comment
    path = {
        "form": f"{served.story}/comments",
        "reply": f"{served.site}/comments/{parent.id}/reply",
        "api": f"/api/v1/sites{served.story}/comments",
    }[entrance]
    sent: Any = {"json": {"text": TEXT}} if entrance == "api" else {"data": {"text": TEXT}}

    with held_up(served.database):
        answer = client.post(path, **sent)
        page = client.get(served.story)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
    assert "busy" in answer.text if entrance == "api" else TEXT in answer.text
    assert (page.status_code, TEXT in page.text) == (200, False)
    assert written(served) == []
    assert client.post(path, **sent).status_code == (201 if entrance == "api" else 303)
    assert written(served) == [TEXT]


def test_a_full_queue_is_told_at_once(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_change: object) -> object:
        raise Behind

    client = served.client(served.setting.reader)
    monkeypatch.setattr(served.database, "write", full)

    answer = client.post(f"{served.story}/comments", data={"text": TEXT})

    assert (answer.status_code, TEXT in answer.text) == (503, True)
    assert "Very many are writing at this moment" in answer.text


def test_a_change_that_has_begun_is_waited_for(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.web.handlers.PATIENCE", 0.01)
    client = served.client(served.setting.reader)
    write = served.database.write

    def slowly(change: Any) -> Any:
        def take_time(w: Write) -> Any:
            time.sleep(0.05)
            return change(w)

        return write(take_time)

    monkeypatch.setattr(served.database, "write", slowly)

    assert client.post(f"{served.story}/comments", data={"text": TEXT}).status_code == 303
