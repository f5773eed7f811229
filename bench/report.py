"""results.md: the targets first, then what was measured, side by side; and the chart."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import chart
from bench.sections import SECTIONS
from bench.tables import table
from bench.targets import Results, targets
from bench.tools import HERE

NOTES = HERE / "notes.md"


def write(results: Results) -> list[Path]:
    """The files written."""
    page, drawing = HERE / "results.md", HERE / "results.svg"
    drawing.write_text(chart.draw(results))
    page.write_text("\n".join(_page(results)) + "\n")
    return [page, drawing]


def _page(results: Results) -> Iterator[str]:
    yield "# What Rejoinder reaches\n"
    yield from _run(results)
    rows = [
        (each.what, each.must, each.reached or "not measured", {True: "yes", False: "**no**", None: "–"}[each.is_met])
        for each in targets(results)
    ]
    yield from table(("what", "must reach", "reached", "met"), rows)
    if NOTES.exists():
        yield NOTES.read_text()
    yield "![Processor time of a first page by the size of the discussion, and posts per second](results.svg)\n"
    for section in SECTIONS:
        yield from section(results)
    yield from _how()


def _run(results: Results) -> Iterator[str]:
    told: dict[str, Any] = results.get("machine", {})
    yield (
        f"{told.get('processor', '')}, {told.get('cores', '')} cores shared with the load generator, "
        f"{told.get('memory', '')}, Linux {told.get('kernel', '')}, Python {told.get('python', '')}. "
        "Servers take turns, and medians are shown. "
        "Processor time is the server's own, with all its processes, user and system; it is the sturdiest figure.\n"
    )
    if any(each["quick"] for each in results.get("measured", {}).values()):
        yield "**Some of it is a quick run: fewer sizes, one repetition. It shows that it works, not how well.**\n"
    for name, why in results.get("absent", {}).items():
        yield f"Not measured: {name}, because {why.strip()}\n"


def _how() -> Iterator[str]:
    yield "## How to run it\n"
    yield (
        "`bench/run` measures everything within the hour, `bench/run --quick` shows in two minutes that it works. "
        "What is compared and how is in [README.md](README.md); the figures as they were measured are in "
        "[results.json](results.json)."
    )
