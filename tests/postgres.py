"""A PostgreSQL server of our own for the run: made in a temporary folder, on a socket, thrown away at the end."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.missing import lacks

_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; where we are root, its own user does it."""
    if getpass.getuser() != "root" and os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The server's URL without a database name's rows in it: `postgresql://…/{name}` by `.format(name=…)`."""
    programs = _programs()
    if programs is None:
        lacks("PostgreSQL", "Debian: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-pg-"))
    owner = _as_owner(folder)
    data = folder / "data"

    def run(*command: str | Path) -> None:
        subprocess.run([*owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(programs / "initdb", "-D", data, "-A", "trust", "-U", "rejoinder", "-E", "UTF8")
    run(programs / "pg_ctl", "-D", data, "-o", f"-k {folder} {_OPTIONS}", "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql://rejoinder@/{{name}}?host={folder}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database that stands at the newest migration, to copy for each test."""
    from rejoinder.store.schema import migrate  # noqa: PLC0415 - only where there is a server

    with psycopg.connect(postgres_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE migrated")
    migrate(postgres_server.format(name="migrated"))
    return "migrated"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database for this test alone."""
    name = f"t{abs(hash(request.node.nodeid)) % 10**12}"
    with psycopg.connect(postgres_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
        yield postgres_server.format(name=name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
