"""`rejoinder import story`: files and pages to stories with their comments."""

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from msgspec import Struct

from rejoinder.actions.import_story import Imported, ImportStory
from rejoinder.actions.import_story import import_story as import_it
from rejoinder.cli import taken
from rejoinder.cli.answers import AsJson, SiteKey, as_json_was_asked, aside, document
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import Problem, Refused, Told, known, problem_of
from rejoinder.discussion.sites import Site
from rejoinder.importers.fetching import LARGEST, TooLargeToRead, anywhere, fetch, is_public
from rejoinder.importers.record import Reading
from rejoinder.store.database import Database
from rejoinder.web import addresses


class Source(Struct, frozen=True, kw_only=True):
    """The bytes of a file or a page, and what is known of where they come from."""

    data: bytes
    name: str
    content_type: str | None = None
    base_url: str | None = None


class Result(Struct, frozen=True, kw_only=True):
    """What became of one source. `imported` is None after a dry run."""

    source: str
    reading: Reading
    zone: ZoneInfo
    imported: Imported | None = None
    url: str | None = None

    @property
    def status(self) -> str:
        if self.imported is None:
            return "not stored"
        if self.imported.is_new:
            return "new"
        return "changed" if self.imported.is_changed else "as before"

    @property
    def document(self) -> dict[str, Any]:
        known: dict[str, Any] = {
            "source": self.source,
            "format": self.reading.format,
            "status": self.status,
            "url": self.url,
            "story": taken.document(self.reading.story),
            "remarks": self.reading.remarks,
        }
        if self.imported is not None:
            known["slug"] = self.imported.story.slug
            known["comments_added"] = self.imported.comments_added
            known["comments_present"] = self.imported.comments_present
            known["published_count"] = self.imported.story.published_count
        return known


def import_story(
    sources: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL", help="Saved pages, or addresses of pages.")],
    *,
    site: SiteKey = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only read, and show what would be taken. Nothing is stored.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses inside your own network, too.")
    ] = False,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Import stories with their comments.

    Takes a page saved as text, a page saved as HTML, or a story in our own JSON; it finds out which by looking. It
    shows what was taken, what could not be taken, and the address the story is served at. The same file again changes
    nothing.

    Several sources are taken one by one: what went well stays when another cannot be read.
    """
    settings = settings_here()
    with database_of(settings) as database:
        chosen = _site(database, site, needed=not dry_run)
        results, problems = [], []
        for source in sources:
            try:
                result = _take(database, chosen, source, dry_run=dry_run, allow_private=allow_private)
            except known() as raised:
                problems.append((source, _named(source, problem_of(raised))))
                aside(problems[-1][1].sentence)
                continue
            if chosen is not None and result.imported is not None:
                path = addresses.story(chosen.key, result.imported.story.slug)
                result = Result(
                    source=result.source,
                    reading=result.reading,
                    zone=result.zone,
                    imported=result.imported,
                    url=settings.public_url.rstrip("/") + path,
                )
            results.append(result)
            if not as_json_was_asked():
                taken.show(result.reading, title=source, zone=result.zone, status=result.status, url=result.url)
    if as_json_was_asked():
        _answer_json(results, problems)
    if problems:
        raise Told(problems[0][1].exit_code)


def _site(database: Database, key: str | None, *, needed: bool) -> Site | None:
    try:
        return database.read(lambda r: chosen_site(r, key)).result()
    except Refused:
        if needed or key is not None:
            raise
        return None


def _take(database: Database, site: Site | None, source: str, *, dry_run: bool, allow_private: bool) -> Result:
    from rejoinder.importers.detect import read_story  # noqa: PLC0415 - its HTML readers take half a second to load

    opened = _opened(source, allow_private=allow_private)
    zone = ZoneInfo(site.zone if site else "UTC")
    reading = read_story(
        opened.data,
        name=opened.name,
        content_type=opened.content_type,
        base_url=opened.base_url,
        site_zone=zone if site else None,
    )
    result = Result(source=source, reading=reading, zone=zone)
    if dry_run or site is None:
        return result
    order = ImportStory(site_seq=site.seq, record=reading.story, source=source)
    imported = database.write(lambda w: import_it(w, order, now=now())).result()
    return Result(source=source, reading=reading, zone=zone, imported=imported)


def _opened(source: str, *, allow_private: bool) -> Source:
    """The bytes of the source. Raises CannotRead or OSError."""
    if source.lower().startswith(("http://", "https://")):
        page = fetch(source, may_reach=anywhere if allow_private else is_public)
        return Source(data=page.data, name=page.url, content_type=page.content_type, base_url=page.url)
    path = Path(source)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TooLargeToRead(f"The file is larger than {LARGEST // 1_000_000} MB, which no story page is.")
    return Source(data=data, name=path.name)


def _named(source: str, problem: Problem) -> Problem:
    """The problem with the source in front, where its sentence does not name it."""
    is_named = source in problem.sentence or Path(source).name in problem.sentence.split()
    sentence = problem.sentence if is_named else f"{source}: {problem.sentence}"
    return Problem(problem.code, sentence, problem.exit_code)


def _answer_json(results: list[Result], problems: list[tuple[str, Problem]]) -> None:
    told: dict[str, Any] = {"stories": [result.document for result in results]}
    if problems:
        told["error"] = problems[0][1].document
        told["failed"] = [{"source": source, **problem.document} for source, problem in problems]
    document(told)
