"""The desk's pages of rules: what holds in a place, from where, and how it is changed; and what a try has shown."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.trust import Ladder
from rejoinder.discussion.trying import Fate, Tally, Verdict
from rejoinder.web.shown.desk import DeskPage, Piece
from rejoinder.web.shown.record import RuleChange


class Control(StrEnum):
    """How a rule is changed in a form."""

    NUMBER = "number"
    CHOICE = "choice"
    WORDS = "words"  # on one line
    LINES = "lines"  # one entry a line
    LADDER = "ladder"


class ShownRule(Struct, frozen=True, kw_only=True):
    """A rule, worded. `typed` is what stands in its field; empty: as above. `holds` is what holds here, `origin` which
    layer says so (`default`, `site`, `section`, `tags`, `story`), `above` what would hold were nothing set here.
    """

    name: str
    label: str
    control: Control
    holds: str
    origin: str
    above: str
    typed: str = ""
    hint: str = ""
    unit: str = ""
    problem: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    ladder: Ladder | None = None


class ShownRuleGroup(Struct, frozen=True, kw_only=True):
    title: str
    rules: tuple[ShownRule, ...]


class ShownChange(Struct, frozen=True, kw_only=True):
    """One rule in one change. `by` None is the command line."""

    at: datetime
    rule: RuleChange
    by: str | None = None


class TriedComment(Struct, frozen=True, kw_only=True):
    """A comment that would fare otherwise, and what became of it."""

    id: UUID
    name: str
    pieces: tuple[Piece, ...]
    before: Fate
    after: Fate
    hidden: bool  # then, by reports
    whys: tuple[str, ...]
    verdict: Verdict


class ShownTrial(Struct, frozen=True, kw_only=True):
    """What the typed rules would have done in the last `days`."""

    days: int
    looked_at: int
    is_cut: bool
    held: Tally
    refused: Tally
    hidden: Tally
    held_today: int
    refused_today: int
    hidden_today: int
    freed: int
    reasons: tuple[tuple[str, int], ...]  # worded
    examples: tuple[TriedComment, ...]


class RulesPage(DeskPage, frozen=True, kw_only=True):
    """The rules of a place: `kind` is site, section or story. Fields sent: one for each rule by its name (a ladder's
    by `ladder` and `ladder_…`), `seen`, and to try them `preview` and `days`.
    """

    template: ClassVar[str] = "desk/rules.html"
    at: ClassVar[str] = "rules"

    kind: str
    key: str  # a section's key or a story's slug
    name: str
    seen: str
    groups: tuple[ShownRuleGroup, ...]
    section: str = ""  # of a story: its section's key and name
    section_name: str = ""
    tags: tuple[str, ...] = ()  # of a story
    sections: tuple[tuple[str, str], ...] = ()  # of a site: key and name
    changes: tuple[ShownChange, ...] = ()
    trial: ShownTrial | None = None
    days: int = 7
    problem: str = ""
    notice: str = ""
