"""What readers of the sample publication recommend, and what its editor picks: the same at every start, and more for a
comment that was there earlier and says more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.recommend import Recommend, recommend
from rejoinder.actions.renew_ranking import renew_ranking
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.stories import Story
from rejoinder.store import jobs
from rejoinder.store.database import Write
from rejoinder.store.flags import Reporter

WORTH_PICKING = 240  # characters
PICKED_AFTER = timedelta(hours=2)


def like(
    w: Write, story: Story, written: Sequence[Comment], people: Sequence[Commenter], *, editor: Commenter, now: datetime
) -> None:
    """Recommends these comments, in the order of writing, by these people, and picks the first that says a lot; where
    the story still takes recommendations.
    """
    standing = [comment for comment in written if comment.status is Status.PUBLISHED]
    if story.standing(now).takes_recommendations:
        for place, comment in enumerate(standing):
            for number, reader in enumerate(people):
                if reader.seq != comment.commenter_seq and (number * 7 + place * 5) % 11 < len(comment.text) // 90:
                    by = Reporter(commenter_seq=reader.seq)
                    recommend(w, Recommend(site_seq=story.site_seq, comment_id=comment.id, by=by), now=now)
    picked = next((each for each in standing if len(each.text) >= WORTH_PICKING and each.parent_seq is None), None)
    if picked is not None:
        at = min(now, picked.created_at + PICKED_AFTER)
        pick_comment(w, story.site_seq, picked.id, by_seq=editor.seq, now=at)
        jobs.cancel(w, f"picked:{picked.id}")
    renew_ranking(w, story.site_seq, story.seq, now=now)
