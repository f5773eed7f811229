"""Which comments the editors have picked."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.picks import Pick
from rejoinder.store.database import Read, Statement, Write
from rejoinder.store.tables import comments, memberships
from rejoinder.store.values import micros

_THIS = (comments.c.site_seq == bindparam("of_site"), comments.c.seq == bindparam("of_comment"))
_PICK = Statement(
    update(comments)
    .where(*_THIS, comments.c.picked_at.is_(None))
    .values(picked_at=bindparam("moment"), picked_by=bindparam("who"), pick_note=bindparam("note"))
)
_UNPICK = Statement(
    update(comments)
    .where(*_THIS, comments.c.picked_at.is_not(None))
    .values(picked_at=None, picked_by=None, pick_note="")
)
_NOTE_ON = Statement(select(comments.c.pick_note).where(*_THIS))
_PICKER = Statement(
    select(comments.c.picked_by, memberships.c.name, comments.c.pick_note)
    .outerjoin_from(
        comments,
        memberships,
        (memberships.c.site_seq == comments.c.site_seq) & (memberships.c.seq == comments.c.picked_by),
    )
    .where(*_THIS, comments.c.picked_at.is_not(None))
)
_IS_PICKED = Statement(select(comments.c.picked_at).where(*_THIS))


def set_pick(w: Write, comment: Comment, *, by_seq: int | None, now: datetime, note: str = "") -> bool:
    """Picks the comment for this editor, with a note that readers see; for None it is picked no more. Whether that
    changed anything.
    """
    if by_seq is None:
        return w.run(_UNPICK, of_site=comment.site_seq, of_comment=comment.seq) > 0
    this = {"of_site": comment.site_seq, "of_comment": comment.seq}
    return w.run(_PICK, **this, moment=micros(now), who=by_seq, note=note) > 0


def is_picked(r: Read, comment: Comment) -> bool:
    """Whether the editors have picked it."""
    return r.value(_IS_PICKED, of_site=comment.site_seq, of_comment=comment.seq) is not None


def of_comment(r: Read, comment: Comment) -> Pick | None:
    """Who picked it, with which word; None where nobody has."""
    row = r.row(_PICKER, of_site=comment.site_seq, of_comment=comment.seq)
    return None if row is None else Pick(by_seq=row[0], by_name=row[1] or "", note=row[2])


def note_on(r: Read, comment: Comment) -> str:
    """What the editor who picked it wrote beside the pick."""
    return r.value(_NOTE_ON, of_site=comment.site_seq, of_comment=comment.seq) or ""
