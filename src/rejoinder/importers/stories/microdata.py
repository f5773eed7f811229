"""The objects of a page's microdata (https://html.spec.whatwg.org/multipage/microdata.html)."""

from typing import Any

from rejoinder.importers.stories.flowing_text import paragraphs_of
from rejoinder.importers.stories.items import Item, listed
from rejoinder.importers.stories.tree import Element

_ADDRESS = {
    "a": "href",
    "link": "href",
    "area": "href",
    "img": "src",
    "audio": "src",
    "video": "src",
    "time": "datetime",
}
_MOST_ITEMS = 20_000  # objects; a page with more is no story page


def microdata_of(tree: Element) -> list[Item]:
    """Every item of the page, each with its properties, in document order. A property that is an item is that same
    item; the page is walked once, however deep it nests.
    """
    items: dict[Element, Item] = {}
    for element in tree.xpath("//*[@itemscope or @itemprop]")[:_MOST_ITEMS]:
        is_item = element.get("itemscope") is not None
        if is_item:
            items[element] = {"@type": (element.get("itemtype") or "").split()}
        names = (element.get("itemprop") or "").split()
        owner = next((a for a in element.iterancestors() if a in items), None) if names else None
        if owner is not None:
            for name in names:
                _add(items[owner], name, items[element] if is_item else _value(element))
    return [item for item in items.values() if item["@type"]]


def _add(item: Item, name: str, value: Any) -> None:
    item[name] = [*listed(item[name]), value] if name in item else value


def _value(element: Element) -> str:
    """The content attribute, else the address or time the element stands for, else its text."""
    said = element.get("content")
    if said is None and element.tag in _ADDRESS:
        said = element.get(_ADDRESS[element.tag])
    return str(said) if said is not None else paragraphs_of(element)
