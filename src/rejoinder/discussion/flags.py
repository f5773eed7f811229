"""Flag: a reader's report of one comment. Any status of the comment, before and after closing: none is ever lost."""

from collections.abc import Iterable, Sequence
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
    device_hash: bytes | None = None
    upheld: int = 0  # earlier reports by the same reporter on this site, of which so many were upheld
    declined: int = 0  # and so many declined
    is_slow: bool = False  # made while its reporter's reports wait behind others


def may_flag(comment: Comment, *, by: Commenter | None, flagged_before: bool) -> None:
    """Silent if this reporter may report this revision of the comment. Raises OwnComment or AlreadyFlagged."""
    if by is not None and comment.commenter_seq == by.seq:
        raise OwnComment
    if flagged_before:
        raise AlreadyFlagged


HEAVIEST, LIGHTEST = 2.0, 0.25  # what a report may weigh


def weight(*, upheld: int, declined: int) -> float:
    """What one report weighs whose reporter's earlier ones on this site were answered so: twice their share of upheld
    ones, smoothed by one of each (Laplace's rule of succession), so that a new reporter's counts 1, from LIGHTEST to
    HEAVIEST. Reports whose comment went for another reason say nothing about their reporter.
    """
    return max(LIGHTEST, min(HEAVIEST, 2 * (upheld + 1) / (upheld + declined + 2)))


def weight_of_all(open_flags: Iterable[Flag], *, by_record: bool) -> float:
    """What these open reports of one comment weigh together, each reporter once; all of whom nothing is known count as
    one new reporter, so that somebody who keeps no cookie cannot be many. With `by_record` False each weighs 1.
    Those of reporters who are slowed weigh nothing.
    """
    weights = {
        (flag.reporter_seq, flag.device_hash): weight(upheld=flag.upheld, declined=flag.declined) if by_record else 1.0
        for flag in open_flags
        if not flag.is_slow
    }
    return sum(weights.values())


def still_open(all_flags: Sequence[Flag]) -> list[Flag]:
    """Those that nobody has answered yet."""
    return [flag for flag in all_flags if flag.resolution is None]
