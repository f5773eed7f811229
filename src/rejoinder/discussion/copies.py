"""The same text by several people: what many were asked to paste, or one person posts under many names.

A text is kept with two numbers, the least and the greatest of its runs of words (`near_duplicates`). Two texts that
share nearly all of their runs share one of these numbers nearly always (min-wise hashing; Broder, "On the resemblance
and containment of documents", 1997), so an index finds what is to be compared, however much was written.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.discussion.near_duplicates import are_alike, runs_of

SHORTEST = 60  # letters and figures in the writer's own words; thanks and agreement, which many put alike, are shorter
MOST = 100  # texts under one number that a new one is held against, the newest
_QUOTED = re.compile(r"^ {0,3}>.*$", re.MULTILINE)  # somebody else's words
_INK = re.compile(r"[^\W_]")

Marks = tuple[int, int]


class Copy(Struct, frozen=True):
    """A text that may be the same: who wrote it, and when."""

    commenter_seq: int
    created_at: datetime
    text: str


class Copies(Struct, frozen=True):
    """How many people posted one text, the writer of the new one among them, and when the first of them did."""

    people: int
    since: datetime


def own_words(text: str) -> str:
    """The text without what it quotes."""
    return _QUOTED.sub("", text)


def marks_of(text: str) -> Marks | None:
    """The two numbers by which texts like this one are found; None for a text that is too short to say anything."""
    own = own_words(text)
    if len(own) < SHORTEST or len(_INK.findall(own)) < SHORTEST:
        return None
    runs = runs_of(own)
    return min(runs), max(runs)


def copies_of(text: str, others: Iterable[Copy], *, hours: int, now: datetime) -> Copies | None:
    """Who else posted nearly this text within so many hours before `now`, of texts by other people that share a mark
    with it; None if nobody did.
    """
    runs = runs_of(own_words(text))
    since = now - timedelta(hours=hours)
    alike = [each for each in others if each.created_at > since and are_alike(runs, runs_of(own_words(each.text)))]
    if not alike:
        return None
    return Copies(people=len({each.commenter_seq for each in alike}) + 1, since=min(each.created_at for each in alike))
