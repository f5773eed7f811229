"""What is typed into the search, and where it stands in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.discussion.searching import LONGEST, MOST_WORDS, Search, around, hits, matches, search_for


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("ferry", [("ferry",)], []),
        ("Ferry  WINTER", [("ferry",), ("winter",)], []),
        ('"winter ferry" -council', [("winter", "ferry")], [("council",)]),
        ('-"town hall" boat', [("boat",)], [("town", "hall")]),
        ('"never closed', [("never", "closed")], []),
        ("well-known", [("well", "known")], []),
        ("it's", [("it", "s")], []),
        ("NEAR(a b) OR text:x ^y", [("near", "a"), ("b",), ("or",), ("text", "x"), ("y",)], []),
        ("a & !b | (c <-> d):*", [("a",), ("b",), ("c",), ("d",)], []),
        ("العبّارة", [("العبّارة",)], []),
        ("…  -  \"\" '' %", [], []),
        ("-only", [], [("only",)]),
    ],
)
def test_what_is_typed_is_words_and_never_syntax(
    typed: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]]
) -> None:
    search = search_for(typed)
    assert (list(search.wanted), list(search.unwanted)) == (wanted, unwanted)


def test_too_much_is_cut() -> None:
    search = search_for("word " * 300)

    assert len(search.wanted) <= MOST_WORDS
    assert search_for("x" * 500).wanted == (("x" * LONGEST,),)


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("The winter ferry sails.", "ferry winter", True),
        ("The winter ferry sails.", '"ferry winter"', False),
        ("The winter ferry sails.", '"winter ferry"', True),
        ("The winter ferry sails.", "ferry -winter", False),
        ("Die Fähre fährt.", "fahre", True),
        ("Die Fahre.", "Fähre", True),
        ("The ferryman waits.", "ferry", False),
        ("The ferryman waits.", "ferry*", True),
        ("كل صباح أركب العبّارة", "العبارة", True),
        ("anything", "-nothing", False),
        ("anything", "", False),
    ],
)
def test_a_text_matches_where_all_of_it_is_there(text: str, typed: str, found: bool) -> None:
    assert matches(text, search_for(typed)) is found


def test_hits_are_where_the_words_stand() -> None:
    text = "Die Fähre, die winter-fähre, fährt."

    assert [text[start:end] for start, end in hits(text, search_for('fahre "winter fahre"'))] == [
        "Fähre",
        "winter-fähre",
        "fähre",
    ]


@given(st.text(max_size=400), st.text(max_size=60))
def test_what_is_shown_around_a_hit_is_of_the_text_and_short(text: str, typed: str) -> None:
    shown, spans = around(text, search_for(typed), size=100)

    assert len(shown) <= 152
    assert shown.removeprefix("…").removesuffix("…") in text
    assert all(0 <= start < end <= len(shown) for start, end in spans)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read(typed: str) -> None:
    search = search_for(typed)

    assert isinstance(search, Search)
    assert all(words and all(words) for words in (*search.wanted, *search.unwanted))
