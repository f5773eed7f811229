"""What docs/reference/site-export.md says of an export is all that is in it, and all of it is so."""

import re
from pathlib import Path
from typing import get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

from rejoinder.discussion.stories import Content, Credits, Photo
from rejoinder.exporters.record import Record, RevisionRecord, StoryVersionRecord

PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "site-export.md").read_text(encoding="utf-8")
KINDS: dict[str, type[Struct]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Record)}
FIRST, *PARTS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
SECTIONS = {part.partition("\n")[0]: part for part in PARTS}


def first_cells(text: str) -> list[str]:
    return re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)


def names(kind: type[Struct]) -> list[str]:
    return [each.name for each in fields(kind)]


def test_every_record_has_a_section_and_a_line_in_the_table_and_no_other_has() -> None:
    assert set(SECTIONS) == set(KINDS)
    assert re.findall(r"^\| \[`([\w-]+)`\]\(#([\w-]+)\) \|", FIRST, re.MULTILINE) == [(tag, tag) for tag in SECTIONS]


@pytest.mark.parametrize("tag", KINDS)
def test_every_field_is_listed_once_and_no_other(tag: str) -> None:
    assert sorted(first_cells(SECTIONS[tag])) == sorted(names(KINDS[tag]))


@pytest.mark.parametrize(
    ("tag", "inner"),
    [
        ("story", StoryVersionRecord),
        ("story", Content),
        ("story", Photo),
        ("story", Credits),
        ("comment", RevisionRecord),
    ],
)
def test_what_stands_inside_a_field_is_named(tag: str, inner: type[Struct]) -> None:
    assert [name for name in names(inner) if f"`{name}`" not in SECTIONS[tag]] == []
