"""Site, Section, and the rules that hold somewhere: a site's, changed by a section's, changed by a story's."""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from rejoinder.discussion.closing import Schedule, open_for
from rejoinder.discussion.hours import Entry, must_leave_time
from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.trust import Ladder


class Mode(StrEnum):
    PRE = "pre-moderated"  # every comment is read before it is published
    POST = "post-moderated"  # published at once, read afterwards
    REACTIVE = "reactive"  # published at once, read only when somebody reports it
    CLOSED = "closed"  # no discussion: nothing can be written


class Who(StrEnum):
    """Who may comment."""

    EVERYBODY = "everybody"
    RECOGNISED = "recognised"  # readers whom the trust ladder, or an editor, has recognised; and staff
    STAFF = "staff"


class Twice(StrEnum):
    """What becomes of the same text by the same person under another story, within the repeat window."""

    REFUSED = "refused"
    HELD = "held"
    TAKEN = "taken"


Number = Annotated[int, Meta(ge=0, le=1_000_000)]
Limit = Annotated[int, Meta(ge=1, le=1_000_000)]  # none would let nobody write
Rate = Annotated[int, Meta(ge=1, le=10_000)]  # a post looks back at no more
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Seconds = Annotated[int, Meta(ge=0, le=315_360_000)]  # ten years
Percent = Annotated[int, Meta(ge=0, le=100)]
Days = Annotated[int, Meta(ge=1, le=3650)]
Among = Annotated[int, Meta(ge=2, le=100)]  # a post looks back at no more comments of its story
People = Annotated[int, Meta(ge=0, le=50)]  # a post is held against no more texts than show these
Week = Annotated[int, Meta(ge=1, le=168)]  # hours
Tag = Annotated[str, Meta(min_length=1, max_length=100)]


