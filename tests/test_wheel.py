"""One wheel carries everything, and serves from an empty directory."""

import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_templates_static_files_catalogues_and_migrations(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    for part in (
        "rejoinder/web/templates/story.html",
        "rejoinder/web/static/style.css",
        "rejoinder/locale/en/LC_MESSAGES/rejoinder.po",
        "rejoinder/store/migrations/versions/0001_first.py",
        "rejoinder/py.typed",
    ):
        assert part in names


def until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Returns once the server listens; fails if it ended, or after half a minute."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=0.05)
                break
        else:
            return
    pytest.fail("the server does not listen")


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that runs the wheel's own files in an empty directory."""
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    zipfile.ZipFile(wheel).extractall(site)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("REJOINDER_")}
    server = subprocess.Popen(
        [sys.executable, "-c", "from rejoinder.cli import main; main()", "serve", "--sample", "--port", str(port)],
        cwd=empty,
        env=environment | {"PYTHONPATH": str(site)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    until_it_answers(server, port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.communicate(timeout=20)


def test_an_installed_wheel_serves_from_an_empty_directory(installed: str) -> None:
    with httpx.Client(base_url=installed, trust_env=False, follow_redirects=True) as client:
        answer = client.get("/")

    assert answer.status_code == 200
    assert "Harbour Courier" in answer.text
