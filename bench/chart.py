"""The chart of the results, written as SVG by hand, for day and night: on the left how cost grows with a discussion, on
the right posts and memory.
"""

from collections.abc import Callable, Iterator, Mapping
from math import ceil, floor, log10
from typing import Any

from bench.targets import NGINX, ON_POSTGRESQL, US, Results, at

WIDTH, HEIGHT = 1000, 850
LEFT, RIGHT = 76, 410  # of a plot; its labels stand to its right
TALL = 262
BARS, LONGEST_BAR = 722, 190
ROWS = (0, 425)
STYLE = """
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1b1f24; }
  .title { font-size: 15px; font-weight: 600; } .small { font-size: 12px; fill: #57606a; } .us { font-weight: 700; }
  .back { fill: #ffffff; } .grid { stroke: #d8dee4; } .line { fill: none; stroke-width: 2.2; }
  .c0 { stroke: #0060a8; } .c1 { stroke: #6e7781; } .c2 { stroke: #b35900; } .c3 { stroke: #007a5a; }
  .c4 { stroke: #a0408a; } .c5 { stroke: #4a8fd0; }
  .f0 { fill: #0060a8; } .f1 { fill: #6e7781; } .f2 { fill: #b35900; } .f3 { fill: #007a5a; }
  .f4 { fill: #a0408a; } .f5 { fill: #4a8fd0; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #9aa4af; } .back { fill: #0d1117; } .grid { stroke: #30363d; }
    .c0 { stroke: #6cb6ff; } .c1 { stroke: #9aa4af; } .c2 { stroke: #f0a35e; } .c3 { stroke: #4fd1a5; }
    .c4 { stroke: #e29bd2; } .c5 { stroke: #a5d0ff; }
    .f0 { fill: #6cb6ff; } .f1 { fill: #9aa4af; } .f2 { fill: #f0a35e; } .f3 { fill: #4fd1a5; }
    .f4 { fill: #e29bd2; } .f5 { fill: #a5d0ff; }
  }
"""
_COLOURS = {US: 0, NGINX: 1, "Isso": 2, "Waline": 3, "django-comments-xtd": 4, ON_POSTGRESQL: 5}
_SPOKEN = (
    "Left: processor time for one reader's first page and for the whole discussion, by comments under the story. "
    "Right: posts per second, and memory."
)


