"""What a decision can do to a comment and how it came about, in the terms of the European Commission's transparency
database, and the sentences that say it there.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from rejoinder.discussion.refusals import _


class Language(Struct, frozen=True):
    """The language that a statement is written in, and how a sentence of ours is said in it."""

    tag: str
    say: Callable[[str], str]


ENGLISH = Language("en", str)
OFFICIAL = ("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl",
            "pl", "pt", "ro", "sk", "sl", "sv")  # of the Union (Regulation No 1 of 1958, Article 1)  # fmt: skip


class Restriction(StrEnum):
    """What a decision on a comment does to it."""

    REMOVED = "removed"
    REJECTED = "rejected"  # was never published
    HIDDEN = "hidden"  # until an editor has seen it
    LOWERED = "lowered"  # stands after all others
    LOCKED = "locked"  # takes no replies
    EDITED = "edited"  # its text was changed


class Source(StrEnum):
    """What led to the decision."""

    NOTICE = "SOURCE_ARTICLE_16"
    TRUSTED = "SOURCE_TRUSTED_FLAGGER"
    REPORT = "SOURCE_TYPE_OTHER_NOTIFICATION"  # by a reader, with no claim that it is against the law
    OWN = "SOURCE_VOLUNTARY"


class Automation(StrEnum):
    """How far the system took the decision."""

    FULL = "AUTOMATED_DECISION_FULLY"
    PART = "AUTOMATED_DECISION_PARTIALLY"
    NONE = "AUTOMATED_DECISION_NOT_AUTOMATED"


VISIBILITY: Mapping[Restriction, dict[str, Any]] = {
    Restriction.REMOVED: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"]},
    Restriction.REJECTED: {
        "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
        "decision_visibility_other": _("The comment was not published."),
    },
    Restriction.HIDDEN: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Restriction.LOWERED: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DEMOTED"]},
    Restriction.LOCKED: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED"]},
    Restriction.EDITED: {
        "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
        "decision_visibility_other": _("A part of the comment was taken out or changed; the rest stands."),
    },
}
DID: Mapping[Restriction, str] = {
    Restriction.REMOVED: _("The comment was taken out of the discussion."),
    Restriction.REJECTED: _("The comment was not published."),
    Restriction.HIDDEN: _("The comment is out of sight until an editor has read it."),
    Restriction.LOWERED: _("The comment stands after all others."),
    Restriction.LOCKED: _("The comment takes no replies any more."),
    Restriction.EDITED: _("A part of the comment was taken out or changed; the rest stands."),
}
CAME: Mapping[Source, str] = {
    Source.NOTICE: _("A notice of illegal content had been received."),
    Source.TRUSTED: _("A trusted flagger had given notice of it."),
    Source.REPORT: _("A reader had reported the comment to the editors."),
    Source.OWN: _("The editors read the comment of their own accord."),
}
TAKEN: Mapping[Automation, str] = {
    Automation.FULL: _("The system took the decision by a rule of the discussion."),
    Automation.PART: _(
        "An editor had removed the comment that it answers, and the discussion’s rules say that replies go with what "
        "they answer."
    ),
    Automation.NONE: _("An editor read it and decided."),
}
DETECTED = _("A check of the discussion’s rules had held it until then.")
KEYWORDS: Mapping[str, str] = {  # of the reasons that one of the database's keywords says more exactly
    "hate": "KEYWORD_HATE_SPEECH",
    "threat": "KEYWORD_INCITEMENT_VIOLENCE_HATRED",
    "impersonation": "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING",
    "misinformation": "KEYWORD_MISINFORMATION_DISINFORMATION",
    "defamation": "KEYWORD_DEFAMATION",
    "copyright": "KEYWORD_COPYRIGHT_INFRINGEMENT",
    "coordinated": "KEYWORD_INAUTHENTIC_ACCOUNTS",
    "sockpuppet": "KEYWORD_INAUTHENTIC_ACCOUNTS",
    "wrong-language": "KEYWORD_LANGUAGE_REQUIREMENTS",
    "intimate-images": "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING",
}
LAWS: Mapping[str, str] = {
    "defamation": _("The law on defamation that holds where the comment was published"),
    "contempt": _("The law that protects proceedings in court"),
    "copyright": _("The law on copyright"),
}
LAW = _("The law that holds where the comment was published")
