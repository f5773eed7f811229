"""Commands run as they are typed, in an empty folder, with answers to look at."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from tests.makers import NOON as NOW
from typer.testing import CliRunner

from rejoinder.cli import app
from rejoinder.sample.fill import fill_sample
from rejoinder.store.opening import open_database


class Ran(Struct, frozen=True, kw_only=True):
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


Rejoinder = Callable[..., Ran]


@pytest.fixture
def rejoinder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rejoinder:
    """Runs a command line in a folder of its own, its database a SQLite file there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REJOINDER_DATABASE_URL", raising=False)

    def run(*typed: str, stdin: str | None = None, **environment: str) -> Ran:
        result = CliRunner().invoke(app, list(typed), input=stdin, env=environment)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)

    return run


@pytest.fixture
def courier(rejoinder: Rejoinder, migrated_file: Path, tmp_path: Path) -> Rejoinder:
    """The same, where a publication is set up."""
    _put(migrated_file, tmp_path)
    ran = rejoinder("site", "add", "courier", "--name", "The Harbour Courier", "--zone", "Europe/London")
    assert ran.code == 0
    return rejoinder


@pytest.fixture(scope="session")
def sample_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the sample publication."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    shutil.copy(migrated_file, path)
    database = open_database(f"sqlite:///{path}")
    fill_sample(database, now=NOW)
    database.close()
    return path


@pytest.fixture
def sample(rejoinder: Rejoinder, sample_file: Path, tmp_path: Path) -> Rejoinder:
    """The same, with the sample publication."""
    _put(sample_file, tmp_path)
    return rejoinder


def _put(file: Path, folder: Path) -> None:
    """Copies a database file to where a command looks for it."""
    (folder / "rejoinder-data").mkdir()
    shutil.copy(file, folder / "rejoinder-data" / "rejoinder.db")
