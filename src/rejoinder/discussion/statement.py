"""The fields of the statement of reasons (Regulation (EU) 2022/2065, Article 17) that a decision knows."""

import msgspec

from rejoinder.discussion.policy import reason_of


def statement(reason: str | None, *, has_flags: bool, is_automatic: bool = False) -> str:
    """As JSON; none for a decision without a reason. `is_automatic`: the system followed an editor's decision on
    another comment.
    """
    if reason is None:
        return "{}"
    rule = reason_of(reason)
    fields = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"
        if rule.illegal
        else "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "category": f"STATEMENT_CATEGORY_{rule.category}",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "source_type": "SOURCE_TYPE_OTHER_NOTIFICATION" if has_flags else "SOURCE_VOLUNTARY",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_PARTIALLY" if is_automatic else "AUTOMATED_DECISION_NOT_AUTOMATED",
    }
    return msgspec.json.encode(fields).decode()
