"""What an editor had seen, against what colleagues have done since."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from rejoinder.discussion.closing import closed_at, open_for
from rejoinder.discussion.picks import Pick, must_lose_no_words
from rejoinder.discussion.refusals import ActedMeanwhile, DecidedMeanwhile, TimesChanged
from rejoinder.discussion.rule_places import must_be_those_times, times_mark
from rejoinder.discussion.sites import with_rules
from rejoinder.discussion.stories import Content, Story
from rejoinder.discussion.trust import Level, must_be_there

NOON = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
THREE = with_rules("{}", {"schedule": open_for(3)})
ROWE = Pick(by_seq=1, by_name="T. Rowe", note="A fine memory.")


@pytest.mark.parametrize(
    ("pick", "note", "by_seq"),
    [(None, "Mine.", 2), (ROWE, "", 2), (ROWE, "A fine memory.", 2), (ROWE, "Another word.", 1)],
)
def test_a_pick_that_loses_no_colleague_s_word_is_silent(pick: Pick | None, note: str, by_seq: int) -> None:
    must_lose_no_words(pick, note, by_seq=by_seq)


def test_another_word_than_the_colleague_s_hears_of_them() -> None:
    with pytest.raises(DecidedMeanwhile) as told:
        must_lose_no_words(ROWE, "Another word.", by_seq=2)

    assert told.value.data == {"name": "T. Rowe"}


@pytest.mark.parametrize(
    ("level", "seen", "wanted"),
    [
        (Level.NEW, Level.NEW, Level.EXPERT),
        (Level.EXPERT, Level.NEW, Level.EXPERT),  # a colleague did the same
        (Level.RECOGNISED, None, Level.EXPERT),
    ],
)
def test_who_stands_where_they_were_seen_can_be_put_elsewhere(level: Level, seen: Level | None, wanted: Level) -> None:
    must_be_there(level, seen=seen, wanted=wanted)


def test_who_stands_elsewhere_by_now_is_looked_at_again() -> None:
    with pytest.raises(ActedMeanwhile):
        must_be_there(Level.RECOGNISED, seen=Level.NEW, wanted=Level.EXPERT)


@pytest.mark.parametrize("changes", [{"links": 7}, {"schedule": open_for(3)}, {}])
def test_the_times_are_the_same_whatever_else_is_set(changes: dict[str, Any]) -> None:
    must_be_those_times(with_rules(THREE, changes), seen=times_mark(THREE))


@pytest.mark.parametrize("changes", [{"schedule": open_for(9)}, {"schedule": None}, {"closed_hours": ("22:00-06:00",)}])
def test_other_times_are_looked_at_first(changes: dict[str, Any]) -> None:
    must_be_those_times(with_rules(THREE, changes), seen=None)
    with pytest.raises(TimesChanged):
        must_be_those_times(with_rules(THREE, changes), seen=times_mark(THREE))


@pytest.mark.parametrize(
    ("own", "is_over"),
    [
        ("{}", False),
        (THREE, True),
        (with_rules("{}", {"schedule": open_for(30)}), False),
        (with_rules("{}", {"schedule": closed_at(NOON)}), True),
        (with_rules("{}", {"schedule": closed_at(NOON + timedelta(days=30))}), False),
        (with_rules("{}", {"mode": "closed"}), False),
    ],
)
def test_a_story_s_own_schedule_is_over_when_it_has_one_and_that_has_ended(own: str, is_over: bool) -> None:
    story = Story(
        seq=1,
        id=UUID(int=1),
        site_seq=1,
        slug="ferry",
        content=Content(headline="Ferry to run through the winter"),
        version=1,
        rules=own,
        published_at=NOON,
    )

    assert story.own_schedule_is_over(NOON + timedelta(days=20)) is is_over
