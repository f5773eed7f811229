"""Decisions: what becomes of a comment after reports, and by an editor's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.policy import SectionClauses, chosen_reason
from rejoinder.discussion.refusals import AlreadyUndone, NoteNeeded, NothingToDecide, ReasonNeeded, Stale, StoryClosed
from rejoinder.discussion.sites import Rules


class Outcome(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"
    LOWER = "lower"  # it stands, but after all others
    HIDE = "hide"  # by the system, after reports, until an editor has seen it
    UNDO = "undo"
    EDIT = "edit"  # an editor changed the text; its rule says whether readers see how (`editing.Showing`)
    LOCK = "lock"  # it and all below it take no replies any more
    MOVE = "move"  # a reply stands under another comment; its rule is the id of the one it answered before


_BESIDE = (
    Outcome.UNDO,
    Outcome.EDIT,
    Outcome.LOCK,
    Outcome.MOVE,
)  # on the record, but no word on whether the comment stands
BY_CHECK = "check:"  # how the rule of a decision begins that an external check led to; its name follows
NEEDS_REASON = (Outcome.REJECT, Outcome.LOWER)  # what restricts


class Decision(Struct, frozen=True, kw_only=True):
    """One entry of the record: only added, never changed. `by` None is the system, by `rule`."""

    seq: int
    id: UUID
    comment_seq: int
    revision: int
    outcome: Outcome
    status_before: Status
    status_after: Status
    created_at: datetime
    by_seq: int | None = None
    by_name: str | None = None
    rule: str | None = None
    reason: str | None = None
    note: str = ""
    reverses: int | None = None
    reversed_by: int | None = None
    also: tuple[str, ...] = ()  # further reasons than the first, their codes
    clauses: tuple[int, ...] = ()  # of the policy that it names,
    policy_version: int | None = None  # of this version
    section_clauses: SectionClauses | None = None  # and of what its section adds to it
    caused_by: int | None = None  # the decision on another comment that this one follows
    cited: tuple[tuple[int, int], ...] = ()  # what weighed, as (start, end) in the text

    @property
    def is_by_check(self) -> bool:
        """Whether an external check led to it."""
        return (self.rule or "").startswith(BY_CHECK)

    @property
    def codes(self) -> tuple[str, ...]:
        """All its reasons, the one that leads first."""
        return (self.reason, *self.also) if self.reason else ()


class Ruling(Struct, frozen=True):
    """What a decision does: to the comment, and to the reports of it."""

    status: Status
    marker: Marker
    flags: Resolution


def after_flags(comment: Comment, *, weight: float, rules: Rules) -> Status:
    """The comment's status with open reports of this weight: enough hide what is published until an editor has seen
    it.
    """
    enough = rules.flags_to_hide and weight >= rules.flags_to_hide
    return Status.HIDDEN if enough and comment.status is Status.PUBLISHED else comment.status


def decide(
    comment: Comment,
    outcome: Outcome,
    *,
    reason: str | None,
    seen_revision: int,
    closed: bool,
    rules: Rules,
    note: str = "",
    open_flags: int = 0,
    record: Sequence[Decision] = (),
) -> Ruling:
    """What approving, lowering or rejecting does now, `record` being all that was decided on the comment. Reports of
    what its writer deleted are still answered. Raises Stale if the text changed since it was read, ReasonNeeded,
    UnknownReason, NoteNeeded for a reason that says nothing by itself, NothingToDecide where somebody said the same
    before, and StoryClosed where the rules publish nothing late.
    """
    if comment.revision != seen_revision:
        raise Stale
    if outcome in NEEDS_REASON:
        if not reason:
            raise ReasonNeeded
        if chosen_reason(reason).needs_note and not note.strip():
            raise NoteNeeded
    if not open_flags and (comment.status is Status.DELETED or _said_before(comment, outcome, reason, record)):
        raise NothingToDecide
    if comment.status is Status.DELETED:
        return _answer_only(comment, outcome)
    if outcome in (Outcome.APPROVE, Outcome.LOWER):
        return _approve(comment, closed=closed, rules=rules)
    return _reject(comment, reason=reason or "")


def standing_word(record: Sequence[Decision]) -> Decision | None:
    """The decision that holds: the last that is about the comment's status and was not reversed, or whose reversal was
    itself undone: a hearing can be.
    """
    known = {d.seq: d for d in record}
    return next((d for d in reversed(record) if d.outcome not in _BESIDE and not _is_reversed(d, known)), None)


def last_link(decision: Decision, record: Sequence[Decision]) -> Decision:
    """What a new reversal of the decision reverses: it itself, or the undoing of the reversal before."""
    known = {d.seq: d for d in record}
    while decision.reversed_by is not None:
        decision = known[decision.reversed_by]
    return decision


def _is_reversed(decision: Decision, known: Mapping[int, Decision]) -> bool:
    by = known.get(decision.reversed_by or 0)
    return by is not None and not _is_reversed(by, known)


def may_undo(decision: Decision, comment: Comment, record: Sequence[Decision]) -> None:
    """Silent if the decision is the one that holds. Raises AlreadyUndone if it was undone or another came after it,
    NothingToDecide if the comment has changed since, and for what is no word on whether it stands: another change of
    the text takes one back, and a thread is opened or a reply moved back in ways of their own.
    """
    if decision.outcome in _BESIDE and decision.outcome is not Outcome.UNDO:
        raise NothingToDecide
    holds = standing_word(record)
    if holds is None or holds.seq != decision.seq or decision.reversed_by is not None:
        raise AlreadyUndone
    if comment.status is not decision.status_after:
        raise NothingToDecide


def marker_for(status: Status, reason: str | None) -> Marker:
    """What a comment of this status leaves where it stood."""
    if status is Status.REMOVED:
        return Marker.REASON if reason else Marker.PLAIN
    return Marker.PLAIN if status in (Status.HIDDEN, Status.DELETED) else Marker.NONE


def _said_before(comment: Comment, outcome: Outcome, reason: str | None, record: Sequence[Decision]) -> bool:
    """Whether this very decision holds already: two editors had the same page open."""
    holds = standing_word(record)
    if holds is None or holds.status_after is not comment.status or holds.revision != comment.revision:
        return False
    return holds.outcome is outcome and (outcome is Outcome.APPROVE or holds.reason == reason)


def _answer_only(comment: Comment, outcome: Outcome) -> Ruling:
    resolution = Resolution.UPHELD if outcome is Outcome.REJECT else Resolution.MOOT
    return Ruling(Status.DELETED, comment.marker, resolution)


def _approve(comment: Comment, *, closed: bool, rules: Rules) -> Ruling:
    if closed and not comment.was_published and not rules.approve_after_closing:
        raise StoryClosed
    return Ruling(Status.PUBLISHED, Marker.NONE, Resolution.DECLINED)


def _reject(comment: Comment, *, reason: str) -> Ruling:
    if reason == "advertising" and not comment.was_published:
        return Ruling(Status.SPAM, Marker.NONE, Resolution.UPHELD)
    status = Status.REMOVED if comment.was_published else Status.REJECTED
    return Ruling(status, marker_for(status, reason), Resolution.UPHELD)
