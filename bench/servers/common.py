"""What every server of the benchmark is: it can be installed, seeded and started, and says how it is asked."""

import contextlib
import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.stories import Story
from bench.tools import DATA, Absent

PATIENCE = 40  # seconds a server may take to answer for the first time


class Running:
    """A started server."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, folder: Path, started_in: float) -> None:
        self.process = process
        self.port = port
        self.folder = folder
        self.started_in = started_in
        self.url = f"http://127.0.0.1:{port}"

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """Ends the server and everything it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(5)

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """One request: status, headers (lower case), body."""
        return ask(self.port, "GET", path, headers=headers)

    def send(self, request: bytes, *, patience: float) -> tuple[int, dict[str, str], bytes]:
        """One prepared request. Raises OSError where nothing comes back in time."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        return ask(self.port, method, path, headers=headers, body=body or None, patience=patience)


def ask(
    port: int,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | str | None = None,
    patience: float = 60,
) -> tuple[int, dict[str, str], bytes]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def new_folder(name: str) -> Path:
    """An empty folder for a server's data."""
    folder = DATA / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def start(
    command: Sequence[str],
    *,
    port: int,
    folder: Path,
    environment: Mapping[str, str],
    first: str,
    cwd: Path | None = None,
) -> Running:
    """Starts the server and waits until `first` is answered. Raises Absent with the end of its log if it never is."""
    log = folder / "log"
    begun = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd or folder,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_many_files,  # noqa: PLW1509 - no threads here
        )
    while time.perf_counter() - begun < PATIENCE and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(port, "GET", first)[0] < http.client.INTERNAL_SERVER_ERROR:
                return Running(process, port, folder, time.perf_counter() - begun)
        time.sleep(0.01)
    Running(process, port, folder, 0).stop()
    raise Absent(f"it did not start: {log.read_text(errors='replace').strip()[-300:]}")


def _many_files() -> None:
    """As many open files as the machine allows: each reader of a live stream is one."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Server:
    """A comment system as the benchmark sees it. What it does not have stays Absent."""

    name = ""

    def install(self) -> None:
        """Fetches what it needs. Raises Absent."""

    def seed(self, folder: Path, stories: Sequence[Story]) -> None:
        """Writes the stories with their comments where `start` will find them."""
        raise NotImplementedError

    def start(self, folder: Path) -> Running:
        raise NotImplementedError

    def first_page(self, story: Story) -> bytes:
        """The request that a reader's first look at the discussion costs."""
        raise NotImplementedError

    def more(self, story: Story, body: bytes | None) -> str | None:
        """The path of the next part of the whole discussion, after this one (None: the first). None: that was all."""
        raise NotImplementedError

    def comments_in(self, body: bytes) -> int:
        """How many comments a part of the whole discussion has."""
        raise NotImplementedError

    def shown_in(self, body: bytes) -> int:
        """How many comments a first page shows."""
        return self.comments_in(body)

    def posts(self, story: Story) -> list[bytes]:
        """Requests that each post a comment."""
        raise NotImplementedError

    def stored(self, folder: Path, story: Story) -> int:
        """How many comments the story has in the server's own database."""
        raise NotImplementedError

    def counts(self, stories: Sequence[Story]) -> bytes:
        """One request for the counts of all of these. Raises Absent."""
        raise Absent(f"it does not count {len(stories)} stories at once")
