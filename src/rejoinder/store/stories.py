"""Stories: their identity, their content and its versions, and the version that governs what readers see."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, select, update

from rejoinder.discussion.events import StoryChanged
from rejoinder.discussion.refusals import UnknownStory
from rejoinder.discussion.stories import Content, PublishedAtSource, Story
from rejoinder.store.database import Read, Row, Statement, Write, one_of
from rejoinder.store.tables import comments, sections, sites, stories, story_addresses, story_versions
from rejoinder.store.values import instant, instant_or_none, micros, micros_or_none, new_id

_FROM = stories.join(sites, sites.c.seq == stories.c.site_seq).outerjoin(
    sections, (sections.c.site_seq == stories.c.site_seq) & (sections.c.seq == stories.c.section_seq)
)
_LOWERED = (
    select(func.count())
    .select_from(comments)
    .where(
        comments.c.site_seq == stories.c.site_seq,
        comments.c.story_seq == stories.c.seq,
        comments.c.lowered_at.is_not(None),
        comments.c.publish_seq > 0,  # all have one; it leads to the index of those alone
        comments.c.status == "published",
    )
    .correlate(stories)
    .scalar_subquery()
)
_SELECT = select(
    stories.c.seq,
    stories.c.id,
    stories.c.site_seq,
    stories.c.slug,
    stories.c.content,
    stories.c.version,
    stories.c.rules,
    stories.c.section_seq,
    stories.c.publisher_id,
    stories.c.canonical_url,
    stories.c.published_at,
    stories.c.published_at_source,
    stories.c.withdrawn_at,
    stories.c.published_count,
    stories.c.publish_seq,
    sections.c.key.label("section_key"),
    sections.c.name.label("section_name"),
    sites.c.rules.label("site_rules"),
    sections.c.rules.label("section_rules"),
    sites.c.policy_version,
    stories.c.merged_into,
    sites.c.zone,
    stories.c.followers,
    sites.c.hooks,
    sites.c.policy_material,
    stories.c.corrected,
    _LOWERED.label("lowered"),
    sites.c.language.label("site_language"),
).select_from(_FROM)
_OF_SITE = stories.c.site_seq == bindparam("site_seq")
_BY_SLUG = Statement(_SELECT.where(_OF_SITE, stories.c.slug == bindparam("slug")))
_BY_SEQ = Statement(_SELECT.where(_OF_SITE, stories.c.seq == bindparam("seq")))
_BY_ID = Statement(_SELECT.where(_OF_SITE, stories.c.id == bindparam("id")))
_BY_PUBLISHER_ID = Statement(_SELECT.where(_OF_SITE, stories.c.publisher_id == bindparam("publisher_id")))
_BY_ADDRESS = Statement(
    _SELECT.join(
        story_addresses,
        (story_addresses.c.site_seq == stories.c.site_seq) & (story_addresses.c.story_seq == stories.c.seq),
    ).where(_OF_SITE, story_addresses.c.key == bindparam("key"))
)
_LOCK = Statement(_SELECT.where(_OF_SITE, stories.c.seq == bindparam("seq")).with_for_update(of=stories))
_LOCK_AT = Statement(_SELECT.where(_OF_SITE, stories.c.slug == bindparam("slug")).with_for_update(of=stories))
_NEWEST = Statement(
    _SELECT.where(_OF_SITE, stories.c.published_at.is_not(None), stories.c.merged_into.is_(None))
    .order_by(stories.c.published_at.desc())
    .limit(bindparam("most"))
)
_UNDATED = Statement(
    _SELECT.where(_OF_SITE, stories.c.published_at.is_(None), stories.c.merged_into.is_(None))
    .order_by(stories.c.seq.desc())
    .limit(bindparam("most"))
)
_VERSION = Statement(select(stories.c.version).where(_OF_SITE, stories.c.seq == bindparam("seq")))
_HOW_MANY = Statement(select(func.count()).select_from(stories).where(_OF_SITE, stories.c.merged_into.is_(None)))
_SLUGS = Statement(
    select(stories.c.slug).where(_OF_SITE, stories.c.slug.startswith(bindparam("start"), autoescape=False))
)
_ADD = Statement.insert(
    stories,
    "site_seq",
    "id",
    "slug",
    "section_seq",
    "publisher_id",
    "canonical_url",
    "content",
    "published_at",
    "published_at_source",
    "rules",
    "created_at",
    "import_seq",
    returning="seq",
)
_ADD_ADDRESS = Statement.insert(story_addresses, "site_seq", "key", "story_seq", "address", or_nothing=True)
_ADD_VERSION = Statement.insert(story_versions, "site_seq", "story_seq", "number", "content", "saved_at")
_THIS = (stories.c.site_seq == bindparam("of_site"), stories.c.seq == bindparam("of_story"))
_RAISE = Statement(update(stories).where(*_THIS).values(version=stories.c.version + 1).returning(stories.c.version))
_COUNT = Statement(
    update(stories)
    .where(*_THIS)
    .values(
        version=stories.c.version + 1,
        published_count=stories.c.published_count + bindparam("published"),
        publish_seq=stories.c.publish_seq + bindparam("placed"),
    )
    .returning(stories.c.version, stories.c.publish_seq)
)
_SET_CONTENT = Statement(
    update(stories)
    .where(*_THIS)
    .values(content=bindparam("new_content"), content_version=stories.c.content_version + 1)
    .returning(stories.c.content_version)
)
_LEARN = Statement(
    update(stories)
    .where(*_THIS)
    .values(
        publisher_id=bindparam("its_publisher_id"),
        canonical_url=bindparam("its_url"),
        published_at=bindparam("its_time"),
        published_at_source=bindparam("its_source"),
    )
)
_SET_RULES = Statement(update(stories).where(*_THIS).values(rules=bindparam("new_rules")))
_SET_WITHDRAWN = Statement(update(stories).where(*_THIS).values(withdrawn_at=bindparam("moment")))


def by_slug(r: Read, site_seq: int, slug: str) -> Story:
    """The story at this address. Raises UnknownStory."""
    return _found(r.row(_BY_SLUG, site_seq=site_seq, slug=slug))


def by_seq(r: Read, site_seq: int, seq: int) -> Story:
    """The story. Raises UnknownStory."""
    return _found(r.row(_BY_SEQ, site_seq=site_seq, seq=seq))


def by_id(r: Read, site_seq: int, story_id: UUID) -> Story:
    """The story. Raises UnknownStory."""
    return _found(r.row(_BY_ID, site_seq=site_seq, id=story_id.bytes))


def lock(w: Write, site_seq: int, seq: int) -> Story:
    """The story, locked until the transaction ends: whoever changes what readers see holds it. Of one that was merged
    into another, that other. Raises UnknownStory.
    """
    return _locked(w, lock_itself(w, site_seq, seq))


def lock_itself(w: Write, site_seq: int, seq: int) -> Story:
    """The story, merged or not, locked as by `lock`. Raises UnknownStory."""
    return _found(w.row(_LOCK, site_seq=site_seq, seq=seq))


def lock_at(w: Write, site_seq: int, slug: str) -> Story:
    """The story at this address, locked as by `lock`. Raises UnknownStory."""
    return _locked(w, _found(w.row(_LOCK_AT, site_seq=site_seq, slug=slug)))


def standing_for(r: Read, story: Story) -> Story:
    """The story whose discussion this one's has become part of; itself where it was not merged."""
    while story.merged_into is not None:
        story = by_seq(r, story.site_seq, story.merged_into)
    return story


