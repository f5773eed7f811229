"""Candidates for picks: what speaks for a comment, and who comes first."""

from typing import Any

import pytest

from rejoinder.discussion.picks import FULL, PER_STORY, SHORTEST, Candidate, rank, weigh

LONG = "The ferry carried us to school for six winters. " * 12


def a_candidate(text: str = LONG, *, seq: int = 1, **known: Any) -> Candidate:
    values: dict[str, Any] = {"story_seq": 1, "writer_seq": seq, "was_picked": True} | known
    return Candidate(comment_seq=seq, text=text, **values)


def reasons(candidate: Candidate) -> set[str]:
    return {why.sentence.partition(":")[0] for why in weigh(candidate).reasons}


@pytest.mark.parametrize(
    ("candidate", "told"),
    [
        (a_candidate("Yes."), set()),
        (a_candidate(), {"Long enough to make a point"}),
        (a_candidate("Yes.", recommended=3), {"Recommended by readers"}),
        (a_candidate("Yes.", replies=1), {"Replies"}),
        (a_candidate("See https://council.example/paper."), {"Gives a source"}),
        (a_candidate("It was 22 in 1998."), {"Gives figures"}),
        (a_candidate("It was in 1998."), set()),
        (a_candidate("Yes.", was_picked=False), {"A writer who was never picked"}),
    ],
)
def test_what_speaks_for_a_comment_is_said(candidate: Candidate, told: set[str]) -> None:
    assert reasons(candidate) == told


def test_the_heaviest_reason_is_said_first() -> None:
    ranked = weigh(a_candidate(recommended=30, was_picked=False))

    assert ranked.reasons[0].data == {"count": 30}


def test_length_adds_nothing_beyond_what_makes_a_point() -> None:
    assert weigh(a_candidate("x" * FULL)).score == weigh(a_candidate("x" * 10 * FULL)).score
    assert weigh(a_candidate("x" * (SHORTEST - 1))).score == 0


def test_the_tenth_vote_says_less_than_the_second() -> None:
    def score(votes: int) -> float:
        return weigh(a_candidate(recommended=votes)).score

    assert score(2) - score(1) > score(10) - score(9) > 0


def test_a_page_is_of_many_writers_and_stories() -> None:
    one_story = [a_candidate(seq=n, recommended=100 - n) for n in range(1, 10)]
    same_writer = a_candidate(seq=20, writer_seq=1, story_seq=2, recommended=50)
    other_story = a_candidate(seq=30, story_seq=3)

    chosen = [each.candidate.comment_seq for each in rank([other_story, same_writer, *one_story], most=20)]

    assert chosen == [*range(1, PER_STORY + 1), 30]
    assert rank(one_story, most=2)[-1].candidate.comment_seq == 2
