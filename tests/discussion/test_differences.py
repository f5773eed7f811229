"""The difference of two texts, and which texts of a comment readers may compare."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.discussion.nouns import after, comment

from rejoinder.discussion.differences import Kind, Piece, Text, changes, differences
from rejoinder.discussion.sites import Rules

SHOWS = Rules(show_edits=True)
PUBLISHED = comment(published_at=after(minutes=1))
WORDS = st.lists(st.sampled_from(["boat", "quay", "ice", "six", "\n\n", "  "]), max_size=30).map(" ".join)


def texts(*known: tuple[str, bool, bool]) -> list[Text]:
    """Texts an hour apart from NOON, each with whether an editor wrote it, and whether they show it."""
    return [
        Text(number=number, text=text, since=after(hours=number - 1), by_editor=by_editor, shown=shown)
        for number, (text, by_editor, shown) in enumerate(known, start=1)
    ]


def test_what_was_taken_out_and_added_is_told_apart() -> None:
    assert differences("The early boat was full.", "The late boat was empty.") == (
        Piece(Kind.SAME, "The "),
        Piece(Kind.TAKEN, "early "),
        Piece(Kind.ADDED, "late "),
        Piece(Kind.SAME, "boat was "),
        Piece(Kind.TAKEN, "full."),
        Piece(Kind.ADDED, "empty."),
    )


@given(before=WORDS | st.text(), after_=WORDS | st.text())
def test_both_texts_can_be_read_in_it(before: str, after_: str) -> None:
    found = differences(before, after_)

    assert "".join(piece.text for piece in found if piece.kind is not Kind.ADDED) == before
    assert "".join(piece.text for piece in found if piece.kind is not Kind.TAKEN) == after_
    assert all(piece.text for piece in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a", "b"] * 1_250, ["b", "a", "c"] * 800),
        ([str(n) for n in range(2_400)], [str(n) for n in range(2_400, 0, -1)]),
        (["a"] * 200_000, ["b"] * 200_000),
    ],
)
def test_no_text_is_costly(one: list[str], other: list[str]) -> None:
    began = time.process_time()

    differences("x " + " ".join(one), "y " + " ".join(other))

    assert time.process_time() - began < 2


def test_an_editors_change_is_compared_where_the_editor_shows_it() -> None:
    (change,) = changes(PUBLISHED, texts(("Call 5550134.", False, False), ("Call me.", True, True)), Rules())

    assert change.by_editor
    assert change.pieces == (
        Piece(Kind.SAME, "Call "),
        Piece(Kind.TAKEN, "5550134."),
        Piece(Kind.ADDED, "me."),
    )


def test_what_an_editor_took_out_is_in_no_comparison() -> None:
    known = texts(
        ("Call 5550134.", False, False),
        ("Do call 5550134.", False, False),
        ("Do call 5550134!", True, True),
        ("Do call.", True, False),
        ("Do call me.", True, True),
    )

    found = changes(PUBLISHED, known, SHOWS)

    assert [change.pieces is None for change in found] == [False, True, True, True]
    assert "5550134" not in repr(found)


def test_a_writers_own_changes_are_shown_where_the_site_shows_them() -> None:
    known = texts(("The boat.", False, False), ("The late boat.", False, False))

    assert changes(PUBLISHED, known, Rules()) == []
    assert len(changes(PUBLISHED, known, SHOWS)) == 1


def test_what_was_replaced_before_it_was_published_is_not_shown() -> None:
    late = comment(published_at=after(hours=5))

    (change,) = changes(late, texts(("Rude.", False, False), ("Kind.", False, False), ("Kinder.", True, True)), SHOWS)

    assert (change.by_editor, change.pieces) == (True, None)