def by_identity(r: Read, site_seq: int, *, publisher_id: str | None, keys: Iterable[str]) -> Story | None:
    """The story of this publisher's id, else of one of these address keys, else None."""
    row = r.row(_BY_PUBLISHER_ID, site_seq=site_seq, publisher_id=publisher_id) if publisher_id else None
    for key in keys:
        row = row or r.row(_BY_ADDRESS, site_seq=site_seq, key=key)
    return None if row is None else standing_for(r, _story(row))


def newest(r: Read, site_seq: int, *, most: int) -> list[Story]:
    """The newest stories by publication, then the newest of those without a time."""
    dated = [_story(row) for row in r.rows(_NEWEST, site_seq=site_seq, most=most)]
    if len(dated) == most:
        return dated
    return dated + [_story(row) for row in r.rows(_UNDATED, site_seq=site_seq, most=most - len(dated))]


def by_seqs(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, Story]:
    """Several stories, by seq. One query, none for none."""
    wanted = sorted(set(seqs))
    if not wanted:
        return {}
    statement = Statement(_SELECT.where(_OF_SITE, one_of(stories.c.seq, wanted)))
    return {row[0]: _story(row) for row in r.rows(statement, site_seq=site_seq)}


def headlines(r: Read, site_seq: int, seqs: Iterable[int]) -> dict[int, str]:
    """The headlines of several stories, by seq. One query, none for none."""
    return {seq: story.content.headline for seq, story in by_seqs(r, site_seq, seqs).items()}


