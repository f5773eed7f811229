"""The same text by several people: which texts are the same, by what they are found, and who is counted."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.discussion.nouns import NOON
from tests.linear import grows_linearly

from rejoinder.discussion.copies import Copies, Copy, copies_of, marks_of

PASTED = (
    "The harbour board must publish the figures for the early boat before it takes the ferry away from the people who "
    "sail with it every morning, and it must do so in a meeting that everybody can come to."
)


def copy(text: str, *, by: int = 2, hours: float = 1) -> Copy:
    return Copy(by, NOON - timedelta(hours=hours), text)


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        (PASTED, True),
        (PASTED.upper().replace(",", " -"), True),
        (PASTED.replace("early boat", "late boat"), True),
        (f"Dear editors! {PASTED}", True),
        (f"> Who counted them, and when?\n\n{PASTED}", True),
        (f"> {PASTED}\n\nI do not agree with a word of this, and I have sailed with it for nine years.", False),
        (
            "The harbour board must publish the figures. Until then I believe nobody who says that the boat is full.",
            False,
        ),
    ],
    ids=["itself", "in capitals", "a word changed", "with a greeting", "with a quotation", "quoted", "half a sentence"],
)
def test_texts_are_the_same_though_a_word_was_changed(text: str, is_same: bool) -> None:
    found = copies_of(PASTED, [copy(text)], hours=24, now=NOON)

    assert (found is not None) is is_same


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        "Thank you very much for this article, it was high time!",
        "👏" * 100,
        "......................................................................",
        f"> {PASTED}\n\nHear, hear!",
    ],
)
def test_what_many_say_alike_is_left_alone(text: str) -> None:
    assert marks_of(text) is None


def test_a_text_that_says_something_has_its_marks_in_every_script() -> None:
    assert marks_of(PASTED) is not None
    assert marks_of("港務局必須在取消渡輪之前公布早班船的數字，" * 4) is not None


def test_people_are_counted_once_and_the_first_of_them_says_since_when() -> None:
    others = [copy(PASTED, by=2, hours=3), copy(PASTED, by=2, hours=2), copy(PASTED, by=3, hours=1)]

    found = copies_of(PASTED, others, hours=24, now=NOON)

    assert found == Copies(people=3, since=others[0].created_at)


def test_what_was_written_before_the_time_looked_at_does_not_count() -> None:
    assert copies_of(PASTED, [copy(PASTED, hours=6)], hours=6, now=NOON) is None
    assert copies_of(PASTED, [copy(PASTED, hours=5)], hours=6, now=NOON) is not None


def test_texts_with_one_word_in_thirty_changed_nearly_always_share_a_mark() -> None:
    words = PASTED.split()
    chance = random.Random(7)
    mine = marks_of(PASTED)
    assert mine is not None
    shared = 0
    for number in range(200):
        changed = list(words)
        changed[chance.randrange(len(words))] = f"word{chance.randrange(10_000):x}x{number:x}"
        theirs = marks_of(" ".join(changed))
        assert theirs is not None
        shared += any(one == other for one, other in zip(mine, theirs, strict=True))

    assert shared >= 190


@pytest.mark.parametrize("make", [lambda size: "a " * size, lambda size: "\n>" * size, lambda size: "> a\nb " * size])
def test_the_work_grows_with_the_length(make: Callable[[int], str]) -> None:
    assert grows_linearly(marks_of, make)
