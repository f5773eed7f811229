"""Sites and sections."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, select, update

from rejoinder.discussion.events import SiteChanged
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import UnknownSection, UnknownSite
from rejoinder.discussion.sites import Section, Site, Texts
from rejoinder.store import log
from rejoinder.store.database import Read, Row, Statement, Write
from rejoinder.store.tables import memberships, rule_changes, sections, sites
from rejoinder.store.values import instant, micros

COLUMNS = (
    sites.c.seq,
    sites.c.key,
    sites.c.name,
    sites.c.language,
    sites.c.zone,
    sites.c.origin,
    sites.c.rules,
    sites.c.texts,
    sites.c.policy_version,
    sites.c.epoch,
    sites.c.origins,
    sites.c.policy_material,
)
_BY_KEY = Statement(select(*COLUMNS).where(sites.c.key == bindparam("key")))
_BY_SEQ = Statement(select(*COLUMNS).where(sites.c.seq == bindparam("site_seq")))
_LOCK = Statement(select(*COLUMNS).where(sites.c.seq == bindparam("site_seq")).with_for_update())
_ALL = Statement(select(*COLUMNS).order_by(sites.c.seq))
_ADD = Statement.insert(
    sites, "key", "name", "language", "zone", "origin", "rules", "texts", "created_at", returning="seq"
)
_SET_RULES = Statement(update(sites).where(sites.c.seq == bindparam("site_seq")).values(rules=bindparam("new_rules")))
_SET_TEXTS = Statement(update(sites).where(sites.c.seq == bindparam("site_seq")).values(texts=bindparam("new_texts")))
_RAISE = Statement(
    update(sites).where(sites.c.seq == bindparam("site_seq")).values(epoch=sites.c.epoch + 1).returning(sites.c.epoch)
)
_SET_ORIGINS = Statement(
    update(sites)
    .where(sites.c.seq == bindparam("site_seq"))
    .values(origin=bindparam("first"), origins=bindparam("listed"))
)
_EPOCH = Statement(select(sites.c.epoch).where(sites.c.seq == bindparam("site_seq")))
_NOTE_RULES = Statement.insert(
    rule_changes,
    "site_seq",
    "section_seq",
    "story_seq",
    "by_seq",
    "before",
    "after",
    "note",
    "created_at",
    returning="seq",
)
_SECTION_COLUMNS = (sections.c.seq, sections.c.site_seq, sections.c.key, sections.c.name, sections.c.rules)
_SECTION = Statement(
    select(*_SECTION_COLUMNS).where(sections.c.site_seq == bindparam("site_seq"), sections.c.key == bindparam("key"))
)
_SECTIONS = Statement(
    select(*_SECTION_COLUMNS).where(sections.c.site_seq == bindparam("site_seq")).order_by(sections.c.seq)
)
_ADD_SECTION = Statement.insert(sections, "site_seq", "key", "name", "rules", returning="seq", or_nothing=True)
_SET_SECTION_RULES = Statement(
    update(sections)
    .where(sections.c.site_seq == bindparam("of_site"), sections.c.seq == bindparam("of_section"))
    .values(rules=bindparam("new_rules"))
)


def by_key(r: Read, key: str) -> Site:
    """The site of this name in addresses. Raises UnknownSite."""
    return site_from(r.row(_BY_KEY, key=key))


def by_seq(r: Read, site_seq: int) -> Site:
    """The site. Raises UnknownSite."""
    return site_from(r.row(_BY_SEQ, site_seq=site_seq))


def lock(w: Write, site_seq: int) -> Site:
    """The site, locked until the transaction ends. Raises UnknownSite."""
    return site_from(w.row(_LOCK, site_seq=site_seq))


def every(r: Read) -> list[Site]:
    """All sites, the first made first."""
    return [site_from(row) for row in r.rows(_ALL)]


def add(
    w: Write, *, key: str, name: str, language: str, zone: str, origin: str, rules: str, texts: Texts, now: datetime
) -> Site:
    """The new site."""
    seq = w.value(
        _ADD,
        key=key,
        name=name,
        language=language,
        zone=zone,
        origin=origin,
        rules=rules,
        texts=msgspec.json.encode(texts).decode(),
        created_at=micros(now),
    )
    log.begin(w, seq)
    return by_seq(w, seq)


def set_rules(w: Write, site: Site, rules: str) -> None:
    """Stores a site's rules."""
    w.run(_SET_RULES, site_seq=site.seq, new_rules=rules)
    changed(w, site.seq)


def set_texts(w: Write, site: Site, texts: Texts) -> None:
    """Stores a site's wording."""
    body = msgspec.json.encode(texts).decode()
    w.run(_SET_TEXTS, site_seq=site.seq, new_texts=body)
    changed(w, site.seq)


def set_origins(w: Write, site: Site, origins: Sequence[str], *, private: Collection[str]) -> None:
    """Stores a site's origins, the first of them as its own; `private` are those inside our own network."""
    marked = [[each, each in private] for each in origins]
    listed = msgspec.json.encode(marked).decode()
    w.run(_SET_ORIGINS, site_seq=site.seq, first=origins[0] if origins else "", listed=listed)
    changed(w, site.seq)