def counts_by_address(r: Read, site_seq: int, keys: Iterable[str]) -> dict[str, int]:
    """How many published comments the story of each of these address keys has, withdrawn ones none. One query, none for
    none.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    at = story_addresses.c
    statement = Statement(
        select(at.key, stories.c.published_count)
        .select_from(
            story_addresses.join(stories, (stories.c.site_seq == at.site_seq) & (stories.c.seq == at.story_seq))
        )
        .where(at.site_seq == bindparam("site_seq"), one_of(at.key, wanted), stories.c.withdrawn_at.is_(None))
    )
    return {row[0]: row[1] for row in r.rows(statement, site_seq=site_seq)}


def counts_anywhere(r: Read, site_seqs: Iterable[int], keys: Iterable[str]) -> dict[str, int]:
    """The same for several sites at once; where two know an address, the larger number. One query, none for none."""
    of_sites, wanted = sorted(set(site_seqs)), sorted(set(keys))
    if not of_sites or not wanted:
        return {}
    at = story_addresses.c
    statement = Statement(
        select(at.key, func.max(stories.c.published_count))
        .select_from(
            story_addresses.join(stories, (stories.c.site_seq == at.site_seq) & (stories.c.seq == at.story_seq))
        )
        .where(one_of(at.site_seq, of_sites), one_of(at.key, wanted), stories.c.withdrawn_at.is_(None))
        .group_by(at.key)
    )
    return {row[0]: row[1] for row in r.rows(statement)}


def version(r: Read, site_seq: int, seq: int) -> int:
    """The story's version; 0 where there is no such story."""
    return int(r.value(_VERSION, site_seq=site_seq, seq=seq) or 0)


def how_many(r: Read, site_seq: int) -> int:
    """How many stories the site has, those that became part of others not counted."""
    return int(r.value(_HOW_MANY, site_seq=site_seq))


def free_slug(w: Write, site_seq: int, wished: str) -> str:
    """The wished slug, or the first of wished-2, wished-3 … that no story of the site has."""
    taken = {row[0] for row in w.rows(_SLUGS, site_seq=site_seq, start=wished)}
    number, slug = 1, wished
    while slug in taken:
        number += 1
        slug = f"{wished}-{number}"
    return slug


def add(w: Write, site_seq: int, *, slug: str, content: Content, now: datetime, **known: Any) -> Story:
    """The new story with its first version. `known` may give section_seq, publisher_id, canonical_url, published_at,
    published_at_source, rules and import_seq.
    """
    body = msgspec.json.encode(content).decode()
    values: dict[str, Any] = {
        "section_seq": None,
        "publisher_id": None,
        "canonical_url": None,
        "published_at_source": None,
        "rules": "{}",
        "import_seq": None,
    } | known
    values["published_at"] = micros_or_none(known.get("published_at"))
    seq = w.value(_ADD, site_seq=site_seq, id=new_id().bytes, slug=slug, content=body, created_at=micros(now), **values)
    w.run(_ADD_VERSION, site_seq=site_seq, story_seq=seq, number=1, content=body, saved_at=micros(now))
    return by_seq(w, site_seq, seq)


