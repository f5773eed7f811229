"""`rejoinder export head`: the newest link of each record, to be kept where nobody can change it with the database."""

from pathlib import Path
from typing import Annotated

import typer

from rejoinder.actions.export_heads import heads_of
from rejoinder.cli.answers import AsJson, SiteKey, aside
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.exporters.heads import heads_text
from rejoinder.store import sites


def export_head(
    *,
    site: SiteKey = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there instead of to stdout.")
    ] = None,
    as_json: AsJson = False,  # noqa: ARG001 - what is written is JSON in any case
) -> None:
    """Write out the heads of the records: how many entries each has, and its newest link.

    Keep them outside this machine. Whoever cuts off a record, or writes it anew, cannot make it lead to a head that was
    exported before; `rejoinder doctor --log --head FILE` sees that.
    """
    with database_of(settings_here()) as database:
        chosen = database.read(lambda r: [chosen_site(r, site)] if site else sites.every(r)).result()
        heads = database.read(lambda r: heads_of(r, chosen, now=now())).result()
    text = heads_text(heads)
    if out is None:
        typer.echo(text, nl=False)
        return
    draft = out.with_name(f".{out.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(out)
    aside(f"{len(heads)} heads written to {out}.")
