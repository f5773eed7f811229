"""`rejoinder doctor`: is everything as it should be, and if not, what to do."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, settings_here
from rejoinder.cli.problems import CANNOT_READ, PROBLEM, USAGE, Refused, Told
from rejoinder.discussion.sites import Site
from rejoinder.exporters.heads import HeadRecord, heads_from
from rejoinder.store import sites
from rejoinder.store.database import Database

if TYPE_CHECKING:
    from rejoinder.cli.checks import Finding


def doctor(
    *,
    log: Annotated[
        bool, typer.Option("--log", help="Verify the record instead: every entry, digest and link of it.")
    ] = False,
    site: SiteKey = None,
    head: Annotated[
        Path | None,
        typer.Option("--head", metavar="FILE", help="With --log: heads that were exported, which it must lead to."),
    ] = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Check the installation: database, migrations, mail, clock, secret, public address, jobs, counts.

    Each line says ok, warning or problem, and what to do about it. Nothing is changed. The exit code is 1 if there is a
    problem; warnings alone leave it at 0. With --log the records of what editors did are verified, all of them or
    one publication's, and the first entry that is not as it was written is named.
    """
    from rejoinder.cli.checks import Level, examine  # noqa: PLC0415 - they bring the web's client, of no use to others

    if not log and (site is not None or head is not None):
        raise Refused("usage", "--site and --head belong to --log.", exit_code=USAGE)
    found = _examine_logs(site, head) if log else examine(settings_here())
    rows = [(each.level.value, each.about, " ".join(filter(None, (each.words, each.advice)))) for each in found]
    has_problem = any(each.level is Level.PROBLEM for each in found)
    answer({"ok": not has_problem, "checks": found}, table(("", "about", "what was found"), rows))
    if has_problem:
        raise Told(PROBLEM)


def _examine_logs(key: str | None, head: Path | None) -> list["Finding"]:
    from rejoinder.cli.log_check import examine_log  # noqa: PLC0415 - as above

    exported = _exported(head) if head else {}
    with database_of(settings_here()) as database:
        chosen = _chosen(database, key)
        missing = exported.keys() - {each.key for each in chosen}
        if missing and key is None:
            raise Refused("unknown-site", f"The file has a head of “{min(missing)}”, and there is no such publication.")
        return [finding for each in chosen for finding in examine_log(database, each, exported=exported.get(each.key))]


def _chosen(database: Database, key: str | None) -> list[Site]:
    if key is not None:
        return [database.read(lambda r: chosen_site(r, key)).result()]
    return database.read(sites.every).result()


def _exported(file: Path) -> dict[str, HeadRecord]:
    try:
        return {head.site: head for head in heads_from(file.read_bytes())}
    except ValueError as problem:
        words = f"{file} is no file of heads, as `rejoinder export head` writes it: {problem}."
        raise Refused("no-heads", words, exit_code=CANNOT_READ) from problem
