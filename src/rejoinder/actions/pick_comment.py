"""An editor picks a comment, or takes the pick back."""

from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.actions.letters import letter_to
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.picks import must_lose_no_words
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import Invalid, NotPublished
from rejoinder.discussion.text import clean
from rejoinder.store import commenters, comments, jobs, log, picks, stories
from rejoinder.store.database import Write

LONGEST = 500  # characters of the note beside a pick


def pick_comment(
    w: Write,
    site_seq: int,
    comment_id: UUID,
    *,
    by_seq: int,
    now: datetime,
    back: bool = False,
    note: str = "",
    undo_for: timedelta = timedelta(seconds=30),
) -> Comment:
    """The picked comment, with a note beside the mark. Only a published one that stands among the others is picked; a
    pick may be taken back whatever became of it. Its writer is told after `undo_for`. Raises UnknownComment, Stale,
    NotAllowed, NotPublished, DecidedMeanwhile for another note than a colleague's, Invalid for one beyond LONGEST.
    """
    note = clean(note)
    if len(note) > LONGEST:
        raise Invalid(field="pick_note")
    found = comments.by_id(w, site_seq, comment_id)
    story = stories.lock(w, site_seq, found.story_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.PICK)
    comment = comments.lock(w, site_seq, found.seq)
    must_stand_under(comment, story)
    if not back and (comment.status is not Status.PUBLISHED or comment.is_lowered):
        raise NotPublished
    if not back:
        must_lose_no_words(picks.of_comment(w, comment), note, by_seq=by_seq)
    if picks.set_pick(w, comment, by_seq=None if back else by_seq, now=now, note=note):
        stories.changed(w, story)
        _tell(w, comment, note, by_seq=by_seq, back=back, undo_for=undo_for, now=now)
    return comment


def _tell(
    w: Write, comment: Comment, note: str, *, by_seq: int, back: bool, undo_for: timedelta, now: datetime
) -> None:
    """The letter to the writer, or its taking back; and the entry of the record."""
    if back:
        jobs.cancel(w, _event(comment))
    elif comment.commenter_seq != by_seq:
        letter_to(w, comment.commenter_seq, "picked", event=_event(comment), about=comment, after=undo_for, now=now)
    log.append(
        w,
        comment.site_seq,
        RecordKind.PICK,
        {"comment": str(comment.id), "back": back, "note": note},
        by_seq=by_seq,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )


def _event(comment: Comment) -> str:
    """One letter for a comment, however often it is picked."""
    return f"picked:{comment.id}"
