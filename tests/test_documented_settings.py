"""The reference page has every setting, with its default and its meaning, and no other."""

import re
import tomllib
from pathlib import Path

import pytest

from rejoinder.settings import Settings, load_settings
from rejoinder.settings.fields import FIELDS

PAGE = (Path(__file__).parent.parent / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")


def row(name: str) -> str:
    """The line of the page's table for a setting."""
    [meaning] = FIELDS[name].type.__metadata__
    default = FIELDS[name].default
    if isinstance(default, bool):
        default = str(default).lower()
    return f"| `{name}` | {f'`{default}`' if default not in ('', ()) else 'empty'} | {meaning.description} |"


@pytest.mark.parametrize("name", FIELDS)
def test_a_setting_is_on_the_page_as_it_is(name: str) -> None:
    assert row(name) in PAGE.splitlines()


def test_the_page_has_no_setting_that_is_gone() -> None:
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) == set(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_a_meaning_is_one_sentence_or_two_and_ends_as_one(name: str) -> None:
    [meaning] = FIELDS[name].type.__metadata__

    assert meaning.description.endswith(".")
    assert "|" not in meaning.description
    assert len(meaning.description) <= 120


def test_the_pages_own_examples_are_read(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "rejoinder.toml").write_text(example, encoding="utf-8")

    assert load_settings({}, tmp_path) == Settings(**tomllib.loads(example) | {"trusted_proxies": ("127.0.0.1",)})
