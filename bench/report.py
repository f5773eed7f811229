"""results.md: the targets first, then what was measured, side by side; and the chart."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import chart
from bench.stages.first_page import CLIENTS
from bench.targets import NGINX, Results, at, targets
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
    yield from _run(results.get("run", {}))
    rows = [
        (each.what, each.must, each.reached or "not measured", {True: "yes", False: "**no**", None: "–"}[each.is_met])
        for each in targets(results)
    ]
    yield from table(("what", "must reach", "reached", "met"), rows)
    if NOTES.exists():
        yield NOTES.read_text()
    yield "![Processor time of a first page by the size of the discussion, and posts per second](results.svg)\n"
    for section in (_start, _first_page, _whole, _transfer, _miss, _counts, _posts, _reports, _mixed, _live, _desk):
        yield from section(results)
    yield from _how()


def _run(run: dict[str, Any]) -> Iterator[str]:
    told = run.get("machine", {})
    yield (
        f"Measured on {run.get('at', '')}: {told.get('processor', '')}, {told.get('cores', '')} cores shared with the "
        f"load generator, {told.get('memory', '')}, Linux {told.get('kernel', '')}, Python {told.get('python', '')}. "
        f"{run.get('repetitions', '')} × {run.get('seconds', '')} s each, servers in turn, medians. "
        "Processor time is the server's own, user and system, with all its processes; it is the sturdiest figure here.\n"
    )
    if run.get("quick"):
        yield "**A quick run: fewer sizes, one repetition. It shows that everything works, not how well.**\n"
    for name, why in run.get("absent", {}).items():
        yield f"Not measured: {name}, because {why.strip()}\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table, figures to the right."""
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _section(results: Results, name: str, title: str) -> Iterator[str]:
    """The heading, and why there is nothing below it."""
    found = results.get(name)
    yield f"## {title}\n"
    if found is None:
        yield "Not measured.\n"
    elif "absent" in found:
        yield f"Not measured: {found['absent']}\n"


def _there(results: Results, name: str) -> dict[str, Any]:
    found = results.get(name) or {}
    return {} if "absent" in found else found


