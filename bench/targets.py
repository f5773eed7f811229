"""What Rejoinder must reach, and whether it did."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

US = "Rejoinder"
ON_POSTGRESQL = "Rejoinder, PostgreSQL"
NGINX = "nginx, same bytes"
PROMISE_MS = 1000  # a page in one process may be older than the last answered post by no more than this

Results = dict[str, Any]
Test = Callable[[float], bool]


class Target(NamedTuple):
    """`reached` is None where it was not measured."""

    what: str
    must: str
    reached: str | None
    is_met: bool | None


def targets(results: Results) -> Iterator[Target]:
    """All of them, in the order of the table."""
    yield from _first_page(results)
    yield from _miss(results)
    yield from _posts(results)
    yield from _mixed(results)
    yield from _live(results)
    yield from _small(results)


def at(results: Any, *path: str) -> Any:
    """What lies there, or None where something on the way is missing."""
    for name in path:
        results = results.get(name) if isinstance(results, dict) else None
    return results


def largest(found: Any) -> str | None:
    """The largest size among these keys."""
    sizes = [name for name in found or {} if name.isdigit()]
    return max(sizes, key=int) if sizes else None


def at_most(most: float) -> Test:
    return lambda value: value <= most


def at_least(least: float) -> Test:
    return lambda value: value >= least


def below(bound: float) -> Test:
    return lambda value: value < bound


def above(bound: float) -> Test:
    return lambda value: value > bound


def between(least: float, most: float) -> Test:
    return lambda value: least <= value <= most


def _target(what: str, must: str, value: float | None, word: str, test: Test) -> Target:
    """`word` says the value, with {} in its place."""
    if value is None:
        return Target(what, must, None, None)
    return Target(what, must, word.format(value), test(value))


def _ratio(above: float | None, below: float | None) -> float | None:
    return above / below if above is not None and below else None


def _first_page(results: Results) -> Iterator[Target]:
    ours, limit = at(results, "first-page", "1000", US), at(results, "first-page", "1000", NGINX)
    cpu = _ratio(at(ours, "cpu_us"), at(limit, "cpu_us"))
    yield _target("cached first page, processor time per request", "at most 1.3 × nginx", cpu, "{:.2f} ×", at_most(1.3))
    rate = _ratio(at(ours, "per_second"), at(limit, "per_second"))
    yield _target("cached first page, requests per second", "at least 0.70 of nginx", rate, "{:.2f}", at_least(0.7))


def _miss(results: Results) -> Iterator[Target]:
    small, size = at(results, "miss", "1000", "p99_ms"), largest(at(results, "miss"))
    yield _target("page after a write, 1,000 comments, p99", "under 30 ms", small, "{:.1f} ms", below(30))
    ratio = _ratio(at(results, "miss", size or "", "p99_ms"), small) if size != "1000" else None
    name = f"the same at {int(size or 0):,} comments" if size != "1000" else "the same at 175,000 comments"
    yield _target(name, "the same, ± 20 %", ratio, "{:.2f} ×", between(0.8, 1.2))


def _posts(results: Results) -> Iterator[Target]:
    ours = at(results, "posts", "64", US)
    yield _target(
        "posts, SQLite with synchronous=FULL, 64 clients",
        "at least 1,500/s",
        at(ours, "per_second"),
        "{:,.0f}/s",
        at_least(1500),
    )
    yield _target("the same, p99", "under 100 ms", at(ours, "p99_ms"), "{:.0f} ms", below(100))
    yield _target("the same, answered and not stored", "none", at(ours, "lost"), "{:.0f}", at_most(0))
    rates = {name: at(some, "per_second") for name, some in (at(results, "posts", "16") or {}).items()}
    for peer in ("Isso", "Waline"):
        theirs = next((rate for name, rate in rates.items() if name.startswith(peer)), None)
        ratio = _ratio(rates.get(US), theirs)
        yield _target(f"posts, 16 clients, beside {peer}", "more than it", ratio, "{:.1f} × as many", above(1))
    there = at(results, "posts", "64", ON_POSTGRESQL, "per_second")
    yield _target("posts, PostgreSQL, 64 clients", "at least 600/s", there, "{:,.0f}/s", at_least(600))


def _mixed(results: Results) -> Iterator[Target]:
    half = at(results, "mixed", "half")
    what = "mixed load at half of capacity"
    yield _target(f"{what}, reads, p99", "under 20 ms", at(half, "read", "p99_ms"), "{:.1f} ms", below(20))
    errors = None if half is None else sum(half["errors"].values())
    yield _target(f"{what}, errors", "none", errors, "{:.0f}", at_most(0))
    oldest = at(half, "oldest_stale_ms")
    yield _target(f"{what}, oldest page", f"at most {PROMISE_MS:,} ms behind", oldest, "{:.0f} ms", at_most(PROMISE_MS))
    missing = at(half, "own_missing")
    yield _target(f"{what}, writers who do not find their post", "none", missing, "{:.0f}", at_most(0))


def _live(results: Results) -> Iterator[Target]:
    found = at(results, "live") or {}
    size = min((name for name in found if name.isdigit()), key=int, default="2000")
    few, many = at(found, size), at(found, largest(found) or "")
    name = f"live, {int(size):,} readers"
    yield _target(f"{name}, messages", "at least 165,000/s", at(few, "per_second"), "{:,.0f}/s", at_least(165_000))
    yield _target(f"{name}, p99", "under 200 ms", at(few, "p99_ms"), "{:.0f} ms", below(200))
    name = f"live, {int(largest(found) or 10_000):,} readers"
    lost = None if many is None else int(largest(found) or 0) - many["still_open"]
    yield _target(f"{name}, not held", "none", lost, "{:.0f}", at_most(0))
    yield _target(f"{name}, memory for each", "under 8 kB", at(many, "bytes_each"), "{:,.0f} bytes", below(8000))


def _small(results: Results) -> Iterator[Target]:
    sent = at(results, "transfer", "page_bytes")
    yield _target(
        "story page with 50 comments, one request for HTML",
        "at most 30 kB",
        sent,
        "{:,.0f} bytes",
        at_most(30_000),
    )
    started = at(results, "start", US)
    yield _target("start to the first answer", "under 1.5 s", at(started, "seconds"), "{:.2f} s", below(1.5))
    yield _target("memory, idle", "under 120 MB", at(started, "idle_mb"), "{:.0f} MB", below(120))
