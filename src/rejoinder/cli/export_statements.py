"""`rejoinder export statements`: statements of reasons for the European Commission's transparency database."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from rejoinder.actions.export_statements import About, Batch, Span, next_batch
from rejoinder.cli.answers import AsJson, SiteKey, answer
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.sites import Site
from rejoinder.exporters.statements import batch_text
from rejoinder.store.database import Database

Day = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Decisions from this day on (UTC).")
]
Before = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], help="And before this day; today unless given."),
]


def export_statements(
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder the files are written into.")],
    site: SiteKey = None,
    since: Day = None,
    until: Before = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Write out the statements of reasons of all restrictions, as JSON files of at most a hundred.

    Each file is the body of one call of the European Commission's transparency database. There is no personal data in
    them: no names, no texts, no addresses. What they say is in the language that the site had when it was decided, if
    the database takes it, else in English. Decisions taken back within the undo time are left out. Days that are over
    give the same files each time; those that are there already are left as they are, so a run that was cut off goes on.
    """
    settings = settings_here()
    span = _span(since, until, timedelta(seconds=settings.undo_seconds))
    out.mkdir(parents=True, exist_ok=True)
    files, count, present, languages = [], 0, 0, set[str]()
    with database_of(settings) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
        policy_url = f"{settings.public_url.rstrip('/')}/{chosen.key}/policy"
        for about, batch in _batches(database, chosen, span, policy_url=policy_url):
            file = out / f"{chosen.key}-{about}-{batch.first:09}-{batch.last:09}.json"
            count += len(batch.statements)
            languages |= batch.languages
            files.append(str(file))
            if file.exists():
                present += 1
                continue
            draft = file.with_name(f".{file.name}.part")
            draft.write_text(batch_text(batch.statements), encoding="utf-8")
            draft.replace(file)
    words = f"{count} statements of {chosen.name} in {len(files)} files in {out}; {present} were there already."
    told = {"site": chosen.key, "statements": count, "languages": sorted(languages), "files": files, "present": present}
    answer(told, words)


def _batches(database: Database, site: Site, span: Span, *, policy_url: str) -> Iterator[tuple[About, Batch]]:
    for about in About:
        after: int | None = 0
        while after is not None:
            ask = partial(next_batch, site=site, about=about, span=span, after=after, policy_url=policy_url)
            batch = database.read(ask).result()
            after = batch.last if batch else None
            if batch:
                yield about, batch


def _span(since: datetime | None, until: datetime | None, undo_for: timedelta) -> Span:
    """The days asked for. Raises Refused for one that is not over: what it will hold is not known yet."""
    today = now().replace(hour=0, minute=0, second=0, microsecond=0)
    first = since.replace(tzinfo=UTC) if since else datetime(2000, 1, 1, tzinfo=UTC)
    last = until.replace(tzinfo=UTC) if until else today
    if last <= first:
        raise Refused("usage", "--until must be a later day than --since.", exit_code=USAGE)
    if last + undo_for > now():
        raise Refused(
            "usage", f"{last:%Y-%m-%d} has not begun for long enough: take an earlier --until.", exit_code=USAGE
        )
    return Span(since=first, until=last, undo_for=undo_for)
