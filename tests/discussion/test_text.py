"""What is kept of a text, what counts as empty, how long it is, which texts are the same."""

from collections.abc import Callable
from unicodedata import is_normalized

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linear import grows_linearly

from rejoinder.discussion.text import TALLEST, clean, fingerprint, is_blank, length, mixes_scripts

RLO, LRE, PDF, RLI, PDI = "\u202e", "\u202a", "\u202c", "\u2067", "\u2069"
LRM, RLM, ALM = "\u200e", "\u200f", "\u061c"
ZWSP, ZWNJ, ZWJ, VS16 = "\u200b", "\u200c", "\u200d", "\ufe0f"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
TAGGED_LETTERS = "\U000e0068\U000e0069"
AWKWARD = (
    "ab \n\r\t\x00\x0b\x85\u2028\u2029\u0301\u0316\u0344\u05b0\u0f71\u0f72\u1100\u1161\u11a8\uac00\u09c7\u09be\u3000…“"
    + RLO + LRE + PDF + RLI + PDI + LRM + ZWSP + ZWNJ + ZWJ + VS16 + SCOTLAND + "\ue000\ufdd0\ud800\u212b\ufb2c\u3164"
)  # fmt: skip
awkward = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters()), max_size=60)


@settings(derandomize=True, deadline=None)
@given(awkward)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once


@settings(derandomize=True, deadline=None)
@given(awkward)
def test_a_clean_text_is_normal_utf_8_of_lines_without_loose_ends(text: str) -> None:
    cleaned = clean(text)

    assert cleaned.encode().decode() == cleaned
    assert is_normalized("NFC", cleaned)
    assert "\n\n\n" not in cleaned
    assert all(line == line.rstrip() for line in cleaned.split("\n"))
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    "text",
    [
        "A plain line, and then\nanother.\n\nA second paragraph.",
        "שָׁלוֹם, בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",  # pointed and cantillated
        "السَّلامُ عَلَيْكُمْ ورحمة الله",
        f"abc {RLM}אבג{LRM} (1) {ALM}١٢",
        f"می{ZWNJ}خواهم",
        "Tiếng Việt có nhiều dấu: ệ ữ ỗ",
        "ที่นี่ไม่มีเรือ",
        "हिन्दी में क्षत्रिय और श्री",
        "བསྒྲུབས་",
        f"👩{ZWJ}❤{VS16}{ZWJ}👩 👍🏽 🇺🇦 1{VS16}⃣",
        SCOTLAND,
        "東京の天気は晴れです。",
    ],
)
def test_what_people_write_in_any_script_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x85three\x0cfour", "one\ntwo\nthree\nfour"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        (f"one\n{ZWSP}\n\u2800\n \n{ZWSP}\ntwo", "one\n\ntwo"),
        ("  \n one \u3000\n two\u00a0\n", "one\n two"),
        ("a\tb", "a b"),
        ("nul\x00 bell\x07 escape\x1b[31m c1\x9b", "nul bell escape[31m c1"),
        ("half\ud83d a pair\ude00", "half a pair"),
        ("no\ufffe cha\ufdd0rac\U0001ffffter", "no character"),
        ("ours\ue0001\ue001, theirs\U000f0000", "ours1, theirs"),
        ("\ufeffmark", "mark"),
        ("cafe\u0301", "café"),
        (f"the word {RLO}drow{PDF} turned", "the word drow turned"),
        (f"{LRE}open and {RLI}never closed", "open and never closed"),
        (f"hidden{TAGGED_LETTERS} words", "hidden words"),
        (f"\U0001f3f4{TAGGED_LETTERS * 20}\U000e007f", "\U0001f3f4"),
        (f"x{VS16 * 50}", f"x{VS16}"),
        (f"e{RLO}\u0301", "é"),
    ],
)
def test_what_only_breaks_a_page_is_taken_out(text: str, kept: str) -> None:
    assert clean(text) == kept


@pytest.mark.parametrize("pile", ["\u0316", "\u0316\u0301", f"\u0316{ZWJ}", ZWSP, ZWNJ, "\u20dd", "\u0903"])
def test_a_letter_carries_no_pile_of_ten_thousand_marks(pile: str) -> None:
    cleaned = clean(f"before a{pile * 10_000} after")

    assert len(cleaned) <= len("before a after") + TALLEST
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t\r\n", "\u00a0\u3000", ZWSP * 9, "\u3164\uffa0\u115f", "\u2800 \u2800", "\u00ad\u034f", "\x00"],
)
def test_a_text_without_ink_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "a", "ا", "👍", f"{ZWSP}x", "\u0301", "⠁"])
def test_a_text_with_a_spot_of_ink_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("two\nlines", 9),
        ("é", 1),
        ("e\u0301", 1),
        ("שָׁלוֹם", 4),
        (f"می{ZWNJ}خواهم", 7),
        (f"❤{VS16}", 1),
        ("👍🏽", 2),
    ],
)
def test_length_counts_what_is_seen(text: str, expected: int) -> None:
    assert length(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The boat was late.", "the boat  was LATE!!!"),
        ("The boat was late.", "\n“The boat – was late…”\n"),
        ("The boat was late.", f"The bo{ZWSP}at was late."),
        ("The boat was late.", "Ｔｈｅ boat was late"),
        ("Straße", "STRASSE"),
        ("नमस्ते जी", "नमस्ते, जी।"),
        ("!?!", "! ? !"),
    ],
)
def test_texts_that_differ_in_trifles_have_one_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)
    assert len(fingerprint(one)) == 16


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The boat was late.", "The boats was late."),
        ("👍", "👎"),
        ("Yes 👍", "Yes 😡"),
        ("It costs £5", "It costs $5"),
        ("की", "कि"),
        ("...", "?"),
        ("rose", "rosé"),
    ],
)
def test_texts_that_say_something_else_have_another_fingerprint(one: str, other: str) -> None:
    assert fingerprint(one) != fingerprint(other)


@settings(derandomize=True, deadline=None)
@given(awkward)
def test_every_text_has_a_fingerprint_and_cleaning_keeps_it(text: str) -> None:
    assert fingerprint(clean(text)) == fingerprint(text)


@pytest.mark.parametrize(
    "word", ["hello", "привет", "東京タワー", "LINEアプリ", "naïve", "שלום", "Ｗｉｄｅ", "42", "한국abc"]
)
def test_a_word_of_one_script_or_of_scripts_written_together_is_not_mixed(word: str) -> None:
    assert not mixes_scripts(word)


@pytest.mark.parametrize("word", ["p\u0430ypal", "Αlice", "приbет", "абв東"])
def test_a_word_of_scripts_never_written_together_is_mixed(word: str) -> None:
    assert mixes_scripts(word)


@pytest.mark.parametrize("work", [clean, fingerprint, length, is_blank])
@pytest.mark.parametrize(
    "make",
    [
        lambda size: "a" + "\u0301\u0316" * (size // 2),
        lambda size: "a" + " " * size + "b",
        lambda size: "é" + "\n " * (size // 2) + "b",
        lambda size: f"e\u0301{ZWJ}" * (size // 3),
        lambda size: "\U0001f3f4\U000e0061\U000e0061" * (size // 3),
        lambda size: ("é" + RLO) * (size // 2),
        lambda size: "…\u0301" * (size // 2),
    ],
    ids=["marks", "spaces", "lines", "joiners", "tags", "overrides", "signs"],
)
def test_the_work_grows_with_the_length(work: Callable[[str], object], make: Callable[[int], str]) -> None:
    assert grows_linearly(work, make)