def draw(results: Results) -> str:
    """The whole drawing."""
    top, bottom = ROWS
    pages, whole = _curves(results, "first-page", "cpu_us", 1e-6), _curves(results, "whole", "cpu_seconds", 1)
    posts = {name: each["per_second"] for name, each in (at(results, "posts", "16") or {}).items()}
    memory = at(results, "posts", "loaded_mb") or {}
    parts = [
        *_plot(top, "What one reader's first page costs the server", pages),
        *_plot(bottom, "What reading the whole discussion costs the server", whole),
        *_bars(
            top, "Comments posted per second", "16 clients, each post stored on the disk", posts, lambda v: f"{v:,.0f}"
        ),
        *_bars(
            bottom, "Memory after that load", "all processes of a server", memory, lambda v: f"{v:,.0f} MB", few=True
        ),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{_SPOKEN}">\n'
        f'<style>{STYLE}</style>\n<rect class="back" width="{WIDTH}" height="{HEIGHT}" rx="8"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _curves(results: Results, stage: str, figure: str, unit: float) -> dict[str, list[tuple[int, float]]]:
    """For each server its seconds by size. What was given up half-way has no figure."""
    found: dict[str, Any] = results.get(stage) or {}
    sizes = sorted(int(size) for size in found if size.isdigit())
    names = dict.fromkeys(name for size in sizes for name in found[str(size)])
    return {
        name: [
            (size, each[figure] * unit)
            for size in sizes
            if (each := found[str(size)].get(name)) and each.get(figure) and not each.get("problem")
        ]
        for name in names
    }


def _plot(at_y: float, title: str, curves: Mapping[str, list[tuple[int, float]]]) -> Iterator[str]:
    yield _text(24, at_y + 34, title, "title")
    yield _text(24, at_y + 54, "processor time, by comments under the story (both scales by tens)", "small")
    drawn = {name: curve for name, curve in curves.items() if curve}
    if not drawn:
        return
    sizes = sorted({size for curve in drawn.values() for size, _ in curve})
    costs = [cost for curve in drawn.values() for _, cost in curve]
    low, high = floor(log10(min(costs))), ceil(log10(max(costs)))
    wide, bottom = log10(sizes[-1]) - log10(sizes[0]) or 1, at_y + 88 + TALL

    def x(size: float) -> float:
        return LEFT + (log10(size) - log10(sizes[0])) / wide * (RIGHT - LEFT)

    def y(cost: float) -> float:
        return bottom - (log10(cost) - low) / (high - low or 1) * TALL

    for power in range(low, high + 1):
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}"/>'
        yield _text(LEFT - 10, y(10**power) + 4, _span(10**power), "small", anchor="end")
    for size in sizes:
        yield _text(x(size), bottom + 22, f"{size:,}", "small", anchor="middle")
    for name, curve in drawn.items():
        points = " ".join(f"{x(size):.1f},{y(cost):.1f}" for size, cost in curve)
        yield f'<polyline class="line c{_colour(name)}" points="{points}"/>'
        for size, cost in curve:
            yield f'<circle class="f{_colour(name)}" cx="{x(size):.1f}" cy="{y(cost):.1f}" r="3.2"/>'
    yield from _labels([(y(curve[-1][1]), name, *curve[-1]) for name, curve in drawn.items()], sizes[-1])


def _labels(labels: list[tuple[float, str, int, float]], last: int) -> Iterator[str]:
    """Each curve's name and last figure beside the plot, moved apart where two would overlap."""
    below = 0.0
    for wished, name, size, cost in sorted(labels):
        below = max(wished, below + 17)
        until = "" if size == last else f" at {size:,}"
        kind = f"f{_colour(name)}" + (" us" if name == US else "")
        yield _text(RIGHT + 14, below + 4, f"{_short(name)}  {_span(cost)}{until}", kind)


def _bars(
    at_y: float, title: str, what: str, values: Mapping[str, float], word: Callable[[float], str], *, few: bool = False
) -> Iterator[str]:
    """A bar for each, the best on top: the most, or with `few` the least."""
    yield _text(BARS, at_y + 34, title, "title")
    yield _text(BARS, at_y + 54, what, "small")
    most = max(values.values(), default=0)
    for number, (name, value) in enumerate(sorted(values.items(), key=lambda one: one[1] if few else -one[1])):
        top, long = at_y + 92 + number * 52, max(2, value / most * LONGEST_BAR)
        yield _text(BARS, top, _short(name), "us" if name == US else "")
        yield (
            f'<rect class="f{_colour(name)}" x="{BARS}" y="{top + 7:.0f}" height="16" width="{long:.0f}" rx="2"/>'
            + _text(BARS + long + 8, top + 20, word(value), "small")
        )


def _span(seconds: float) -> str:
    """A time in the unit that reads best."""
    units = (("s", 1), ("ms", 1e-3), ("µs", 1e-6))
    unit, length = next((each for each in units if seconds >= each[1]), units[-1])
    return f"{seconds / length:,.3g} {unit}"


def _colour(name: str) -> int:
    if name in _COLOURS:
        return _COLOURS[name]
    return next((number for start, number in _COLOURS.items() if name.startswith(start)), 1)


def _short(name: str) -> str:
    """The name without a version."""
    first, _, last = name.rpartition(" ")
    return first if first and last[:1].isdigit() else name


def _text(x: float, y: float, text: str, kind: str = "", *, anchor: str = "start") -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{safe}</text>'
