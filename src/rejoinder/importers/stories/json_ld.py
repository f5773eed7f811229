"""The objects of a page's JSON-LD (https://www.w3.org/TR/json-ld11/), as far as pages use it: lists, @graph, nested
objects and references by @id.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from rejoinder.importers.record import Remark
from rejoinder.importers.stories.items import Item
from rejoinder.importers.stories.tree import Element

_WRAPPING = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*\Z"
)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_MOST_ITEMS = 20_000  # objects; a page with more is no story page


def json_ld_of(tree: Element) -> tuple[list[Item], tuple[Remark, ...]]:
    """Every object of the page's JSON-LD, the nested ones too, in document order. A block that is no JSON, but for a
    comma or a comment mark too many, is remarked and left out.
    """
    items: list[Item] = []
    broken = 0
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            items += _objects(_loaded(script.text_content()))
        except (ValueError, RecursionError):
            broken += 1
    _resolve(items)
    sentence = f"{broken} block(s) of the page's structured data (JSON-LD) are broken and were not used."
    return items, (Remark(code="json-ld-broken", text=sentence),) if broken else ()


def _loaded(text: str) -> Any:
    plain = _WRAPPING.sub("", text).strip()
    try:
        return json.loads(plain, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub("", plain.removesuffix(";")), strict=False)


def _objects(value: Any) -> Iterator[Item]:
    waiting = [value]
    seen = 0
    while waiting and seen < _MOST_ITEMS:
        current = waiting.pop()
        if isinstance(current, dict):
            seen += 1
            yield current
            waiting += reversed(current.values())
        elif isinstance(current, list):
            waiting += reversed(current)


def _resolve(items: list[Item]) -> None:
    """Puts the described object where only its name ({"@id": …}) stands."""
    described = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and len(item) > 1}

    def resolved(value: Any) -> Any:
        name = value.get("@id") if isinstance(value, dict) and len(value) == 1 else None
        return described.get(name, value) if isinstance(name, str) else value

    for item in items:
        for key, value in item.items():
            item[key] = [resolved(v) for v in value] if isinstance(value, list) else resolved(value)
