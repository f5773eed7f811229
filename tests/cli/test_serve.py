"""`rejoinder serve`: what it says before it serves, and a whole server in a process of its own."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.cli.conftest import Rejoinder

from rejoinder import app
from rejoinder.settings import Settings


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would have been served."""
    calls: list[dict[str, Any]] = []

    def serve(settings: Settings, *, host: str, port: int, workers: int) -> bool:
        calls.append({"settings": settings, "host": host, "port": port, "workers": workers})
        return True

    monkeypatch.setattr(app, "serve", serve)
    return calls


@pytest.fixture
def port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


def test_the_sample_is_filled_once_and_its_log_ins_are_shown_each_time(
    rejoinder: Rejoinder, served: list[dict[str, Any]], port: int
) -> None:
    first = rejoinder("serve", "--sample", "--port", str(port))
    second = rejoinder("serve", "--sample", "--port", str(port), "--json")
    assert f"http://127.0.0.1:{port}/courier/" in first.out
    assert "seven-lamps-on-the-quay" in first.out
    assert {login["role"] for login in second.document["sample"]} == {"editor", "moderator", "reader"}
    assert [call["settings"].staff_second_factor for call in served] == [False, False]
    assert served[0]["settings"].public_url == f"http://127.0.0.1:{port}"


def test_the_sample_is_served_to_this_machine_alone(rejoinder: Rejoinder, served: list[dict[str, Any]]) -> None:
    ran = rejoinder("serve", "--sample", "--host", "0.0.0.0")
    assert ran.code == 2
    assert "this machine only" in ran.err
    assert served == []


def test_another_publication_is_left_alone_and_keeps_the_second_factor(
    rejoinder: Rejoinder, served: list[dict[str, Any]], port: int
) -> None:
    rejoinder("site", "add", "gazette", "--name", "The Gazette")
    ran = rejoinder("serve", "--sample", "--port", str(port))
    assert "no sample was added" in ran.out
    assert served[0]["settings"].staff_second_factor is True
    assert len(rejoinder("site", "list", "--json").document["sites"]) == 1


def test_a_public_address_that_was_set_is_kept(rejoinder: Rejoinder, served: list[dict[str, Any]], port: int) -> None:
    rejoinder("serve", "--port", str(port), REJOINDER_PUBLIC_URL="https://comments.example")
    assert served[0]["settings"].public_url == "https://comments.example"


def test_a_port_in_use_is_told(rejoinder: Rejoinder, served: list[dict[str, Any]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = rejoinder("serve", "--port", str(taken.getsockname()[1]), "--json")
    assert (ran.code, ran.document["error"]["code"]) == (4, "cannot-listen")
    assert served == []


def test_several_processes_are_asked_for(rejoinder: Rejoinder, served: list[dict[str, Any]], port: int) -> None:
    rejoinder("serve", "--port", str(port), "--workers", "3")
    assert served[0]["workers"] == 3
    assert "PROMETHEUS_MULTIPROC_DIR" not in os.environ


@pytest.fixture
def process(tmp_path: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """`rejoinder serve --sample` as somebody starts it."""
    command = [sys.executable, "-c", "from rejoinder.cli import main; main()"]
    with subprocess.Popen(
        [*command, "serve", "--sample", "--port", str(port), "--json"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        started.kill()


def _answering(url: str) -> httpx.Response:
    """The server's first answer. Waits on the server, at most half a minute."""
    until = time.monotonic() + 30
    while True:
        try:
            return httpx.get(url, trust_env=False)
        except httpx.ConnectError:
            if time.monotonic() > until:
                raise


def test_a_real_process_serves_the_sample_and_stops_when_told(process: "subprocess.Popen[str]", port: int) -> None:
    page = _answering(f"http://127.0.0.1:{port}/courier/")
    process.terminate()
    out, err = process.communicate(timeout=30)
    assert page.status_code == 200
    assert "Winter ferry to Saint Keld" in page.text
    assert json.loads(out)["url"] == f"http://127.0.0.1:{port}/courier/"
    assert "Traceback" not in err
