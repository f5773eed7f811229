"""A parsed web page. All that is used of lxml is named here, since it has no types of its own."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

from rejoinder.importers.record import NoArticle

Element: TypeAlias = Any


def page_of(text: str, *, name: str) -> Element:
    """The root of a page. Raises NoArticle for one that holds nothing at all."""
    try:
        return html.document_fromstring(text.encode(errors="replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise NoArticle(f"{name} is a web page with nothing on it.") from error


def fragment_of(markup: str) -> Element:
    """A piece of markup inside a <div>."""
    return html.fragment_fromstring(markup, create_parent="div")


def walk(element: Element) -> Iterator[tuple[str, Element]]:
    """The element and all in it, each as it starts and as it ends; what is no element (a comment) is told once. Depth
    costs no stack.
    """
    yield from etree.iterwalk(element, events=("start", "end", "comment", "pi"))
