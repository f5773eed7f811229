"""Our addresses for a page that stands at somebody else's: whole, with our own scheme and host before each path."""

from collections.abc import Callable
from typing import Any

from rejoinder.web import addresses


class AbsoluteAddresses:
    """The functions of `addresses` by their names; each path they give is made whole. What is no path (the id of a
    comment's element) stays as it is.
    """

    def __init__(self, base: str) -> None:
        self._base = base

    def __getattr__(self, name: str) -> Callable[..., str]:
        address: Callable[..., str] = getattr(addresses, name)

        def whole(*parts: Any, **query: Any) -> str:
            found = address(*parts, **query)
            return self._base + found if found.startswith("/") else found

        return whole
