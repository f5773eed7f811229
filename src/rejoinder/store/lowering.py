"""Comments that stand after all others: which, how many, and the page of them."""

from datetime import datetime

from sqlalchemy import bindparam, update

from rejoinder.discussion.comments import Comment
from rejoinder.store.database import Statement, Write
from rejoinder.store.tables import comments
from rejoinder.store.values import micros_or_none

_SET = Statement(
    update(comments)
    .where(comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
    .values(lowered_at=bindparam("moment"))
)


def set_lowered(w: Write, comment: Comment, *, since: datetime | None) -> None:
    """Puts the comment after all others, or (None) back among them. Whoever changes what readers see raises the story's
    version.
    """
    w.run(_SET, of_site=comment.site_seq, of_comment=comment.seq, moment=micros_or_none(since))
