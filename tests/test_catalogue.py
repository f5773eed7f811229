"""The template of the catalogues has every sentence that people read, and no other."""

from pathlib import Path

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import rejoinder

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


def test_the_english_catalogue_has_the_same_sentences() -> None:
    template = sentences_in(PACKAGE / "locale" / "rejoinder.pot")

    assert sentences_in(PACKAGE / "locale" / "en" / "LC_MESSAGES" / "rejoinder.po") == template
