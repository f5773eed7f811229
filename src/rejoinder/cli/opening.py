"""The settings, the database and the publication a command works on."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rejoinder.cli.problems import DATABASE, Refused
from rejoinder.discussion.sites import Site
from rejoinder.settings import Settings, load_settings
from rejoinder.store import schema, sites
from rejoinder.store.database import Database, Read, Unreachable
from rejoinder.store.opening import open_database


def now() -> datetime:
    """The moment, aware and UTC."""
    return datetime.now(UTC)


def settings_here() -> Settings:
    """The settings of this process. Raises SettingsError."""
    return load_settings(os.environ, Path.cwd())


def is_sqlite(settings: Settings) -> bool:
    return settings.database_url.startswith("sqlite:")


def make_folder(settings: Settings) -> None:
    """Makes the folder of a SQLite file. Raises Unreachable where that cannot be."""
    folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as problem:
        raise Unreachable(f"the folder {folder} cannot be used: {problem.strerror}") from problem


@contextmanager
def database_of(settings: Settings) -> Iterator[Database]:
    """The database, ready to use: SQLite is brought to the newest schema, PostgreSQL must be there already. Raises
    Unreachable, or Refused where PostgreSQL wants `migrate`.
    """
    if is_sqlite(settings):
        make_folder(settings)
        open_database(settings.database_url).close()  # says what is wrong with a file that is no database
        schema.migrate(settings.database_url)
    elif schema.current(settings.database_url) != schema.newest():
        raise Refused(
            "not-migrated",
            "The database is not at this release's schema. Bring it there first: rejoinder migrate.",
            exit_code=DATABASE,
        )
    database = open_database(settings.database_url)
    try:
        yield database
    finally:
        database.close()


def chosen_site(r: Read, key: str | None) -> Site:
    """The publication of this key, or the only one there is. Raises Refused, which says what to type."""
    present = sites.every(r)
    if not present:
        raise Refused("no-site", "There is no publication yet. Make one: rejoinder site add KEY --name NAME.")
    keys = ", ".join(site.key for site in present)
    if key is None:
        if len(present) > 1:
            raise Refused("which-site", f"There are several publications, so say which with --site: {keys}.")
        return present[0]
    for site in present:
        if site.key == key:
            return site
    raise Refused("unknown-site", f"There is no publication “{key}” here. There is: {keys}.")


def shown_url(url: str) -> str:
    """The database's URL without its password."""
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@", 1) if parts.password else url
