"""A decision moves its comment's writer on the trust ladder; so does an editor's word."""

from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import NotAllowed
from rejoinder.discussion.sites import rules_here
from rejoinder.discussion.trust import Ladder, Level, Step, Why, appointment, must_be_there, step, worth
from rejoinder.store import commenters, jobs, log, points, sites
from rejoinder.store.database import Write

KIND = "levels"
SHOWN_WITHIN = timedelta(minutes=1)  # a level stands beside a name on any page: they are drawn again together


def lock_writer(w: Write, comment: Comment, ladder: Ladder) -> Commenter | None:
    """The comment's writer, locked, where the ladder is on and they are on it. Lock their story first."""
    if not ladder.on:
        return None
    writer = commenters.lock(w, comment.site_seq, comment.commenter_seq)
    return writer if writer.is_on_ladder else None


def earn(
    w: Write,
    writer: Commenter,
    comment: Comment,
    *,
    approved: bool,
    decision_seq: int,
    ladder: Ladder,
    now: datetime,
) -> None:
    """What the comment is worth from now on: one approval counts once, and a removal takes back what it had earned."""
    change = worth(approved=approved, ladder=ladder) - points.of_comment(w, comment.site_seq, writer.seq, comment.seq)
    why = Why.APPROVED if approved else Why.REMOVED
    _take(w, writer, comment, change, why=why, decision_seq=decision_seq, ladder=ladder, now=now)


def give_back(
    w: Write,
    writer: Commenter,
    comment: Comment,
    *,
    undone_seq: int,
    decision_seq: int,
    ladder: Ladder,
    now: datetime,
) -> None:
    """What a decision that is taken back had brought or cost, exactly."""
    change = -points.of_decision(w, comment.site_seq, undone_seq)
    _take(w, writer, comment, change, why=Why.REVERSED, decision_seq=decision_seq, ladder=ladder, now=now)


def appoint(
    w: Write, site_seq: int, commenter_id: UUID, level: Level, *, by_seq: int, now: datetime, seen: Level | None = None
) -> Commenter:
    """The commenter at this level, with the points to stay there. `seen` is where the editor saw them (None: nobody
    says). Raises NotAllowed, UnknownCommenter, ActedMeanwhile.
    """
    site = sites.by_seq(w, site_seq)
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.MANAGE_PEOPLE)
    commenter = commenters.lock(w, site_seq, commenters.by_id(w, site_seq, commenter_id).seq)
    if not commenter.is_on_ladder:
        raise NotAllowed
    must_be_there(commenter.level, seen=seen, wanted=level)
    taken = appointment(commenter.level, commenter.points, level, ladder=rules_here(site.rules).ladder)
    if taken.points or taken.after is not taken.before:
        _note(w, commenter, taken, now=now)
        levels = {"act": "level", "from": taken.before.value, "to": taken.after.value, "points": taken.points}
        about = {"by_seq": by_seq, "commenter_seq": commenter.seq}
        log.append(w, site_seq, RecordKind.PERSON, levels, **about, now=now)
    return commenters.by_seq(w, site_seq, commenter.seq)


def _take(
    w: Write,
    writer: Commenter,
    comment: Comment,
    change: int,
    *,
    why: Why,
    decision_seq: int,
    ladder: Ladder,
    now: datetime,
) -> None:
    if change:
        taken = step(writer.level, writer.points, change, why=why, ladder=ladder)
        _note(w, writer, taken, now=now, comment_seq=comment.seq, decision_seq=decision_seq)


def _note(w: Write, commenter: Commenter, taken: Step, *, now: datetime, **about: int) -> None:
    points.add(w, commenter, taken, now=now, **about)
    if taken.after is not taken.before:
        note_levels(w, commenter.site_seq, now=now)


def note_levels(w: Write, site_seq: int, *, now: datetime) -> None:
    """Notes that a level that stands beside a name is another: the site's pages are drawn again within a minute."""
    minute = int(now.timestamp()) // int(SHOWN_WITHIN.total_seconds())
    jobs.add(
        w,
        KIND,
        site_seq=site_seq,
        event=f"levels:{site_seq}:{minute}",
        recipient="everybody",
        payload={},
        now=now,
        after=SHOWN_WITHIN,
    )
