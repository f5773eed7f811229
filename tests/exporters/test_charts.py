"""Charts of the yearly report: names, bars and figures that can be read without colours or a script."""

import re

import pytest

from rejoinder.exporters.charts import BAR, WIDE, bars

VALUES = [("Irrelevant: it has nothing to do with the story", 4.0, "4"), ("Hatred of a group", 0.0, "0")]


def test_a_name_stands_whole_and_says_its_figure() -> None:
    chart = bars("By reason", VALUES)

    assert ">Irrelevant: it has nothing to do with the story</text>" in chart
    label = "By reason. Irrelevant: it has nothing to do with the story: 4; Hatred of a group: 0"
    assert f'aria-label="{label}"' in chart


@pytest.mark.parametrize(("direction", "edge"), [("ltr", 0), ("rtl", WIDE)])
def test_bars_begin_where_lines_do(direction: str, edge: int) -> None:
    found = re.findall(rf'<rect x="(\d+)" y="\d+" width="(\d+)" height="{BAR}"', bars("", VALUES, direction=direction))

    begins = [int(x) + (int(width) if direction == "rtl" else 0) for x, width in found]
    assert begins == [edge, edge]
    assert [int(width) > 0 for _, width in found] == [True, False]


def test_what_somebody_wrote_is_no_markup() -> None:
    assert "<b>" not in bars("<b>", [("<b>", 1.0, "1")])
