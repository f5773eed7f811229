"""Whether a record is what was written: every digest, every link, every number, to its head and to heads that were
exported before. Each fault is a sentence that names the first entry it is about.

What is changed in the database without going through an action shows, as long as the head was exported before: whoever
can rewrite every entry from one on can chain them anew, but not to a head that lies elsewhere.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.record import START, RecordKind, digest_of, next_link

MOST = 50  # faults of one record that are told; after a break in the chain each is worth a look


class Entry(Struct, frozen=True, kw_only=True):
    """An entry as it is stored. `at` is microseconds since 1970; without details its personal fields were erased."""

    number: int
    kind: str
    at: int
    digest: bytes
    chain: bytes
    by_seq: int | None = None
    comment_seq: int | None = None
    commenter_seq: int | None = None
    story_seq: int | None = None
    details: str | None = None
    salt: bytes | None = None


class Head(Struct, frozen=True, kw_only=True):
    """How many entries a record has, and its newest link."""

    number: int
    chain: bytes


class Fault(Struct, frozen=True, kw_only=True):
    """What is wrong, from which entry on."""

    number: int
    sentence: str


class Proof:
    """Goes through a record entry by entry, in the order of their numbers, and keeps no more than the last link."""

    def __init__(self, *, exported: Head | None = None) -> None:
        self.number = 0
        self.faults: list[Fault] = []
        self._chain: bytes | None = START  # None: unknown, because an entry is missing
        self._exported = exported
        self._blank: set[int] = set()  # entries without details, until an erasure names them

    def take(self, entry: Entry) -> Mapping[str, Any] | None:
        """Looks at the next entry. Its details, where there are any and they can be believed."""
        if entry.number != self.number + 1:
            self._miss(self.number + 1, entry.number - 1)
            self._chain = None
        problem = _problem(entry, self._chain)
        self.number, self._chain = entry.number, entry.chain
        if self._exported and entry.number == self._exported.number and entry.chain != self._exported.chain:
            self._fault(entry.number, "is not the one whose link was exported: it, or one before it, was rewritten.")
        if problem:
            self._fault(entry.number, problem)
            return None
        return self._details(entry)

    def end(self, head: Head | None) -> list[Fault]:
        """All faults, with those that only show at the end; the first entry's first."""
        if head is None:
            self._fault(self.number, "has no head after it: the record's newest link is gone.")
        elif head.number > self.number:
            self._miss(self.number + 1, head.number, end=True)
        elif head.number < self.number:
            self._fault(head.number + 1, "stands after the record's head: it was put in, or the head was set back.")
        elif self._chain is not None and head.chain != self._chain:
            self._fault(self.number, "is not the one that the record's head is chained to: one of the two was changed.")
        if self._exported and self._exported.number > max(self.number, head.number if head else 0):
            self._miss(self.number + 1, self._exported.number, end=True)
        for number in sorted(self._blank):
            self._fault(number, "has lost its details, and no erasure on the record names it.")
        return sorted(self.faults, key=lambda fault: fault.number)

    def _details(self, entry: Entry) -> Mapping[str, Any] | None:
        if entry.details is None:
            self._blank.add(entry.number)
            return None
        found = msgspec.json.decode(entry.details, type=dict[str, Any])
        if entry.kind == RecordKind.ERASURE:
            self._blank.difference_update(found.get("entries", ()))
        return found

    def _miss(self, first: int, last: int, *, end: bool = False) -> None:
        which = f"Entry {first} is" if first == last else f"Entries {first} to {last} are"
        where = "the record was cut off there." if end else f"after entry {first - 1} comes entry {last + 1}."
        if not any(fault.number == first for fault in self.faults):
            self.faults.append(Fault(number=first, sentence=f"{which} missing: {where}"))

    def _fault(self, number: int, sentence: str) -> None:
        if len(self.faults) < MOST:
            self.faults.append(Fault(number=number, sentence=f"Entry {number} {sentence}"))


def _problem(entry: Entry, before: bytes | None) -> str | None:
    """What does not fit in the entry itself and in its link to the one before; None: nothing."""
    if (entry.details is None) is not (entry.salt is None):
        return "has lost half of what its digest was made of."
    digest = entry.digest
    if entry.details is not None and entry.salt is not None:
        digest = digest_of(entry.salt, entry.details)
    if before is not None and entry.chain != next_link(before, entry.number, entry.digest):
        if digest != entry.digest and entry.chain == next_link(before, entry.number, digest):
            return "has another digest than its details give: the digest was changed."
        return f"is not chained to entry {entry.number - 1}: one of the two was changed, moved or put in."
    if digest != entry.digest:
        return "has other details than it was written with: they do not give its digest."
    return _mismatch(entry) if entry.details is not None else None


def _mismatch(entry: Entry) -> str | None:
    """Which of the row's own fields is not what the details, which the digest covers, say."""
    said = msgspec.json.decode(entry.details or "{}", type=dict[str, Any]).get("row", {})
    row = {
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.by_seq,
        "comment_seq": entry.comment_seq,
        "commenter_seq": entry.commenter_seq,
        "story_seq": entry.story_seq,
    }
    for name, value in row.items():
        if said.get(name) != value:
            return f"has another {name} in its row than in its details: {value} instead of {said.get(name)}."
    return None
