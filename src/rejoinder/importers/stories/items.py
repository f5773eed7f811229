"""Objects in the names of schema.org, as JSON-LD and microdata both give them: "@type" and properties."""

import re
from typing import Any

from rejoinder.importers.stories.flowing_text import one_line

Item = dict[str, Any]


def is_a(item: Item, types: frozenset[str]) -> bool:
    """Has the item one of these types?"""
    return not types.isdisjoint(types_of(item))


def types_of(item: Item) -> list[str]:
    """The names of an item's types without the vocabulary's address."""
    return [re.split(r"[/#:]", name.strip())[-1] for name in listed(item.get("@type")) if isinstance(name, str)]


def listed(value: Any) -> list[Any]:
    """A value, a list of values or nothing, always as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_in(value: Any) -> str:
    """The first text a property holds: a string, a number, an object's name or value, or the first of a list. In one
    line; empty where there is none.
    """
    for found in listed(value):
        if isinstance(found, dict):
            text = next((text for key in ("name", "@value", "value") if (text := text_in(found.get(key)))), "")
        else:
            text = one_line(str(found)) if isinstance(found, (str, int)) and not isinstance(found, bool) else ""
        if text:
            return text
    return ""


def texts_in(value: Any) -> tuple[str, ...]:
    """The texts of all the values of a property."""
    return tuple(text for found in listed(value) if (text := text_in(found)))


def address_in(value: Any) -> str:
    """The address a property holds: itself, or its url, contentUrl or @id."""
    for found in listed(value):
        if isinstance(found, str) and found.strip():
            return found.strip()
        if isinstance(found, dict):
            for key in ("url", "contentUrl", "@id"):
                if address := address_in(found.get(key)):
                    return address
    return ""


def number_in(value: Any) -> int | None:
    """The whole number a property holds, as a number or in figures."""
    text = text_in(value)
    figures = re.search(r"\d+", text.replace(",", ""))
    return int(figures[0]) if figures else None
