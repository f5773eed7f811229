"""Bringing a database to the newest schema, and saying where it stands."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from rejoinder.store.database import Unreachable

LOCK_TIMEOUT = "10s"  # a migration gives up rather than hold up readers behind its wait for a table


def migrate(url: str) -> None:
    """Runs what is missing. One process at a time: the others wait and then find nothing to do. Raises Unreachable."""
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
    with _connection(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The migration this release brings."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except OperationalError as problem:
        raise Unreachable(f"the database does not answer: {problem.orig}") from problem
    finally:
        engine.dispose()


def _one_at_a_time(url: str) -> "nullcontext[None] | _FileLock":
    if not url.startswith("sqlite:///"):
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
