"""The desk's acts on threads: locking one, and moving a reply under another comment. Both are taken back like any
decision.
"""

import re
from uuid import UUID

from rejoinder.actions.lock_thread import lock_thread
from rejoinder.actions.move_reply import move_reply
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.refusals import Invalid
from rejoinder.store.database import Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.desk_acts import seen_in
from rejoinder.web.shown.desk_threads import MoreActs
from rejoinder.web.visits import Visit

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def lock(w: Write, visit: Visit) -> Answer:
    """The comment of the path, and all below it, take no replies; then its card again."""
    by_seq, now = visit.staff(Act.CLOSE).seq, visit.asked.now
    last, note = _last_seen(visit), visit.asked.form.text("note")
    lock_thread(w, visit.site.seq, visit.asked.id(), by_seq=by_seq, now=now, note=note, seen_decision=last)
    return _card(visit)


def move(w: Write, visit: Visit) -> Answer:
    """The reply of the path under the comment whose link or id was typed; then its card again."""
    by_seq, now = visit.staff(Act.CLOSE).seq, visit.asked.now
    last, under = _last_seen(visit), _typed_id(visit)
    move_reply(w, visit.site.seq, visit.asked.id(), under=under, by_seq=by_seq, now=now, seen_decision=last)
    return _card(visit)


def more_acts(visit: Visit, comment: Comment, *, is_picked: bool) -> MoreActs:
    """What the viewer can do with the comment beside deciding on it."""
    stands = comment.status is Status.PUBLISHED
    closes = visit.may(Act.CLOSE)
    form = visit.asked.form
    return MoreActs(
        may_lower=not comment.is_lowered and comment.status in (*_WAITING, Status.PUBLISHED),
        may_lock=closes and comment.was_published and comment.locked_by is None,
        is_locked=comment.locked_by == comment.seq,
        is_below_locked=comment.locked_by not in (None, comment.seq),
        may_move=closes and comment.parent_seq is not None,
        may_pick=visit.may(Act.PICK) and stands and not comment.is_lowered and not is_picked,
        under=form.text("under"),
        note=form.text("note") or form.text("pick_note"),
        reason=form.text("reason"),
    )


_WAITING = (Status.PENDING, Status.HIDDEN)


def _last_seen(visit: Visit) -> int | None:
    """The last decision that its card knew of; None where the form says nothing of it. Raises Invalid."""
    typed = visit.asked.form.text("revision")
    return seen_in(typed)[1] if typed else None


def _typed_id(visit: Visit) -> UUID:
    """The last id in what was typed: a comment's link has its own last. Raises Invalid."""
    found = _ID.findall(visit.asked.form.text("under"))
    if not found:
        raise Invalid(field="under")
    return UUID(found[-1])


def _card(visit: Visit) -> Answer:
    queue = visit.asked.form.text("queue") or None
    return see_other(addresses.desk_comment(visit.site.key, visit.asked.id(), queue=queue))
