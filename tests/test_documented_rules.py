"""The reference page has every rule, with its default."""

import re
from pathlib import Path

import msgspec
import pytest

from rejoinder.discussion.sites import Rules
from rejoinder.discussion.tongues import KNOWN
from rejoinder.store.trials import MOST

PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Rules.__struct_fields__)
def test_a_rule_is_on_the_page_with_its_default(name: str) -> None:
    default = msgspec.json.encode(getattr(Rules(), name)).decode()

    assert f"| `{name}` | `{default}` |" in PAGE


def test_the_page_has_no_rule_that_is_gone() -> None:
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == set(Rules.__struct_fields__)


def test_the_page_says_how_much_a_try_looks_at_and_how_many_languages_are_told() -> None:
    [named] = re.findall(r"It knows (.*?)\.", PAGE, re.DOTALL)

    assert f"The newest {MOST:,} comments" in PAGE
    assert len(re.split(r",\s+|\s+and\s+", named)) == len(KNOWN)
