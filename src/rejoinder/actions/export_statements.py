"""Statements of reasons are taken out, a batch at a time: of decisions on comments, and of acts on commenters."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct

from rejoinder.discussion.sites import Site, rules_here
from rejoinder.discussion.statement import completed, language_of
from rejoinder.exporters.statements import AT_ONCE
from rejoinder.language import official
from rejoinder.store import statements
from rejoinder.store.database import Read
from rejoinder.store.statements import Stored


class About(StrEnum):
    """What the statements of a batch are about."""

    COMMENTS = "comments"
    ACCOUNTS = "accounts"


class Span(Struct, frozen=True, kw_only=True):
    """Which decisions: those of [since, until), without those taken back within `undo_for`."""

    since: datetime
    until: datetime
    undo_for: timedelta


class Batch(Struct, frozen=True, kw_only=True):
    """Statements with the seqs of the first and the last decision among them, and the languages they are written in."""

    first: int
    last: int
    statements: tuple[Mapping[str, Any], ...]
    languages: frozenset[str]


_ASK: Mapping[About, Callable[..., list[Stored]]] = {
    About.COMMENTS: statements.of_decisions,
    About.ACCOUNTS: statements.of_person_acts,
}


def next_batch(r: Read, site: Site, about: About, span: Span, *, after: int, policy_url: str) -> Batch | None:
    """The next batch, from after a seq; None: there is none. The same span gives the same batches once it is over."""
    found = _ASK[about](
        r, site.seq, since=span.since, until=span.until, undo_for=span.undo_for, after=after, most=AT_ONCE
    )
    if not found:
        return None
    territory, written_in = rules_here(site.rules).territory, official(site.language)
    payloads = tuple(
        completed(
            each.statement,
            puid=each.id,
            decided_at=each.decided_at,
            content_at=each.content_at,
            language=each.language or (site.language if about is About.COMMENTS else None),
            territory=territory,
            policy_url=policy_url,
            written_in=written_in,
        )
        for each in found
    )
    languages = frozenset(language_of(each.statement) for each in found)
    return Batch(first=found[0].seq, last=found[-1].seq, statements=payloads, languages=languages)
