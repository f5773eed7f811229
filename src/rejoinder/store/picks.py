"""Which comments the editors have picked."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import comments
from rejoinder.store.values import micros

_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
_PICK = Statement(
    update(comments)
    .where(*_THIS, comments.c.picked_at.is_(None))
    .values(picked_at=bindparam("moment"), picked_by=bindparam("who"))
)
_UNPICK = Statement(
    update(comments).where(*_THIS, comments.c.picked_at.is_not(None)).values(picked_at=None, picked_by=None)
)
_IS_PICKED = Statement(select(comments.c.picked_at).where(*_THIS))


def set_pick(w: Write, comment: Comment, *, by_seq: int | None, now: datetime) -> bool:
    """Picks the comment for this editor; for None it is picked no more. Whether that changed anything."""
    if by_seq is None:
        return w.run(_UNPICK, of_site=comment.site_seq, of_comment=comment.seq) > 0
    return w.run(_PICK, of_site=comment.site_seq, of_comment=comment.seq, moment=micros(now), who=by_seq) > 0


def is_picked(r: Read, comment: Comment) -> bool:
    """Whether the editors have picked it."""
    return r.value(_IS_PICKED, of_site=comment.site_seq, of_comment=comment.seq) is not None
