"""The yearly report as files: for machines (CSV, JSON) and as one page for people, which fetches nothing and runs
nothing.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from html import escape

import msgspec
from msgspec import Struct

from rejoinder.discussion.transparency import Line, Part
from rejoinder.exporters.charts import bars

FORMAT = "rejoinder-transparency"
LAW = "Report under Articles 15 and 24 of Regulation (EU) 2022/2065."
_CHARTED = ("reason.", "restriction.", "detected.", "by.", "kind.", "act.", "source.", "result.")
_STYLE = """
:root{color-scheme:light dark;--ink:#1c1b19;--paper:#fdfcf9;--quiet:#66625a;--rule:#d9d5cb;--bar:#2f5d7c}
@media(prefers-color-scheme:dark){:root{--ink:#e9e6df;--paper:#191816;--quiet:#a29d92;--rule:#3b3832;--bar:#7fb0d0}}
body{margin:0 auto;padding:2rem 1.25rem 4rem;max-width:44rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font:600 1.9rem/1.2 Georgia,serif;margin:0 0 .25rem}h2{font:600 1.25rem/1.3 Georgia,serif;margin:2.5rem 0 .5rem;
border-top:1px solid var(--rule);padding-top:1rem}h3{font-size:1rem;margin:1.25rem 0 .25rem}
p.quiet{color:var(--quiet);margin:.25rem 0 1rem}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
td,th{padding:.3rem 0;border-bottom:1px solid var(--rule);text-align:start;font-weight:400;vertical-align:baseline}
td{text-align:end;white-space:nowrap;padding-inline-start:1rem}tbody th{overflow-wrap:anywhere}
svg{display:block;width:100%;max-width:30rem;height:auto;margin:.25rem 0 1rem}svg rect{fill:var(--bar)}
svg text{fill:var(--ink);font:12px system-ui,sans-serif;dominant-baseline:central}svg .name{text-anchor:end}
svg .figure{fill:var(--quiet);font-variant-numeric:tabular-nums}
@media print{:root{--ink:#000;--paper:#fff;--quiet:#444;--rule:#bbb;--bar:#555}body{max-width:none;padding:0}
h2,h3{break-after:avoid}svg,table{break-inside:avoid}}
"""


class Report(Struct, frozen=True, kw_only=True):
    """The report on one year of a site."""

    site: str
    name: str
    year: int
    made_at: datetime
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    format: str = FORMAT


def as_json(report: Report) -> str:
    """One JSON document."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def as_csv(report: Report) -> str:
    """One line for each figure: site, year, section's number and title, key, label, value, unit (RFC 4180)."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(("site", "year", "section", "title", "key", "label", "value", "unit"))
    for part in report.parts:
        for line in part.lines:
            value = "" if line.value is None else f"{line.value:g}"
            row = (report.site, report.year, part.number, part.title, line.key, line.label, value, line.unit or "count")
            lines.writerow(row)
    return text.getvalue()


def as_html(report: Report) -> str:
    """One page, in light and dark and on paper."""
    name, notes = escape(report.name), "".join(f'<p class="quiet">{escape(note)}</p>' for note in report.notes)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Moderation in {report.year}: {name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Moderation in {report.year}</h1>\n<p>{name}. {LAW}</p>\n"
        f"{notes}{''.join(_part(part) for part in report.parts)}"
        f'<p class="quiet">Made {report.made_at:%Y-%m-%d %H:%M} UTC.</p>\n</body>\n</html>\n'
    )


def _part(part: Part) -> str:
    note = f'<p class="quiet">{escape(part.note)}</p>\n' if part.note else ""
    plain = [line for line in part.lines if not line.key.startswith(_CHARTED)]
    charts = [
        _chart(title, [line for line in part.lines if line.key.startswith(key)]) for key, title in _TITLES.items()
    ]
    return f"<h2>{part.number}. {escape(part.title)}</h2>\n{note}{_table(plain)}{''.join(charts)}"


_TITLES = {
    "kind.": "By kind",
    "result.": "By result",
    "reason.": "By reason",
    "restriction.": "By restriction",
    "detected.": "By how it was found",
    "act.": "By act",
    "by.": "By whom",
    "source.": "By what led to it",
}


def _chart(title: str, lines: Sequence[Line]) -> str:
    if not any(line.value for line in lines):
        return ""
    return f"<h3>{title}</h3>\n{bars(title, [(line.label, line.value or 0) for line in lines])}\n"


def _table(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    rows = "".join(f'<tr><th scope="row">{escape(line.label)}</th><td>{_figure(line)}</td></tr>\n' for line in lines)
    return f'<div class="wide"><table><tbody>\n{rows}</tbody></table></div>\n'


def _figure(line: Line) -> str:
    if line.value is None:
        return "–"
    if not line.unit:
        return f"{line.value:,.0f}"
    return f"{line.value:,.1f} {'%' if line.unit == 'per cent' else escape(line.unit)}"
