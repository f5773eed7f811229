"""The yearly report on moderation is taken out."""

from datetime import UTC, datetime, timedelta

from rejoinder.discussion.sites import Site
from rejoinder.discussion.transparency import SMALL, UNFINISHED, parts
from rejoinder.exporters.transparency import Report
from rejoinder.language import words
from rejoinder.store import transparency
from rejoinder.store.database import Read


def report_on(r: Read, site: Site, year: int, *, undo_for: timedelta, is_small: bool, now: datetime) -> Report:
    """The report on a calendar year (UTC), as far as it has gone, in the language of the site."""
    say = words(site.language).gettext
    since, until = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    facts = transparency.facts_of(r, site.seq, since=since, until=until, undo_for=undo_for)
    unfinished = say(UNFINISHED) % {"year": year}
    return Report(
        site=site.key,
        name=site.name,
        language=words(site.language).written_in,
        year=year,
        made_at=now,
        parts=parts(facts, say),
        notes=(*([say(SMALL)] if is_small else []), *([unfinished] if now < until else [])),
    )
