"""The words a decision is about, found again in the text."""

import pytest

from rejoinder.discussion.citing import MOST, spans_of
from rejoinder.discussion.refusals import Invalid, WordsNotFound

TEXT = "The harbour master is a fool,\n\nand his  brother is a fool too (ask anybody)."


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("", []),
        (" \n ", []),
        ("a fool", ["a fool"]),
        ("A Fool", ["a fool"]),
        ("fool, and his brother", ["fool,\n\nand his  brother"]),
        ("  (ask anybody).  ", ["(ask anybody)."]),
        ("a fool too\r\nharbour master", ["harbour master", "a fool too"]),
        ("a fool\na fool", ["a fool"]),
        ("\n".join(["a fool"] * MOST), ["a fool"]),
    ],
)
def test_each_line_is_found_where_it_first_stands(words: str, cited: list[str]) -> None:
    assert [TEXT[start:end] for start, end in spans_of(TEXT, words)] == cited


@pytest.mark.parametrize("words", ["a hero", "a fool\na  hero", "harbour.master"])
def test_what_does_not_stand_there_is_named(words: str) -> None:
    with pytest.raises(WordsNotFound) as refused:
        spans_of(TEXT, words)

    assert refused.value.data["words"] in ("a hero", "harbour.master")


def test_nobody_cites_line_after_line() -> None:
    with pytest.raises(Invalid):
        spans_of(TEXT, "\n".join(["a fool"] * (MOST + 1)))
