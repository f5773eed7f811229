"""`rejoinder export transparency`: the yearly report on moderation, for machines and for people."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from rejoinder.actions.export_transparency import report_on
from rejoinder.cli.answers import AsJson, SiteKey, answer
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.exporters.transparency import as_csv, as_html, as_json
from rejoinder.language import words


def export_transparency(
    *,
    year: Annotated[int, typer.Option("--year", min=2000, max=9000, help="The calendar year, in UTC.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder the files are written into.")],
    site: SiteKey = None,
    is_small: Annotated[
        bool, typer.Option("--small", help="Note in it that the publisher is a micro or small enterprise.")
    ] = False,
    as_json_answer: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Write out the yearly report on moderation (Regulation (EU) 2022/2065, Articles 15 and 24).

    Three files: every figure as CSV, the same as JSON, and a page with charts to be published and printed. It counts
    notices, decisions, what found them, how long they took, appeals and reversals, suspensions, and how often the
    system was wrong. There are no names and no texts in it. Its words are in the language of the publication.
    """
    settings = settings_here()
    undo_for = timedelta(seconds=settings.undo_seconds)
    out.mkdir(parents=True, exist_ok=True)
    with database_of(settings) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
        report = database.read(
            lambda r: report_on(r, chosen, year, undo_for=undo_for, is_small=is_small, now=now())
        ).result()
    files = []
    for ending, text in (
        ("csv", as_csv(report)),
        ("json", as_json(report)),
        ("html", as_html(report, words(report.language))),
    ):
        file = out / f"{chosen.key}-transparency-{year}.{ending}"
        draft = file.with_name(f".{file.name}.part")
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(file)
        files.append(str(file))
    answer({"site": chosen.key, "year": year, "files": files}, f"The report on {year} of {chosen.name} is in {out}.")
