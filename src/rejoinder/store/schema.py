"""Bringing a database to the newest schema, and saying where it stands. Where it stands there already, nothing is
loaded that would change it.
"""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from rejoinder.store.database import Unreachable

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

LOCK_TIMEOUT = "10s"  # a migration gives up rather than hold up readers behind its wait for a table
MIGRATIONS = Path(__file__).with_name("migrations")
_STANDS_AT = "SELECT version_num FROM alembic_version"


def migrate(url: str) -> None:
    """Runs what is missing. One process at a time: the others wait and then find nothing to do. Raises Unreachable."""
    if current(url) == newest():
        return
    from alembic.command import upgrade  # noqa: PLC0415 - of use only where something is missing

    with _one_at_a_time(url), _connection(url) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_lock(7246)"))
            connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        config = _config()
        config.attributes["connection"] = connection
        upgrade(config, "head")
        connection.commit()


def current(url: str) -> str | None:
    """The migration the database stands at; None for an empty one. Raises Unreachable."""
    return _current_of_file(url) if _is_sqlite(url) else _current_of_server(url)


def newest() -> str:
    """The migration this release brings: its files are named by their numbers."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _current_of_file(url: str) -> str | None:
    try:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            found = connection.execute(_STANDS_AT).fetchone()
    except sqlite3.OperationalError as problem:
        if "no such table" in str(problem):
            return None
        raise Unreachable(f"the database does not answer: {problem}") from problem
    except sqlite3.Error as problem:
        raise Unreachable(f"the database cannot be read: {problem}") from problem
    return None if found is None else str(found[0])


def _current_of_server(url: str) -> str | None:
    with _connection(url) as connection:
        if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
            return None
        found = connection.execute(text(_STANDS_AT)).scalar()
        return None if found is None else str(found)


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:///")


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _connection(url: str) -> "Iterator[Connection]":
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as problem:
        raise Unreachable(f"the database does not answer: {problem.orig}") from problem
    finally:
        engine.dispose()


def _one_at_a_time(url: str) -> "nullcontext[None] | _FileLock":
    if not _is_sqlite(url):
        return nullcontext()
    return _FileLock(Path(url.removeprefix("sqlite:///") + ".lock"))


class _FileLock:
    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("a")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
