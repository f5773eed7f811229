"""The template of the catalogues has every sentence that people read, and no other."""

import re
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import rejoinder
from rejoinder.language import words

PACKAGE = Path(rejoinder.__file__).parent
ROOT = PACKAGE.parents[1]


def sentences_in(path: Path) -> set[str]:
    with path.open("rb") as source:
        return {_first(message.id) for message in read_po(source) if message.id}


def _first(said: str | tuple[str, ...] | list[str]) -> str:
    return said if isinstance(said, str) else said[0]


def sentences_of_the_code() -> set[str]:
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call] # untyped in Babel
    found = extract_from_dir(
        str(PACKAGE), methods, options, keywords={**DEFAULT_KEYWORDS, "say": None}, strip_comment_tags=True
    )
    return {_first(message) for _, _, message, _, _ in found}


def test_the_template_has_every_sentence_and_no_other() -> None:
    template = sentences_in(PACKAGE / "locale" / "rejoinder.pot")

    assert sorted(sentences_of_the_code() ^ template) == []  # if not: scripts/catalogues


COMPLETE = ("de", "ar")
PLACES = re.compile(r"%\((\w+)\)[sd]|\{n\}|</?\w+[^>]*>")


def messages_of(language: str) -> list[Message]:
    path = PACKAGE / "locale" / language / "LC_MESSAGES" / "rejoinder.po"
    with path.open("rb") as source:
        return [message for message in read_po(source, locale=language) if message.id]


@pytest.mark.parametrize("language", COMPLETE)
def test_a_complete_catalogue_says_everything(language: str) -> None:
    lacking = [message.id for message in messages_of(language) if not all(_forms(message.string)) or message.fuzzy]

    assert lacking == []
    template = sentences_in(PACKAGE / "locale" / "rejoinder.pot")
    assert {_first(message.id) for message in messages_of(language)} == template


@pytest.mark.parametrize("language", COMPLETE)
def test_a_translation_has_the_places_and_marks_of_its_sentence(language: str) -> None:
    for message in messages_of(language):
        forms = _forms(message.string)
        wanted = {found[0] for each in _forms(message.id) for found in PLACES.finditer(each)}
        assert {found[0] for found in PLACES.finditer(forms[-1])} == wanted, message.id
        for form in forms:
            assert {found[0] for found in PLACES.finditer(form)} <= wanted, message.id


@pytest.mark.parametrize(
    ("figure", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (102, 5), (1000, 5)]
)
def test_arabic_counts_in_six_ways(figure: int, form: int) -> None:
    """CLDR's plural rules, ar."""
    (message,) = [each for each in messages_of("ar") if _first(each.id) == "%(figure)s new comment"]

    assert (
        words("ar").ngettext("%(figure)s new comment", "%(figure)s new comments", figure)
        == _forms(message.string)[form]
    )


def _forms(said: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [said or ""] if said is None or isinstance(said, str) else list(said)


def test_the_english_catalogue_has_the_same_sentences() -> None:
    template = sentences_in(PACKAGE / "locale" / "rejoinder.pot")

    assert sentences_in(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "rejoinder.po") == template
