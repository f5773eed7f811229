"""The ordered list of checks a new comment passes. Each is silent or gives a finding: why an editor should look first.

What a comment may not be at all (too long, repeated, its writer banned) is refused before, in `comments.may_post`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from rejoinder.discussion.comments import Status
from rejoinder.discussion.refusals import _
from rejoinder.discussion.sites import Mode, Rules
from rejoinder.discussion.trust import Level
from rejoinder.discussion.words import WordList


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a comment is held: the check's name, a sentence for the desk (a catalogue key with places for `data`), and
    the spans of the text that weighed, as (start, end) in characters.
    """

    check: str
    sentence: str
    data: dict[str, Any] = {}
    spans: tuple[tuple[int, int], ...] = ()


class Draft(Struct, frozen=True, kw_only=True):
    """What the checks look at."""

    text: str
    links: int
    approved_before: int  # published comments of this person on this site, counted up to what the rules ask
    by_staff: bool
    rules: Rules
    level: Level = Level.NEW
    points: int = 0
    is_held: bool = False  # an editor asked to see this person's comments first


class Screened(Struct, frozen=True):
    """What becomes of the comment, and why."""

    status: Status
    findings: tuple[Finding, ...] = ()


Check = Callable[[Draft], Finding | None]


def banned_words(draft: Draft) -> Finding | None:
    return _word_finding(
        draft,
        draft.rules.banned_words,
        check="banned-words",
        sentence=_("A word from the banned list: %(words)s"),
    )


def suspect_words(draft: Draft) -> Finding | None:
    return _word_finding(
        draft,
        draft.rules.suspect_words,
        check="suspect-words",
        sentence=_("A word from the suspect list: %(words)s"),
    )


def too_many_links(draft: Draft) -> Finding | None:
    if draft.links <= draft.rules.links:
        return None
    return Finding(
        check="links",
        sentence=_("%(links)s links, where %(limit)s are usual"),
        data={"links": draft.links, "limit": draft.rules.links},
    )


def newcomer(draft: Draft) -> Finding | None:
    ladder = draft.rules.ladder
    if ladder.on:
        if draft.level is not Level.NEW:
            return None
        return Finding(
            check="newcomer",
            sentence=_("A new reader, with %(points)s of the %(needed)s points that make a recognised one"),
            data={"points": draft.points, "needed": ladder.recognised_at},
        )
    if draft.approved_before >= draft.rules.newcomer_comments:
        return None
    return Finding(
        check="newcomer",
        sentence=_("One of the writer's first comments (%(before)s published before)"),
        data={"before": draft.approved_before},
    )


def pre_moderated(draft: Draft) -> Finding | None:
    if draft.rules.mode is not Mode.PRE:
        return None
    return Finding(check="pre-moderation", sentence=_("Every comment is read before publication here"))


def held_person(draft: Draft) -> Finding | None:
    if not draft.is_held:
        return None
    return Finding(check="held-person", sentence=_("An editor asked to see this person’s comments first"))


CHECKS: tuple[Check, ...] = (held_person, banned_words, suspect_words, too_many_links, newcomer, pre_moderated)


def screen(draft: Draft) -> Screened:
    """Published, or pending with every reason for it. Staff write unscreened: their names stand for the paper."""
    if draft.by_staff:
        return Screened(Status.PUBLISHED)
    skips = draft.level is Level.EXPERT and draft.rules.ladder.on and draft.rules.ladder.experts_skip_lists
    checks = [check for check in CHECKS if not (skips and check in (banned_words, suspect_words))]
    findings = tuple(finding for check in checks if (finding := check(draft)))
    return Screened(Status.PENDING if findings else Status.PUBLISHED, findings)


def can_be_mended(findings: Sequence[Finding]) -> bool:
    """Whether another text by the same person would be published at once: nothing but words and links hold it. Empty
    findings need no mending.
    """
    return bool(findings) and all(finding.check in _OF_THE_TEXT for finding in findings)


_OF_THE_TEXT = frozenset({"banned-words", "suspect-words", "links"})


@lru_cache(maxsize=256)
def _word_list(entries: tuple[str, ...]) -> WordList:
    return WordList(entries)


def _word_finding(draft: Draft, entries: Sequence[str], *, check: str, sentence: str) -> Finding | None:
    if not entries:
        return None
    hits = _word_list(tuple(entries)).find(draft.text)
    if not hits:
        return None
    words = ", ".join(dict.fromkeys(hit.entry for hit in hits))
    spans = tuple((hit.start, hit.end) for hit in hits)
    return Finding(check=check, sentence=sentence, data={"words": words}, spans=spans)
