"""Bars as SVG, drawn here and to be read without a script: each below its name, with its figure."""

from collections.abc import Sequence
from html import escape

WIDE = 380  # units
FIGURES = 60  # of them for the figures
ROW = 38
BAR = 12
LONGEST = 58  # characters of a name


def bars(title: str, values: Sequence[tuple[str, float, str]], *, direction: str = "ltr") -> str:
    """The chart of names, values, and the values as they are written; the longest bar as long as there is room. It
    begins where lines do in that direction.
    """
    most = max((value for _, value, _ in values), default=0) or 1
    rows = []
    for number, (name, value, figure) in enumerate(values):
        top, length = number * ROW, max(1, round((WIDE - FIGURES) * value / most)) if value else 0
        begin, bar, end = (WIDE, WIDE - length, WIDE - length - 8) if direction == "rtl" else (0, 0, length + 8)
        rows.append(
            f'<text x="{begin}" y="{top + 9}">{escape(_short(name))}</text>'
            f'<rect x="{bar}" y="{top + 19}" width="{length}" height="{BAR}"/>'
            f'<text x="{end}" y="{top + 19 + BAR // 2}" class="figure">{escape(figure)}</text>'
        )
    named = "; ".join(f"{name}: {figure}" for name, _, figure in values)
    box, label = f"0 0 {WIDE} {max(1, len(values)) * ROW}", escape(f"{title}. {named}")
    return f'<svg viewBox="{box}" direction="{direction}" role="img" aria-label="{label}">{"".join(rows)}</svg>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