class ForTag(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for stories of a tag: a layer between that of their section and their own."""

    tag: Tag
    rules: dict[str, Any]


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a site, a section or a story may set about its discussions. Durations are seconds."""

    schedule: Schedule = open_for(14)
    closed_hours: tuple[Entry, ...] = ()  # when discussions rest, such as "22:00-06:00" or "saturday"
    mode: Mode = Mode.POST
    who: Who = Who.EVERYBODY  # may comment
    tags: tuple[Tag, ...] = ()  # that stories have here beside the publisher's; "-TAG" takes one of those away
    for_tags: Annotated[tuple[ForTag, ...], Meta(max_length=100)] = ()  # what stories of a tag have by themselves
    shortest: Limit = 1  # characters
    longest: Limit = 5000  # characters
    links: Number = 2  # more than this and a comment is held
    languages: tuple[Annotated[str, Meta(pattern="^[a-z]{2}$")], ...] = ()  # a comment in another is held; none: any
    capitals: Percent = 0  # a text that has more of its letters in capitals is held; 0: never
    banned_words: tuple[str, ...] = ()
    suspect_words: tuple[str, ...] = ()
    newcomer_comments: Number = 1  # so many first comments of a person are read before publication; not with a ladder
    ladder: Ladder = Ladder()
    marks: tuple[Literal["expert", "recognised", "new"], ...] = ("expert", "recognised")  # levels shown beside names
    edit_window: Seconds = 300
    flags_to_hide: Number = 3  # open reports of this weight hide a comment until an editor has seen it; 0: never
    weigh_reports: bool = True  # by how the reporter's earlier ones were answered; else each counts 1
    slow_after: Number = 10  # so many answered reports by one reader, and their share is looked at; 0: never
    slow_share: Percent = 20  # fewer of them upheld: a warning, and if it goes on, their reports wait behind others
    slow_days: Days = 90  # reports answered within so many days count, and a warning holds as long
    slow_for: Days = 30  # so many days their reports wait behind others
    posts_per_minute: Rate = 6
    posts_per_hour: Rate = 60
    repeat_window: Seconds = 86400  # the same text again by the same person within this time is refused
    same_elsewhere: Twice = Twice.REFUSED  # the same text under another story within that time
    flood_most: Number = 0  # more than so many of a story's last published comments by one person are held; 0: never
    flood_among: Among = 20  # the comments that `flood_most` looks at, the new one included
    same_text_people: People = 0  # where more people than this post nearly one text, the next are held; 0: never
    same_text_hours: Week = 24  # the time that `same_text_people` looks back, over all stories of the site
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
        for each in self.for_tags:
            if "for_tags" in each.rules or "tags" in each.rules:
                raise BadRules(problem=RulesProblem.TAGS_IN_TAGS, given=each.tag)
            _converted(each.rules)

    @property
    def takes_guests(self) -> bool:
        """Whether a name and a confirmed mail address are enough here."""
        return self.guests and self.who is Who.EVERYBODY


class Texts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A site's own wording. An empty one falls back to the catalogue's."""

    invitation: str = ""
    policy: str = ""
    disclaimer: str = ""
    closed: str = ""
    redress: str = ""  # what can be done beyond an appeal: courts, out-of-court bodies
    danger: str = ""  # what editors do at once where somebody's life or safety is in danger; never shown to readers


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
_STRICTEST_FIRST = (Mode.CLOSED, Mode.PRE, Mode.POST, Mode.REACTIVE)
_APART = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def rules_here(*layers: str) -> Rules:
    """The rules that hold after all layers, widest first (site, section, tags, story); each a JSON object of what
    differs. Raises BadRules where a layer names a rule that does not exist or gives it a value it cannot have.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        merged.update(set_by(layer))
    return _converted(merged)


def with_rules(layer: str, changes: Mapping[str, Any]) -> str:
    """The layer's JSON with these rules set; a None takes a rule back to what is inherited. Raises BadRules."""
    kept = {**set_by(layer), **{name: msgspec.to_builtins(value) for name, value in changes.items()}}
    changed = msgspec.json.encode({name: value for name, value in kept.items() if value is not None}).decode()
    rules_here(changed)
    return changed


def set_by(layer: str) -> dict[str, Any]:
    """The rules that a layer sets, as builtins. Raises BadRules."""
    try:
        return msgspec.json.decode(layer, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError) as problem:
        raise BadRules(problem=RulesProblem.UNREADABLE, given=str(problem)) from problem


LAYERS = ("site", "section", "tags", "story")
DEFAULT = "default"


def where_set(name: str, layers: Sequence[str]) -> str:
    """Which of LAYERS says what holds of this rule, of layers that are given the widest first; else DEFAULT."""
    setting = [layer for layer, stored in zip(LAYERS, layers, strict=False) if name in set_by(stored)]
    return setting[-1] if setting else DEFAULT


def tag_key(tag: str) -> str:
    """What tells tags apart, however they are written: "Sub-judice" is "sub judice"."""
    return _APART.sub(" ", tag).strip().casefold()


def tags_of(published: Iterable[str], ours: Iterable[str]) -> tuple[str, ...]:
    """A story's tags: the publisher's, without those that `ours` takes away, and those it adds. Each once."""
    ours = tuple(ours)
    gone = {tag_key(tag[1:]) for tag in ours if tag.startswith("-")}
    every = [*published, *(tag for tag in ours if not tag.startswith("-"))]
    kept: dict[str, str] = {}
    for tag in every:
        if tag_key(tag) not in gone:
            kept.setdefault(tag_key(tag), tag)
    return tuple(kept.values())


@lru_cache(maxsize=4096)
def layer_of_tags(inherited: tuple[str, ...], own: str, published: tuple[str, ...]) -> str:
    """The layer (JSON) that a story's tags make, between what it inherits and its own: of two tags that set one rule
    the first that is listed wins, and the strictest of their modes. Raises BadRules.
    """
    if not any('"for_tags"' in layer for layer in inherited):
        return NO_RULES
    tags = {tag_key(tag) for tag in tags_of(published, rules_here(*inherited, own).tags)}
    found = [each.rules for each in rules_here(*inherited).for_tags if tag_key(each.tag) in tags]
    layer: dict[str, Any] = {}
    for rules in reversed(found):
        layer.update(rules)
    if modes := [rules["mode"] for rules in found if "mode" in rules]:
        layer["mode"] = min(map(Mode, modes), key=_STRICTEST_FIRST.index)
    return msgspec.json.encode(layer).decode()


def _converted(values: Mapping[str, Any]) -> Rules:
    try:
        return msgspec.convert(values, Rules)
    except msgspec.ValidationError as problem:
        raise BadRules(problem=RulesProblem.UNREADABLE, given=str(problem)) from problem
