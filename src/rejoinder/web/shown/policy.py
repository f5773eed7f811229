"""The policy as readers and editors see it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup
from msgspec import Struct

from rejoinder.discussion.policy import Group, Reason
from rejoinder.discussion.reasons import WITH_PARENT
from rejoinder.discussion.trust import Ladder
from rejoinder.web.shown.desk import GROUPED_REASONS
from rejoinder.web.shown.page import Page

EVERY_REASON: tuple[tuple[Group, tuple[Reason, ...]], ...] = tuple(  # that a clause can name, the system's own included
    (group, (*found, WITH_PARENT) if group is WITH_PARENT.group else found) for group, found in GROUPED_REASONS
)


class Prose(Struct, frozen=True):
    """A part of a text: what stands above it (empty: nothing), and its paragraphs."""

    heading: str
    html: Markup


class ShownClause(Struct, frozen=True, kw_only=True):
    """A numbered rule. `reasons` are labels, catalogue keys."""

    number: int
    sentence: str
    letter: str = ""
    reasons: tuple[str, ...] = ()


class ShownPolicy(Struct, frozen=True, kw_only=True):
    """A version. Without a time it is ours, which a site has until it writes its own."""

    number: int
    clauses: tuple[ShownClause, ...]
    introduction: tuple[Prose, ...] = ()
    closing: tuple[Prose, ...] = ()
    note: str = ""
    since: datetime | None = None
    is_material: bool = False
    section: str = ""
    section_name: str = ""


class PolicyPage(Page, frozen=True, kw_only=True):
    """The policy, with what follows from the site's rules. Where it has written none, the catalogue's words."""

    template: ClassVar[str] = "policy.html"

    policy: ShownPolicy
    newest: int
    addenda: tuple[ShownPolicy, ...] = ()
    days_open: int | None = None
    ladder: Ladder = Ladder()
    marks: tuple[str, ...] = ()  # levels shown beside names


class ClauseField(Struct, frozen=True, kw_only=True):
    """A clause as it stands in the form: `reasons` are the codes of those that are ticked."""

    number: int
    sentence: str = ""
    reasons: tuple[str, ...] = ()
    letter: str = ""


class PolicyForm(Struct, frozen=True, kw_only=True):
    """Fields sent: `language`, `introduction`, `closing`, `note`, `material`, the number `seen` of the version that it
    began with, and for each clause `sentence-N`, `letter-N` and `reasons-N`, once for each that is ticked; the button
    `preview` only looks.
    """

    language: str
    seen: int
    introduction: str = ""
    closing: str = ""
    note: str = ""
    is_material: bool = False
    clauses: tuple[ClauseField, ...] = ()


class Change(Struct, frozen=True, kw_only=True):
    """A clause that is not as it was: its number before and now, and its sentences. Number 0 is the introduction, or
    where it `is_closing` the closing text.
    """

    number: int
    before: str = ""
    after: str = ""
    is_closing: bool = False


class DeskPolicyPage(Page, frozen=True, kw_only=True):
    """The form for a new version, of the site (`section` empty) or of a section's addendum."""

    template: ClassVar[str] = "desk/policy.html"
    at: ClassVar[str] = "policy"

    form: PolicyForm
    languages: tuple[str, ...]
    versions: tuple[ShownPolicy, ...]
    reasons: tuple[tuple[Group, tuple[Reason, ...]], ...] = EVERY_REASON
    sections: tuple[tuple[str, str], ...] = ()  # key and name
    section: str = ""
    preview: ShownPolicy | None = None
    changes: Sequence[Change] = ()
    meanwhile: Sequence[Change] = ()  # what a colleague published while it was written
    problem: str = ""
    notice: str = ""
