"""Site, Section, and the rules that hold somewhere: a site's, changed by a section's, changed by a story's."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from rejoinder.discussion.closing import Schedule, open_for
from rejoinder.discussion.hours import Entry, must_leave_time
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.trust import Ladder


class Mode(StrEnum):
    PRE = "pre-moderated"  # every comment is read before it is published
    POST = "post-moderated"  # published at once, read afterwards


Number = Annotated[int, Meta(ge=0, le=1_000_000)]
Limit = Annotated[int, Meta(ge=1, le=1_000_000)]  # none would let nobody write
Rate = Annotated[int, Meta(ge=1, le=10_000)]  # a post looks back at no more
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Seconds = Annotated[int, Meta(ge=0, le=315_360_000)]  # ten years


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a site, a section or a story may set about its discussions. Durations are seconds."""

    schedule: Schedule = open_for(14)
    closed_hours: tuple[Entry, ...] = ()  # when discussions rest, such as "22:00-06:00" or "saturday"
    mode: Mode = Mode.POST
    shortest: Limit = 1  # characters
    longest: Limit = 5000  # characters
    links: Number = 2  # more than this and a comment is held
    banned_words: tuple[str, ...] = ()
    suspect_words: tuple[str, ...] = ()
    newcomer_comments: Number = 1  # so many first comments of a person are read before publication; not with a ladder
    ladder: Ladder = Ladder()
    marks: tuple[Literal["expert", "recognised", "new"], ...] = ("expert", "recognised")  # levels shown beside names
    edit_window: Seconds = 300
    flags_to_hide: Number = 3  # so many open reports hide a comment until an editor has seen it; 0: never
    posts_per_minute: Rate = 6
    posts_per_hour: Rate = 60
    repeat_window: Seconds = 86400  # the same text again by the same person within this time is refused
    guests: bool = False  # a name and a confirmed mail address are enough to comment
    reserved_names: tuple[str, ...] = ()  # that no reader can have, as a whole or as a word of a name
    rename_days: Number = 30  # one's own name can be changed once in so many days
    order: Order = Order.OLDEST  # in which readers find a discussion until they choose another
    recommend_without_account: bool = False  # once per browser, counted apart
    approve_after_closing: bool = True  # what still waits when the discussion closes may be approved
    show_edits: bool = False  # readers see how writers changed their own comments, not only that they did
    replies_of_removed: Literal["stay", "go"] = "stay"
    show_record: bool = False  # on a commenter's page: how many of their comments are published, how many were removed
    index_profiles: bool = False  # search engines may keep commenters' pages
    show_tally: bool = False  # under a discussion: how many comments were posted, how many removed, and why
    territory: tuple[Country, ...] = ()  # where decisions hold, as ISO 3166 codes; none: the European Economic Area

    def __post_init__(self) -> None:
        must_leave_time(self.closed_hours)


class Texts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A site's own wording. An empty one falls back to the catalogue's."""

    invitation: str = ""
    policy: str = ""
    disclaimer: str = ""
    closed: str = ""


class Site(Struct, frozen=True, kw_only=True):
    """A publication: its key is its name in addresses."""

    seq: int
    key: str
    name: str
    language: str
    zone: str  # IANA name; the zone readers are shown
    origin: str  # of the publisher's own pages, or empty
    rules: str  # JSON of the rules that differ from the defaults
    texts: Texts
    policy_version: int
    policy_material: int = 0  # the newest version that readers are asked to agree to
    epoch: int  # raised by whatever changes all of its pages
    origins: tuple[str, ...] = ()  # of pages that may open a story; the first is `origin`
    private_origins: frozenset[str] = frozenset()  # those of them that may lie inside our own network


class Section(Struct, frozen=True, kw_only=True):
    """A part of a site that may have its own rules."""

    seq: int
    site_seq: int
    key: str
    name: str
    rules: str


NO_RULES = "{}"


@lru_cache(maxsize=4096)
def rules_here(*layers: str) -> Rules:
    """The rules that hold after all layers, widest first (site, section, story); each a JSON object of what differs.
    Raises BadRules where a layer names a rule that does not exist or gives it a value it cannot have.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        merged.update(_decoded(layer))
    try:
        return msgspec.convert(merged, Rules)
    except msgspec.ValidationError as problem:
        raise BadRules(problem=str(problem)) from problem


def with_rules(layer: str, changes: Mapping[str, Any]) -> str:
    """The layer's JSON with these rules set; a None takes a rule back to what is inherited. Raises BadRules."""
    kept = {**_decoded(layer), **{name: msgspec.to_builtins(value) for name, value in changes.items()}}
    changed = msgspec.json.encode({name: value for name, value in kept.items() if value is not None}).decode()
    rules_here(changed)
    return changed


def _decoded(layer: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(layer, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise BadRules(problem=str(problem)) from problem
