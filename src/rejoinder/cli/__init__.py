"""The command line, a file for each command. Entrances only: they ask, let an action do it, and say what came of it."""

import typer

from rejoinder.cli import (
    doctor,
    export_head,
    export_site,
    export_statements,
    export_transparency,
    import_story,
    migrate,
    serve,
    site,
    user,
    worker,
)
from rejoinder.cli.problems import Commands

ABOUT = """The reader discussion under a news story: self-hosted, fair, fast.

Begin with **rejoinder serve --sample**, which shows a sample publication on your own machine. For your own:
**rejoinder site add**, then **rejoinder user add** for an editor, then **rejoinder import story**.
**rejoinder doctor** says what is missing.

Settings come from the environment (REJOINDER_…) and from rejoinder.toml; the defaults need none. Every command takes
--json: one JSON document on stdout, words for people on stderr.
"""

app = typer.Typer(
    name="rejoinder",
    cls=Commands,
    help=ABOUT,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
_imports = typer.Typer(help="Bring stories and their comments in.", no_args_is_help=True)
_exports = typer.Typer(help="Take a publication out, and what must be reported of it.", no_args_is_help=True)

app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.add_typer(_imports, name="import")
_imports.command("story")(import_story.import_story)
app.add_typer(_exports, name="export")
_exports.command("site")(export_site.export_site)
_exports.command("statements")(export_statements.export_statements)
_exports.command("transparency")(export_transparency.export_transparency)
_exports.command("head")(export_head.export_head)
app.add_typer(site.group, name="site")
app.add_typer(user.group, name="user")
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Runs the command that was typed."""
    app()
