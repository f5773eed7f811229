"""Care for who reads it all."""

from rejoinder.discussion.care import is_harsh, mixed
from rejoinder.discussion.screening import Finding


def test_a_banned_word_or_a_report_for_hatred_makes_a_text_harsh() -> None:
    assert is_harsh([Finding(check="banned-words", sentence="…")], [])
    assert is_harsh([], ["irrelevant", "hate"])
    assert not is_harsh([Finding(check="links", sentence="…")], ["inappropriate"])


def test_after_two_hard_ones_an_easy_one_comes_forward() -> None:
    assert mixed("HHHHabHc", str.isupper) == tuple("HHaHHbHc")
    assert mixed("aHbHHc", str.isupper) == tuple("aHbHHc")
    assert mixed("HHHH", str.isupper) == tuple("HHHH")
    assert mixed("", str.isupper) == ()
