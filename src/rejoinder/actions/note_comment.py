"""An editor leaves a note for colleagues, on a comment or on a commenter."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.desk_notes import NoteKind, note_text
from rejoinder.store import commenters, comments, desk_notes
from rejoinder.store.database import Write


def note_comment(w: Write, site_seq: int, comment_id: UUID, typed: str, *, by_seq: int, now: datetime) -> None:
    """A note on the comment. Raises NotAllowed, UnknownComment, Invalid for a text that is empty or too long."""
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    comment = comments.by_id(w, site_seq, comment_id)
    text = note_text(typed)
    desk_notes.add(w, site_seq, NoteKind.NOTE, text, by_seq=editor.seq, comment_seq=comment.seq, now=now)


def note_commenter(w: Write, site_seq: int, commenter_id: UUID, typed: str, *, by_seq: int, now: datetime) -> None:
    """A note on the commenter. Raises NotAllowed, UnknownCommenter, Invalid for a text that is empty or too long."""
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    about = commenters.by_id(w, site_seq, commenter_id)
    text = note_text(typed)
    desk_notes.add(w, site_seq, NoteKind.NOTE, text, by_seq=editor.seq, commenter_seq=about.seq, now=now)
