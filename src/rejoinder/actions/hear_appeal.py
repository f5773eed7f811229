"""An editor hears an appeal: grants it, which restores everything, or refuses it with the grounds."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rejoinder.actions.earn_trust import lock_writer
from rejoinder.actions.grant_appeal import Hear, Room, grant
from rejoinder.actions.hear_act_appeal import hear_act_appeal
from rejoinder.actions.letters import letter_about_appeal
from rejoinder.actions.take_up_appeal import note, open_case
from rejoinder.discussion.appeals import (
    Appeal,
    Appellant,
    Hearing,
    Sides,
    fits_appeal,
    may_hear,
    must_answer,
    must_be_open,
)
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, standing_word
from rejoinder.discussion.refusals import Stale
from rejoinder.discussion.text import clean
from rejoinder.store import appeals, cases, commenters, comments, decisions, flags, notices, sites, stories
from rejoinder.store.database import Read, Write


def hear_appeal(w: Write, order: Hear, *, now: datetime) -> Appeal:
    """The appeal with what became of it, on the record; whoever appealed is told. One against what was done about a
    person is `hear_act_appeal`'s. Raises NotAllowed, UnknownAppeal,
    AlreadyHeard, Stale, TooLong, AnswerNeeded, the refusals of `appeals.may_hear`, and where the appeal of who reported
    it is granted those of `moderation.decide`.
    """
    found = appeals.by_id(w, order.site_seq, order.appeal_id)
    if found.person_act_seq is not None:
        return hear_act_appeal(w, order, found, now=now)
    room = _enter(w, order, found)
    appeal, comment = room.appeal, room.comment
    is_fresh_look = _may_hear(w, room, now=now)
    result: Decision | None = None
    if order.outcome is Hearing.GRANTED:
        result = grant(w, room, now=now)
    else:
        must_answer(room.answer)
    appeals.heard(
        w,
        appeal,
        order.outcome,
        by_seq=order.by_seq,
        answer=room.answer,
        result_seq=result.seq if result else None,
        is_fresh_look=is_fresh_look,
        now=now,
    )
    _close_case(w, room, now=now)
    event = appeal.event if result is None else f"decision:{result.id}"
    letter_about_appeal(w, appeal, event=event, about=comment, after=order.undo_for, now=now)
    note(
        w,
        appeal,
        comment,
        {"act": order.outcome.value, "result": str(result.id) if result else None, "is_fresh_look": is_fresh_look},
        by_seq=order.by_seq,
        now=now,
    )
    return appeals.by_seq(w, order.site_seq, appeal.seq)


def sides_of(r: Read, appeal: Appeal, comment: Comment, record: list[Decision]) -> Sides:
    """Who is where in the appeal: those who took the decision, or the one that holds by now, or the one that led to
    it.
    """
    known = {each.seq: each for each in record}
    standing = standing_word(record)
    decided = [known[appeal.decision_seq], *([standing] if standing else [])]
    decided += [decisions.by_seq(r, appeal.site_seq, each.caused_by) for each in decided if each.caused_by]
    appellant = comment.commenter_seq if appeal.by is Appellant.WRITER else None
    if appeal.notice_seq is not None:
        appellant = notices.by_seq(r, appeal.site_seq, appeal.notice_seq).reporter_seq
    if appeal.flag_seq is not None:
        appellant = flags.by_seq(r, appeal.site_seq, appeal.flag_seq).flag.reporter_seq
    return Sides(decided=tuple(decided), appellant_seq=appellant, deciders=commenters.deciders(r, appeal.site_seq))


def _enter(w: Write, order: Hear, found: Appeal) -> Room:
    answer = clean(order.answer)
    fits_appeal(answer)
    must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), Act.DECIDE)
    about = comments.by_seq(w, order.site_seq, found.comment_seq)
    story = stories.lock(w, order.site_seq, about.story_seq)
    writer = lock_writer(w, about, story.rules_here.ladder)
    comment = comments.lock(w, order.site_seq, about.seq)
    appeal = appeals.lock(w, order.site_seq, found.seq)
    must_be_open(appeal)
    if comment.story_seq != story.seq or comment.revision != order.seen_revision:
        raise Stale
    record = decisions.of_comment(w, order.site_seq, comment.seq)
    return Room(story=story, comment=comment, writer=writer, record=record, appeal=appeal, order=order, answer=answer)


def _may_hear(w: Write, room: Room, *, now: datetime) -> bool:
    zone = ZoneInfo(sites.by_seq(w, room.order.site_seq).zone)
    sides = sides_of(w, room.appeal, room.comment, room.record)
    return may_hear(sides, by_seq=room.order.by_seq, zone=zone, now=now)


def _close_case(w: Write, room: Room, *, now: datetime) -> None:
    """The case is closed, unless another appeal about the comment waits: then it is about that one."""
    cases.close_appeal(w, room.comment, now=now)
    others = [each for each in appeals.of_comment(w, room.comment) if each.outcome is None]
    if others:
        open_case(w, others[0], room.comment, section_seq=room.story.section_seq)
