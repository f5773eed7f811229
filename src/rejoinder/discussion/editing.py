"""An editor changes the text of somebody's comment: what may be changed, and what readers are shown of it."""

from enum import StrEnum

from rejoinder.discussion.comments import Comment, Status, fits
from rejoinder.discussion.policy import chosen_reason
from rejoinder.discussion.refusals import NotEditable, ReasonNeeded, Stale, Unchanged
from rejoinder.discussion.sites import Rules

CHANGED = (Status.PUBLISHED, Status.PENDING, Status.HIDDEN)  # what is removed need not be changed


class Showing(StrEnum):
    """What readers see of the change. Stands on the record as the decision's rule."""

    SHOWN = "shown"  # the difference of the texts
    TOLD = "told"  # that an editor changed it, and no earlier text ever


def may_change(comment: Comment, text: str, *, reason: str | None, seen_revision: int, rules: Rules) -> None:
    """Silent if an editor may give the comment this text (cleaned). Raises Stale if it changed since it was read,
    NotEditable, ReasonNeeded, UnknownReason, Unchanged, and the refusals of `comments.fits`.
    """
    if comment.revision != seen_revision:
        raise Stale
    if comment.status not in CHANGED:
        raise NotEditable
    if not reason:
        raise ReasonNeeded
    chosen_reason(reason)
    fits(text, rules)
    if text == comment.text:
        raise Unchanged
