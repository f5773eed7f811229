"""All the texts that a comment had, and how readers may be shown each."""

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.differences import Text
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import comments, decisions
from rejoinder.store.database import Read


def texts_of(r: Read, comment: Comment) -> list[Text]:
    """The comment's texts, the oldest first, the present one last. Two queries."""
    shown = {
        decision.revision + 1
        for decision in decisions.of_comment(r, comment.site_seq, comment.seq)
        if decision.outcome is Outcome.EDIT and decision.rule == Showing.SHOWN
    }
    now = (comment.revision, comment.text, comment.edited_at or comment.created_at, comment.edited_by is not None)
    return [
        Text(number=number, text=text, since=since, by_editor=by_editor, shown=number in shown)
        for number, text, since, by_editor in (*comments.revisions_of(r, comment), now)
    ]
