"""A text without its marks, whole or its beginning."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.discussion.text import clean
from rejoinder.markup import excerpt, plain


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("", ""),
        ("**a** *b* _c_", "a b c"),
        ("one\ntwo\n\nthree", "one\ntwo\n\nthree"),
        ("> said\n> so\n\nno", "> said\n> so\n\nno"),
        (">> a", ">> a"),
        ("[figures](https://courier.example/a)", "figures (https://courier.example/a)"),
        ("[a **b**](https://courier.example)", "a b (https://courier.example)"),
        ("https://courier.example/" + "a" * 80, "https://courier.example/" + "a" * 80),
        ("<b> & 2*3*4 snake_case", "<b> & 2*3*4 snake_case"),
    ],
)
def test_plain_is_the_whole_text_without_signs(text: str, without: str) -> None:
    assert plain(text) == without


@pytest.mark.parametrize(
    ("text", "limit", "beginning"),
    [
        ("Short.", 20, "Short."),
        ("One\ntwo.\n\nThree.", 20, "One two. Three."),
        ("The ferry is late again", 15, "The ferry is…"),
        ("The ferry, which is late", 12, "The ferry…"),
        ("The ferry is late", 17, "The ferry is late"),
        ("The **ferry** is [late](https://courier.example) again", 18, "The ferry is late…"),
        ("> You said so.\n\nI did not.", 40, "I did not."),
        ("> You said so.", 40, "You said so."),
        ("a" * 50, 10, "a" * 9 + "…"),
        ("一二三四五六七八九十", 5, "一二三四…"),
        ("a e\u0331\u0301e\u0331\u0301e\u0331\u0301", 8, "a e\u0331\u0301…"),
        ("👩\u200d🚀👩\u200d🚀", 3, "…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_an_excerpt_is_what_the_writer_says_first(text: str, limit: int, beginning: str) -> None:
    assert excerpt(text, limit) == beginning


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=120), st.integers(0, 60))
def test_an_excerpt_is_one_line_within_its_limit(text: str, limit: int) -> None:
    beginning = excerpt(clean(text), limit)

    assert len(beginning) <= limit
    assert beginning == " ".join(beginning.split())