def _figure(value: float) -> str:
    """Three digits that count, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004


def _load_rows(some: dict[str, Any], *, beside: str | None = None, usual: int = 0) -> Iterator[tuple[str, ...]]:
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


_LOAD = ("", "per second", "p50 ms", "p99 ms", "CPU µs each")


def _first_page(results: Results) -> Iterator[str]:
    yield from _section(results, "first-page", "The first page")
    for size, some in _there(results, "first-page").items():
        yield f"### {f'{int(size):,} comments' if size.isdigit() else '1,000 comments, ' + size}\n"
        has_limit = NGINX in some
        head = (*_LOAD, *(("of nginx", "CPU × nginx") if has_limit else ()), "errors", "kB sent", "comments")
        rows = [
            (*row, f"{each['sent_bytes'] / 1000:,.1f}", f"{each['comments']:,}")
            if "comments" in each
            else (*row, "", "")
            for row, each in zip(_load_rows(some, beside=NGINX, usual=CLIENTS), some.values(), strict=True)
        ]
        yield from table(head, rows)


def _whole(results: Results) -> Iterator[str]:
    yield from _section(results, "whole", "The whole of a discussion")
    for size, some in _there(results, "whole").items():
        yield f"### {int(size):,} comments\n"
        rows = [
            (
                name,
                f"{each['comments']:,}",
                f"{each['requests']:,}",
                f"{each['sent_bytes'] / 1000:,.0f}",
                f"{each['seconds']:,.2f}",
                f"{each['cpu_seconds']:,.2f}",
                each["problem"],
            )
            for name, each in some.items()
        ]
        yield from table(("", "comments read", "requests", "kB", "seconds", "CPU s", "problem"), rows)


def _transfer(results: Results) -> Iterator[str]:
    yield from _section(results, "transfer", "What is transferred for a story page with 50 comments")
    if found := _there(results, "transfer"):
        rows = [("the page, gzip", f"{found['page_bytes']:,}"), ("the page, plain", f"{found['page_bytes_plain']:,}")]
        rows += [(name, f"{size:,}") for name, size in found["besides"].items()]
        yield from table(("", "bytes"), [*rows, ("all of it, compressed", f"{found['all_bytes']:,}")])


def _miss(results: Results) -> Iterator[str]:
    yield from _section(results, "miss", "The page after a write")
    rows = [
        (f"{int(size):,} comments", f"{each['times']:,}", f"{each['p50_ms']:.1f}", f"{each['p99_ms']:.1f}", f"{each['new_pages']:,}")
        for size, each in _there(results, "miss").items()
    ]  # fmt: skip
    yield from table(("", "times", "p50 ms", "p99 ms", "pages that had changed"), rows)


def _start(results: Results) -> Iterator[str]:
    yield from _section(results, "start", "Start and memory")
    loaded = at(results, "posts", "loaded_mb") or {}
    rows = [
        (
            name,
            f"{each['seconds']:.2f}",
            f"{each['idle_mb']:,.0f}",
            f"{loaded.get(name, each['loaded_mb']):,.0f}",
        )
        for name, each in _there(results, "start").items()
    ]
    yield from table(("", "s to the first answer", "MB idle", "MB after load"), rows)


def _by_clients(results: Results, name: str, title: str) -> Iterator[str]:
    yield from _section(results, name, title)
    for clients, some in _there(results, name).items():
        if clients.isdigit():
            yield f"### {clients} client{'s' if clients != '1' else ''}\n"
            yield from table((*_LOAD, "errors"), list(_load_rows(some)))


def _posts(results: Results) -> Iterator[str]:
    yield from _by_clients(results, "posts", "Posts")


def _reports(results: Results) -> Iterator[str]:
    yield from _by_clients(results, "reports", "Reports")


def _counts(results: Results) -> Iterator[str]:
    yield from _section(results, "counts", "Counts of a hundred links, 16 clients")
    if found := _there(results, "counts"):
        yield from table((*_LOAD, "errors"), list(_load_rows(found)))


def _mixed(results: Results) -> Iterator[str]:
    yield from _section(results, "mixed", "Mixed load: 95 % reads, 4 % reports, 1 % posts")
    if found := _there(results, "mixed"):
        half = found["half"]
        yield from table((*_LOAD, "errors"), list(_load_rows({"as fast as it goes": found["capacity"]})))
        yield f"At {half['rate']:,.0f} requests a second for {half['seconds']:.0f} s, sent on time:\n"
        rows = [
            (name, f"{each['count']:,}", f"{each['p50_ms']:.2f}", f"{each['p99_ms']:.2f}", f"{each['max_ms']:.1f}")
            for name, key in (("reads", "read"), ("reports", "other"), ("posts", "post"))
            if (each := half.get(key))
        ]
        yield from table(("", "answered", "p50 ms", "p99 ms", "longest ms"), rows)
        yield (
            f"Of {half['pages_checked']:,} pages looked into, {half['stale']:,} lacked a comment that had been answered "
            f"before they were asked for, the oldest by {half['oldest_stale_ms']:.0f} ms.\n"
        )


def _live(results: Results) -> Iterator[str]:
    yield from _section(results, "live", "Live readers")
    rows = [
        (
            f"{int(size):,} readers",
            f"{each['readers']:,}",
            f"{each['still_open']:,}",
            f"{each['per_second']:,.0f}",
            f"{each['p50_ms'] or 0:,.0f}",
            f"{each['p99_ms'] or 0:,.0f}",
            f"{each['bytes_each']:,.0f}",
            f"{each['cpu_cores']:.2f}",
        )
        for size, each in _there(results, "live").items()
    ]
    head = ("", "let in", "held to the end", "messages/s", "p50 ms", "p99 ms", "bytes each", "cores busy")
    if rows:
        yield from table(head, rows)


def _desk(results: Results) -> Iterator[str]:
    yield from _section(results, "desk", "The desk")
    if found := _there(results, "desk"):
        named = {f"queue over {int(size):,} comments": each for size, each in found["queue"].items()}
        named |= {
            f"decisions, {clients} client{'s' if clients != '1' else ''}": each
            for clients, each in found["decisions"].items()
        }
        yield from table((*_LOAD, "errors"), list(_load_rows(named)))


def _how() -> Iterator[str]:
    yield "## How to run it\n"
    yield (
        "`bench/run` measures everything in well under an hour, `bench/run --quick` shows in two minutes that it works. "
        "What is compared and how is in [README.md](README.md); the figures as they were measured are in "
        "[results.json](results.json)."
    )