def add_address(w: Write, story: Story, *, key: str, address: str) -> None:
    """Notes another address of the story. An address that another story has already stays with that one."""
    w.run(_ADD_ADDRESS, site_seq=story.site_seq, key=key, story_seq=story.seq, address=address)


def set_content(w: Write, story: Story, content: Content, *, now: datetime) -> None:
    """Stores a correction: the new content, with the older versions kept."""
    body = msgspec.json.encode(content).decode()
    number = w.value(_SET_CONTENT, of_site=story.site_seq, of_story=story.seq, new_content=body)
    w.run(_ADD_VERSION, site_seq=story.site_seq, story_seq=story.seq, number=number, content=body, saved_at=micros(now))
    changed(w, story)


def learn(w: Write, story: Story) -> None:
    """Stores the identity and publication time of `story`, which were not known before."""
    w.run(
        _LEARN,
        of_site=story.site_seq,
        of_story=story.seq,
        its_publisher_id=story.publisher_id,
        its_url=story.canonical_url,
        its_time=micros_or_none(story.published_at),
        its_source=story.published_at_source.value if story.published_at_source else None,
    )
    changed(w, story)


def changed(w: Write, story: Story, *, published: int = 0) -> int:
    """The story's new version. Called by whatever changes what readers see; `published` is the change of the number of
    published comments.
    """
    if published:
        return _counted(w, story, published=published, placed=0)[0]
    version: int = w.value(_RAISE, of_site=story.site_seq, of_story=story.seq)
    w.tell(StoryChanged(site_seq=story.site_seq, story_seq=story.seq, version=version))
    return version


def one_published(w: Write, story: Story) -> tuple[int, int]:
    """The story's new version with one published comment more, and the place that comment has."""
    return _counted(w, story, published=1, placed=1)


def set_rules(w: Write, story: Story, rules: str) -> None:
    w.run(_SET_RULES, of_site=story.site_seq, of_story=story.seq, new_rules=rules)
    changed(w, story)


def set_withdrawn(w: Write, story: Story, moment: datetime | None) -> None:
    w.run(_SET_WITHDRAWN, of_site=story.site_seq, of_story=story.seq, moment=micros_or_none(moment))
    changed(w, story)


def _counted(w: Write, story: Story, *, published: int, placed: int) -> tuple[int, int]:
    row = w.row(_COUNT, of_site=story.site_seq, of_story=story.seq, published=published, placed=placed)
    version, place = row or (0, 0)
    w.tell(StoryChanged(site_seq=story.site_seq, story_seq=story.seq, version=version))
    return version, place


def _locked(w: Write, story: Story) -> Story:
    return story if story.merged_into is None else lock(w, story.site_seq, story.merged_into)


def _found(row: Row | None) -> Story:
    if row is None:
        raise UnknownStory
    return _story(row)


def _story(row: Row) -> Story:
    return Story(
        seq=row[0],
        id=UUID(bytes=row[1]),
        site_seq=row[2],
        slug=row[3],
        content=_content(row[4]),
        version=row[5],
        rules=row[6],
        section_seq=row[7],
        publisher_id=row[8],
        canonical_url=row[9],
        published_at=instant_or_none(row[10]),
        published_at_source=PublishedAtSource(row[11]) if row[11] else None,
        withdrawn_at=instant_or_none(row[12]),
        published_count=row[13],
        publish_seq=row[14],
        section_key=row[15],
        section_name=row[16],
        inherited=(row[17], row[18] or "{}"),
        policy_version=row[19],
        merged_into=row[20],
        zone=row[21],
        followers=row[22],
        hooks=row[23],
        policy_material=row[24],
        corrected=_moments(row[25]),
        lowered=row[26],
        site_language=row[27],
    )


@lru_cache(maxsize=256)
def _moments(stored: str) -> tuple[datetime, ...]:
    return tuple(instant(each) for each in msgspec.json.decode(stored, type=tuple[int, ...]))


@lru_cache(maxsize=256)
def _content(stored: str) -> Content:
    return msgspec.json.decode(stored, type=Content)  # frozen, so that the same one may be handed out again
