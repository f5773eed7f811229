"""The chart of the results, written as SVG by hand: growth on the left, posts on the right, for day and night."""

from collections.abc import Iterator
from math import log10
from typing import Any

from bench.targets import NGINX, ON_POSTGRESQL, US, Results, at

WIDTH, HEIGHT = 960, 430
LEFT, RIGHT, TOP, BOTTOM = 70, 470, 92, 360  # the plot of growth; its labels stand to its right
BARS, BARS_END = 690, 900
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


def draw(results: Results) -> str:
    """The whole drawing."""
    parts = [*_growth(results), *_posts(results)]
    what = "Left: processor time for one reader's first page, by comments under the story. Right: posts per second."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{what}">\n'
        f'<style>{STYLE}</style>\n<rect class="back" width="{WIDTH}" height="{HEIGHT}" rx="8"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _growth(results: Results) -> Iterator[str]:
    found: dict[str, Any] = results.get("first-page") or {}
    sizes = sorted(int(size) for size in found if size.isdigit())
    names = list(at(found, str(sizes[0]))) if sizes else []
    curves = {
        name: [(size, cost) for size in sizes if (cost := at(found, str(size), name, "cpu_us"))] for name in names
    }
    yield _text(24, 34, "What one reader's first page costs the server", "title")
    yield _text(24, 54, "microseconds of processor time, by comments under the story (both scales by tens)", "small")
    if not any(curves.values()):
        return
    costs = [cost for curve in curves.values() for _, cost in curve]
    low, high = int(log10(min(costs))), int(log10(max(costs))) + 1
    wide = log10(sizes[-1]) - log10(sizes[0]) or 1

    def x(size: float) -> float:
        return LEFT + (log10(size) - log10(sizes[0])) / wide * (RIGHT - LEFT)

    def y(cost: float) -> float:
        return BOTTOM - (log10(cost) - low) / (high - low) * (BOTTOM - TOP)

    for power in range(low, high + 1):
        at_y = y(10**power)
        yield f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{at_y:.1f}" y2="{at_y:.1f}"/>'
        yield _text(LEFT - 8, at_y + 4, f"{10**power:,}", "small", anchor="end")
    for size in sizes:
        yield _text(x(size), BOTTOM + 22, f"{size:,}", "small", anchor="middle")
    yield _text((LEFT + RIGHT) / 2, BOTTOM + 44, "comments under the story", "small", anchor="middle")
    labels = []
    for name, curve in curves.items():
        if curve:
            points = " ".join(f"{x(size):.1f},{y(cost):.1f}" for size, cost in curve)
            yield f'<polyline class="line c{_colour(name)}" points="{points}"/>'
            for size, cost in curve:
                yield f'<circle class="f{_colour(name)}" cx="{x(size):.1f}" cy="{y(cost):.1f}" r="3.2"/>'
            labels.append((y(curve[-1][1]), x(curve[-1][0]), name, curve[-1][1]))
    yield from _labels(labels)


def _labels(labels: list[tuple[float, float, str, float]]) -> Iterator[str]:
    """Each curve's name where it ends, moved apart where two would overlap."""
    below = 0.0
    for wished, at_x, name, cost in sorted(labels):
        below = max(wished, below + 17)
        shown = f"{_short(name)}  {cost:,.0f}"
        yield _text(at_x + 12, below + 4, shown, f"f{_colour(name)}" + (" us" if name == US else ""))


def _posts(results: Results) -> Iterator[str]:
    found = at(results, "posts", "16") or {}
    yield _text(BARS - 60, 34, "Comments posted per second", "title")
    yield _text(BARS - 60, 54, "16 clients, each post on the disk before it is answered", "small")
    rates = {name: each["per_second"] for name, each in found.items() if each.get("per_second") is not None}
    most = max(rates.values(), default=0)
    for number, (name, rate) in enumerate(sorted(rates.items(), key=lambda one: -one[1])):
        top = TOP + number * 52
        kind = f"f{_colour(name)}"
        yield _text(BARS - 60, top, _short(name), "us" if name == US else "")
        yield f'<rect class="{kind}" x="{BARS - 60}" y="{top + 7}" height="16" width="{max(2, rate / most * (BARS_END - BARS)):.0f}" rx="2"/>'  # noqa: E501
        yield _text(BARS - 60 + max(2, rate / most * (BARS_END - BARS)) + 8, top + 20, f"{rate:,.0f}", "small")


def _colour(name: str) -> int:
    return next((number for start, number in _COLOURS.items() if name == start), None) or next(
        (number for start, number in _COLOURS.items() if start not in (US, NGINX) and name.startswith(start)), 0
    )


def _short(name: str) -> str:
    """The name without a version."""
    first, _, last = name.rpartition(" ")
    return first if first and last[:1].isdigit() else name


def _text(x: float, y: float, text: str, kind: str = "", *, anchor: str = "start") -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{safe}</text>'
