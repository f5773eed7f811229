"""What was changed in a comment's text since readers could first see it: which texts may be compared in public, and the
difference of two of them, word by word.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.sites import Rules

MOST_WORDS = 5_000  # of both texts that are compared, and
MOST_PAIRS = 6_000  # of equal words among them; beyond that, what differs is shown as one piece
_WORDS = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    TAKEN = "taken out"


class Piece(Struct, frozen=True):
    """A run of words that both texts have, or only one."""

    kind: Kind
    text: str


class Text(Struct, frozen=True, kw_only=True):
    """A text of a comment, as it was from a moment on. `shown` is whether the editor who wrote it lets readers see what
    they changed.
    """

    number: int
    text: str
    since: datetime
    by_editor: bool = False
    shown: bool = False


class Change(Struct, frozen=True, kw_only=True):
    """One text became another. Without `pieces` it is only said that it did."""

    at: datetime
    by_editor: bool
    pieces: tuple[Piece, ...] | None


def changes(comment: Comment, texts: Sequence[Text], rules: Rules) -> list[Change]:
    """The changes that readers may know of, the latest first; `texts` are all that the comment had, the oldest first,
    the present one last. What an editor took out without showing it stands in every text before, so none of those is
    ever compared; nor is a text that was replaced before it was published.
    """
    found: list[Change] = []
    may_compare = True
    for before, after in reversed(list(pairwise(texts))):
        was_read = comment.published_at is not None and after.since > comment.published_at
        if not (after.by_editor or (was_read and rules.show_edits)):
            continue
        may_compare = may_compare and was_read and (after.shown or not after.by_editor)
        pieces = differences(before.text, after.text) if may_compare else None
        found.append(Change(at=after.since, by_editor=after.by_editor, pieces=pieces))
    return found


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as one: what both have, what was taken out, what was added, in reading order. Put together, SAME
    and TAKEN give the text before, SAME and ADDED the text after. The effort is bounded: by the longest common run
    (Ratcliff and Metzener, Dr. Dobb's Journal, July 1988) where few words are repeated, else as one piece.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    found = [(Kind.SAME, old[:start]), *_middle(middle_old, middle_new), (Kind.SAME, old[len(old) - end :])]
    return tuple(Piece(kind, "".join(words)) for kind, words in found if words)


def _middle(old: list[str], new: list[str]) -> list[tuple[Kind, list[str]]]:
    if len(old) + len(new) > MOST_WORDS or _pairs(old, new) > MOST_PAIRS:
        return [(Kind.TAKEN, old), (Kind.ADDED, new)]
    found: list[tuple[Kind, list[str]]] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((Kind.SAME, old[old_from:old_to]))
        else:
            found += [(Kind.TAKEN, old[old_from:old_to]), (Kind.ADDED, new[new_from:new_to])]
    return found


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    length = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        length += 1
    return length


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal words there are: what the comparison costs."""
    counted = Counter(new)
    return sum(counted[word] for word in old)
