"""An editor moves a reply under another comment of the same discussion, with its own replies."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.claiming import must_be_first
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.problems import MoveProblem
from rejoinder.discussion.refusals import CannotMove, NothingToDecide, UnknownComment
from rejoinder.discussion.stories import Story
from rejoinder.store import branches, commenters, comments, decisions, rankings, stories
from rejoinder.store.database import Write

MOST = 1000  # comments that move at once: more would keep everybody else waiting


def move_reply(
    w: Write,
    site_seq: int,
    comment_id: UUID,
    *,
    under: UUID,
    by_seq: int,
    now: datetime,
    seen_decision: int | None = None,
) -> Decision:
    """The decision on the record; taking it back moves the reply back. Permalinks and places among all comments stay as
    they are. `seen_decision` as with `decide`. Raises UnknownComment, NotAllowed, DecidedMeanwhile, CannotMove, Stale,
    NothingToDecide where it stands there already.
    """
    found = comments.by_id(w, site_seq, comment_id)
    story = stories.lock(w, site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.CLOSE)
    comment = comments.lock(w, site_seq, found.seq)
    must_stand_under(comment, story)
    must_be_first(decisions.of_comment(w, site_seq, comment.seq), seen=seen_decision, by_seq=editor.seq)
    if comment.parent_seq is None:
        raise CannotMove(problem=MoveProblem.ANSWERS_NOBODY)
    before = comments.by_seq(w, site_seq, comment.parent_seq)
    _put(w, story, comment, comments.by_id(w, site_seq, under), now=now)
    return decisions.add(
        w, comment, Outcome.MOVE, status_after=comment.status, by_seq=editor.seq, rule=str(before.id), now=now
    )


def move_back(w: Write, story: Story, comment: Comment, moved: Decision, *, now: datetime) -> None:
    """The reply where it was before it was moved. Raises CannotMove, NothingToDecide."""
    _put(w, story, comment, comments.by_id(w, story.site_seq, UUID(moved.rule)), now=now)


def _put(w: Write, story: Story, comment: Comment, parent: Comment, *, now: datetime) -> None:
    if parent.story_seq != story.seq:
        raise CannotMove(problem=MoveProblem.OTHER_STORY)
    if parent.seq == comment.parent_seq:
        raise NothingToDecide
    if not parent.was_published:
        raise UnknownComment
    found = branches.branch(w, comment, most=MOST + 1)
    if len(found) > MOST:
        raise CannotMove(problem=MoveProblem.TOO_MANY)
    if parent.seq in {each.seq for each in found}:
        raise CannotMove(problem=MoveProblem.BELOW_ITSELF)
    published = sum(each.status is Status.PUBLISHED for each in found)
    branches.put(w, comment, found, parent, published=published)
    rankings.note(w, story, now=now)
    stories.changed(w, story)
