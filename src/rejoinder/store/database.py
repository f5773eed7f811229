"""Read may ask; Write has an open transaction and may change. What an action tells is collected with its transaction,
dropped with its rollback and sent after the COMMIT.

Statements are written in SQLAlchemy Core, compiled once for each dialect and run on the driver's own cursor: a third of
the cost of going through SQLAlchemy's connection, and transactions stay in our hands (on SQLite its default begins
late and commits at nested releases, so that group commit would silently not exist).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

import structlog
from sqlalchemy import ColumnElement, Executable, Table, bindparam, literal
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT is SQLite's too, letter for letter
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from rejoinder.discussion.events import Event

log = structlog.get_logger()
T = TypeVar("T")
Row = Sequence[Any]

SQLITE: Dialect = SQLiteDialect_pysqlite(paramstyle="named")
POSTGRESQL: Dialect = PGDialect_psycopg(paramstyle="pyformat")  # type: ignore[no-untyped-call] # untyped in SQLAlchemy


class Statement:
    """A Core statement, compiled on first use for each dialect. Every value is a named bind parameter."""

    __slots__ = ("_compiled", "_core")

    def __init__(self, core: Executable) -> None:
        self._core = core
        self._compiled: dict[str, tuple[str, dict[str, Any]]] = {}

    @classmethod
    def insert(cls, table: Table, *columns: str, returning: str | None = None, or_nothing: bool = False) -> "Statement":
        """An INSERT of these columns, each from a parameter of its name; with `or_nothing`, no row where one with the
        same key stands already.
        """
        core = insert(table).values({name: bindparam(name) for name in columns})
        if or_nothing:
            core = core.on_conflict_do_nothing()
        return cls(core.returning(table.c[returning]) if returning else core)

    def sql(self, dialect: Dialect) -> tuple[str, dict[str, Any]]:
        """The text for the dialect, and the values of parameters that were given as literals."""
        found = self._compiled.get(dialect.name)
        if found is None:
            compiled: SQLCompiler = self._core.compile(dialect=dialect)  # type: ignore[attr-defined] # not in its stubs
            literals = {name: bind.effective_value for bind, name in compiled.bind_names.items() if not bind.required}
            found = self._compiled[dialect.name] = (str(compiled), literals)
        return found


def one_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """The condition that the column is one of these values, each a parameter of its own."""
    return column.in_([literal(value) for value in values])


class Cursor(Protocol):
    """What both drivers' cursors give."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...


class Read:
    """A connection that may ask."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        self._cursor = cursor
        self.dialect = dialect

    def rows(self, statement: Statement, /, **values: Any) -> list[Row]:
        """Every row the statement gives."""
        self._run(statement, values)
        return self._cursor.fetchall()

    def row(self, statement: Statement, /, **values: Any) -> Row | None:
        """The first row, or None."""
        self._run(statement, values)
        found: Row | None = self._cursor.fetchone()
        return found

    def value(self, statement: Statement, /, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(statement, **values)
        return None if found is None else found[0]

    def _run(self, statement: Statement, values: Mapping[str, Any]) -> None:
        sql, literals = statement.sql(self.dialect)
        self._cursor.execute(sql, {**literals, **values} if literals else values)


class Write(Read):
    """An open transaction. Functions of the store that change things ask for one, so a page cannot call them."""

    def __init__(self, cursor: Cursor, dialect: Dialect) -> None:
        super().__init__(cursor, dialect)
        self.told: list[Event] = []

    def run(self, statement: Statement, /, **values: Any) -> int:
        """The number of rows changed."""
        self._run(statement, values)
        return self._cursor.rowcount

    def run_many(self, statement: Statement, values: Sequence[Mapping[str, Any]]) -> None:
        """Runs the statement once for each mapping."""
        if values:
            sql, literals = statement.sql(self.dialect)
            self._cursor.executemany(sql, [{**literals, **each} for each in values])

    def tell(self, event: Event) -> None:
        """Notes what happened; it is told after the commit, and not at all if there is none."""
        self.told.append(event)


Tell = Callable[[Sequence[Event]], None]
Hear = Callable[[Sequence[Event] | None], None]


def announce(tell: Tell, events: Sequence[Event]) -> None:
    """Tells what was committed. A listener that fails is logged: what happened has happened, and its callers are owed
    their answers.
    """
    if not events:
        return
    try:
        tell(events)
    except Exception:
        log.exception("a listener failed")


WAITING = 1000  # changes that may wait for their turn: about a second's


class Database(Protocol):
    """The two stores. Futures are answered on the store's own threads, a write's after its COMMIT."""

    dialect: Dialect

    def read(self, ask: Callable[[Read], T]) -> "Future[T]":
        """The answer of `ask`, all of it from one snapshot."""
        ...

    def write(self, change: Callable[[Write], T]) -> "Future[T]":
        """The answer of `change`, after its transaction was committed; its exception, after a rollback. Cancelled
        before it has begun, it never will. Raises Behind where WAITING others wait already.
        """
        ...

    def watch(self, hear: Hear) -> None:
        """From now on `hear` is called, on a thread of the store's, with what other processes have committed; with None
        where it is only known that something may have changed.
        """
        ...

    def close(self) -> None:
        """Finishes what was taken on, then lets go."""
        ...


class Unreachable(Exception):
    """The database does not answer. The message says which and what to do."""


class Behind(Unreachable):
    """The database has so much to write that another change would wait too long. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__("the database has very much to write at the moment; please try again in a few seconds")
