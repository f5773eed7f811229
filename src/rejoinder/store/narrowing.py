"""What a queue is narrowed by, as conditions of SQL. Everything is said by the names that addresses have (a section's
key, a story's slug, a commenter's id), so that a kept view needs nothing looked up before it is counted.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, exists, literal, select

from rejoinder.store.tables import cases, comments, flags, memberships, sections, stories
from rejoinder.store.values import micros

Condition = ColumnElement[bool]
_written = comments.alias("written")


class Narrowed(Struct, frozen=True, kw_only=True):
    """Only what is all of this; an empty or missing one narrows nothing. `check` is one that held a comment, `reason`
    one that it was reported or removed for; `score` in thousandths, at least. Since when it waits, or was written:
    `after` and `before`.
    """

    section: str = ""
    story: str = ""
    commenter: UUID | None = None
    language: str = ""
    check: str = ""
    reason: str = ""
    score: int | None = None
    after: datetime | None = None
    before: datetime | None = None


def of_cases(narrowed: Narrowed, site_seq: int) -> list[Condition]:
    """For open cases: by indexes of the site's, one for each of section, story and commenter."""
    c = cases.c
    found = [*_about(narrowed, site_seq, c.section_seq, c.story_seq, c.commenter_seq)]
    found += _between(c.opened_at, narrowed)
    if narrowed.check:
        found.append(c.checks.contains(literal(f" {narrowed.check} ")))
    if narrowed.score is not None:
        found.append(c.score >= literal(narrowed.score))
    if narrowed.reason:
        found.append(
            exists().where(
                flags.c.site_seq == c.site_seq,
                flags.c.comment_seq == c.comment_seq,
                flags.c.reason == literal(narrowed.reason),
                flags.c.resolution.is_(None),
            )
        )
    if narrowed.language:
        found.append(
            exists().where(
                _written.c.site_seq == c.site_seq,
                _written.c.seq == c.comment_seq,
                _written.c.language == literal(narrowed.language),
            )
        )
    return found


def of_comments(narrowed: Narrowed, site_seq: int) -> list[Condition]:
    """For comments, waiting or not. A score is noted where something waits, so it narrows nothing here."""
    c = comments.c
    found = [*_about(narrowed, site_seq, None, c.story_seq, c.commenter_seq)]
    if narrowed.section:
        found.append(
            exists().where(
                stories.c.site_seq == c.site_seq,
                stories.c.seq == c.story_seq,
                stories.c.section_seq == _section(narrowed.section, site_seq),
            )
        )
    if narrowed.language:
        found.append(c.language == literal(narrowed.language))
    if narrowed.check:
        found.append(c.findings.contains(literal(f'"check":"{narrowed.check}"')))
    if narrowed.reason:
        found.append(c.removal_reason == literal(narrowed.reason))
    return found + _between(c.created_at, narrowed)


def _about(
    narrowed: Narrowed, site_seq: int, section: ColumnElement[Any] | None, *of: ColumnElement[Any]
) -> list[Condition]:
    story, commenter = of
    found: list[Condition] = []
    if narrowed.section and section is not None:
        found.append(section == _section(narrowed.section, site_seq))
    if narrowed.story:
        one = select(stories.c.seq).where(stories.c.site_seq == literal(site_seq), stories.c.slug == narrowed.story)
        found.append(story == one.scalar_subquery())
    if narrowed.commenter is not None:
        of_site = memberships.c.site_seq == literal(site_seq)
        who = select(memberships.c.seq).where(of_site, memberships.c.id == narrowed.commenter.bytes)
        found.append(commenter == who.scalar_subquery())
    return found


def _section(key: str, site_seq: int) -> ColumnElement[Any]:
    one = select(sections.c.seq).where(sections.c.site_seq == literal(site_seq), sections.c.key == key)
    return one.scalar_subquery()


def _between(moment: ColumnElement[Any], narrowed: Narrowed) -> list[Condition]:
    found: list[Condition] = []
    if narrowed.after is not None:
        found.append(moment >= literal(micros(narrowed.after)))
    if narrowed.before is not None:
        found.append(moment <= literal(micros(narrowed.before)))
    return found
