"""The paragraphs of a web page's story, found by trafilatura; nothing is fetched."""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy

from trafilatura import bare_extraction

from rejoinder.importers.stories.tree import Element, walk

# What the library mutters of a page ("discarding data") is told by our own errors, not on a terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_PARAGRAPHS = frozenset(["p", "head", "item", "quote", "code", "row"])  # trafilatura's own elements (TEI names)
_SPACES = frozenset(["lb", "cell"])
_BETWEEN = "\ue000"  # a private-use mark between two paragraphs
_MUCH_LESS = 0.5  # of the stated text: then the page hides its text, and the publisher's statement is taken
_NEARLY = 1.1  # about as long, in one piece: then the paragraphs were lost on the page


def body_of(tree: Element, *, headline: str, stated: str = "") -> tuple[str, ...]:
    """The paragraphs, without a repeated headline. `stated` is the text in the publisher's own data, for pages that
    hold it nowhere else. Empty where there is no story.
    """
    found = bare_extraction(deepcopy(tree), include_comments=False)
    body: Element = getattr(found, "body", None)
    paragraphs = tuple(_paragraphs(body)) if body is not None else ()
    said = tuple(part.strip() for part in re.split(r"\n+", stated) if part.strip())
    here, there = sum(map(len, paragraphs)), sum(map(len, said))
    if there * _MUCH_LESS > here or (there * _NEARLY > here and len(paragraphs) == 1):
        paragraphs = said
    return _without_headline(paragraphs, headline)


def _paragraphs(body: Element) -> Iterator[str]:
    """The texts of the elements that are paragraphs, and what stands loose around them."""
    for text in "".join(_parts(body)).split(_BETWEEN):
        if paragraph := " ".join(text.split()):
            yield paragraph


def _parts(body: Element) -> Iterator[str]:
    for event, element in walk(body):
        if element.tag in _PARAGRAPHS:
            yield _BETWEEN
        elif element.tag in _SPACES:
            yield " "
        if event == "start":
            yield element.text or ""
        elif element is not body:
            yield element.tail or ""


def _without_headline(paragraphs: tuple[str, ...], headline: str) -> tuple[str, ...]:
    first = paragraphs[:3]
    repeated = [i for i, text in enumerate(first) if text.casefold() == headline.casefold()]
    return tuple(text for i, text in enumerate(paragraphs) if i not in repeated)