def changed(w: Write, site_seq: int) -> int:
    """The site's new epoch. Called by whatever may change all of its pages."""
    epoch: int = w.value(_RAISE, site_seq=site_seq)
    w.tell(SiteChanged(site_seq=site_seq, epoch=epoch))
    return epoch


def epoch(r: Read, site_seq: int) -> int:
    """The site's epoch; 0 where there is no such site."""
    return int(r.value(_EPOCH, site_seq=site_seq) or 0)


def section(r: Read, site_seq: int, key: str) -> Section:
    """The section. Raises UnknownSection."""
    row = r.row(_SECTION, site_seq=site_seq, key=key)
    if row is None:
        raise UnknownSection
    return Section(seq=row[0], site_seq=row[1], key=row[2], name=row[3], rules=row[4])


def sections_of(r: Read, site_seq: int) -> list[Section]:
    """All sections of the site."""
    return [
        Section(seq=row[0], site_seq=row[1], key=row[2], name=row[3], rules=row[4])
        for row in r.rows(_SECTIONS, site_seq=site_seq)
    ]


def section_made(w: Write, site_seq: int, *, key: str, name: str) -> Section:
    """The section of this key, made where there was none."""
    w.row(_ADD_SECTION, site_seq=site_seq, key=key, name=name, rules="{}")
    return section(w, site_seq, key)


def set_section_rules(w: Write, section: Section, rules: str) -> None:
    """Stores a section's rules."""
    w.run(_SET_SECTION_RULES, of_site=section.site_seq, of_section=section.seq, new_rules=rules)
    changed(w, section.site_seq)


def note_rule_change(w: Write, *, site_seq: int, before: str, after: str, now: datetime, **about: Any) -> None:
    """Adds to the record of rule changes; `about` may name section_seq, story_seq, by_seq and note."""
    known = {"section_seq": None, "story_seq": None, "by_seq": None, "note": ""} | about
    change = w.value(_NOTE_RULES, site_seq=site_seq, before=before, after=after, created_at=micros(now), **known)
    details = {"change": change, "section_seq": known["section_seq"], "note": known["note"]}
    details |= {"before": before, "after": after}
    by_seq, story_seq = known["by_seq"], known["story_seq"]
    log.append(w, site_seq, RecordKind.RULES, details, by_seq=by_seq, story_seq=story_seq, now=now)


class RuleChange(Struct, frozen=True, kw_only=True):
    """A change on the record: the rules of a place, as JSON, before and after. `by` None is the command line, or the
    system.
    """

    at: datetime
    before: str
    after: str
    by: str | None = None
    note: str = ""


def rule_changes_of(
    r: Read, site_seq: int, *, section_seq: int | None = None, story_seq: int | None = None, most: int = 20
) -> list[RuleChange]:
    """The last changes of the rules of the site, or of that section or story alone, the newest first."""
    c = rule_changes.c
    statement = Statement(
        select(c.created_at, c.before, c.after, memberships.c.name, c.note)
        .select_from(
            rule_changes.outerjoin(
                memberships, (memberships.c.site_seq == c.site_seq) & (memberships.c.seq == c.by_seq)
            )
        )
        .where(
            c.site_seq == bindparam("site_seq"),
            c.section_seq.is_(None) if section_seq is None else c.section_seq == section_seq,
            c.story_seq.is_(None) if story_seq is None else c.story_seq == story_seq,
        )
        .order_by(c.seq.desc())
        .limit(bindparam("most"))
    )
    return [
        RuleChange(at=instant(row[0]), before=row[1], after=row[2], by=row[3], note=row[4])
        for row in r.rows(statement, site_seq=site_seq, most=most)
    ]


def site_from(row: Row | None) -> Site:
    """The site of a row that begins with COLUMNS. Raises UnknownSite for none."""
    if row is None:
        raise UnknownSite
    return Site(
        seq=row[0],
        key=row[1],
        name=row[2],
        language=row[3],
        zone=row[4],
        origin=row[5],
        rules=row[6],
        texts=_texts(row[7]),
        policy_version=row[8],
        epoch=row[9],
        origins=_origins(row[5], row[10]),
        private_origins=_private(row[10]),
        policy_material=row[11],
    )


@lru_cache(maxsize=256)
def _origins(first: str, stored: str) -> tuple[str, ...]:
    """A site from before it had several has one."""
    return tuple(origin for origin, _ in _marked(stored)) or ((first,) if first else ())


@lru_cache(maxsize=256)
def _private(stored: str) -> frozenset[str]:
    return frozenset(origin for origin, is_private in _marked(stored) if is_private)


def _marked(stored: str) -> list[tuple[str, bool]]:
    return msgspec.json.decode(stored, type=list[tuple[str, bool]])


@lru_cache(maxsize=256)
def _texts(stored: str) -> Texts:
    return msgspec.json.decode(stored, type=Texts)
