"""An editor takes a comment to read, lets it go, or gives it to a colleague."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.claiming import LASTS, Claim, must_be_free
from rejoinder.discussion.commenters import Act, Commenter, may, must_be_allowed
from rejoinder.discussion.refusals import NotAColleague, NothingToDecide, UnknownCommenter
from rejoinder.store import claims, commenters, comments
from rejoinder.store.database import Read, Write


def claim_case(
    w: Write, site_seq: int, comment_id: UUID, *, by_seq: int, now: datetime, take_over: bool = False
) -> Claim:
    """The claim: for `claiming.LASTS` from now, anew where it was the editor's already. Raises NotAllowed,
    UnknownComment, NothingToDecide where nothing waits, and ClaimedByColleague unless it is to be taken over.
    """
    found = comments.by_id(w, site_seq, comment_id)
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    comment = comments.lock(w, site_seq, found.seq)
    work = claims.of_comments(w, site_seq, [comment.seq]).get(comment.seq)
    if work is None:
        raise NothingToDecide
    if not take_over:
        must_be_free(work.claim, for_seq=editor.seq, now=now)
    claims.claim(w, comment, by_seq=editor.seq, until=now + LASTS)
    return Claim(by_seq=editor.seq, by_name=editor.name, until=now + LASTS)


def let_go(w: Write, site_seq: int, comment_id: UUID, *, by_seq: int) -> None:
    """The editor's claim ended, if it was theirs. Raises NotAllowed, UnknownComment."""
    editor = must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    comment = comments.lock(w, site_seq, comments.by_id(w, site_seq, comment_id).seq)
    claims.let_go(w, comment, by_seq=editor.seq)


def assign_case(w: Write, site_seq: int, comment_id: UUID, *, to: UUID | None, by_seq: int) -> None:
    """What waits about the comment is this colleague's to look at (None: anybody's), who may be the editor themselves.
    Raises NotAllowed, UnknownComment, NotAColleague, NothingToDecide.
    """
    found = comments.by_id(w, site_seq, comment_id)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    to_seq = None if to is None else colleague(w, site_seq, to).seq
    comment = comments.lock(w, site_seq, found.seq)
    if not claims.assign(w, comment, to_seq=to_seq):
        raise NothingToDecide


def colleague(r: Read, site_seq: int, commenter_id: UUID) -> Commenter:
    """Somebody who decides here. Raises NotAColleague."""
    try:
        found = commenters.by_id(r, site_seq, commenter_id)
    except UnknownCommenter:
        raise NotAColleague from None
    if not may(found, Act.DECIDE):
        raise NotAColleague
    return found
