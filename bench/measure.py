"""What a server uses: processor time and memory of its process and all that it started, read from /proc."""

import contextlib
import os
import platform
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """The process and everything below it that runs now."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                children.setdefault(int(_stat(int(entry.name))[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(children.get(one, []))
    return found


def cpu_seconds(pid: int) -> float:
    """Processor seconds, user and system, that the family has used; also of members that ended and were waited for."""
    used = 0
    for number, member in enumerate(family(pid)):
        with contextlib.suppress(OSError):
            fields = _stat(member)
            used += int(fields[11]) + int(fields[12])
            used += int(fields[13]) + int(fields[14]) if number == 0 else 0
    return used / TICK


def memory_mb(pid: int) -> float:
    """Proportional set size in MB: what the family shares is counted once."""
    kilobytes = 0
    for member in family(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
    return kilobytes * 1024 / 1e6


def machine() -> dict[str, str]:
    """The machine in words."""
    model = ""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1024 / 1024
    return {
        "processor": model or platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.0f} GiB",
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


def _stat(pid: int) -> list[str]:
    """The fields after the name: [0] is the state, [1] the parent."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
