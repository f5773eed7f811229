"""Readers who keep a story open: comments are posted through HTTP at a steady rate, and every reader gets every one."""

import json
import subprocess
import sys
import time
from contextlib import suppress

from bench.context import Context, Place, say
from bench.discussion import PEOPLE, texts
from bench.measure import cpu_seconds, memory_mb
from bench.servers.rejoinder import Rejoinder
from bench.stories import LIVE
from bench.wire import STAMP

TITLE = "Live readers"
READERS = (2000, 10_000)
QUICK_READERS = (200, 1000)
FAST = 83  # posts a second for the first number of readers: 166,000 messages to 2,000 of them
SLOW = 2  # posts a second for the second number, which is to be held


def run(context: Context) -> dict[str, object]:
    """By the number of readers."""
    ours = context.ours()
    assert isinstance(ours.server, Rejoinder)
    path = f"{ours.server.page(LIVE)}/live"
    if not _is_there(ours, path):
        return {"absent": "not there: no live stream yet"}
    few, many = QUICK_READERS if context.quick else READERS
    found: dict[str, object] = {}
    for readers, rate in ((few, FAST), (many, SLOW)):
        say(f"  {readers:,} readers, {rate:g} comments a second")
        ours.running.stop()  # a server that had many readers before would have room for these
        ours.running = ours.server.start(ours.folder)
        time.sleep(1)
        found[str(readers)] = _listened(context, ours, path, readers=readers, rate=rate)
    return found


def _is_there(ours: Place, path: str) -> bool:
    """Whether the stream is opened. Its answer never ends, so it is not read to its end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.listen", str(ours.running.port), path, "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    ready = process.stdout.readline().split()
    process.communicate("\n", timeout=20)
    return ready == ["ready", "1"]


def _listened(context: Context, ours: Place, path: str, *, readers: int, rate: float) -> dict[str, object]:
    assert isinstance(ours.server, Rejoinder)
    address = f"{ours.server.page(LIVE)}/comments"
    posts = [
        ours.server.form(address, {"text": f"{texts()[person]} {STAMP}"}, person=person) for person in range(PEOPLE)
    ]
    requests = context.prepared(ours, "live posts", posts)
    before = memory_mb(ours.running.pid)
    listening = subprocess.Popen(
        [sys.executable, "-m", "bench.listen", str(ours.running.port), path, str(readers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listening.stdout
    ready = int(listening.stdout.readline().split()[1])
    time.sleep(1)
    held = memory_mb(ours.running.pid) - before
    seconds = 5 if context.quick else 20
    used, begun = cpu_seconds(ours.running.pid), time.perf_counter()
    pace = subprocess.run(
        [sys.executable, "-m", "bench.pace", str(ours.running.port), str(requests), str(rate), str(seconds)],
        capture_output=True,
        text=True,
        check=True,
    )
    time.sleep(1)
    lasted, used = time.perf_counter() - begun, cpu_seconds(ours.running.pid) - used
    try:
        out, _ = listening.communicate("\n", timeout=60)
    finally:
        with suppress(ProcessLookupError):
            listening.kill()
    heard = json.loads(out.splitlines()[-1])
    published = json.loads(pace.stdout)
    return heard | {
        "readers": ready,
        "bytes_each": held * 1e6 / max(1, ready),
        "posts": published.get("post"),
        "post_errors": published["errors"],
        "per_second": heard["messages"] / seconds,
        "cpu_cores": used / lasted,
    }
