"""Candidates for the editors' picks: published comments that may advance the story, ranked, each with its reasons.

A proposal, no more: an editor picks. Length says more about a comment than anything else that is cheap to count, and
would drown the rest, so what it adds is capped early.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from rejoinder.discussion.refusals import DecidedMeanwhile, _

SHORTEST = 120  # characters; below this hardly any comment is printed
FULL = 400  # from here on length adds nothing more
PER_STORY = 5
PER_WRITER = 1
_SOURCE = re.compile(r"https?://|\bwww\.")
_FIGURE = re.compile(r"(?<![\w/.])\d[\d.,]*(?![\w/])")
_FIGURES = 2  # one is often a date


class Pick(Struct, frozen=True, kw_only=True):
    """Who picked a comment, and the word beside the mark."""

    by_seq: int | None
    by_name: str
    note: str = ""


def must_lose_no_words(pick: Pick | None, note: str, *, by_seq: int) -> None:
    """Silent if picking a comment that may be picked already loses no word: there is none, or the same. Raises
    DecidedMeanwhile, so that who wrote another hears of the colleague whose pick stands.
    """
    if pick is not None and note and note != pick.note and pick.by_seq != by_seq:
        raise DecidedMeanwhile(name=pick.by_name)


class Candidate(Struct, frozen=True, kw_only=True):
    """What is known of a published comment that nobody has picked."""

    comment_seq: int
    story_seq: int
    writer_seq: int
    text: str
    recommended: int = 0
    replies: int = 0
    was_picked: bool = False  # another of this writer's, before


class Because(Struct, frozen=True):
    """A reason, worded: a catalogue key with places for `data`."""

    sentence: str
    data: dict[str, Any] = {}


class Ranked(Struct, frozen=True, kw_only=True):
    """A candidate with what speaks for it, the heaviest first."""

    candidate: Candidate
    score: float
    reasons: tuple[Because, ...]


def weigh(candidate: Candidate) -> Ranked:
    """The candidate's score, a sum of what each reason adds. Votes and replies count by their logarithm: the tenth says
    less than the second.
    """
    said: list[tuple[float, Because]] = []
    if candidate.recommended:
        told = Because(_("Recommended by readers: %(count)s"), {"count": candidate.recommended})
        said.append((math.log2(1 + candidate.recommended), told))
    if candidate.replies:
        said.append(
            (0.5 * math.log2(1 + candidate.replies), Because(_("Replies: %(count)s"), {"count": candidate.replies}))
        )
    if _SOURCE.search(candidate.text):
        said.append((1.5, Because(_("Gives a source"))))
    if len(_FIGURE.findall(candidate.text)) >= _FIGURES:
        said.append((1.0, Because(_("Gives figures"))))
    if len(candidate.text) >= SHORTEST:
        said.append((min(len(candidate.text), FULL) / FULL, Because(_("Long enough to make a point"))))
    if not candidate.was_picked:
        said.append((0.5, Because(_("A writer who was never picked"))))
    said.sort(key=lambda each: -each[0])
    return Ranked(
        candidate=candidate, score=sum(weight for weight, _because in said), reasons=tuple(why for _weight, why in said)
    )


def rank(candidates: Iterable[Candidate], *, most: int) -> list[Ranked]:
    """The best, of each writer PER_WRITER and of each story PER_STORY at most, so that a page is no one's alone."""
    weighed = sorted(map(weigh, candidates), key=lambda each: (-each.score, each.candidate.comment_seq))
    by_story: Counter[int] = Counter()
    by_writer: Counter[int] = Counter()
    chosen: list[Ranked] = []
    for each in weighed:
        story, writer = each.candidate.story_seq, each.candidate.writer_seq
        if by_story[story] < PER_STORY and by_writer[writer] < PER_WRITER and len(chosen) < most:
            by_story[story] += 1
            by_writer[writer] += 1
            chosen.append(each)
    return chosen
