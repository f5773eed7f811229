"""The yearly report as files: for machines (CSV, JSON) and as one page for people, which fetches nothing and runs
nothing. Its words are in the language of the site, its keys and units never change.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from rejoinder.discussion.refusals import _
from rejoinder.discussion.transparency import HOURS, PER_CENT, Line, Part
from rejoinder.exporters.charts import bars

FORMAT = "rejoinder-transparency"
LAW = _("Report under Articles 15 and 24 of Regulation (EU) 2022/2065.")
UTC = ZoneInfo("UTC")
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
svg text{fill:var(--ink);font:12px system-ui,sans-serif;dominant-baseline:central}
svg .figure{fill:var(--quiet);font-variant-numeric:tabular-nums}
@media print{:root{--ink:#000;--paper:#fff;--quiet:#444;--rule:#bbb;--bar:#555}body{max-width:none;padding:0}
h2,h3{break-after:avoid}svg,table{break-inside:avoid}}
"""


class Wording(Protocol):
    """A language, as far as the page needs it. `rejoinder.language.Words` is one; edges do not import each other."""

    @property
    def language(self) -> str: ...
    @property
    def direction(self) -> str: ...
    def gettext(self, message: str, /) -> str: ...
    def isolate(self, text: str, /) -> str: ...
    def format_number(self, number: float, /) -> str: ...
    def format_tenths(self, number: float, /) -> str: ...
    def format_moment(self, moment: datetime, zone: ZoneInfo, /) -> str: ...


class Report(Struct, frozen=True, kw_only=True):
    """The report on one year of a site."""

    site: str
    name: str
    language: str
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


def as_html(report: Report, words: Wording) -> str:
    """One page in these words, in light and dark and on paper."""
    say, parts = words.gettext, "".join(_part(part, words) for part in report.parts)
    title = say("Moderation in %(year)s") % {"year": report.year}
    notes = "".join(f'<p class="quiet">{escape(note)}</p>' for note in report.notes)
    made = say("Made %(moment)s.") % {"moment": words.format_moment(report.made_at, UTC)}
    return (
        f'<!doctype html>\n<html lang="{escape(words.language)}" dir="{words.direction}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}: {escape(report.name)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(words.isolate(report.name))}. {escape(say(LAW))}</p>\n"
        f'{notes}{parts}<p class="quiet">{escape(made)}</p>\n</body>\n</html>\n'
    )


def _part(part: Part, words: Wording) -> str:
    note = f'<p class="quiet">{escape(part.note)}</p>\n' if part.note else ""
    plain = [line for line in part.lines if not line.key.startswith(tuple(_TITLES))]
    charts = "".join(
        _chart(words.gettext(title), [line for line in part.lines if line.key.startswith(key)], words)
        for key, title in _TITLES.items()
    )
    return f"<h2>{part.number}. {escape(part.title)}</h2>\n{note}{_table(plain, words)}{charts}"


_TITLES = {
    "kind.": _("By kind"),
    "result.": _("By result"),
    "reason.": _("By reason"),
    "restriction.": _("By restriction"),
    "detected.": _("By how it was found"),
    "act.": _("By act"),
    "by.": _("By whom"),
    "source.": _("By what led to it"),
}


def _chart(title: str, lines: Sequence[Line], words: Wording) -> str:
    if not any(line.value for line in lines):
        return ""
    values = [(line.label, line.value or 0, words.format_number(line.value or 0)) for line in lines]
    return f"<h3>{escape(title)}</h3>\n{bars(title, values, direction=words.direction)}\n"


def _table(lines: Sequence[Line], words: Wording) -> str:
    if not lines:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(line.label)}</th><td>{escape(_figure(line, words))}</td></tr>\n' for line in lines
    )
    return f'<div class="wide"><table><tbody>\n{rows}</tbody></table></div>\n'


def _figure(line: Line, words: Wording) -> str:
    if line.value is None:
        return "–"
    if line.unit not in _IN_UNITS:
        return words.format_number(line.value)
    return words.gettext(_IN_UNITS[line.unit]) % {"figure": words.format_tenths(line.value)}


_IN_UNITS = {HOURS: _("%(figure)s hours"), PER_CENT: _("%(figure)s per cent")}
