"""The reasons a comment can be reported or rejected for, in the words of the policy.

Two of them are the plain words of the invitation (irrelevant, inappropriate) and come first on the report form; the
finer ones below are for those who know. Each maps to a category of the European Commission's transparency database
(Regulation (EU) 2022/2065, Article 24(5)).
"""

from enum import StrEnum

from msgspec import Struct

from rejoinder.discussion.refusals import UnknownReason, _


class Group(StrEnum):
    PLAIN = "plain"
    CONDUCT = "conduct"
    RELEVANCE = "relevance"
    LAW = "law"


class Reason(Struct, frozen=True, kw_only=True):
    """`label` is a choice on a form; `told` is the sentence the writer and the page give for a removal."""

    code: str
    group: Group
    label: str
    told: str
    category: str
    illegal: bool = False


_TERMS = "OTHER_VIOLATION_TC"
_SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH"

REASONS: tuple[Reason, ...] = (
    Reason(
        code="irrelevant",
        group=Group.PLAIN,
        label=_("Irrelevant: it has nothing to do with the story"),
        told=_("It is not about the story."),
        category=_TERMS,
    ),
    Reason(
        code="inappropriate",
        group=Group.PLAIN,
        label=_("Inappropriate: it breaks the rules of conversation"),
        told=_("It breaks our rules of conversation."),
        category=_TERMS,
    ),
    Reason(
        code="personal-attack",
        group=Group.CONDUCT,
        label=_("Attacks a person"),
        told=_("It attacks a person instead of what they say."),
        category=_TERMS,
    ),
    Reason(
        code="hate",
        group=Group.CONDUCT,
        label=_("Hatred of a group"),
        told=_("It expresses hatred of people for what they are."),
        category=_SPEECH,
    ),
    Reason(
        code="threat",
        group=Group.CONDUCT,
        label=_("A threat, or a call for violence"),
        told=_("It threatens, or calls for violence."),
        category="VIOLENCE",
    ),
    Reason(
        code="obscenity",
        group=Group.CONDUCT,
        label=_("Obscene language"),
        told=_("Its language is obscene."),
        category=_TERMS,
    ),
    Reason(
        code="trolling",
        group=Group.CONDUCT,
        label=_("Written only to provoke"),
        told=_("It was written to provoke and adds nothing."),
        category=_TERMS,
    ),
    Reason(
        code="impersonation",
        group=Group.CONDUCT,
        label=_("Pretends to be somebody else"),
        told=_("It pretends to be from somebody else."),
        category="SCAMS_AND_FRAUD",
    ),
    Reason(
        code="advertising",
        group=Group.RELEVANCE,
        label=_("Advertising or spam"),
        told=_("It is advertising."),
        category="SCAMS_AND_FRAUD",
    ),
    Reason(
        code="repetition",
        group=Group.RELEVANCE,
        label=_("Repeated across comments or stories"),
        told=_("The same text was posted elsewhere."),
        category=_TERMS,
    ),
    Reason(
        code="unreadable",
        group=Group.RELEVANCE,
        label=_("Cannot be understood"),
        told=_("Other readers cannot make out what it says."),
        category=_TERMS,
    ),
    Reason(
        code="misinformation",
        group=Group.RELEVANCE,
        label=_("States as fact what is known to be false"),
        told=_("It states as fact what is known to be false."),
        category="NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    ),
    Reason(
        code="private-information",
        group=Group.LAW,
        label=_("Private information about somebody"),
        told=_("It makes private information public."),
        category="DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    ),
    Reason(
        code="defamation",
        group=Group.LAW,
        label=_("Defamation"),
        told=_("It makes a claim that can damage somebody and that we cannot stand behind."),
        category=_SPEECH,
        illegal=True,
    ),
    Reason(
        code="contempt",
        group=Group.LAW,
        label=_("Could harm a fair trial"),
        told=_("It could harm a trial that is under way."),
        category=_SPEECH,
        illegal=True,
    ),
    Reason(
        code="copyright",
        group=Group.LAW,
        label=_("Somebody else's work"),
        told=_("It copies somebody else's work."),
        category="INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        illegal=True,
    ),
    Reason(
        code="illegal",
        group=Group.LAW,
        label=_("Otherwise against the law"),
        told=_("We believe it is against the law."),
        category=_SPEECH,
        illegal=True,
    ),
)

WITH_PARENT = Reason(  # the system's own, where replies go with what they answer: nobody can choose it
    code="reply-to-removed",
    group=Group.RELEVANCE,
    label=_("Answers a comment that was removed"),
    told=_("It answers a comment that was removed."),
    category=_TERMS,
)
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
