"""How many comments a discussion had, and how many were removed, and why: for a site that shows it."""

from collections.abc import Mapping

from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import UnknownReason, _
from rejoinder.discussion.stories import Story
from rejoinder.store import history
from rejoinder.store.database import Read
from rejoinder.web.shown.stories import Tally


def tally_of(r: Read, story: Story) -> Tally | None:
    """The story's tally; None where its rules do not show one, or its discussion is out of sight."""
    found = removed_from(r, story)
    if found is None:
        return None
    reasons = tuple((_label(code), count) for code, count in found.items())
    return Tally(posted=story.publish_seq, removed=sum(found.values()), reasons=reasons)


def removed_from(r: Read, story: Story) -> Mapping[str, int] | None:
    """How many were removed, by reason code; None as above."""
    if not story.rules_here.show_tally or story.withdrawn_at is not None:
        return None
    return history.removed_in(r, story.site_seq, story.seq)


def _label(code: str) -> str:
    try:
        return reason_of(code).label
    except UnknownReason:
        return _("Another reason")
