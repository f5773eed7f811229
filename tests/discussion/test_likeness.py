"""Which names look alike, and which pose as somebody's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linear import grows_linearly

from rejoinder.discussion.likeness import name_look, poses_as


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saltmarsh", "SaItmarsh"),  # a capital i
        ("Saltmarsh", "Sa1tmarsh"),
        ("Bob Rowe", "B0b R0we"),
        ("Bob Rowe", "В0Ь Rоwе"),  # Cyrillic among Latin
        ("Barney", "Bamey"),
        ("Ewan Vale", "Evvan Vale"),
        ("PAX", "РАХ"),  # all Cyrillic
        ("scope", "ѕсоре"),
        ("NIKE", "ΝΙΚΕ"),  # all Greek
        ("Houn", "Ηουn"),
        ("oh", "օհ"),  # Armenian
        ("کریم", "كرىم"),  # one Arabic letter in two alphabets
    ],
)
def test_names_that_look_alike(one: str, other: str) -> None:
    assert name_look(one) == name_look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kai", "Kal"),
        ("Ali", "All"),
        ("Müller", "Muller"),
        ("Анна", "Anna"),
        ("Nikos", "Νίκος"),
        ("Ann", "Anne"),
        ("أحمد", "محمد"),
        ("小明", "小日月"),
    ],
)
def test_names_that_only_resemble_each_other(one: str, other: str) -> None:
    assert name_look(one) != name_look(other)


@pytest.mark.parametrize(
    "name",
    [
        "Harbour Courier",
        "The Harbour Courier",
        "Harb0ur C0urier",
        "Harbour Courier Desk",
        "theharbourcourier",
        "Нarbour Сourier",
        "Mara Quill",
        "Mara QuiIl",
        "mara_quill",
        "Captain",
        "The captain",
        "Captain Ann",
    ],
)
def test_who_poses_as_the_paper_or_its_people(name: str) -> None:
    assert poses_as(name, titles=["The Harbour Courier"], people=["Mara Quill"], reserved=["captain"])


@pytest.mark.parametrize("name", ["Harbour rat", "Courier pigeon", "Mara", "Quill", "Captains", "Ann"])
def test_who_does_not(name: str) -> None:
    assert not poses_as(name, titles=["The Harbour Courier", "hc"], people=["Mara Quill"], reserved=["captain"])


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_any_name_has_a_look(name: str) -> None:
    assert name_look(name_look(name).upper().lower()) is not None
    assert not any(each.isspace() for each in name_look(name))


def test_the_work_grows_with_the_length() -> None:
    assert grows_linearly(name_look, lambda size: "rnvvІ" * (size // 5))
