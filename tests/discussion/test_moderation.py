"""What becomes of a comment after reports, and by an editor's word."""

from typing import Any

import pytest
from tests.discussion.nouns import comment, decision, waiting

from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome, Ruling, after_flags, decide, marker_for, may_undo
from rejoinder.discussion.refusals import (
    AlreadyUndone,
    NothingToDecide,
    ReasonNeeded,
    Refusal,
    Stale,
    StoryClosed,
    UnknownReason,
)
from rejoinder.discussion.sites import Rules

DECIDE: dict[str, Any] = {"reason": None, "seen_revision": 1, "open_flags": 0, "closed": False, "rules": Rules()}
APPROVED = Ruling(Status.PUBLISHED, Marker.NONE, Resolution.DECLINED)


@pytest.mark.parametrize(
    ("status", "open_flags", "limit", "becomes"),
    [
        (Status.PUBLISHED, 2, 3, Status.PUBLISHED),
        (Status.PUBLISHED, 3, 3, Status.HIDDEN),
        (Status.PUBLISHED, 900, 0, Status.PUBLISHED),
        (Status.PENDING, 3, 3, Status.PENDING),
        (Status.REMOVED, 3, 3, Status.REMOVED),
        (Status.DELETED, 3, 3, Status.DELETED),
    ],
)
def test_enough_reports_hide_what_is_published(status: Status, open_flags: int, limit: int, becomes: Status) -> None:
    found = after_flags(comment(status=status), weight=open_flags, rules=Rules(flags_to_hide=limit))

    assert found is becomes


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DELETED])
def test_whatever_stands_or_waits_may_be_approved(status: Status) -> None:
    assert decide(comment(status=status), Outcome.APPROVE, **DECIDE) == APPROVED


@pytest.mark.parametrize(
    ("about", "reason", "status", "marker"),
    [
        (waiting(), "hate", Status.REJECTED, Marker.NONE),
        (waiting(), "advertising", Status.SPAM, Marker.NONE),
        (comment(), "hate", Status.REMOVED, Marker.REASON),
        (comment(), "advertising", Status.REMOVED, Marker.REASON),
        (comment(status=Status.HIDDEN), "irrelevant", Status.REMOVED, Marker.REASON),
    ],
)
def test_a_rejection_leaves_what_its_place_asks_for(
    about: Comment, reason: str, status: Status, marker: Marker
) -> None:
    found = decide(about, Outcome.REJECT, **DECIDE | {"reason": reason})

    assert found == Ruling(status, marker, Resolution.UPHELD)


@pytest.mark.parametrize(
    ("outcome", "resolution"), [(Outcome.REJECT, Resolution.UPHELD), (Outcome.APPROVE, Resolution.MOOT)]
)
def test_a_report_of_what_its_writer_deleted_is_still_answered(outcome: Outcome, resolution: Resolution) -> None:
    deleted = comment(status=Status.DELETED, marker=Marker.PLAIN)

    found = decide(deleted, outcome, **DECIDE | {"reason": "hate", "open_flags": 1})

    assert found == Ruling(Status.DELETED, Marker.PLAIN, resolution)


@pytest.mark.parametrize(
    ("refusal", "about", "outcome", "known"),
    [
        (Stale, comment(revision=2), Outcome.APPROVE, {}),
        (Stale, comment(revision=2), Outcome.REJECT, {"reason": "hate"}),
        (NothingToDecide, comment(status=Status.DELETED), Outcome.APPROVE, {}),
        (ReasonNeeded, comment(), Outcome.REJECT, {}),
        (ReasonNeeded, comment(), Outcome.REJECT, {"reason": ""}),
        (UnknownReason, comment(), Outcome.REJECT, {"reason": "boring"}),
        (StoryClosed, waiting(), Outcome.APPROVE, {"closed": True, "rules": Rules(approve_after_closing=False)}),
    ],
)
def test_what_cannot_be_decided(
    refusal: type[Refusal], about: Comment, outcome: Outcome, known: dict[str, Any]
) -> None:
    with pytest.raises(refusal):
        decide(about, outcome, **DECIDE | known)


@pytest.mark.parametrize(
    ("about", "rules"),
    [(waiting(), Rules()), (comment(status=Status.HIDDEN), Rules(approve_after_closing=False))],
)
def test_what_may_be_approved_after_closing(about: Comment, rules: Rules) -> None:
    assert decide(about, Outcome.APPROVE, **DECIDE | {"closed": True, "rules": rules}) == APPROVED


APPROVAL = decision(1)
REMOVAL = decision(
    2, outcome=Outcome.REJECT, status_before=Status.PUBLISHED, status_after=Status.REMOVED, reason="hate"
)
UNDO = decision(3, outcome=Outcome.UNDO, status_before=Status.REMOVED, status_after=Status.PUBLISHED, reverses=2)
AGAIN = decision(4, status_before=Status.REMOVED)


def test_the_latest_word_may_be_undone() -> None:
    may_undo(APPROVAL, comment(), [APPROVAL])
    may_undo(REMOVAL, comment(status=Status.REMOVED), [APPROVAL, REMOVAL])


def test_what_stands_again_after_an_undo_may_be_undone_too() -> None:
    undone = decision(2, outcome=Outcome.REJECT, reversed_by=3)

    may_undo(APPROVAL, comment(), [APPROVAL, undone, UNDO])


@pytest.mark.parametrize(
    ("refusal", "about", "what", "record"),
    [
        (AlreadyUndone, comment(), decision(1, reversed_by=2), [decision(1, reversed_by=2), UNDO]),
        (AlreadyUndone, comment(), UNDO, [APPROVAL, REMOVAL, UNDO]),
        (AlreadyUndone, comment(), APPROVAL, [APPROVAL, REMOVAL, AGAIN]),
        (NothingToDecide, comment(status=Status.DELETED), APPROVAL, [APPROVAL]),
        (NothingToDecide, comment(status=Status.HIDDEN), APPROVAL, [APPROVAL]),
    ],
)
def test_what_may_not_be_undone(refusal: type[Refusal], about: Comment, what: Any, record: list[Any]) -> None:
    with pytest.raises(refusal):
        may_undo(what, about, record)


@pytest.mark.parametrize(
    ("status", "reason", "marker"),
    [
        (Status.REMOVED, "hate", Marker.REASON),
        (Status.REMOVED, None, Marker.PLAIN),
        (Status.HIDDEN, None, Marker.PLAIN),
        (Status.DELETED, None, Marker.PLAIN),
        (Status.PUBLISHED, None, Marker.NONE),
        (Status.REJECTED, "hate", Marker.NONE),
        (Status.SPAM, "advertising", Marker.NONE),
        (Status.PENDING, None, Marker.NONE),
    ],
)
def test_what_each_status_leaves_in_its_place(status: Status, reason: str | None, marker: Marker) -> None:
    assert marker_for(status, reason) is marker
