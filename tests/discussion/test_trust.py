"""The trust ladder: what each step gives, and where it leads."""

from typing import Any

import pytest

from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.screening import Draft, screen
from rejoinder.discussion.sites import Rules, rules_here, with_rules
from rejoinder.discussion.trust import Ladder, Level, Step, Why, appointment, level_with, needed, step, worth

LADDER = Ladder(on=True, approval=1, removal=3, recognised_at=5, new_below=2, expert_at=50)


@pytest.mark.parametrize(
    ("level", "points", "becomes"),
    [
        (Level.NEW, 4, Level.NEW),
        (Level.NEW, 5, Level.RECOGNISED),
        (Level.RECOGNISED, 4, Level.RECOGNISED),  # between the way up and the way down nobody flaps
        (Level.RECOGNISED, 2, Level.RECOGNISED),
        (Level.RECOGNISED, 1, Level.NEW),
        (Level.NEW, 2, Level.NEW),
        (Level.NEW, -7, Level.NEW),
        (Level.RECOGNISED, 50, Level.EXPERT),
        (Level.EXPERT, 20, Level.EXPERT),
        (Level.EXPERT, 1, Level.NEW),
    ],
)
def test_points_lead_up_and_down(level: Level, points: int, becomes: Level) -> None:
    assert level_with(points, level=level, ladder=LADDER) is becomes


def test_a_step_says_what_it_was_for() -> None:
    assert step(Level.NEW, 4, 1, why=Why.APPROVED, ladder=LADDER) == Step(
        points=1, why=Why.APPROVED, before=Level.NEW, after=Level.RECOGNISED
    )


def test_an_approval_is_worth_less_than_a_removal_costs() -> None:
    assert [worth(approved=approved, ladder=LADDER) for approved in (True, False)] == [1, -3]


@pytest.mark.parametrize(
    ("level", "points", "to", "change"),
    [
        (Level.NEW, 0, Level.RECOGNISED, 5),
        (Level.NEW, -4, Level.EXPERT, 9),
        (Level.EXPERT, 30, Level.RECOGNISED, 0),
        (Level.RECOGNISED, 9, Level.NEW, -8),
        (Level.NEW, 0, Level.NEW, 0),
    ],
)
def test_an_appointment_comes_with_the_points_to_stay(level: Level, points: int, to: Level, change: int) -> None:
    taken = appointment(level, points, to, ladder=LADDER)

    assert (taken.points, taken.after) == (change, to)


def test_how_many_more() -> None:
    assert [needed(points, ladder=LADDER) for points in (-2, 0, 4, 5, 9)] == [7, 5, 1, 0, 0]


@pytest.mark.parametrize(
    "ladder",
    [{"new_below": 6}, {"recognised_at": 1}, {"expert_at": 5}, {"approval": -1}, {"unknown": 1}, {"removal": 10_001}],
)
def test_a_ladder_that_cannot_stand_is_refused(ladder: dict[str, int]) -> None:
    with pytest.raises(BadRules):
        with_rules("{}", {"ladder": ladder})


def test_a_ladder_is_off_until_it_is_switched_on() -> None:
    assert not Rules().ladder.on
    assert rules_here('{"ladder": {"on": true}}').ladder.recognised_at == 5


def a_draft(text: str = "Nine on Monday.", **known: Any) -> Draft:
    values: dict[str, Any] = {"links": 0, "approved_before": 0, "by_staff": False} | known
    return Draft(text=text, **values)


@pytest.mark.parametrize(
    ("level", "status"),
    [(Level.NEW, Status.PENDING), (Level.RECOGNISED, Status.PUBLISHED), (Level.EXPERT, Status.PUBLISHED)],
)
def test_who_is_new_is_read_first(level: Level, status: Status) -> None:
    assert screen(a_draft(rules=Rules(ladder=LADDER), level=level, approved_before=9)).status is status


@pytest.mark.parametrize(("skips", "status"), [(True, Status.PUBLISHED), (False, Status.PENDING)])
def test_experts_pass_the_lists_only_where_they_may(*, skips: bool, status: Status) -> None:
    rules = Rules(ladder=Ladder(on=True, experts_skip_lists=skips), banned_words=("scam",))

    assert screen(a_draft("A scam.", rules=rules, level=Level.EXPERT)).status is status
