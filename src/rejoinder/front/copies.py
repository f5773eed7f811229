"""The pages that are kept: ready to be written to a connection, each with the edition it shows.

A copy is given out while its edition holds. A commit raises the least version that is acceptable before its writer is
answered, so that a render that began earlier cannot bring an old page back. Everything here belongs to the event loop's
thread. The oldest in use leaves first when the bytes run out.
"""

import asyncio
from collections import OrderedDict

from rejoinder.discussion.editions import Edition
from rejoinder.front.encodings import IDENTITY

LARGEST = 2_000_000  # bytes of a page that is still kept
REMEMBERED = 20_000  # stories whose least version is known
OVERHEAD = 1500  # bytes that a copy weighs besides its bodies
OWN_HEADERS = (b"content-length", b"content-encoding", b"transfer-encoding", b"cache-control", b"date", b"connection")

Head = list[tuple[bytes, bytes]]
About = tuple[int, int | None]  # a site and one of its stories, or what is of no story


def about(edition: Edition) -> About:
    """What an edition is of."""
    return edition.site_seq, edition.story_seq


class Ready:
    """An answer but for its status line, Date and Cache-Control: headers and body, and the headers alone (for HEAD).
    As it is sent it is put together once in a second: to copy a page for each reader costs as much as to send it.
    """

    __slots__ = ("_sent", "_since", "head", "whole")

    def __init__(self, whole: bytes, head: bytes) -> None:
        self.whole = whole
        self.head = head
        self._since = b""
        self._sent = b""

    def after(self, first: bytes, date: bytes, caching: bytes) -> bytes:
        """The whole answer behind these lines, which change with the date alone."""
        if self._since is not date:
            self._sent = b"".join((first, date, caching, self.whole))
            self._since = date
        return self._sent


class Copy:
    """One kept page in the encodings that were asked for so far. `checked` is the moment, on the loop's clock, for
    which its edition was last known to hold.
    """

    __slots__ = (
        "answers",
        "body",
        "cache_control",
        "caching",
        "checked",
        "edition",
        "etag",
        "headers",
        "not_modified",
        "squeezing",
        "until",
    )

    def __init__(self, edition: Edition, headers: Head, body: bytes, *, checked: float) -> None:
        known = dict(headers)
        self.edition = edition
        self.until = edition.until.timestamp() if edition.until else float("inf")
        self.checked = checked
        self.body = body
        self.etag = known.get(b"etag", b"")
        self.cache_control = known.get(b"cache-control", b"")
        self.caching = _line(b"cache-control", self.cache_control)
        self.headers = [(name, value) for name, value in headers if name not in OWN_HEADERS]
        self.answers: dict[bytes, Ready] = {}
        self.squeezing: dict[bytes, asyncio.Future[Ready]] = {}  # encodings that are being made
        kept = (b"etag", b"vary", b"access-control-allow-origin")
        self.not_modified = b"".join(_line(name, value) for name, value in self.headers if name in kept) + b"\r\n"

    @property
    def size(self) -> int:
        """The bytes it weighs, about."""
        return (
            OVERHEAD + len(self.body) + sum(2 * len(ready.whole) + len(ready.head) for ready in self.answers.values())
        )

    def add(self, encoding: bytes, body: bytes) -> Ready:
        """The answer in this encoding, which is kept too. `Copies.weighed` is told of it."""
        lines = [_line(name, value) for name, value in self.headers]
        if encoding != IDENTITY:
            lines.append(_line(b"content-encoding", encoding))
        lines += [_line(b"content-length", b"%d" % len(body)), b"\r\n"]
        head = b"".join(lines)
        ready = self.answers[encoding] = Ready(head + body, head)
        return ready

    def matches(self, if_none_match: bytes) -> bool:
        """Whether the client has this very page (RFC 9110, 13.1.2: weak comparison)."""
        if not self.etag:
            return False
        if if_none_match == self.etag:
            return True
        own = self.etag.removeprefix(b"W/")
        return any(each.strip().removeprefix(b"W/") in (own, b"*") for each in if_none_match.split(b","))


class Copies:
    """Every kept page, by its canonical path and query."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[bytes, Copy] = OrderedDict()
        self._weights: dict[bytes, int] = {}
        self._about: dict[About, set[bytes]] = {}
        self._versions: dict[About, int] = {}  # the least acceptable version of a story, while anything could be older
        self._epochs: dict[int, int] = {}
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> Copy | None:
        """The copy, now the last to leave; None where there is none."""
        copy = self._kept.get(key)
        if copy is not None:
            self._kept.move_to_end(key)
        return copy

    def put(self, key: bytes, copy: Copy) -> bool:
        """Keeps the copy, unless it is older than what was committed since, or too large."""
        if copy.size > min(LARGEST, self._most) or not self.holds(copy.edition):
            return False
        self.drop(key)
        self._kept[key] = copy
        self._about.setdefault(about(copy.edition), set()).add(key)
        self.weighed(key)
        return True

    def weighed(self, key: bytes) -> None:
        """Weighs a copy anew, and lets the oldest go where it is too much altogether."""
        copy = self._kept.get(key)
        if copy is None:
            return
        self.size += copy.size - self._weights.get(key, 0)
        self._weights[key] = copy.size
        while self.size > self._most:
            self.drop(next(iter(self._kept)))

    def holds(self, edition: Edition) -> bool:
        """Whether nothing newer than this edition is known of."""
        if edition.epoch < self._epochs.get(edition.site_seq, 0):
            return False
        return edition.version >= self._versions.get(about(edition), 0)

    def raise_story(self, site_seq: int, story_seq: int, version: int) -> None:
        """From now on nothing older than this version of the story is given out."""
        of = (site_seq, story_seq)
        if version <= self._versions.get(of, 0):
            return
        self._versions[of] = version
        if len(self._versions) > REMEMBERED:  # the story that first changed longest ago: no render is that slow
            del self._versions[next(iter(self._versions))]
        for key in list(self._about.get(of, ())):
            if self._kept[key].edition.version < version:
                self.drop(key)

    def raise_site(self, site_seq: int, epoch: int) -> None:
        """From now on nothing older than this epoch of the site is given out."""
        if epoch <= self._epochs.get(site_seq, 0):
            return
        self._epochs[site_seq] = epoch
        for key in [key for key, copy in self._kept.items() if copy.edition.site_seq == site_seq]:
            if self._kept[key].edition.epoch < epoch:
                self.drop(key)

    def drop(self, key: bytes) -> None:
        """Lets a copy go."""
        copy = self._kept.pop(key, None)
        if copy is None:
            return
        self.size -= self._weights.pop(key, 0)
        keys = self._about[about(copy.edition)]
        keys.discard(key)
        if not keys:
            del self._about[about(copy.edition)]

    def confirm(self, of: About, *, at: float) -> None:
        """What is left of these copies holds, as of that moment on the loop's clock."""
        for key in self._about.get(of, ()):
            copy = self._kept[key]
            copy.checked = max(copy.checked, at)


def _line(name: bytes, value: bytes) -> bytes:
    return name + b": " + value + b"\r\n"
