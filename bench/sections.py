"""What was measured, a section of the report for each stage."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.stages.first_page import CLIENTS
from bench.tables import LOAD, load_rows, table
from bench.targets import NGINX, Results, at


def _section(results: Results, name: str, title: str) -> Iterator[str]:
    """The heading, and why there is nothing below it."""
    found = results.get(name)
    yield f"## {title}\n"
    if found is None:
        yield "Not measured.\n"
    elif "absent" in found:
        yield f"Not measured: {found['absent']}\n"
    elif told := at(results, "measured", name):
        how = "a quick run" if told["quick"] else f"{told['repetitions']} × {told['seconds']} s"
        yield f"*{told['at']}, {how}; the machine's load afterwards was {told['load']}.*\n"


def _there(results: Results, name: str) -> dict[str, Any]:
    found = results.get(name) or {}
    return {} if "absent" in found else found


def first_page(results: Results) -> Iterator[str]:
    yield from _section(results, "first-page", "The first page")
    for size, some in _there(results, "first-page").items():
        yield f"### {f'{int(size):,} comments' if size.isdigit() else '1,000 comments, ' + size}\n"
        has_limit = NGINX in some
        head = (*LOAD, *(("of nginx", "CPU × nginx") if has_limit else ()), "errors", "kB sent", "comments")
        rows = [
            (*row, f"{each['sent_bytes'] / 1000:,.1f}", f"{each['comments']:,}")
            if each.get("comments")
            else (*row, "", "")
            for row, each in zip(load_rows(some, beside=NGINX, usual=CLIENTS), some.values(), strict=True)
        ]
        yield from table(head, rows)


def whole(results: Results) -> Iterator[str]:
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


def transfer(results: Results) -> Iterator[str]:
    yield from _section(results, "transfer", "What is transferred for a story page with 50 comments")
    if found := _there(results, "transfer"):
        rows = [("the page, gzip", f"{found['page_bytes']:,}"), ("the page, plain", f"{found['page_bytes_plain']:,}")]
        rows += [(name, f"{size:,}") for name, size in found["besides"].items()]
        yield from table(("", "bytes"), [*rows, ("all of it, compressed", f"{found['all_bytes']:,}")])


def miss(results: Results) -> Iterator[str]:
    yield from _section(results, "miss", "The page after a write")
    rows = [
        (
            f"{int(size):,} comments",
            f"{each['times']:,}",
            f"{each['p50_ms']:.1f}",
            f"{each['p99_ms']:.1f}",
            f"{each['new_pages']:,}",
        )
        for size, each in _there(results, "miss").items()
    ]
    yield from table(("", "times", "p50 ms", "p99 ms", "pages that had changed"), rows)


def start(results: Results) -> Iterator[str]:
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
            yield from table((*LOAD, "errors"), list(load_rows(some)))


def posts(results: Results) -> Iterator[str]:
    yield from _by_clients(results, "posts", "Posts")


def reports(results: Results) -> Iterator[str]:
    yield from _by_clients(results, "reports", "Reports")


def counts(results: Results) -> Iterator[str]:
    yield from _section(results, "counts", "Counts of a hundred links, 16 clients")
    if found := _there(results, "counts"):
        yield from table((*LOAD, "errors"), list(load_rows(found)))


def mixed(results: Results) -> Iterator[str]:
    yield from _section(results, "mixed", "Mixed load: 95 % reads, 4 % reports, 1 % posts")
    if found := _there(results, "mixed"):
        half = found["half"]
        yield from table((*LOAD, "errors"), list(load_rows({"as fast as it goes": found["capacity"]})))
        yield f"At {half['rate']:,.0f} requests a second for {half['seconds']:.0f} s, sent on time:\n"
        rows = [
            (name, f"{each['count']:,}", f"{each['p50_ms']:.2f}", f"{each['p99_ms']:.2f}", f"{each['max_ms']:.1f}")
            for name, key in (("reads", "read"), ("reports", "other"), ("posts", "post"), ("writers' looks", "own"))
            if (each := half.get(key))
        ]
        yield from table(("", "answered", "p50 ms", "p99 ms", "longest ms"), rows)
        yield (
            f"Of {half['pages_checked']:,} pages looked into, {half['stale']:,} lacked a comment that was answered "
            f"before they were asked for, the oldest by {half['oldest_stale_ms']:.0f} ms. "
            f"Of {at(half, 'own', 'count') or 0:,} writers who looked where their post had gone, "
            f"{half.get('own_missing', 0):,} did not find it.\n"
        )


def live(results: Results) -> Iterator[str]:
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


def desk(results: Results) -> Iterator[str]:
    yield from _section(results, "desk", "The desk")
    if found := _there(results, "desk"):
        named = {f"queue over {int(size):,} comments": each for size, each in found["queue"].items()}
        named |= {
            f"decisions, {clients} client{'s' if clients != '1' else ''}": each
            for clients, each in found["decisions"].items()
        }
        yield from table((*LOAD, "errors"), list(load_rows(named)))


SECTIONS: tuple[Callable[[Results], Iterator[str]], ...] = (
    start,
    first_page,
    whole,
    transfer,
    miss,
    counts,
    posts,
    reports,
    mixed,
    live,
    desk,
)
