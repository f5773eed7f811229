"""What lies before the sample's editors, as its file says it. Every entry is done so many minutes before now."""

from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.policy import Content
from rejoinder.sample.reading import DecisionEntry, FlagEntry, told


class Act(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that is done. `comment` is always the key of one of `Desk.comments`, `under` a story's id."""

    minutes_ago: float


class PolicyEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The paper's own policy, which it has from its first day."""

    note: str
    content: Content


class RulesAct(Act, frozen=True, kw_only=True):
    """Rules of a section, by its key."""

    section: str
    by: str
    rules: dict[str, Any]


class CommentAct(Act, frozen=True, kw_only=True):
    """A comment, its reports and what was decided on it; where it was held first, who let it stand."""

    under: str
    by: str
    text: str
    key: str = ""
    approved_by: str = ""
    flags: tuple[FlagEntry, ...] = ()
    decision: DecisionEntry | None = None
    decided_by: str = ""


class NoteAct(Act, frozen=True, kw_only=True):
    """A note on a comment, or on a person."""

    by: str
    text: str
    comment: str = ""
    person: str = ""


class QuestionAct(Act, frozen=True, kw_only=True):
    """A second opinion that is asked for."""

    comment: str
    by: str
    to: str
    text: str


class WarningAct(Act, frozen=True, kw_only=True):
    person: str
    by: str
    reason: str
    text: str


class AppealAct(Act, frozen=True, kw_only=True):
    """Of the comment's writer, against the last decision on it."""

    comment: str
    text: str


class NoticeAct(Act, frozen=True, kw_only=True):
    comment: str
    kind: str
    why: str
    name: str
    email: str


class CorrectionAct(Act, frozen=True, kw_only=True):
    under: str
    by: str
    quote: str
    text: str
    source: str


class ClaimAct(Act, frozen=True, kw_only=True):
    comment: str
    by: str


class Desk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    policy: PolicyEntry
    rules: tuple[RulesAct, ...]
    comments: tuple[CommentAct, ...]
    notes: tuple[NoteAct, ...]
    questions: tuple[QuestionAct, ...]
    warnings: tuple[WarningAct, ...]
    appeals: tuple[AppealAct, ...]
    notices: tuple[NoticeAct, ...]
    corrections: tuple[CorrectionAct, ...]
    claims: tuple[ClaimAct, ...]

    @property
    def acts(self) -> list[Act]:
        """All but the policy, the earliest first."""
        apart = (self.rules, self.comments, self.notes, self.questions, self.warnings)
        later = (self.appeals, self.notices, self.corrections, self.claims)
        acts: list[Act] = [act for each in (*apart, *later) for act in each]
        return sorted(acts, key=lambda act: -act.minutes_ago)


def desk() -> Desk:
    return msgspec.convert(told("desk.toml"), Desk)
