"""Story: what was published, when and by whom, and how one story is told from another."""

import hashlib
import re
import unicodedata
from datetime import datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.discussion.closing import Phase, Standing, standing
from rejoinder.discussion.sites import Mode, Rules, layer_of_tags, rules_here, set_by, tags_of


class PublishedAtSource(StrEnum):
    """Who said when the story was published; the closing counts from it, so its source is kept beside it."""

    PUBLISHER = "publisher"  # the publisher's own signed or structured data
    PAGE = "page"  # a stamp printed on the page
    FEED = "feed"
    FIRST_SEEN = "first seen"
    EDITOR = "editor"


class Photo(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The lead photograph. A page saved as text has words about a photograph and no address of it."""

    caption: str = ""
    credit: str = ""
    alt: str = ""
    url: str | None = None
    width: int | None = None
    height: int | None = None


class Credits(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The names in "(Reporting by …; Writing by …; Editing by …)", in the order printed."""

    reporting: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a story page holds. Every field but the headline may be absent, and absent stays absent."""

    headline: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    place: str = ""
    agency: str = ""
    photo: Photo | None = None
    topics: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    credits: Credits = Credits()
    updated_at: datetime | None = None
    language: str | None = None
    policy_notice: str = ""  # the page's own words about comments; where there are none, the site's stand
    closing_notice: str = ""


class Story(Struct, frozen=True, kw_only=True):
    """One article and its discussion. `rules` is JSON of what this story sets by itself; `version` is raised by
    everything that changes what readers see.
    """

    seq: int
    id: UUID
    site_seq: int
    slug: str
    content: Content
    version: int
    rules: str
    section_seq: int | None = None
    publisher_id: str | None = None
    canonical_url: str | None = None
    published_at: datetime | None = None
    published_at_source: PublishedAtSource | None = None
    withdrawn_at: datetime | None = None
    published_count: int = 0
    publish_seq: int = 0
    followers: int = 0
    corrected: tuple[datetime, ...] = ()  # when readers' corrections were taken into it, the first first
    lowered: int = 0  # published comments that stand after all others
    section_key: str | None = None
    section_name: str | None = None
    policy_version: int = 1  # of the site, now
    policy_material: int = 0  # the newest version that readers are asked to agree to
    merged_into: int | None = None  # the story that its discussion has become part of
    inherited: tuple[str, ...] = ()  # the site's rules and the section's, as JSON
    zone: str = "UTC"  # of the site: its opening hours are by these clocks
    hooks: str = "{}"  # what the site's hooks want, as JSON
    site_language: str = "en"  # statements of reasons are written in it

    @property
    def rules_here(self) -> Rules:
        """The rules that hold under this story. Raises BadRules where a stored one cannot be used."""
        return rules_here(*self.layers)

    @property
    def above(self) -> tuple[str, ...]:
        """What holds where the story sets nothing by itself: the site's, the section's, and its tags' rules, as
        JSON.
        """
        return (*self.inherited, layer_of_tags(self.inherited, self.rules, self.content.topics))

    @property
    def layers(self) -> tuple[str, ...]:
        """All that makes its rules, the widest first, as JSON."""
        return (*self.above, self.rules)

    @property
    def tags(self) -> tuple[str, ...]:
        """The publisher's topics, and what editors made of them."""
        return tags_of(self.content.topics, self.rules_here.tags)

    @property
    def language(self) -> str:
        """Of its discussion, as far as a comment does not say: the article's, else the site's (ISO 639)."""
        return (self.content.language or self.site_language).partition("-")[0].lower()

    def own_schedule_is_over(self, now: datetime) -> bool:
        """Whether it has a schedule of its own, and that has ended, as after being closed by hand. Raises BadRules."""
        if "schedule" not in set_by(self.rules):
            return False
        schedule = rules_here(self.rules).schedule
        return standing(schedule, published_at=self.published_at, now=now).phase is Phase.READ_ONLY

    def standing(self, now: datetime) -> Standing:
        """What may be done under this story at `now`."""
        rules = self.rules_here
        if rules.mode is Mode.CLOSED:
            return Standing(phase=Phase.READ_ONLY)
        return standing(
            rules.schedule,
            published_at=self.published_at,
            now=now,
            closed_hours=rules.closed_hours,
            zone=ZoneInfo(self.zone),
        )


def page_key(headline: str, published_at: datetime | None) -> str:
    """The key of a page that has no address: its headline and publication time."""
    stamp = published_at.isoformat() if published_at else ""
    folded = " ".join(unicodedata.normalize("NFKC", headline).casefold().split())
    return "page:" + hashlib.blake2b(f"{folded}\n{stamp}".encode(), digest_size=16).hexdigest()


def slug_for(headline: str, published_at: datetime | None) -> str:
    """A readable last part of the story's address: its date and its headline's words, at most 80 characters."""
    words = "".join(filter(_stands_in_slug, unicodedata.normalize("NFKD", headline).lower()))
    joined = re.sub(r"[\s-]+", "-", unicodedata.normalize("NFC", words)).strip("-")
    date = published_at.strftime("%Y-%m-%d-") if published_at else ""
    return (date + joined)[:80].rstrip("-") or "story"


def _stands_in_slug(character: str) -> bool:
    """Letters, digits, space and hyphen, and the vowel signs without which many scripts cannot be read; no accents."""
    if unicodedata.category(character) in ("Mn", "Mc"):
        return not ("\u0300" <= character <= "\u036f" or "\u0591" <= character <= "\u065f")
    return character.isalnum() or character.isspace() or character == "-"
