"""Who may recommend what, and when."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from rejoinder.discussion.closing import Phase, Standing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.recommending import may_recommend, may_take_back, must_be_countable
from rejoinder.discussion.refusals import (
    DeviceNeeded,
    LogInNeeded,
    NotPublished,
    OwnRecommendation,
    RecommendingOver,
    Refusal,
    StoryWithdrawn,
)

ID = UUID(int=1)
WRITER = Commenter(seq=1, id=ID, site_seq=1, name="northquay")
READER = Commenter(seq=2, id=ID, site_seq=1, name="mewanbaker")
COMMENT = Comment(
    seq=1,
    id=ID,
    site_seq=1,
    story_seq=1,
    commenter_seq=1,
    status=Status.PUBLISHED,
    revision=1,
    text="Nine.",
    html="<p>Nine.</p>",
    created_at=datetime(2026, 11, 17, tzinfo=UTC),
)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.REPLIES, Phase.REACTIONS])
@pytest.mark.parametrize("by", [READER, None])
def test_until_it_can_only_be_read_others_may(phase: Phase, by: Commenter | None) -> None:
    may_recommend(COMMENT, by=by, standing=Standing(phase=phase), withdrawn=False)
    may_take_back(COMMENT, standing=Standing(phase=phase), withdrawn=False)


@pytest.mark.parametrize(
    ("by", "status", "phase", "withdrawn", "refusal"),
    [
        (WRITER, Status.PUBLISHED, Phase.OPEN, False, OwnRecommendation),
        (READER, Status.PUBLISHED, Phase.READ_ONLY, False, RecommendingOver),
        (READER, Status.PUBLISHED, Phase.OPEN, True, StoryWithdrawn),
        *((READER, status, Phase.OPEN, False, NotPublished) for status in Status if status is not Status.PUBLISHED),
    ],
)
def test_else_the_refusal_says_why(
    by: Commenter, status: Status, phase: Phase, withdrawn: bool, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        may_recommend(replace(COMMENT, status=status), by=by, standing=Standing(phase=phase), withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("by", "has_device", "guests_may", "refusal"),
    [
        (READER, False, False, None),
        (None, True, True, None),
        (None, True, False, LogInNeeded),
        (None, False, True, DeviceNeeded),
    ],
)
def test_everybody_is_counted_once_or_not_at_all(
    by: Commenter | None, has_device: bool, guests_may: bool, refusal: type[Refusal] | None
) -> None:
    if refusal is None:
        must_be_countable(by=by, has_device=has_device, guests_may=guests_may)
        return
    with pytest.raises(refusal):
        must_be_countable(by=by, has_device=has_device, guests_may=guests_may)
