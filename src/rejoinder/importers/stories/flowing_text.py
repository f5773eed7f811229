"""Markup to plain text: paragraphs separated by one blank line, line breaks kept where the markup has them."""

import html
import re

from rejoinder.importers.stories.tree import Element, fragment_of, walk

_BREAK, _BLOCK = "\ue000", "\ue001"  # private-use marks, put in and taken out again here
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "div",
        "dd",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset(["script", "style", "template", "noscript"])
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def paragraphs_of(element: Element) -> str:
    """The text of an element, its block elements as paragraphs and its <br> as line breaks."""
    pieces: list[str] = []
    unread = 0
    for event, node in walk(element):
        if event in ("comment", "pi") or node.tag in _UNREAD:
            unread += {"start": 1, "end": -1}.get(event, 0)
        elif event == "start" and not unread:
            pieces += [_BREAK if node.tag == "br" else _BLOCK if node.tag in _BLOCKS else "", node.text or ""]
        elif event == "end" and not unread:
            pieces.append(_BLOCK if node.tag in _BLOCKS else "")
        if event != "start" and not unread and node is not element:
            pieces.append(node.tail or "")
    return _set(re.sub(r"\s+", " ", "".join(pieces)).replace(_BREAK, "\n").replace(_BLOCK, "\n\n"))


def plain(text: str) -> str:
    """The plain text of a property that may hold plain text, text with entities, or markup."""
    if _TAG.search(text):
        return paragraphs_of(fragment_of(text))
    return _set(html.unescape(text).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """As `plain`, in one line: for headlines and names."""
    return " ".join(plain(text).split())


def _set(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]*\n[ \t\u00a0]*", "\n", text)).strip()
