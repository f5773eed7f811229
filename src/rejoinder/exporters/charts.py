"""Bars as SVG, drawn here and to be read without a script: each with its name and its figure."""

from collections.abc import Sequence
from html import escape

WIDE = 380  # units
NAMES = 165  # of them for the names,
FIGURES = 45  # and for the figures
ROW = 22
BAR = 12


def bars(title: str, values: Sequence[tuple[str, float]]) -> str:
    """The chart, the longest bar as long as there is room."""
    most = max((value for _, value in values), default=0) or 1
    room = WIDE - NAMES - FIGURES
    rows = []
    for number, (name, value) in enumerate(values):
        top, length = number * ROW, max(1, round(room * value / most)) if value else 0
        middle = top + ROW // 2
        rows.append(
            f'<text x="{NAMES - 10}" y="{middle}" class="name">{escape(_short(name))}</text>'
            f'<rect x="{NAMES}" y="{top + (ROW - BAR) // 2}" width="{length}" height="{BAR}"/>'
            f'<text x="{NAMES + length + 8}" y="{middle}" class="figure">{value:,.0f}</text>'
        )
    named = "; ".join(f"{name}: {value:,.0f}" for name, value in values)
    box, label = f"0 0 {WIDE} {max(1, len(values)) * ROW}", escape(f"{title}. {named}")
    return f'<svg viewBox="{box}" role="img" aria-label="{label}">{"".join(rows)}</svg>'


def _short(name: str) -> str:
    longest = 26
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
