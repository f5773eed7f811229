"""Recommending: who may say that a comment is worth reading, and when."""

from msgspec import Struct

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.refusals import (
    DeviceNeeded,
    LogInNeeded,
    NotPublished,
    OwnRecommendation,
    RecommendingOver,
    StoryWithdrawn,
)


class Recommended(Struct, frozen=True, kw_only=True):
    """How many recommend a comment: accounts, and apart from them devices without one. `mine`: whoever asks does."""

    accounts: int
    guests: int
    mine: bool


def must_be_countable(*, by: Commenter | None, has_device: bool, guests_may: bool) -> None:
    """Silent if whoever this is can be counted once: by their account, or where the site allows it by their browser's
    device id. Raises LogInNeeded, DeviceNeeded.
    """
    if by is not None:
        return
    if not guests_may:
        raise LogInNeeded
    if not has_device:
        raise DeviceNeeded


def may_recommend(comment: Comment, *, by: Commenter | None, standing: Standing, withdrawn: bool) -> None:
    """Silent if a recommendation of the comment may be given now. Raises OwnRecommendation and what
    `may_take_back` raises.
    """
    may_take_back(comment, standing=standing, withdrawn=withdrawn)
    if by is not None and comment.commenter_seq == by.seq:
        raise OwnRecommendation


def may_take_back(comment: Comment, *, standing: Standing, withdrawn: bool) -> None:
    """Silent if a recommendation of the comment may be taken back now. Raises StoryWithdrawn, NotPublished,
    RecommendingOver.
    """
    if withdrawn:
        raise StoryWithdrawn
    if comment.status is not Status.PUBLISHED:
        raise NotPublished
    if not standing.takes_recommendations:
        raise RecommendingOver
