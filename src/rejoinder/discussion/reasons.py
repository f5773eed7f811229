"""The reasons a comment can be reported or rejected for: a taxonomy of two levels, themes and codes.

Two of them are the plain words of the invitation (irrelevant, inappropriate) and come first on the report form; a dozen
finer ones are for readers who know, and the finest for editors alone. Each maps to a category of the European
Commission's transparency database (Regulation (EU) 2022/2065, Article 24(5)). Codes are never taken back: data name
them.
"""

from enum import StrEnum

from msgspec import Struct

from rejoinder.discussion.refusals import _


class Theme(StrEnum):
    """The first level."""

    CIVILITY = "civility"
    HATE = "hate"
    THREAT = "threat"
    OBSCENITY = "obscenity"
    RELEVANCE = "relevance"
    FORM = "form"
    SPAM = "spam"
    IDENTITY = "identity"
    PRIVACY = "privacy"
    LAW = "law"
    MISINFORMATION = "misinformation"
    ORDER = "order"  # what follows from something else, such as a reply to what was removed
    OTHER = "other"


class Group(StrEnum):
    """How forms lay the reasons out."""

    PLAIN = "plain"
    CONDUCT = "conduct"
    RELEVANCE = "relevance"
    LAW = "law"


class Reason(Struct, frozen=True, kw_only=True):
    """`label` is a choice on a form; `told` is the sentence the writer and the page give for a removal. `advice` to the
    writer goes by the theme (`ADVICE`).
    """

    code: str
    theme: Theme
    group: Group
    label: str
    told: str
    category: str
    illegal: bool = False
    for_editors: bool = False  # too fine for the report form
    is_common: bool = False  # has a key of its own at the desk
    needs_note: bool = False  # says nothing without the editor's words


_TERMS = "OTHER_VIOLATION_TC"
_SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH"

