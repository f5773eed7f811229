"""An editor bans a commenter from a site, for a time or for good, or lifts the ban."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.closing import days_long
from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.refusals import NotAllowed
from rejoinder.discussion.text import clean
from rejoinder.store import commenters
from rejoinder.store.database import Write


def ban_commenter(
    w: Write,
    site_seq: int,
    commenter_id: UUID,
    *,
    by_seq: int,
    now: datetime,
    days: float | None = None,
    why: str = "",
) -> Commenter:
    """The commenter, banned for so many days (None: for good); they are told `why` when they try to write. Staff are
    not banned but lose their role first. Raises NotAllowed, UnknownCommenter, BadRules.
    """
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.MANAGE_PEOPLE)
    commenter = commenters.lock(w, site_seq, commenters.by_id(w, site_seq, commenter_id).seq)
    if commenter.is_staff:
        raise NotAllowed
    until = None if days is None else now + days_long(days)
    commenters.set_ban(w, commenter, since=now, until=until, why=clean(why))
    return commenters.by_seq(w, site_seq, commenter.seq)


def lift_ban(w: Write, site_seq: int, commenter_id: UUID, *, by_seq: int) -> Commenter:
    """The commenter, free to write again. Raises NotAllowed, UnknownCommenter."""
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.MANAGE_PEOPLE)
    commenter = commenters.lock(w, site_seq, commenters.by_id(w, site_seq, commenter_id).seq)
    commenters.set_ban(w, commenter, since=None)
    return commenters.by_seq(w, site_seq, commenter.seq)
