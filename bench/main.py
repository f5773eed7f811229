"""The benchmark's command: runs the stages one after another, keeps their figures and writes the report."""

import argparse
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bench import report
from bench.context import Context, say
from bench.measure import machine
from bench.stages import counts, desk, first_page, live, miss, mixed, posts, reports, start, transfer, whole
from bench.tools import HERE, Absent

STAGES: dict[str, Any] = {
    "start": start,
    "first-page": first_page,
    "transfer": transfer,
    "whole": whole,
    "miss": miss,
    "counts": counts,
    "posts": posts,
    "reports": reports,
    "mixed": mixed,
    "live": live,
    "desk": desk,
}
RESULTS = HERE / "results.json"


def main() -> None:
    asked = _arguments()
    if asked.list:
        for name, stage in STAGES.items():
            print(f"{name:<12} {stage.TITLE}")
        return
    results = _earlier() if asked.only or asked.report else {}
    if not asked.report:
        context = Context(quick=asked.quick, seconds=asked.seconds, peers=not asked.alone)
        begun = time.perf_counter()
        results["machine"] = machine()
        try:
            _run_all(context, asked.only or list(STAGES), results, until=begun + asked.minutes * 60)
        finally:
            context.stop()
        results["absent"] = context.absent
        say(f"took {(time.perf_counter() - begun) / 60:.1f} minutes")
    _keep(results)
    for path in report.write(results):
        say(f"wrote {path.relative_to(HERE.parent)}")


def _run_all(context: Context, names: list[str], results: dict[str, Any], *, until: float) -> None:
    """Runs the stages; one that cannot be run says why and holds up no other."""
    for name in names:
        if time.perf_counter() > until:
            results[name] = {"absent": "no time was left"}
            continue
        say(f"{name}")
        measured = results.setdefault("measured", {})
        measured[name] = {
            "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "quick": context.quick,
            "seconds": context.seconds,
            "repetitions": context.repetitions,
        }
        results[name] = _attempt(STAGES[name].run, context)
        measured[name]["load"] = round(os.getloadavg()[0], 1)
        _keep(results)


def _attempt(stage: Callable[[Context], dict[str, Any]], context: Context) -> dict[str, Any]:
    try:
        context.quiet()
        return stage(context)
    except Absent as problem:
        found = {"absent": str(problem)}
    except Exception as problem:  # noqa: BLE001 - the other stages are still worth running
        found = {"absent": f"it failed: {type(problem).__name__}: {problem}"}
    say(f"  {found['absent']}")
    return found


def _keep(results: dict[str, Any]) -> None:
    """After every stage, so that a run that is broken off keeps what it has."""
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def _earlier() -> dict[str, Any]:
    return json.loads(RESULTS.read_text()) if RESULTS.exists() else {}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description="Measures Rejoinder beside other comment systems.")
    parser.add_argument("--quick", action="store_true", help="fewer sizes, one repetition: under two minutes")
    parser.add_argument("--only", type=_stages, help="these stages, with commas; other figures stay as they were")
    parser.add_argument("--seconds", type=float, help="seconds of each measurement")
    parser.add_argument("--minutes", type=float, default=45, help="no stage begins after so many (45)")
    parser.add_argument("--alone", action="store_true", help="without the other systems")
    parser.add_argument("--report", action="store_true", help="only draw the report again from the kept figures")
    parser.add_argument("--list", action="store_true", help="name the stages")
    return parser.parse_args()


def _stages(typed: str) -> list[str]:
    names = typed.split(",")
    unknown = [name for name in names if name not in STAGES]
    if unknown:
        raise argparse.ArgumentTypeError(f"no stage is called {', '.join(unknown)}; there are {', '.join(STAGES)}")
    return names


if __name__ == "__main__":
    main()
