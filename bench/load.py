"""Closed-loop load by wrk: so many clients, each sending its next prepared request when the last was answered."""

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from bench import tools
from bench.measure import cpu_seconds
from bench.servers.common import Running

LONGEST = 120  # seconds an answer is waited for
SLOWEST = 5  # seconds; what takes longer is asked for once
ENOUGH = 6  # answers that a client waits for at least
_ERRORS = ("errors", "refused", "broken", "timeouts")
SCRIPT = tools.HERE / "requests.lua"


def run(server: Running, requests: Path, *, clients: int, seconds: float) -> dict[str, float]:
    """What came of it: requests, errors, seconds, percentiles of latency, and the server's processor time for each."""
    program, environment = tools.wrk()
    before = cpu_seconds(server.pid)
    command = [program, "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "30s"]
    done = subprocess.run(
        [*command, "-s", str(SCRIPT), server.url, "--", str(requests)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds + 90,
        check=False,
    )
    used = cpu_seconds(server.pid) - before
    line = next((each for each in done.stdout.splitlines() if each.startswith("RESULT ")), None)
    if line is None:
        raise tools.Absent(f"the load generator said: {(done.stderr or done.stdout).strip()[-200:]}")
    result = json.loads(line.removeprefix("RESULT "))
    answered = result["requests"]
    return result | {
        "per_second": answered / result["seconds"],
        "cpu_us": used / answered * 1e6 if answered else 0.0,
        "errors": result["refused"] + result["broken"] + result["timeouts"],
    }


def steady(server: Running, requests: Path, one: bytes, *, clients: int, seconds: float) -> dict[str, float]:
    """As `run`, but where a single request takes so long that `clients` of them would not come to an end several times,
    with fewer clients and for longer; where it takes longer than that, the request alone is measured.
    """
    used, begun = cpu_seconds(server.pid), time.perf_counter()
    server.send(one, patience=LONGEST)
    took = time.perf_counter() - begun
    used = cpu_seconds(server.pid) - used
    if took > SLOWEST:
        alone = {"requests": 1, "seconds": took, "per_second": 1 / took, "cpu_us": used * 1e6, "clients": 1}
        return alone | dict.fromkeys(("p50_ms", "p99_ms", "max_ms"), took * 1000) | dict.fromkeys(_ERRORS, 0)
    few = max(1, min(clients, int(seconds / took)))
    return run(server, requests, clients=few, seconds=max(seconds, took * ENOUGH)) | {"clients": few}


def middle(results: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure over the repetitions, errors added up."""
    found = {name: median(each[name] for each in results) for name in results[0]}
    for name in _ERRORS:
        if name in found:
            found[name] = sum(each[name] for each in results)
    return found | {"repetitions": len(results)}
