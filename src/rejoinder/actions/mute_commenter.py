"""A reader mutes somebody, so that their comments are folded and they are told nothing of them; or hears them again."""

from datetime import datetime
from uuid import UUID

from rejoinder.discussion.refusals import OwnName
from rejoinder.store import commenters, mutes
from rejoinder.store.database import Write


def mute_commenter(w: Write, site_seq: int, commenter_id: UUID, *, by_seq: int, now: datetime) -> None:
    """Staff can be muted too: decisions about one's own comments still arrive. Raises UnknownCommenter, OwnName."""
    muted = commenters.by_id(w, site_seq, commenter_id)
    if muted.seq == by_seq:
        raise OwnName
    mutes.add(w, site_seq, by_seq, muted.seq, now=now)


def unmute_commenter(w: Write, site_seq: int, commenter_id: UUID, *, by_seq: int) -> None:
    """Raises UnknownCommenter."""
    mutes.drop(w, site_seq, by_seq, commenters.by_id(w, site_seq, commenter_id).seq)
