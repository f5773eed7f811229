"""The policy: rules of conversation in numbered clauses, in versions that comments remember, and the reasons they name.

A version says for each clause which reasons break it, so that every removal names a clause that readers can look up.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from rejoinder.discussion.reasons import ADVICE, REASONS, WITH_PARENT, Group, Reason, Theme
from rejoinder.discussion.refusals import BadPolicy, UnknownReason, _

__all__ = ["ADVICE", "REASONS", "WITH_PARENT", "Group", "Reason", "Theme", "chosen_reason", "reason_of"]

MOST_CLAUSES = 40
LONGEST = 20_000  # characters of one text
_CHOSEN = {reason.code: reason for reason in REASONS}
_BY_CODE = _CHOSEN | {WITH_PARENT.code: WITH_PARENT}


def reason_of(code: str) -> Reason:
    """The reason with this code, as it stands on the record. Raises UnknownReason."""
    return _found(_BY_CODE, code)


def chosen_reason(code: str) -> Reason:
    """The reason that somebody chose. Raises UnknownReason, also for what only the system gives."""
    return _found(_CHOSEN, code)


def _found(among: dict[str, Reason], code: str) -> Reason:
    try:
        return among[code]
    except KeyError:
        raise UnknownReason from None


class Wording(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A clause in one language: the sentence readers see, and what the letter to the writer adds (none: the advice of
    its reasons' theme).
    """

    sentence: str
    letter: str = ""


class Clause(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A numbered rule: the codes of the reasons that break it, and its words by language tag."""

    reasons: tuple[str, ...]
    words: dict[str, Wording]


class Content(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a version holds. Texts are in our light markup, by language tag; clauses are numbered by their place."""

    introduction: dict[str, str] = {}
    clauses: tuple[Clause, ...] = ()
    closing: dict[str, str] = {}


class Policy(Struct, frozen=True, kw_only=True):
    """A version of a site's policy, or of a section's addendum. A material one asks readers again."""

    number: int
    content: Content
    is_material: bool = False
    note: str = ""  # what changed, for readers
    created_at: datetime | None = None  # None: ours, which a site has until it writes its own
    by_name: str | None = None
    section_key: str | None = None


class Named(Struct, frozen=True, kw_only=True):
    """A clause as a removal names it."""

    number: int
    sentence: str
    letter: str = ""


_DEFAULT: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _("Argue with what people say; do not attack who they are."),
        ("personal-attack", "attack-on-author", "attack-on-third-party", "trolling"),
    ),
    (_("No hatred of people for what they are."), ("hate",)),
    (_("No threats, and no calls for violence."), ("threat",)),
    (_("No obscene language, disguised or not."), ("obscenity", "filter-evasion")),
    (
        _("Keep to the story, say it once, and write to us rather than here about our decisions."),
        ("irrelevant", "meta", "repetition", "flooding"),
    ),
    (
        _("Write so that others can read it and answer."),
        ("unreadable", "capitals", "wrong-language", "too-long", "unsubstantial"),
    ),
    (_("No advertising, and no campaigns."), ("advertising", "links", "coordinated")),
    (
        _("Be yourself, under one name that can stand in a newspaper."),
        ("impersonation", "name", "ban-evasion", "sockpuppet"),
    ),
    (_("Leave private what is private."), ("private-information", "intimate-image")),
    (
        _("Keep to the law: nothing that defames, prejudices a trial, copies others’ work, or harms a child."),
        ("defamation", "contempt", "copyright", "election-silence", "child-safety", "illegal"),
    ),
    (_("Do not state as fact what is known to be false."), ("misinformation",)),
    (
        _("What else would keep others from taking part does not stand here."),
        ("inappropriate", "article-closed", "reply-to-removed", "other"),
    ),
)
DEFAULT_SENTENCES: tuple[str, ...] = tuple(sentence for sentence, _codes in _DEFAULT)


def default_content(sentences: Sequence[str], *, language: str) -> Content:
    """Our own clauses, worded by DEFAULT_SENTENCES as a catalogue has them: what a site has until it writes its own."""
    return Content(
        clauses=tuple(
            Clause(reasons=codes, words={language: Wording(sentence=sentence)})
            for sentence, (_said, codes) in zip(sentences, _DEFAULT, strict=True)
        )
    )


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, else in the plain one of the same family, else in the first there is."""
    for tag in (language, language.partition("-")[0], *texts):
        if texts.get(tag):
            return texts[tag]
    return ""


def wording(clause: Clause, language: str) -> Wording:
    """The clause's words, chosen likewise."""
    for tag in (language, language.partition("-")[0], *clause.words):
        if tag in clause.words:
            return clause.words[tag]
    return Wording(sentence="")


def clauses_named(content: Content, codes: Sequence[str], *, language: str) -> tuple[Named, ...]:
    """The clauses that these reasons break, in their order, each once. A reason that no clause names gives none."""
    found = []
    for number, clause in enumerate(content.clauses, 1):
        if not set(codes).isdisjoint(clause.reasons):
            words = wording(clause, language)
            found.append(Named(number=number, sentence=words.sentence, letter=words.letter))
    return tuple(found)


def must_be_sound(content: Content) -> None:
    """Silent if the content can be published. Raises BadPolicy: no clause or too many, one without words or reasons, a
    code that is none, one that two clauses name, a text that is too long.
    """
    if not 0 < len(content.clauses) <= MOST_CLAUSES:
        raise BadPolicy(problem=f"it has from 1 to {MOST_CLAUSES} clauses")
    seen: dict[str, int] = {}
    for number, clause in enumerate(content.clauses, 1):
        if not any(words.sentence.strip() for words in clause.words.values()):
            raise BadPolicy(problem=f"clause {number} has no words")
        if not clause.reasons:
            raise BadPolicy(problem=f"clause {number} names no reason")
        for code in clause.reasons:
            if code not in _BY_CODE:
                raise BadPolicy(problem=f"clause {number} names “{code}”, which is no reason")
            if code in seen:
                raise BadPolicy(
                    problem=f"clauses {seen[code]} and {number} both name “{_BY_CODE[code].label}” ({code})"
                )
            seen[code] = number
    if any(len(text) > LONGEST for text in _texts(content)):
        raise BadPolicy(problem=f"a text has at most {LONGEST} characters")


def _texts(content: Content) -> list[str]:
    words = [words for clause in content.clauses for words in clause.words.values()]
    said = [text for each in words for text in (each.sentence, each.letter)]
    return [*content.introduction.values(), *content.closing.values(), *said]


def as_stored(content: Content) -> str:
    """The content as JSON."""
    return msgspec.json.encode(content).decode()
