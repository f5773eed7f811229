"""How a command answers: in words and tables for people, or in one JSON document for scripts."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rejoinder.discussion.text import clean

WIDE = 400  # columns, where no terminal wraps

_asked: ContextVar[bool] = ContextVar("as_json", default=False)


def _note(value: bool) -> bool:  # noqa: FBT001 - Typer calls it with the option's value alone
    _asked.set(value)
    return value


AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help="Answer with one JSON document on stdout; words go to stderr.", callback=_note, is_eager=True
    ),
]
SiteKey = Annotated[
    str | None, typer.Option("--site", metavar="KEY", help="Which publication; not needed where there is only one.")
]


def as_json_was_asked() -> bool:
    """Whether the command that runs was given --json."""
    return _asked.get()


def document(value: Any) -> None:
    """Writes the one JSON document on stdout."""
    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def answer(value: Any, *lines: str | Table) -> None:
    """The answer: `value` where JSON was asked for, else the lines and tables."""
    if as_json_was_asked():
        document(value)
        return
    _print(_console(err=False), lines)


def aside(*lines: str | Table) -> None:
    """Words for people beside the answer, on stderr."""
    _print(_console(err=True), lines)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str | None = None) -> Table:
    """A table of plain words; nothing in them is taken for markup or for a terminal's command."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        made.add_column(heading, overflow="fold")
    for row in rows:
        made.add_row(*(Text(clean(cell)) for cell in row))
    return made


def facts(of: Mapping[str, str], *, title: str | None = None) -> Table:
    """A table of two columns without headings: what, and what it is."""
    made = Table(
        title=Text(clean(title)) if title else None,
        title_justify="left",
        title_style="bold",
        show_header=False,
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in of.items():
        made.add_row(name, Text(clean(value)))
    return made


def _print(console: Console, lines: Sequence[str | Table]) -> None:
    """Prints tables as they fit, and lines whole: an address in one can be copied."""
    for line in lines:
        console.print(Text(clean(line)) if isinstance(line, str) else line, soft_wrap=isinstance(line, str))


def _console(*, err: bool) -> Console:
    """A console that makes nothing of its own out of what it is given. Outside a terminal lines stay whole."""
    console = Console(stderr=err, highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(stderr=err, color_system=None, width=WIDE)
