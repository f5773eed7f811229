"""Who may appeal, until when, and who may hear it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.discussion.nouns import NOON, after
from tests.discussion.nouns import comment as a_comment
from tests.discussion.nouns import decision as decided_on

from rejoinder.discussion.appeals import (
    LONGEST_APPEAL,
    Appeal,
    Appellant,
    Hearing,
    Sides,
    ends,
    fits_appeal,
    is_appealable,
    may_appeal,
    may_appeal_report,
    may_hear,
    must_answer,
    must_be_open,
)
from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import Flag, Resolution
from rejoinder.discussion.moderation import Decision, Outcome, last_link, standing_word
from rejoinder.discussion.refusals import (
    AlreadyAppealed,
    AlreadyHeard,
    AnswerNeeded,
    AppealOver,
    FreshLookTooSoon,
    HeardByAnother,
    NothingToAppeal,
    TooLong,
)

LONDON = ZoneInfo("Europe/London")


def a_decision(seq: int, outcome: Outcome, *, after: Status, **known: Any) -> Decision:
    return decided_on(seq, outcome=outcome, status_before=Status.PUBLISHED, status_after=after, **known)


def a_removal(seq: int = 1, **known: Any) -> Decision:
    values: dict[str, Any] = {"after": Status.REMOVED, "by_seq": 7} | known
    return a_decision(seq, Outcome.REJECT, **values)


def an_appeal(**known: Any) -> Appeal:
    values: dict[str, Any] = {
        "seq": 1,
        "id": UUID(int=1),
        "site_seq": 1,
        "decision_seq": 1,
        "comment_seq": 1,
        "by": Appellant.WRITER,
        "text": "",
        "created_at": NOON,
    }
    return Appeal(**values | known)


def a_flag(resolution: Resolution | None = Resolution.DECLINED) -> Flag:
    return Flag(
        seq=1,
        id=UUID(int=1),
        comment_seq=1,
        revision=1,
        reason="hate",
        note="",
        created_at=NOON,
        resolution=resolution,
        resolved_at=NOON if resolution else None,
    )


@pytest.mark.parametrize(
    ("told", "last_day"),
    [
        ("2026-01-15", "2026-07-15"),
        ("2026-08-31", "2027-02-28"),
        ("2027-08-31", "2028-02-29"),
        ("2026-07-01", "2027-01-01"),
    ],
)
def test_an_appeal_is_taken_for_six_months_and_the_whole_last_day(told: str, last_day: str) -> None:
    told_at = datetime.fromisoformat(f"{told}T12:00:00+00:00")

    assert ends(told_at) == datetime.fromisoformat(f"{last_day}T12:00:00+00:00") + timedelta(days=1)


@pytest.mark.parametrize(
    ("decision", "status", "may"),
    [
        (a_removal(), Status.REMOVED, True),
        (a_removal(after=Status.REJECTED), Status.REJECTED, True),
        (a_removal(after=Status.SPAM), Status.SPAM, True),
        (a_decision(1, Outcome.HIDE, after=Status.HIDDEN), Status.HIDDEN, True),
        (a_decision(1, Outcome.EDIT, after=Status.PUBLISHED), Status.PUBLISHED, True),
        (a_decision(1, Outcome.EDIT, after=Status.PUBLISHED, reversed_by=2), Status.PUBLISHED, False),
        (a_decision(1, Outcome.APPROVE, after=Status.PUBLISHED), Status.PUBLISHED, False),
        (a_removal(), Status.PUBLISHED, False),
        (a_removal(), Status.DELETED, False),
    ],
)
def test_what_keeps_words_from_readers_can_be_appealed(decision: Decision, status: Status, *, may: bool) -> None:
    assert is_appealable(decision, a_comment(status=status), [decision]) is may


def test_only_the_decision_that_holds_can_be_appealed() -> None:
    hidden = a_decision(1, Outcome.HIDE, after=Status.HIDDEN)
    removed = a_removal(2)
    comment = a_comment(status=Status.REMOVED)

    assert not is_appealable(hidden, comment, [hidden, removed])
    assert is_appealable(removed, comment, [hidden, removed])


@pytest.mark.parametrize(
    ("known", "now", "refusal"),
    [
        ({"earlier": an_appeal()}, after(days=1), AlreadyAppealed),
        ({"earlier": None}, after(days=200), AppealOver),
        ({"earlier": None, "status": Status.PUBLISHED}, after(days=1), NothingToAppeal),
    ],
)
def test_why_a_writer_may_not_appeal(known: dict[str, Any], now: datetime, refusal: type[Exception]) -> None:
    decision = a_removal()
    comment = a_comment(status=known.get("status", Status.REMOVED))

    with pytest.raises(refusal):
        may_appeal(decision, comment, [decision], earlier=known["earlier"], now=now)


def test_a_writer_may_appeal_on_the_last_day() -> None:
    decision = a_removal()

    may_appeal(
        decision, a_comment(status=Status.REMOVED), [decision], earlier=None, now=ends(NOON) - timedelta(seconds=1)
    )


@pytest.mark.parametrize(
    ("flag", "status", "earlier", "now", "refusal"),
    [
        (a_flag(), Status.PUBLISHED, an_appeal(), after(days=1), AlreadyAppealed),
        (a_flag(Resolution.UPHELD), Status.REMOVED, None, after(days=1), NothingToAppeal),
        (a_flag(None), Status.PUBLISHED, None, after(days=1), NothingToAppeal),
        (a_flag(), Status.REMOVED, None, after(days=1), NothingToAppeal),
        (a_flag(), Status.PUBLISHED, None, after(days=200), AppealOver),
    ],
)
def test_why_a_reporter_may_not_appeal(
    flag: Flag, status: Status, earlier: Appeal | None, now: datetime, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        may_appeal_report(flag, a_comment(status=status), earlier=earlier, now=now)


def test_a_reporter_may_appeal_a_refusal() -> None:
    may_appeal_report(a_flag(), a_comment(), earlier=None, now=after(days=1))


@pytest.mark.parametrize(
    ("by", "decided", "deciders", "now", "found"),
    [
        (8, (7,), {7, 8}, after(hours=1), False),  # a colleague, at once
        (8, (None,), {8}, after(hours=1), False),  # the system decided
        (7, (7,), {7, 8}, after(days=2), HeardByAnother),
        (8, (7, 8), {7, 8, 9}, after(days=2), HeardByAnother),  # who decided since is no stranger either
        (5, (7,), {5, 7, 8}, after(days=2), HeardByAnother),  # it is their own
        (7, (7,), {7}, after(hours=1), FreshLookTooSoon),
        (7, (7,), {7}, after(hours=11), FreshLookTooSoon),
        (7, (7,), {7}, after(hours=13), True),  # after midnight
        (7, (7,), {5, 7}, after(days=1), True),  # the colleague is who appeals
        (7, (7, 8), {7, 8}, after(days=1), True),  # both have decided
    ],
)
def test_who_may_hear_it(
    by: int, decided: tuple[int | None, ...], deciders: set[int], now: datetime, found: bool | type[Exception]
) -> None:
    sides = Sides(
        decided=tuple(a_removal(n, by_seq=seq) for n, seq in enumerate(decided, 1)),
        appellant_seq=5,
        deciders=deciders,
    )

    if isinstance(found, bool):
        assert may_hear(sides, by_seq=by, zone=LONDON, now=now) is found
    else:
        with pytest.raises(found):
            may_hear(sides, by_seq=by, zone=LONDON, now=now)


def test_an_appeal_is_heard_once_and_answered() -> None:
    with pytest.raises(AlreadyHeard):
        must_be_open(an_appeal(outcome=Hearing.REFUSED))
    with pytest.raises(AnswerNeeded):
        must_answer(" \n")
    with pytest.raises(TooLong):
        fits_appeal("x" * (LONGEST_APPEAL + 1))
    must_be_open(an_appeal())
    must_answer("The clause is meant for this.")
    fits_appeal("x" * LONGEST_APPEAL)


def test_an_undone_hearing_lets_the_decision_stand_again() -> None:
    removed = a_removal(1, reversed_by=2)
    granted = a_decision(2, Outcome.APPROVE, after=Status.PUBLISHED, reverses=1, reversed_by=3)
    undone = a_decision(3, Outcome.UNDO, after=Status.REMOVED, reverses=2)

    assert standing_word([removed, granted, undone]) == removed
    assert last_link(removed, [removed, granted, undone]) == undone


def test_a_second_grant_holds() -> None:
    removed = a_removal(1, reversed_by=2)
    granted = a_decision(2, Outcome.APPROVE, after=Status.PUBLISHED, reverses=1, reversed_by=3)
    undone = a_decision(3, Outcome.UNDO, after=Status.REMOVED, reverses=2, reversed_by=4)
    again = a_decision(4, Outcome.APPROVE, after=Status.PUBLISHED, reverses=3)

    assert standing_word([removed, granted, undone, again]) == again
