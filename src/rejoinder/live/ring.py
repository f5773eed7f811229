"""The latest comments of a story, kept so that a reader who was away for a moment misses none."""

from collections import deque
from itertools import dropwhile

from rejoinder.live.news import Item


class Ring:
    """Every published comment with a place after `since`, up to so many and so many bytes; older ones make room."""

    __slots__ = ("_bytes", "_items", "_most", "_most_bytes", "since")

    def __init__(self, *, most: int, most_bytes: int) -> None:
        self._items: deque[Item] = deque()
        self._bytes = 0
        self._most = most
        self._most_bytes = most_bytes
        self.since = 0

    def clear(self, since: int) -> None:
        """Forgets all: whatever was erased or changed is told to nobody any more."""
        self._items.clear()
        self._bytes = 0
        self.since = since

    def add(self, item: Item) -> None:
        """Keeps a comment; the oldest go where there is no room."""
        self._items.append(item)
        self._bytes += len(item.html)
        while len(self._items) > self._most or self._bytes > self._most_bytes:
            gone = self._items.popleft()
            self._bytes -= len(gone.html)
            self.since = gone.place

    def after(self, place: int) -> tuple[Item, ...] | None:
        """The comments after this place; None where they are not all here."""
        if place < self.since:
            return None
        return tuple(dropwhile(lambda item: item.place <= place, self._items))