REASONS: tuple[Reason, ...] = (
    Reason(
        code="irrelevant",
        theme=Theme.RELEVANCE,
        group=Group.PLAIN,
        label=_("Irrelevant: it has nothing to do with the story"),
        told=_("It is not about the story."),
        category=_TERMS,
        is_common=True,
    ),
    Reason(
        code="inappropriate",
        theme=Theme.OTHER,
        group=Group.PLAIN,
        label=_("Inappropriate: it breaks the rules of conversation"),
        told=_("It breaks our rules of conversation."),
        category=_TERMS,
        is_common=True,
    ),
    Reason(
        code="personal-attack",
        theme=Theme.CIVILITY,
        group=Group.CONDUCT,
        label=_("Attacks a person"),
        told=_("It attacks a person instead of what they say."),
        category=_TERMS,
        is_common=True,
    ),
    Reason(
        code="hate",
        theme=Theme.HATE,
        group=Group.CONDUCT,
        label=_("Hatred of a group"),
        told=_("It expresses hatred of people for what they are."),
        category=_SPEECH,
        is_common=True,
    ),
    Reason(
        code="threat",
        theme=Theme.THREAT,
        group=Group.CONDUCT,
        label=_("A threat, or a call for violence"),
        told=_("It threatens, or calls for violence."),
        category="VIOLENCE",
        is_common=True,
    ),
    Reason(
        code="obscenity",
        theme=Theme.OBSCENITY,
        group=Group.CONDUCT,
        label=_("Obscene language"),
        told=_("Its language is obscene."),
        category=_TERMS,
        is_common=True,
    ),
    Reason(
        code="trolling",
        theme=Theme.CIVILITY,
        group=Group.CONDUCT,
        label=_("Written only to provoke"),
        told=_("It was written to provoke and adds nothing."),
        category=_TERMS,
        is_common=True,
    ),
    Reason(
        code="impersonation",
        theme=Theme.IDENTITY,
        group=Group.CONDUCT,
        label=_("Pretends to be somebody else"),
        told=_("It pretends to be from somebody else."),
        category="SCAMS_AND_FRAUD",
        is_common=True,
    ),
    Reason(
        code="attack-on-author",
        theme=Theme.CIVILITY,
        group=Group.CONDUCT,
        label=_("Attacks the journalist"),
        told=_("It attacks the person who wrote the story instead of what it says."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="attack-on-third-party",
        theme=Theme.CIVILITY,
        group=Group.CONDUCT,
        label=_("Attacks somebody who is not here"),
        told=_("It attacks somebody who cannot answer here."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="filter-evasion",
        theme=Theme.OBSCENITY,
        group=Group.CONDUCT,
        label=_("Disguises a word so that it is not found"),
        told=_("It disguises words that may not stand here."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="name",
        theme=Theme.IDENTITY,
        group=Group.CONDUCT,
        label=_("An unsuitable name"),
        told=_("The name it is signed with may not stand here."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="coordinated",
        theme=Theme.SPAM,
        group=Group.CONDUCT,
        label=_("Part of a campaign"),
        told=_("It is part of a campaign, not of the discussion."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="ban-evasion",
        theme=Theme.IDENTITY,
        group=Group.CONDUCT,
        label=_("By somebody who may not write here"),
        told=_("It is by somebody who may not write here at present."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="sockpuppet",
        theme=Theme.IDENTITY,
        group=Group.CONDUCT,
        label=_("One person under several names"),
        told=_("Its writer takes part under several names."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="advertising",
        theme=Theme.SPAM,
        group=Group.RELEVANCE,
        label=_("Advertising or spam"),
        told=_("It is advertising."),
        category="SCAMS_AND_FRAUD",
        is_common=True,
    ),
    Reason(
        code="repetition",
        theme=Theme.RELEVANCE,
        group=Group.RELEVANCE,
        label=_("Repeated across comments or stories"),
        told=_("The same text was posted elsewhere."),
        category=_TERMS,
    ),
    Reason(
        code="unreadable",
        theme=Theme.FORM,
        group=Group.RELEVANCE,
        label=_("Cannot be understood"),
        told=_("Other readers cannot make out what it says."),
        category=_TERMS,
    ),
    Reason(
        code="misinformation",
        theme=Theme.MISINFORMATION,
        group=Group.RELEVANCE,
        label=_("States as fact what is known to be false"),
        told=_("It states as fact what is known to be false."),
        category="NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    ),
    Reason(
        code="meta",
        theme=Theme.RELEVANCE,
        group=Group.RELEVANCE,
        label=_("About moderation, not about the story"),
        told=_("It is about our decisions, not about the story. Please write to us instead."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="flooding",
        theme=Theme.RELEVANCE,
        group=Group.RELEVANCE,
        label=_("Too many, or one text in parts"),
        told=_("It is one of too many at a time."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="capitals",
        theme=Theme.FORM,
        group=Group.RELEVANCE,
        label=_("Written in capitals"),
        told=_("It is written in capitals, which reads like shouting."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="wrong-language",
        theme=Theme.FORM,
        group=Group.RELEVANCE,
        label=_("In a language that is not read here"),
        told=_("It is not in a language of this discussion."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="too-long",
        theme=Theme.FORM,
        group=Group.RELEVANCE,
        label=_("Far too long"),
        told=_("It is too long for this discussion."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="unsubstantial",
        theme=Theme.FORM,
        group=Group.RELEVANCE,
        label=_("Says nothing"),
        told=_("It says nothing that others could answer."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="links",
        theme=Theme.SPAM,
        group=Group.RELEVANCE,
        label=_("Links without words, or unsafe ones"),
        told=_("Its links may not stand here."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="article-closed",
        theme=Theme.ORDER,
        group=Group.RELEVANCE,
        label=_("Came when the discussion was closed"),
        told=_("It came when the discussion was closed."),
        category=_TERMS,
        for_editors=True,
    ),
    Reason(
        code="other",
        theme=Theme.OTHER,
        group=Group.RELEVANCE,
        label=_("Another reason, in your own words"),
        told=_("The editors give their own reason."),
        category=_TERMS,
        for_editors=True,
        needs_note=True,
    ),
    Reason(
        code="private-information",
        theme=Theme.PRIVACY,
        group=Group.LAW,
        label=_("Private information about somebody"),
        told=_("It makes private information public."),
        category="DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    ),
    Reason(
        code="defamation",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Defamation"),
        told=_("It makes a claim that can damage somebody and that we cannot stand behind."),
        category=_SPEECH,
        illegal=True,
    ),
    Reason(
        code="contempt",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Could harm a fair trial"),
        told=_("It could harm a trial that is under way."),
        category=_SPEECH,
        illegal=True,
    ),
    Reason(
        code="copyright",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Somebody else’s work"),
        told=_("It copies somebody else’s work."),
        category="INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        illegal=True,
    ),
    Reason(
        code="illegal",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Otherwise against the law"),
        told=_("We believe it is against the law."),
        category=_SPEECH,
        illegal=True,
    ),
    Reason(
        code="election-silence",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Against election rules"),
        told=_("It is against the rules that hold before a vote."),
        category="NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        illegal=True,
        for_editors=True,
    ),
    Reason(
        code="child-safety",
        theme=Theme.LAW,
        group=Group.LAW,
        label=_("Puts a child at risk"),
        told=_("It puts a child at risk."),
        category="PROTECTION_OF_MINORS",
        illegal=True,
        for_editors=True,
    ),
    Reason(
        code="intimate-image",
        theme=Theme.PRIVACY,
        group=Group.LAW,
        label=_("Intimate pictures without consent"),
        told=_("It shows or leads to intimate pictures without consent."),
        category="CYBER_VIOLENCE_AGAINST_WOMEN",
        illegal=True,
        for_editors=True,
    ),
)

WITH_PARENT = Reason(  # the system's own, where replies go with what they answer: nobody can choose it
    code="reply-to-removed",
    theme=Theme.ORDER,
    group=Group.RELEVANCE,
    label=_("Answers a comment that was removed"),
    told=_("It answers a comment that was removed."),
    category=_TERMS,
    for_editors=True,
)

ADVICE: dict[Theme, str] = {  # to the writer, in a letter: what would have been fine
    Theme.CIVILITY: _(
        "You may disagree with what somebody says as strongly as you like. Please leave out what they are."
    ),
    Theme.HATE: _(
        "Criticism of ideas, faiths and governments has its place here. Contempt for people for what they are has not."
    ),
    Theme.THREAT: _("You may be angry, and say so. Nobody must have to be afraid of taking part."),
    Theme.OBSCENITY: _("The same point in other words would have been welcome."),
    Theme.RELEVANCE: _("What you want to say may fit another story better."),
    Theme.FORM: _("Shorter, clearer or written another way, it may well be published."),
    Theme.SPAM: _("A link that adds to the story is welcome; one that sells something is not."),
    Theme.IDENTITY: _("Please write under one name that is your own and nobody else’s."),
    Theme.PRIVACY: _("Without the private details you may post it again."),
    Theme.LAW: _("We answer for what stands on our pages, and so do you. If you think that we are wrong, tell us why."),
    Theme.MISINFORMATION: _("If you have a source, name it, and post it again."),
    Theme.ORDER: _("Nothing was wrong with what you wrote yourself."),
    Theme.OTHER: "",
}
