"""A migrated database for each test: SQLite for most, both for what the store promises."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rejoinder.store import postgres
from rejoinder.store.database import Database
from rejoinder.store.opening import open_database
from rejoinder.store.schema import migrate


@pytest.fixture(autouse=True)
def patient_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A race is about who wins, not about how slow this machine is: nobody gives up while another is served, but where
    giving up is what is tested.
    """
    if request.node.get_closest_marker("gives_up") is None:
        monkeypatch.setattr(postgres, "LOCK_TIMEOUT", "60s")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The URL of a SQLite file for this test alone."""
    path = tmp_path / "rejoinder.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """SQLite, at the newest migration."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest) -> str:
    """A URL of each kind of database in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def either_database(either_url: str) -> Iterator[Database]:
    """Each kind of database in turn, at the newest migration."""
    opened = open_database(either_url)
    yield opened
    opened.close()
