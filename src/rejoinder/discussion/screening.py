"""The ordered list of checks a new comment passes. Each is silent or gives a finding: why an editor should look first.

What a comment may not be at all (too long, repeated, its writer banned) is refused before, in `comments.may_post`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.comments import Status
from rejoinder.discussion.copies import Copies
from rejoinder.discussion.refusals import _
from rejoinder.discussion.shouting import capitals_in
from rejoinder.discussion.sites import Mode, Rules, where_set
from rejoinder.discussion.tongues import is_foreign
from rejoinder.discussion.trust import Level
from rejoinder.discussion.words import WordList


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a comment is held: the check's name, a sentence for the desk (a catalogue key with places for `data`), the
    spans of the text that weighed, as (start, end) in characters, and the rule behind it with the layer that sets it
    (one of `sites.LAYERS`).
    """

    check: str
    sentence: str
    data: dict[str, Any] = {}
    spans: tuple[tuple[int, int], ...] = ()
    rule: str = ""
    set_at: str = ""


class Draft(Struct, frozen=True, kw_only=True):
    """What the checks look at."""

    text: str
    links: int
    approved_before: int  # published comments of this person on this site, counted up to what the rules ask
    by_staff: bool
    rules: Rules
    level: Level = Level.NEW
    points: int = 0
    elsewhere: bool = False  # the same person wrote the same text under another story, within the repeat window
    theirs: int = 0  # how many of the story's last comments are by this person, as far back as the rules look
    copies: Copies | None = None  # nearly this text by other people, as far back as the rules look
    layers: tuple[str, ...] = ()  # that make the rules, the widest first
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
        sentence=_("%(links)s links; usual here: at most %(limit)s"),
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
        sentence=_("One of the writer’s first comments (%(before)s published before)"),
        data={"before": draft.approved_before},
    )


def pre_moderated(draft: Draft) -> Finding | None:
    if draft.rules.mode is not Mode.PRE:
        return None
    return Finding(check="pre-moderation", sentence=_("Every comment is read before publication here"))


def foreign(draft: Draft) -> Finding | None:
    found = is_foreign(draft.text, draft.rules.languages)
    if found is None:
        return None
    return Finding(
        check="language",
        sentence=_("In another language (%(language)s) than this discussion’s (%(languages)s)"),
        data={"language": found, "languages": ", ".join(draft.rules.languages)},
    )


def shouting(draft: Draft) -> Finding | None:
    share, spans = capitals_in(draft.text) if draft.rules.capitals else (0, ())
    if share <= draft.rules.capitals:
        return None
    return Finding(
        check="capitals",
        sentence=_("%(share)s of 100 letters are capitals, where %(limit)s are the most"),
        data={"share": share, "limit": draft.rules.capitals},
        spans=spans,
    )


def elsewhere(draft: Draft) -> Finding | None:
    if not draft.elsewhere:
        return None
    return Finding(check="elsewhere", sentence=_("The writer posted the same text under another story"))


def flooding(draft: Draft) -> Finding | None:
    rules, theirs = draft.rules, draft.theirs + 1
    if not rules.flood_most or theirs <= rules.flood_most:
        return None
    return Finding(
        check="flooding",
        sentence=_("%(theirs)s of the last %(among)s comments here are the writer’s, where %(limit)s are the most"),
        data={"theirs": theirs, "among": rules.flood_among, "limit": rules.flood_most},
    )


def same_text(draft: Draft) -> Finding | None:
    most, copies = draft.rules.same_text_people, draft.copies
    if not most or copies is None or copies.people <= most:
        return None
    return Finding(
        check="same-text",
        sentence=_("%(people)s people posted nearly this text since %(since)s; usual here: at most %(limit)s"),
        data={"people": copies.people, "since": copies.since.isoformat(), "limit": most},
    )


def held_person(draft: Draft) -> Finding | None:
    if not draft.is_held:
        return None
    return Finding(check="held-person", sentence=_("An editor asked to see this person’s comments first"))


CHECKS: tuple[Check, ...] = (
    held_person,
    banned_words,
    suspect_words,
    too_many_links,
    foreign,
    shouting,
    elsewhere,
    flooding,
    same_text,
    newcomer,
    pre_moderated,
)
RULE_OF = {  # the rule that a check keeps, if it is one of the place's
    "banned-words": "banned_words",
    "suspect-words": "suspect_words",
    "links": "links",
    "language": "languages",
    "capitals": "capitals",
    "elsewhere": "same_elsewhere",
    "flooding": "flood_most",
    "same-text": "same_text_people",
    "newcomer": "newcomer_comments",
    "pre-moderation": "mode",
}


def screen(draft: Draft) -> Screened:
    """Published, or pending with every reason for it. Staff write unscreened: their names stand for the paper."""
    if draft.by_staff:
        return Screened(Status.PUBLISHED)
    skips = draft.level is Level.EXPERT and draft.rules.ladder.on and draft.rules.ladder.experts_skip_lists
    checks = [check for check in CHECKS if not (skips and check in (banned_words, suspect_words))]
    findings = tuple(_placed(finding, draft) for check in checks if (finding := check(draft)))
    return Screened(Status.PENDING if findings else Status.PUBLISHED, findings)


def _placed(finding: Finding, draft: Draft) -> Finding:
    """The finding with the rule behind it, if there is one, and where that is set."""
    rule = RULE_OF.get(finding.check)
    if rule is None:
        return finding
    if rule == "newcomer_comments" and draft.rules.ladder.on:
        rule = "ladder"
    return replace(finding, rule=rule, set_at=where_set(rule, draft.layers))


def can_be_mended(findings: Sequence[Finding]) -> bool:
    """Whether another text by the same person would be published at once: nothing but what it says and how hold it.
    Empty findings need no mending.
    """
    return bool(findings) and all(finding.check in _OF_THE_TEXT for finding in findings)


_OF_THE_TEXT = frozenset({"banned-words", "suspect-words", "links", "language", "capitals"})


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
