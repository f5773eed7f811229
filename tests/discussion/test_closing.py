"""The closing schedule: what holds at a moment."""

from datetime import datetime, timedelta

import pytest
from tests.discussion.nouns import NOON, after

from rejoinder.discussion.closing import (
    Phase,
    Schedule,
    Standing,
    Step,
    closed_at,
    days_of,
    in_phases,
    open_for,
    standing,
)

WEEK_THEN_REPLIES: Schedule = (
    Step(phase=Phase.OPEN, lasts=timedelta(days=7)),
    Step(phase=Phase.REPLIES, lasts=timedelta(days=2)),
    Step(phase=Phase.REACTIONS, lasts=timedelta(days=1)),
)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (after(days=-1), Standing(phase=Phase.OPEN, until=after(days=7), then=Phase.REPLIES)),
        (NOON, Standing(phase=Phase.OPEN, until=after(days=7), then=Phase.REPLIES)),
        (after(days=7, microseconds=-1), Standing(phase=Phase.OPEN, until=after(days=7), then=Phase.REPLIES)),
        (after(days=7), Standing(phase=Phase.REPLIES, until=after(days=9), then=Phase.REACTIONS)),
        (after(days=9), Standing(phase=Phase.REACTIONS, until=after(days=10), then=Phase.READ_ONLY)),
        (after(days=10), Standing(phase=Phase.READ_ONLY)),
        (after(days=4000), Standing(phase=Phase.READ_ONLY)),
    ],
)
def test_each_phase_begins_when_the_one_before_it_ends(moment: datetime, expected: Standing) -> None:
    assert standing(WEEK_THEN_REPLIES, published_at=NOON, now=moment) == expected


@pytest.mark.parametrize(
    ("phase", "comments", "replies"),
    [
        (Phase.OPEN, True, True),
        (Phase.REPLIES, False, True),
        (Phase.REACTIONS, False, False),
        (Phase.READ_ONLY, False, False),
    ],
)
def test_what_each_phase_takes(phase: Phase, *, comments: bool, replies: bool) -> None:
    holds = Standing(phase=phase)

    assert (holds.takes_comments, holds.takes_replies) == (comments, replies)


def test_a_story_without_a_time_is_not_closed_on_a_guess() -> None:
    assert standing(open_for(14), published_at=None, now=after(days=4000)) == Standing(phase=Phase.OPEN)


def test_a_story_without_a_time_is_closed_by_hand_all_the_same() -> None:
    assert standing(closed_at(NOON), published_at=None, now=NOON).phase is Phase.READ_ONLY


def test_closing_by_hand_holds_from_that_moment() -> None:
    schedule = closed_at(after(hours=1))

    assert standing(schedule, published_at=NOON, now=after(minutes=59)).takes_comments
    assert standing(schedule, published_at=NOON, now=after(hours=1)) == Standing(phase=Phase.READ_ONLY)


def test_a_reopened_story_is_open_until_its_new_end() -> None:
    reopened = (Step(phase=Phase.OPEN, ends_at=after(days=30)),)

    assert standing(reopened, published_at=NOON, now=after(days=20)).until == after(days=30)


def test_a_step_without_an_end_lasts_for_good() -> None:
    assert standing((Step(phase=Phase.OPEN),), published_at=NOON, now=after(days=4000)) == Standing(phase=Phase.OPEN)


def test_an_empty_schedule_is_read_only() -> None:
    assert standing((), published_at=NOON, now=NOON) == Standing(phase=Phase.READ_ONLY)


def test_a_day_is_twenty_four_hours_through_a_change_of_clocks() -> None:
    before_change = datetime.fromisoformat("2026-10-24T12:00:00+01:00")

    ends = standing(open_for(1), published_at=before_change, now=before_change).until

    assert ends == datetime.fromisoformat("2026-10-25T11:00:00+00:00")


NIGHTS = ("22:00-06:00",)
TEN, SIX = after(hours=10), after(hours=18)  # the night after NOON, in UTC


@pytest.mark.parametrize(
    ("schedule", "moment", "expected"),
    [
        (  # by day: a rest comes before the schedule's own end
            open_for(14),
            after(hours=1),
            Standing(phase=Phase.OPEN, until=TEN, then=Phase.REACTIONS, rest_is_next=True, closes=after(days=14)),
        ),
        (  # at night
            open_for(14),
            TEN,
            Standing(phase=Phase.REACTIONS, until=SIX, then=Phase.OPEN, rests=True, closes=after(days=14)),
        ),
        (  # in the morning
            open_for(14),
            SIX,
            Standing(
                phase=Phase.OPEN, until=after(hours=34), then=Phase.REACTIONS, rest_is_next=True, closes=after(days=14)
            ),
        ),
        (  # the schedule ends at night
            open_for(0.5),
            after(hours=11),
            Standing(
                phase=Phase.REACTIONS, until=after(hours=12), then=Phase.READ_ONLY, rests=True, closes=after(days=0.5)
            ),
        ),
        (  # and by day, before the night comes
            open_for(0.25),
            after(hours=1),
            Standing(phase=Phase.OPEN, until=after(hours=6), then=Phase.READ_ONLY),
        ),
        (open_for(0.25), after(hours=11), Standing(phase=Phase.READ_ONLY)),  # what has closed does not rest
        (
            (Step(phase=Phase.OPEN),),
            after(hours=1),
            Standing(phase=Phase.OPEN, until=TEN, then=Phase.REACTIONS, rest_is_next=True),
        ),
    ],
)
def test_at_its_closed_hours_a_discussion_rests(schedule: Schedule, moment: datetime, expected: Standing) -> None:
    assert standing(schedule, published_at=NOON, now=moment, closed_hours=NIGHTS) == expected


def test_recommending_goes_on_until_all_is_over() -> None:
    assert [phase for phase in Phase if not Standing(phase=phase).takes_recommendations] == [Phase.READ_ONLY]


def test_phases_are_made_from_days_and_read_back() -> None:
    schedule = in_phases(days=7, replies=0, reactions=1.5)

    assert [step.phase for step in schedule] == [Phase.OPEN, Phase.REACTIONS]
    assert [days_of(schedule, phase) for phase in Phase] == [7, None, 1.5, None]
    assert days_of(closed_at(NOON), Phase.OPEN) is None
