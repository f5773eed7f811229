"""How much of a text is shouted."""

import pytest

from rejoinder.discussion.shouting import capitals_in


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("THE BOAT WAS FULL AGAIN TODAY, ALL OF IT", 100),
        ("The boat was full AGAIN and AGAIN and AGAIN", 42),
        ("The boat was full again today, all of it", 0),
        ("The BBC, the EU and NATO came by boat today", 0),
        ("NEVER!", 0),
        ("СОВСЕМ НИЧЕГО НЕ СДЕЛАЛИ С ПАРОМОМ", 100),
        ("今朝のフェリーはまた満員でした。今朝のフェリーはまた満員でした。", 0),
        ("1234567890 1234567890 1234567890", 0),
    ],
)
def test_the_share_of_letters_in_words_of_capitals(text: str, share: int) -> None:
    assert capitals_in(text)[0] == share


def test_the_words_are_marked() -> None:
    text = "The boat was FULL AGAIN today, and nobody said so."

    assert [text[start:end] for start, end in capitals_in(text)[1]] == ["FULL", "AGAIN"]
