"""Tables of the report, and the rows of those that show load."""

from collections.abc import Iterator, Sequence
from typing import Any

LOAD = ("", "per second", "p50 ms", "p99 ms", "CPU µs each")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table, figures to the right."""
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _figure(value: float) -> str:
    """Three digits that count, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - said once


def load_rows(some: dict[str, Any], *, beside: str | None = None, usual: int = 0) -> Iterator[tuple[str, ...]]:
    """A row for each; `usual` is the number of clients that is not told."""
    limit = some.get(beside or "") or {}
    for name, each in some.items():
        if "per_second" not in each:
            yield (name, each.get("absent", ""), *("",) * (6 if limit else 4))
            continue
        compared = (
            (_figure(each["per_second"] / limit["per_second"]), _figure(each["cpu_us"] / limit["cpu_us"]))
            if limit
            else ()
        )
        errors = f"{each['errors']:,.0f}" + (f", {each['lost']:,.0f} lost" if each.get("lost") else "")
        fewer = each.get("clients", usual)
        yield (
            name + ("" if fewer == usual else f", {fewer:.0f} client{'s' if fewer > 1 else ''}"),
            _figure(each["per_second"]),
            f"{each['p50_ms']:,.1f}",
            f"{each['p99_ms']:,.1f}",
            f"{each['cpu_us']:,.0f}",
            *compared,
            errors,
        )
