"""The orders that move: what stands first, and why."""

import pytest

from rejoinder.discussion.ranking import (
    EXPLAINED,
    LONGEST,
    Candidate,
    Order,
    by_recommendation,
    by_replies,
    expected,
    mark,
    marked,
)


def roots(*figures: tuple[int, int]) -> list[Candidate]:
    """Candidates by their place and recommendations; each has its place as its seq."""
    return [Candidate(seq=place, place=place, recommended=n, replies=0) for place, n in figures]


@pytest.mark.parametrize(
    ("of", "figures", "order"),
    [
        (1, [(1, 0)], [1]),
        (100, [(1, 10), (50, 10)], [50, 1]),  # the same in less time
        (100, [(1, 30), (50, 3)], [1, 50]),  # much more, even for the time it had
        (1000, [(1, 60), (2, 55), (500, 20), (990, 2), (1000, 0)], [500, 990, 2, 1, 1000]),
        (1000, [(1, 9), (998, 3), (999, 1), (1000, 0)], [998, 999, 1, 1000]),
        (10, [(3, 0), (7, 0), (9, 0)], [9, 7, 3]),  # nobody has said anything: the newer first
    ],
)
def test_recommendations_are_measured_against_the_time_there_was_to_gather_them(
    of: int, figures: list[tuple[int, int]], order: list[int]
) -> None:
    assert by_recommendation(roots(*figures), of=of) == order


def test_the_first_to_speak_is_overtaken_by_who_gathers_faster_and_not_by_a_single_vote() -> None:
    early = (1, 40)
    others = [(place, 2) for place in range(2, 200)]

    assert by_recommendation(roots(early, *others), of=200)[0] == 1
    assert by_recommendation(roots(early, *others, (200, 1)), of=200)[0] == 1
    assert by_recommendation(roots(early, *others[:148], (150, 25)), of=200)[0] == 150


@pytest.mark.parametrize(("place", "of"), [(1, 1), (1, 1000), (500, 1000), (1000, 1000)])
def test_what_is_expected_is_the_sum_of_shares_since_its_place(place: int, of: int) -> None:
    shares = sum(1 / n for n in range(place, of + 1))

    assert expected(place, of) == pytest.approx(shares, abs=0.6 / place)


def test_most_replies_first_and_among_equals_the_older() -> None:
    found = [Candidate(seq=seq, place=seq, recommended=0, replies=n) for seq, n in ((1, 0), (2, 5), (3, 9), (4, 5))]

    assert by_replies(found) == [3, 2, 4, 1]


def test_an_order_is_no_longer_than_what_is_kept() -> None:
    many = roots(*((place, place % 7) for place in range(1, 1501)))

    assert len(by_recommendation(many, of=1500)) == len(by_replies(many)) == LONGEST


def test_each_order_is_explained() -> None:
    assert set(EXPLAINED) == set(Order)


@pytest.mark.parametrize(("version", "position"), [(0, 20), (1, 20), (123_456, 480)])
def test_a_mark_says_version_and_position(version: int, position: int) -> None:
    assert marked(mark(version, position)) == (version, position)
