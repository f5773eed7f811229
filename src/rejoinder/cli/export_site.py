"""`rejoinder export site`: a publication as newline-delimited JSON."""

from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from rejoinder.actions.export_site import export_site as records_of
from rejoinder.cli.answers import AsJson, SiteKey, as_json_was_asked, aside, document
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.exporters.ndjson import lines
from rejoinder.store.database import Read


def export_site(
    *,
    site: SiteKey = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write there instead of to stdout.")
    ] = None,
    with_personal: Annotated[
        bool, typer.Option("--with-personal", help="With mail addresses, and the names on legal notices.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write out a whole publication: rules, sections, stories with all their versions, commenters, comments with all
    their revisions, and what its desk has done: policy, decisions, acts on people, notices, corrections, appeals,
    notes.

    One JSON object a line, each with a "record" that says what it is; the last line counts them, so that a file
    that was cut off shows. The picture is of one moment, however long it takes. With --json the summary goes to stdout,
    so --out is needed then.
    """
    if as_json and out is None:
        raise Refused(
            "usage", "With --json the summary goes to stdout, so say with --out where the export goes.", exit_code=USAGE
        )
    settings = settings_here()
    with database_of(settings) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()

        def write(r: Read) -> int:
            if out is None:
                return _write(r, chosen.key, typer.get_binary_stream("stdout"), with_personal=with_personal)
            draft = out.with_name(f".{out.name}.part")
            with draft.open("wb") as file:
                written = _write(r, chosen.key, file, with_personal=with_personal)
            draft.replace(out)
            return written

        written = database.read(write).result()
    if as_json_was_asked():
        document({"site": chosen.key, "file": str(out), "records": written, "with_personal": with_personal})
    elif out is not None:
        aside(f"{written} records of {chosen.name} written to {out}.")


def _write(r: Read, key: str, file: BinaryIO, *, with_personal: bool) -> int:
    """How many records were written, the last line not counted."""
    written = -1
    for line in lines(records_of(r, key, with_personal=with_personal, now=now())):
        file.write(line)
        written += 1
    file.flush()
    return written
