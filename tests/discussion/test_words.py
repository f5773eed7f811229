"""Word lists: what is found through which disguise, where, and what is not. The listed words are harmless ones."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linear import grows_linearly

from rejoinder.discussion.words import LOOK_ALIKE, Hit, WordList, unmasked

SHY, ZWSP = "\u00ad", "\u200b"
LISTED = ["flim", "gloop", "lot", "blue moon", "pâté", "ворон", "1488", "find", "assess", "can't", "Straße"]


def said(text: str, *entries: str) -> list[tuple[str, str]]:
    """What is found: the words of the text, and the entry."""
    return [(text[hit.start : hit.end], hit.entry) for hit in WordList(entries or LISTED).find(text)]


@pytest.mark.parametrize(
    ("text", "found", "entry"),
    [
        ("What a flim.", "flim", "flim"),
        ("FLIM", "FLIM", "flim"),
        ("“Flim”!", "Flim", "flim"),
        ("flim-flam", "flim", "flim"),
        ("#flim", "flim", "flim"),
        ("under_flim_here", "flim", "flim"),
        ("a flîm", "flîm", "flim"),
        ("f\u0308lim", "f\u0308lim", "flim"),
        ("ｆｌｉｍ", "ｆｌｉｍ", "flim"),
        ("pate", "pate", "pâté"),
        ("STRASSE", "STRASSE", "Straße"),
        ("fl1m", "fl1m", "flim"),
        ("f1im", "f1im", "flim"),
        ("f1nd it", "f1nd", "find"),
        ("g100p", "g100p", "gloop"),
        ("@$$e$$", "@$$e$$", "assess"),
        ("4553ss", "4553ss", "assess"),
        ("@flim", "@flim", "flim"),
        ("l0t$", "l0t$", "lot"),
        ("fl\u0456m", "fl\u0456m", "flim"),
        ("\u0441an't", "\u0441an't", "can't"),
        ("gl\u03bfop", "gl\u03bfop", "gloop"),
        ("вopoн", "вopoн", "ворон"),
        ("flimmmm", "flimmmm", "flim"),
        ("fffllliiimmm", "fffllliiimmm", "flim"),
        ("gloooooop", "gloooooop", "gloop"),
        ("f.l.i.m", "f.l.i.m", "flim"),
        ("f l i m", "f l i m", "flim"),
        ("what a f l i m day", "f l i m", "flim"),
        ("a f - l - i - m", "f - l - i - m", "flim"),
        ("f_l_i_m", "f_l_i_m", "flim"),
        ("f l 1 m", "f l 1 m", "flim"),
        ("fl.im", "fl.im", "flim"),
        ("fl*im", "fl*im", "flim"),
        (f"fl{ZWSP}im", f"fl{ZWSP}im", "flim"),
        (f"fl{SHY}im", f"fl{SHY}im", "flim"),
        ("a blue moon rose", "blue moon", "blue moon"),
        ("a B1ue\n  M00n", "B1ue\n  M00n", "blue moon"),
        ("I can’t", "can’t", "can't"),
        ("1488", "1488", "1488"),
    ],
)
def test_an_entry_is_found_through_its_disguise(text: str, found: str, entry: str) -> None:
    assert (found, entry) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "flimsy",
        "aflim",
        "preflimming",
        "flims",  # another form is another entry
        "loot and loft",  # two of a letter are spelling
        "glop",
        "c a f l i m e",  # spelled out inside a longer word
        "f\nl\ni\nm",
        "blue, as every moon",
        "moon blue",
        "14880 and 11488",
        "the lo tide",
        "вороны",
        "can",
    ],
)
def test_nothing_is_found_inside_a_longer_or_another_word(text: str) -> None:
    assert said(text) == []


def test_hits_come_in_the_order_of_the_text_with_places_in_it() -> None:
    # given letters before them that change their length when folded
    text = "ﬃ İ 👍🏽 e\u0301: fl1m, then b1ue moon, then FLIM"

    hits = WordList(["flim", "blue moon"]).find(text)

    assert [(text[hit.start : hit.end], hit.entry) for hit in hits] == [
        ("fl1m", "flim"),
        ("b1ue moon", "blue moon"),
        ("FLIM", "flim"),
    ]
    assert hits[0] == Hit(text.index("fl1m"), text.index("fl1m") + 4, "flim")


def test_two_entries_may_hit_the_same_place() -> None:
    assert said("blue moon", "moon", "blue moon", "Moon!") == [
        ("blue moon", "blue moon"),
        ("moon", "Moon!"),
        ("moon", "moon"),
    ]


@pytest.mark.parametrize("entries", [[], [""], ["  "], ["...", "!"]])
def test_a_list_without_words_finds_nothing(entries: list[str]) -> None:
    assert WordList(entries).find("Anything at all... !") == []


@pytest.mark.parametrize("word", ["admin", "ADMIN", "4dm1n", "@dmin", "аdmin", "ádmin", "ad\u200bmin"])
def test_a_disguise_can_be_taken_off(word: str) -> None:
    assert "admin" in unmasked(word)


def test_every_look_alike_stands_for_one_small_latin_letter() -> None:
    assert all(len(letter) == 1 and not letter.isascii() for letter in LOOK_ALIKE)
    assert all(latin in "abcdefghijklmnopqrstuvwxyz" for latin in LOOK_ALIKE.values())


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(LISTED))
def test_a_word_between_spaces_is_always_found(before: str, after: str, entry: str) -> None:
    text = f"{before} . {entry} . {after}"

    assert entry in {hit.entry for hit in WordList([entry]).find(text)}


@settings(derandomize=True, deadline=None)
@given(st.text(st.sampled_from("flimFLIM1@$.-_ *\n\u0456\u0301\u200b"), max_size=60))
def test_a_hit_lies_in_the_text_and_neither_begins_nor_ends_inside_a_word(text: str) -> None:
    for hit in WordList(["flim", "l", "mil if"]).find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert not (text[hit.start - 1 : hit.start].isalnum() and text[hit.start].isalnum())
        assert not (text[hit.end - 1].isalnum() and text[hit.end : hit.end + 1].isalnum())


@pytest.mark.parametrize(
    "make",
    [
        lambda size: "f" * size,
        lambda size: "f " * (size // 2),
        lambda size: "f." * (size // 2),
        lambda size: "flim " * (size // 5),
        lambda size: "blue " * (size // 5),
        lambda size: "@$" * (size // 2),
        lambda size: "fl_" * (size // 3),
        lambda size: "1" * size,
        lambda size: "f" + "\u0301" * size,
        lambda size: "f" + " " * size,
        lambda size: "f - " * (size // 4),
    ],
)
def test_the_work_grows_with_the_length(make: Callable[[int], str]) -> None:
    assert grows_linearly(WordList(LISTED).find, make)
