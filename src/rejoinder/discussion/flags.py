"""Flag: a reader's report of one comment. Any status of the comment, before and after closing: none is ever lost."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.refusals import AlreadyFlagged, OwnComment

LONGEST_NOTE = 2000  # characters a reporter may add in their own words


class Resolution(StrEnum):
    """What became of a report."""

    UPHELD = "upheld"  # the comment was rejected
    DECLINED = "declined"  # an editor looked and let it stand
    GONE = "gone"  # the comment went with the one it answered
    MOOT = "moot"  # an editor would have let it stand, but its writer had deleted it


class Flag(Struct, frozen=True, kw_only=True):
    """The reporter is a commenter, or somebody known only by a signed device."""

    seq: int
    id: UUID
    comment_seq: int
    revision: int
    reason: str
    note: str
    created_at: datetime
    reporter_seq: int | None = None
    reporter_name: str | None = None
    resolution: Resolution | None = None
    resolved_at: datetime | None = None


def may_flag(comment: Comment, *, by: Commenter | None, flagged_before: bool) -> None:
    """Silent if this reporter may report this revision of the comment. Raises OwnComment or AlreadyFlagged."""
    if by is not None and comment.commenter_seq == by.seq:
        raise OwnComment
    if flagged_before:
        raise AlreadyFlagged
