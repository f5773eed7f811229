"""Versions of a site's policy and of its sections' addenda: only added to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.policy import Content, Policy, as_stored
from rejoinder.discussion.refusals import UnknownPolicy
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import memberships, policies, sections, sites, stories
from rejoinder.store.values import instant, micros

_ADD = Statement.insert(
    policies, "site_seq", "section_seq", "number", "content", "is_material", "note", "by_seq", "created_at"
)
_SELECT = select(
    policies.c.number,
    policies.c.content,
    policies.c.is_material,
    policies.c.note,
    policies.c.created_at,
    memberships.c.name,
    sections.c.key,
    sections.c.name.label("section_name"),
).select_from(
    policies.outerjoin(
        memberships, (memberships.c.site_seq == policies.c.site_seq) & (memberships.c.seq == policies.c.by_seq)
    ).outerjoin(sections, (sections.c.site_seq == policies.c.site_seq) & (sections.c.seq == policies.c.section_seq))
)
_OF_SITE = (policies.c.site_seq == bindparam("site_seq"), policies.c.section_seq.is_(None))
_OF_SECTION = (policies.c.site_seq == bindparam("site_seq"), policies.c.section_seq == bindparam("section_seq"))
_NEWEST_FIRST = policies.c.number.desc()
_CURRENT = Statement(_SELECT.where(*_OF_SITE).order_by(_NEWEST_FIRST).limit(1))
_CURRENT_OF = Statement(_SELECT.where(*_OF_SECTION).order_by(_NEWEST_FIRST).limit(1))
_NUMBERED = Statement(_SELECT.where(*_OF_SITE, policies.c.number == bindparam("number")))
_NUMBERED_OF = Statement(_SELECT.where(*_OF_SECTION, policies.c.number == bindparam("number")))
_NUMBERED_AT = Statement(
    _SELECT.where(
        policies.c.site_seq == bindparam("site_seq"),
        sections.c.key == bindparam("section"),
        policies.c.number == bindparam("number"),
    )
)
_CURRENT_AT = Statement(
    _SELECT.join(
        stories, (stories.c.site_seq == policies.c.site_seq) & (stories.c.section_seq == policies.c.section_seq)
    )
    .where(policies.c.site_seq == bindparam("site_seq"), stories.c.seq == bindparam("story_seq"))
    .order_by(_NEWEST_FIRST)
    .limit(1)
)
_FIRST = Statement(select(func.min(policies.c.number)).where(*_OF_SITE))
_ALL = Statement(_SELECT.where(policies.c.site_seq == bindparam("site_seq")).order_by(policies.c.seq.desc()).limit(200))
_COUNT = Statement(
    update(sites)
    .where(sites.c.seq == bindparam("of_site"))
    .values(policy_version=bindparam("newest"), policy_material=bindparam("material"))
)
_AGREE = Statement(
    update(memberships)
    .where(memberships.c.site_seq == bindparam("of_site"), memberships.c.seq == bindparam("who"))
    .values(policy_agreed=bindparam("to_version"))
)


def add(w: Write, site_seq: int, policy: Policy, *, section_seq: int | None, by_seq: int | None, now: datetime) -> None:
    """Adds the version."""
    w.run(
        _ADD,
        site_seq=site_seq,
        section_seq=section_seq,
        number=policy.number,
        content=as_stored(policy.content),
        is_material=policy.is_material,
        note=policy.note,
        by_seq=by_seq,
        created_at=micros(now),
    )


def count(w: Write, site_seq: int, *, newest: int, material: int) -> None:
    """Keeps beside the site which version is the newest, and which material one."""
    w.run(_COUNT, of_site=site_seq, newest=newest, material=material)


def agree(w: Write, site_seq: int, commenter_seq: int, *, version: int) -> None:
    """Notes that the commenter has agreed to the version."""
    w.run(_AGREE, of_site=site_seq, who=commenter_seq, to_version=version)


def current(r: Read, site_seq: int) -> Policy | None:
    """The site's newest version; None while it has written none."""
    return _policy(r.row(_CURRENT, site_seq=site_seq))


def addendum(r: Read, site_seq: int, section_seq: int) -> Policy | None:
    """What a section adds to it."""
    return _policy(r.row(_CURRENT_OF, site_seq=site_seq, section_seq=section_seq))


def addenda(r: Read, site_seq: int, section_seqs: Collection[int]) -> dict[int, Policy]:
    """What each of these sections adds to it, of those that add anything. One query, none for none."""
    found: dict[int, Policy] = {}
    if section_seqs:
        some = _SELECT.add_columns(policies.c.section_seq).where(one_of(policies.c.section_seq, section_seqs))
        statement = Statement(some.where(policies.c.site_seq == bindparam("site_seq")).order_by(policies.c.number))
        for row in r.rows(statement, site_seq=site_seq):
            found[row[-1]] = _made(row)
    return found


def addendum_at(r: Read, site_seq: int, story_seq: int) -> Policy | None:
    """What the section of this story adds to it."""
    return _policy(r.row(_CURRENT_AT, site_seq=site_seq, story_seq=story_seq))


def addendum_numbered(r: Read, site_seq: int, section: str, number: int) -> Policy | None:
    """What the section of this key added in this version; None for one that there is not."""
    return _policy(r.row(_NUMBERED_AT, site_seq=site_seq, section=section, number=number))


def newest_addendum(r: Read, site_seq: int, section_seq: int) -> int:
    """The number of the newest that a section adds; 0 where it adds nothing yet. They are numbered by themselves."""
    found = addendum(r, site_seq, section_seq)
    return found.number if found else 0


def numbered(r: Read, site_seq: int, number: int, *, section_seq: int | None = None) -> Policy:
    """The site's version of this number, or the section's addendum. Raises UnknownPolicy."""
    if section_seq is None:
        row = r.row(_NUMBERED, site_seq=site_seq, number=number)
    else:
        row = r.row(_NUMBERED_OF, site_seq=site_seq, section_seq=section_seq, number=number)
    found = _policy(row)
    if found is None:
        raise UnknownPolicy
    return found


def first(r: Read, site_seq: int) -> int | None:
    """The number of the first version that the site wrote itself; None for none."""
    found = r.value(_FIRST, site_seq=site_seq)
    return None if found is None else int(found)


def versions(r: Read, site_seq: int) -> list[Policy]:
    """The site's versions and its sections' addenda, the newest first."""
    return [policy for row in r.rows(_ALL, site_seq=site_seq) if (policy := _policy(row)) is not None]


def _policy(row: Row | None) -> Policy | None:
    return None if row is None else _made(row)


def _made(row: Row) -> Policy:
    values: dict[str, Any] = {"by_name": row[5], "section_key": row[6], "section_name": row[7]}
    content = msgspec.json.decode(row[1], type=Content)
    return Policy(
        number=row[0], content=content, is_material=bool(row[2]), note=row[3], created_at=instant(row[4]), **values
    )
