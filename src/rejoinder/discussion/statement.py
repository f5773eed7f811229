"""The statement of reasons for a restriction (Regulation (EU) 2022/2065, Article 17), in the fields in which the
European Commission's transparency database takes it (Article 24(5)).

A decision stores the fields it knows, as JSON; an export adds what it needs not know (`completed`). Every sentence is
made from what kind of decision it was, never from the comment or from anybody's words, so that there is no personal
data in it. They are in the language of the site, as far as it is one that the database takes; which it was is stored
with them (`language`), though the database has no field for it.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.policy import Reason, reason_of
from rejoinder.discussion.refusals import _
from rejoinder.discussion.restrictions import (
    CAME,
    DETECTED,
    DID,
    ENGLISH,
    KEYWORDS,
    LAW,
    LAWS,
    TAKEN,
    VISIBILITY,
    Automation,
    Language,
    Restriction,
    Source,
)

NONE = "{}"  # of a decision that restricts nothing
LONGEST_FACTS = 5000  # characters
LONGEST_EXPLANATION = 2000
LONGEST_GROUND = 500
ISO_639_1 = 2  # letters
EU = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
      "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")  # fmt: skip
EEA = tuple(sorted((*EU, "IS", "LI", "NO")))


def statement(
    reason: str | None,
    *,
    has_flags: bool = False,
    is_automatic: bool = False,
    source: Source | str | None = None,
    restriction: Restriction = Restriction.REMOVED,
    comment: Comment | None = None,
    is_detected: bool = False,
    clause: str = "",
    explanation: str = "",
    territory: Sequence[str] = (),
    until: datetime | None = None,
    now: datetime | None = None,
    language: Language = ENGLISH,
) -> str:
    """As JSON; `NONE` for a decision without a reason. `has_flags`: readers had reported it, where no `source` says
    more. `is_automatic`: the system followed an editor's decision on another comment. `is_detected`: a check had held
    it. `clause` and `explanation` are a site's own words for the ground, where it has them. Raises UnknownReason.
    """
    if reason is None:
        return NONE
    rule = reason_of(reason)
    came = Source(source) if source else Source.REPORT if has_flags else Source.OWN
    taken = Automation.PART if is_automatic else Automation.NONE
    fields = {
        **_visibility(restriction, language),
        "decision_facts": _facts(language, CAME[came], DETECTED if is_detected else "", TAKEN[taken], DID[restriction]),
        **_ground(rule, language, clause=clause, explanation=explanation),
        "source_type": came.value,
        "automated_detection": "Yes" if is_detected or is_automatic else "No",
        "automated_decision": taken.value,
        **_about(comment),
        **_dates(territory, now, end_date_visibility_restriction=until),
    }
    return _written(fields, language)


def hidden_statement(
    comment: Comment,
    *,
    territory: Sequence[str],
    now: datetime,
    by_check: bool = False,
    language: Language = ENGLISH,
) -> str:
    """For what the system hides by itself until an editor has seen it: once enough readers have reported it, or where
    an automatic check would hold it.
    """
    why = _CHECKED if by_check else _REPORTED
    fields = {
        **_visibility(Restriction.HIDDEN, language),
        "decision_facts": _facts(language, why[0], TAKEN[Automation.FULL], DID[Restriction.HIDDEN]),
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_ground": language.say(why[1]),
        "incompatible_content_explanation": language.say(_STILL_OPEN),
        "incompatible_content_illegal": "No",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "source_type": (Source.OWN if by_check else Source.REPORT).value,
        "automated_detection": "Yes" if by_check else "No",
        "automated_decision": Automation.FULL.value,
        **_about(comment),
        **_dates(territory, now),
    }
    return _written(fields, language)


_REPORTED = (
    _("So many readers had reported the comment that the discussion’s rules hide it until an editor has read it."),
    _("The rule that enough open reports hide a comment until an editor has read it"),
)
_CHECKED = (
    _("An automatic check found that an editor should read the comment first."),
    _("The rule that a comment which an automatic check would hold is hidden until an editor has read it"),
)
_STILL_OPEN = _("Whether the comment is within the rules of conversation is still open.")
_LOOKED = _("The editors looked at the comments of this account.")
_WAITS = _("Each new comment of this account waits until an editor has read it.")
_SUSPENDED = _("The account cannot write comments for a time.")
_ENDED = _("The account cannot write comments any more.")
_BREAKS = _("The comment is against this rule: %(rule)s")
_ACCOUNT_BREAKS = _("What the account wrote is against this rule: %(rule)s")
_POLICY = _("Our policy: %(rule)s")


def account_statement(
    reason: str | None,
    *,
    restriction: str,
    until: datetime | None,
    territory: Sequence[str] = (),
    now: datetime | None = None,
    language: Language = ENGLISH,
) -> str:
    """For an act on a commenter, as JSON; `NONE` for one without a reason. `restriction` "hold" restricts what they may
    do; any other suspends the account until then, or (None) ends it. Raises UnknownReason.
    """
    if reason is None:
        return NONE
    service = restriction.startswith(("hold", "held"))
    if service:
        what: dict[str, Any] = {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION"}
        did, ends = _WAITS, "service"
    else:
        what = {"decision_account": f"DECISION_ACCOUNT_{'SUSPENDED' if until else 'TERMINATED'}"}
        did, ends = _SUSPENDED if until else _ENDED, "account"
    fields = {
        **what,
        "account_type": "ACCOUNT_TYPE_PRIVATE",
        "decision_facts": _facts(language, _LOOKED, TAKEN[Automation.NONE], did),
        **_ground(reason_of(reason), language, breaks=_ACCOUNT_BREAKS),
        "source_type": Source.OWN.value,
        "automated_detection": "No",
        "automated_decision": Automation.NONE.value,
        **_dates(territory, now, **{f"end_date_{ends}_restriction": until}),
    }
    return _written(fields, language)


def completed(
    stored: str,
    *,
    puid: UUID,
    decided_at: datetime,
    content_at: datetime,
    language: str | None,
    territory: Sequence[str],
    policy_url: str,
    written_in: Language = ENGLISH,
) -> dict[str, Any]:
    """The whole payload of a stored statement. What it says itself holds; the rest was true when it was decided.
    `written_in` is for sentences that an old one lacks.
    """
    fields: dict[str, Any] = {
        "content_date": _date(content_at),
        "application_date": _date(decided_at),
        "territorial_scope": sorted(territory) or list(EEA),
        "decision_ground_reference_url": policy_url,
        **_language(language),
        **msgspec.json.decode(stored, type=dict[str, Any]),
        "puid": puid.hex,
    }
    fields.pop("language", None)  # the database has no such field
    came = CAME[Source(fields["source_type"])]
    fields.setdefault("decision_facts", _facts(written_in, came))  # from before it was stored
    if "incompatible_content_ground" not in fields and "illegal_content_legal_ground" not in fields:
        fields |= _grounded(fields["decision_ground"], written_in)
    return dict(sorted(fields.items()))


def language_of(stored: str) -> str:
    """The tag of the language that a stored statement is written in."""
    found: str = msgspec.json.decode(stored, type=dict[str, Any]).get("language", ENGLISH.tag)
    return found


def _visibility(restriction: Restriction, language: Language) -> dict[str, Any]:
    fields = VISIBILITY[restriction]
    other = fields.get("decision_visibility_other")
    return fields if other is None else {**fields, "decision_visibility_other": language.say(other)}


def _ground(
    rule: Reason, language: Language, *, clause: str = "", explanation: str = "", breaks: str = _BREAKS
) -> dict[str, Any]:
    say = language.say
    why = explanation or say(breaks) % {"rule": say(rule.told)}
    fields: dict[str, Any] = {"content_type": ["CONTENT_TYPE_TEXT"], "category": f"STATEMENT_CATEGORY_{rule.category}"}
    if rule.code in KEYWORDS:
        fields["category_specification"] = [KEYWORDS[rule.code]]
    if rule.illegal:
        fields["decision_ground"] = "DECISION_GROUND_ILLEGAL_CONTENT"
        fields["illegal_content_legal_ground"] = (clause or say(LAWS.get(rule.code, LAW)))[:LONGEST_GROUND]
        fields["illegal_content_explanation"] = why[:LONGEST_EXPLANATION]
        return fields
    fields["decision_ground"] = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    fields["incompatible_content_ground"] = (clause or say(_POLICY) % {"rule": say(rule.label)})[:LONGEST_GROUND]
    fields["incompatible_content_explanation"] = why[:LONGEST_EXPLANATION]
    fields["incompatible_content_illegal"] = "No"
    return fields


def _grounded(ground: str, language: Language) -> dict[str, Any]:
    """The least that can be said of a ground, where nothing more was stored."""
    if ground == "DECISION_GROUND_ILLEGAL_CONTENT":
        return {
            "illegal_content_legal_ground": language.say(LAW),
            "illegal_content_explanation": language.say(_("An editor found it against the law.")),
        }
    return {
        "incompatible_content_ground": language.say(_("Our policy")),
        "incompatible_content_explanation": language.say(_("An editor found it against our policy.")),
    }


def _about(comment: Comment | None) -> dict[str, Any]:
    return {} if comment is None else {"content_date": _date(comment.created_at)}


def _dates(territory: Sequence[str], now: datetime | None, **ends: datetime | None) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _date(end) for name, end in ends.items() if end is not None}
    if now is not None:
        fields["application_date"] = _date(now)
    if territory:
        fields["territorial_scope"] = sorted(territory)
    return fields


def _language(tag: str | None) -> dict[str, str]:
    """ISO 639-1 in capitals, where the language has such a code."""
    code = (tag or "").partition("-")[0]
    return {"content_language": code.upper()} if len(code) == ISO_639_1 and code.isalpha() else {}


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()


def _facts(language: Language, *sentences: str) -> str:
    return " ".join(language.say(each) for each in sentences if each)[:LONGEST_FACTS]


def _written(fields: Mapping[str, Any], language: Language) -> str:
    return msgspec.json.encode({**fields, "language": language.tag}, order="sorted").decode()
