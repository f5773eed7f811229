"""`rejoinder serve --workers 2`: real processes on one SQLite file; one dies, and all are told to stop."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.front.wire import Wire
from tests.makers import Setting

from rejoinder.store.database import Database

STARTING = 30.0  # seconds that a start may take on a busy machine
SOON = 5.0


class Serving:
    """The processes, and what they serve."""

    def __init__(self, process: "subprocess.Popen[bytes]", url: str, setting: Setting) -> None:
        self.process = process
        self.url = url
        self.setting = setting
        self.story = f"/{setting.site.key}/stories/{setting.story.slug}"

    def workers(self) -> set[int]:
        """The serving processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return {int(number) for number in children.split()}


@pytest.fixture
def serving(sqlite_url: str, database: Database, tmp_path: Path) -> Iterator[Serving]:
    """Two processes over this test's database, which the test itself writes to as a third."""
    setting = Setting(database)
    with Wire.free_port() as port:
        url = f"http://127.0.0.1:{port}"
    started = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from rejoinder.cli import main; main()",
            "serve",
            "--port",
            str(port),
            "--workers",
            "2",
        ],
        cwd=tmp_path,
        env=os.environ | {"REJOINDER_DATABASE_URL": sqlite_url, "REJOINDER_MAIL": "none"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with started:
        _wait(lambda: _answers(url), STARTING)
        yield Serving(started, url, setting)
        started.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def _wait(until: Callable[[], bool], seconds: float) -> None:
    """Waits on the condition; fails where it does not come true."""
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def test_every_process_hears_of_what_another_has_committed(serving: Serving) -> None:
    """Several connections, so that both processes are asked; the copy that each keeps must go within a moment."""
    wires = [Wire(serving.url) for _ in range(12)]
    for wire in wires:
        assert wire.get(serving.story).status == 200

    comment = serving.setting.post("The late boat was full again.")

    for wire in wires:
        _wait(lambda wire=wire: str(comment.id) in wire.get(serving.story).text, SOON)  # type: ignore[misc] # binds the loop's value
        wire.socket.close()


def test_a_reader_who_comes_with_a_version_never_waits_for_the_news(serving: Serving) -> None:
    wires = [Wire(serving.url) for _ in range(6)]
    for number in range(10):
        for wire in wires:
            wire.get(serving.story)
        comment = serving.setting.post(f"A seat by the window, for the {number}th time.")
        version = serving.setting.story_now().version
        for wire in wires:
            assert str(comment.id) in wire.get(f"{serving.story}?v={version}").text
    for wire in wires:
        wire.socket.close()


def test_a_process_that_dies_is_replaced(serving: Serving) -> None:
    before = serving.workers()
    assert len(before) == 2
    victim = min(before)

    os.kill(victim, signal.SIGKILL)

    _wait(lambda: len(serving.workers() - {victim}) == 2, STARTING)
    _wait(lambda: _answers(serving.url), STARTING)


def test_they_do_not_outlive_the_one_who_keeps_them(serving: Serving) -> None:
    workers = serving.workers()
    assert len(workers) == 2

    serving.process.kill()

    _wait(lambda: not any(_is_alive(number) for number in workers), SOON)


def _is_alive(process: int) -> bool:
    """Whether the process is there and more than a name in a list."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except FileNotFoundError:
        return False


def test_the_figures_are_those_of_all_processes(serving: Serving) -> None:
    for _ in range(20):
        with Wire(serving.url) as wire:
            wire.get(f"/{serving.setting.site.key}/policy")

    def counted() -> bool:
        text = httpx.get(f"{serving.url}/metrics", trust_env=False).text
        found = re.search(r'rejoinder_requests_total\{method="GET",route="/\{site\}/policy",status="200"\} (\S+)', text)
        return found is not None and float(found[1]) == 20

    _wait(counted, SOON)


def test_told_to_stop_they_answer_every_request_and_end(serving: Serving) -> None:
    def client(_: int) -> tuple[int, int]:
        asked = answered = 0
        with Wire(serving.url) as wire:
            while True:
                asked += 1
                answer = wire.get(serving.story if asked % 5 else f"/{serving.setting.site.key}/policy")
                answered += 1
                if answer.headers.get("connection") == "close":
                    return asked, answered

    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(client, number) for number in range(8)]
        time.sleep(0.3)  # they are under way
        serving.process.terminate()
        counts = [each.result(timeout=20) for each in running]

    assert all(asked == answered and asked > 1 for asked, answered in counts)
    assert serving.process.wait(20) == 0
    assert serving.process.stderr is not None
    assert b"Traceback" not in serving.process.stderr.read()
