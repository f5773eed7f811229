"""A reader recommends a comment, or takes that back. Done twice it is done once; the story's orders follow a little
later, for all recommendations of the moment together, so that a vote throws no page away.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.commenters import must_take_part
from rejoinder.discussion.recommending import Recommended, may_recommend, may_take_back, must_be_countable
from rejoinder.store import commenters, comments, rankings, recommendations, stories
from rejoinder.store.database import Write
from rejoinder.store.flags import Reporter


class Recommend(Struct, frozen=True, kw_only=True):
    """What was asked for: a recommendation by this account or device, or with `back` none."""

    site_seq: int
    comment_id: UUID
    by: Reporter
    back: bool = False


def recommend(w: Write, order: Recommend, *, now: datetime) -> Recommended:
    """How the comment stands then. Raises UnknownComment, LogInNeeded, DeviceNeeded, Banned, NotConfirmed,
    OwnRecommendation, NotPublished, RecommendingOver, StoryWithdrawn.
    """
    found = comments.by_id(w, order.site_seq, order.comment_id)
    story = stories.by_seq(w, order.site_seq, found.story_seq)
    comment = comments.lock(w, order.site_seq, found.seq)
    by = commenters.by_seq(w, order.site_seq, order.by.commenter_seq) if order.by.commenter_seq else None
    rules, standing = story.rules_here, story.standing(now)
    withdrawn = story.withdrawn_at is not None
    must_be_countable(by=by, has_device=order.by.device_hash is not None, guests_may=rules.recommend_without_account)
    if order.back:
        may_take_back(comment, standing=standing, withdrawn=withdrawn)
        changed = recommendations.remove(w, comment, by=order.by)
    else:
        if by is not None:
            must_take_part(by, now=now)
        may_recommend(comment, by=by, standing=standing, withdrawn=withdrawn)
        changed = recommendations.add(w, comment, by=order.by, now=now)
    if changed:
        rankings.note(w, story, now=now)
    return recommendations.stand(w, comment, by=order.by)
