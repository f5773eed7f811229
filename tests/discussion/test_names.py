"""Which display names can be had, when two are the same, and whom a text speaks to."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linear import grows_linearly

from rejoinder.discussion.names import (
    LONGEST,
    MENTIONS,
    READINGS,
    RESERVED,
    Mention,
    candidates,
    clean_name,
    mentions,
    name_key,
    name_problem,
)

RLO, LRM, ZWSP, ZWNJ, ZWJ = "\u202e", "\u200e", "\u200b", "\u200c", "\u200d"
NAMES = [
    "bob", "Bobby", "Bob Rowe", "J. R. van Dyk", "north_quay", "Zoë", "O'Neil", "أحمد", "سارة علي", "小明", "王小明",
    "철수", "mewanbaker", "a.b", "Анна", "दीपिका", "★star",
]  # fmt: skip
KNOWN = {name_key(name): name for name in NAMES}
odd = st.text(
    st.one_of(st.sampled_from(f"ab @.:_-\n\u0301\u00a8{RLO}{LRM}{ZWSP}{ZWNJ}{ZWJ}\u034f明Ａ"), st.characters())
)


def spoken_to(text: str) -> list[tuple[str, str]]:
    """The words of each mention and whose name it is."""
    return [(text[each.start : each.end], KNOWN[each.key]) for each in mentions(text, KNOWN)]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ann \n  Lee\t", "Ann Lee"),
        ("Ａｎｎ", "Ann"),
        ("Zoe\u0308", "Zoë"),
        (f"{RLO}nnA", "nnA"),
        (f"A{LRM}n{ZWSP}n\u00ad\u3164", "Ann"),
        (f"{ZWNJ}Ann{ZWJ} {ZWNJ} Lee", "Ann Lee"),
        (f"نیک{ZWNJ}نام", f"نیک{ZWNJ}نام"),
        (f"👩{ZWJ}🚀 Kim", f"👩{ZWJ}🚀 Kim"),
        ("x\x00y", "xy"),
        ("\u2800", ""),
    ],
)
def test_a_name_is_stored_as_it_is_seen(typed: str, stored: str) -> None:
    assert clean_name(typed) == stored


@settings(derandomize=True, deadline=None, max_examples=300)
@given(odd)
def test_cleaning_a_name_twice_changes_nothing_more(name: str) -> None:
    once = clean_name(name)

    assert clean_name(once) == once
    assert name_key(clean_name(name)) == name_key(once)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Lee", "ann_lee"),
        ("Ann Lee", "ANN-LEE"),
        ("J.R. Dyk", "jr dyk"),
        ("O’Neil", "O'Neil"),
        ("Straße", "STRASSE"),
        ("ΝΙΚΟΣ", "νικος"),
        ("Ｂｏｂ", "bob"),
        (f"b{ZWSP}ob", "bob"),
        ("Zoe\u0308", "zoë"),
    ],
)
def test_names_that_look_the_same_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Müller", "Muller"), ("Ann", "Anne"), ("bob1", "bob2"), ("दीपक", "दीपिका")]
)
def test_names_of_two_people_have_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "name",
    [
        *(each for each in NAMES),
        "Al",
        "x" * LONGEST,
        "St. John",
        "Mary Staffordshire",
        "Modesto",
        "LINEアプリ",
        "7 of 9",
    ],
)
def test_an_ordinary_name_can_be_had(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "too-short"),
        ("a", "too-short"),
        ("a.", "too-short"),
        ("x" * (LONGEST + 1), "too-long"),
        ("a\u0301\u0316" * LONGEST, "too-long"),
        ("www.boats.example", "url"),
        ("boats.com", "url"),
        ("https://b", "url"),
        ("ann@lee.example", "e-mail"),
        ("@ann", "e-mail"),
        (f"{RLO}ann", "controls"),
        ("ann\x00", "controls"),
        ("ann  lee", "controls"),
        ("12345", "no-letter"),
        ("!?!", "no-letter"),
        ("👍👍", "no-letter"),
        ("p\u0430blo", "mixed-scripts"),
        ("Admin", "reserved"),
        ("a.d.m.i.n", "reserved"),
        ("4dm1n", "reserved"),
        ("ADMIN2026", "reserved"),
        ("The Moderator", "reserved"),
        ("Site_Editor", "reserved"),
        ("st\u00e1ff", "reserved"),
    ],
)
def test_a_name_that_cannot_be_had_has_a_code(name: str, problem: str) -> None:
    assert name_problem(name) == problem


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_reserved_names_are_reserved_in_any_case(name: str) -> None:
    assert name_problem(name.upper()) == "reserved"


@pytest.mark.parametrize(
    ("text", "said", "name"),
    [
        ("@bob: no.", "@bob", "bob"),
        ("I think @BOB is right", "@BOB", "bob"),
        ("as @Bob Rowe said", "@Bob Rowe", "Bob Rowe"),
        ("as @bob_rowe said", "@bob_rowe", "Bob Rowe"),
        ("as @bob, Rowe said", "@bob", "bob"),
        ("as @bobby said", "@bobby", "Bobby"),
        ("(@bob)", "@bob", "bob"),
        ("“@bob”", "@bob", "bob"),
        ("@bob's boat", "@bob", "bob"),
        ("@bob.", "@bob", "bob"),
        ("@bob...", "@bob", "bob"),
        ("...@bob", "@bob", "bob"),
        ("**@bob**", "@bob", "bob"),
        ("_@bob_", "@bob", "bob"),
        ("@bob👍", "@bob", "bob"),
        ("@J. R. van Dyk, yes", "@J. R. van Dyk", "J. R. van Dyk"),
        ("@o’neil!", "@o’neil", "O'Neil"),
        ("@a.b", "@a.b", "a.b"),
        ("@★star yes", "@★star", "★star"),
        ("@أحمد: نعم", "@أحمد", "أحمد"),
        ("قال @سارة علي، نعم", "@سارة علي", "سارة علي"),
        ("你好@小明你好", "@小明", "小明"),
        ("＠王小明，好", "＠王小明", "王小明"),
        ("@철수는 옳다", "@철수", "철수"),
        ("@дом @Анна", "@Анна", "Анна"),
        ("@दीपिका जी", "@दीपिका", "दीपिका"),
        ("@zoe\u0308", "@zoe\u0308", "Zoë"),
    ],
)
def test_a_known_name_after_an_at_is_a_mention(text: str, said: str, name: str) -> None:
    assert spoken_to(text) == [(said, name)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bob",
        "@",
        "@ bob",
        "@\nbob",
        "@nobody",
        "@bobs",
        "@bob.smith",
        "@bob-smith",
        "@दीप",
        "x@bob",
        "ann+x@bob.example",
        "write to ann.lee@bob now",
        "https://boats.example/@bob",
        "https://boats.example/?by=@bob",
        "@@bob",
    ],
)
def test_what_is_no_mention(text: str) -> None:
    assert spoken_to(text) == []


def test_the_longest_known_name_is_meant() -> None:
    assert spoken_to("@bob rowe and @bob") == [("@bob rowe", "Bob Rowe"), ("@bob", "bob")]


@pytest.mark.parametrize(
    ("text", "is_head"),
    [
        ("@bob: no.", True),
        ("\n @Bob : no.", True),
        ("@bob： 不", True),
        ("@bob no.", False),
        ("@bob, no:", False),
        ("No, @bob: no.", False),
        ("> @bob: no", False),
    ],
)
def test_a_name_and_a_colon_at_the_head_address_the_comment(text: str, *, is_head: bool) -> None:
    assert [mention.head for mention in mentions(text, KNOWN)] == [is_head]


def test_a_mention_says_where_it_stands_in_code_points() -> None:
    assert mentions("👍🏽 @Zoë!", KNOWN) == [Mention(start=3, end=7, key="zoë", head=False)]


@settings(derandomize=True, deadline=None)
@given(odd)
def test_every_mention_is_a_candidate_and_they_never_overlap(text: str) -> None:
    known = dict.fromkeys(candidates(text), 1)

    found = mentions(text, known)

    assert all(name_key(text[each.start + 1 : each.end]) == each.key for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all("\n" not in text[each.start : each.end] for each in found)


def test_a_text_full_of_ats_asks_for_few_names() -> None:
    text = " ".join(f"@n{number} one.two.three-four five" for number in range(5_000))

    assert len(candidates(text)) <= MENTIONS * READINGS
    assert len(mentions(text, dict.fromkeys(candidates(text), 1))) == MENTIONS


@pytest.mark.parametrize("unit", ["@", "@a", "@a ", "a@", "@" + "a" * 79, "a.", "明"])
def test_the_work_grows_with_the_length(unit: str) -> None:
    assert grows_linearly(lambda text: mentions(text, KNOWN), lambda size: "@" + unit * (size // len(unit)))
    assert grows_linearly(clean_name, lambda size: unit * (size // len(unit)))
    assert grows_linearly(name_problem, lambda size: unit * (size // len(unit)))
