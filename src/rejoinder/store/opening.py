"""From a database URL to a database."""

from pathlib import Path

from rejoinder.store.database import Database, Tell, Unreachable
from rejoinder.store.sqlite import SqliteDatabase


def open_database(url: str, *, tell: Tell | None = None) -> Database:
    """The database at a `sqlite:///` or `postgresql://` URL. Raises Unreachable for any other, or where SQLite's file
    cannot be opened; a PostgreSQL server is asked first when it is needed.
    """
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteDatabase(path, tell=tell)
    if url.startswith(("postgresql://", "postgres://")):
        from rejoinder.store.postgres import PostgresDatabase  # noqa: PLC0415 - its driver is loaded only where it is used

        return PostgresDatabase(url, tell=tell)
    raise Unreachable(f"{url.partition(':')[0]}: is not a database we know; give sqlite:///FILE or postgresql://…")
