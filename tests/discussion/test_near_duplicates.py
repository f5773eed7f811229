"""What says almost the same is found, at a cost that grows with the number of texts."""

import pytest
from tests.linear import grows_linearly

from rejoinder.discussion.near_duplicates import alike, runs_of

PITCH = "Best winter tyres for the islands, free delivery before noon on every day of the week, ask for number {0}"


def test_a_text_with_a_figure_changed_is_like_the_others() -> None:
    found = alike(
        {1: PITCH.format(7), 2: "The ferry was late again on Monday.", 3: PITCH.format(812), 4: PITCH.format(9)}
    )

    assert found == dict.fromkeys((1, 3, 4), (1, 3, 4))


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        (PITCH, PITCH.upper() + "!!!", True),
        (PITCH, PITCH.replace("islands", "mainland"), True),
        (
            PITCH,
            "Best winter tyres are made of rubber, and the islands have had none for years, so what is new here",
            False,
        ),
        ("Great!", "great", True),
        ("Great!", "Bad!", False),
        ("", "…", False),
        ("كل صباح أركب العبّارة من الجزيرة إلى المدينة", "كل صباح أركب العبّارة من الجزيرة إلى المدينة!", True),
    ],
)
def test_alike_is_what_a_reader_would_call_the_same(one: str, other: str, are_alike: bool) -> None:
    assert bool(alike({1: one, 2: other})) is are_alike


def test_the_effort_grows_with_the_number_of_texts_also_when_all_are_alike() -> None:
    def many(count: int) -> str:
        return "\n".join(PITCH.format(number) for number in range(count))

    def work(text: str) -> None:
        runs_of.cache_clear()
        alike(dict(enumerate(text.split("\n"))))

    assert grows_linearly(work, many, small=100)
