"""Where a site's replies go with the comment they answer: they are removed with it, and come back with it. A part at a
time, so that a long thread keeps nobody else waiting: the first in the decision's own transaction, the rest by a job.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.answer_all import answer_notices
from rejoinder.actions.letters import letter_about_flag, letter_to, recipient
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome, standing_word
from rejoinder.discussion.notices import Outcome as Answered
from rejoinder.discussion.policy import WITH_PARENT
from rejoinder.discussion.statement import statement
from rejoinder.discussion.stories import Story
from rejoinder.language import official
from rejoinder.store import cases, comments, decisions, flags, jobs, notices, places, replies, stories
from rejoinder.store.database import Write

KIND = "replies"
PART = 200  # replies in one transaction
RULE = "replies-of-removed"


class Rest(Struct, frozen=True, kw_only=True):
    """What a decision has still to do. `told_not`: writers whose letter of the removal was taken back in time."""

    site_seq: int
    decision_seq: int
    after: int = 0
    told_not: tuple[str, ...] = ()


def replies_follow(w: Write, story: Story, decision: Decision, *, now: datetime, after: timedelta) -> None:
    """The replies below the decision's comment go or come back with it, the first PART of them now. The story and the
    comment are locked. Letters wait `after` a while.
    """
    if decision.status_after is Status.REMOVED:
        if story.rules_here.replies_of_removed == "stay":
            return
    elif decision.status_before is not Status.REMOVED:
        return
    rest = _part(w, story, decision, Rest(site_seq=story.site_seq, decision_seq=decision.seq), now=now, after=after)
    if rest is not None:
        jobs.add(
            w,
            KIND,
            site_seq=rest.site_seq,
            event=f"decision:{decision.id}:rest",
            recipient="everybody",
            payload={"decision": rest.decision_seq, "after": rest.after, "told_not": list(rest.told_not)},
            now=now,
        )


def go_on(w: Write, rest: Rest, *, now: datetime) -> Rest | None:
    """The next part of what a decision has still to do; None: nothing is left, or another decision was taken since,
    which has seen to it. Raises Stale where the comment was moved meanwhile.
    """
    decision = decisions.by_seq(w, rest.site_seq, rest.decision_seq)
    found = comments.by_seq(w, rest.site_seq, decision.comment_seq)
    story = stories.lock(w, rest.site_seq, found.story_seq)
    comment = comments.lock(w, rest.site_seq, found.seq)
    must_stand_under(comment, story)
    record = decisions.of_comment(w, rest.site_seq, comment.seq)
    latest = next(each for each in reversed(record) if each.outcome is not Outcome.EDIT)
    return _part(w, story, decision, rest, now=now, after=timedelta()) if latest.seq == decision.seq else None


def _part(w: Write, story: Story, decision: Decision, rest: Rest, *, now: datetime, after: timedelta) -> Rest | None:
    comment = comments.by_seq(w, rest.site_seq, decision.comment_seq)
    if decision.status_after is not Status.REMOVED:
        return _give_back(w, story, comment, decision, rest, now=now)
    cause = standing_word(decisions.of_comment(w, rest.site_seq, comment.seq))
    if cause is None:
        return None
    found = replies.published_below(w, comment, most=PART)
    for reply in found:
        _take(w, story, reply, cause, now=now, after=after)
    _count(w, story, comment, -len(found))
    return rest if len(found) == PART else None


def _take(w: Write, story: Story, reply: Comment, cause: Decision, *, now: datetime, after: timedelta) -> None:
    decision = decisions.add(
        w,
        reply,
        Outcome.REJECT,
        status_after=Status.REMOVED,
        rule=RULE,
        reason=WITH_PARENT.code,
        caused_by=cause.seq,
        statement=statement(
            WITH_PARENT.code,
            is_automatic=True,
            comment=reply,
            territory=story.rules_here.territory,
            now=now,
            language=official(story.site_language),
        ),
        now=now,
    )
    comments.set_status(w, reply, Status.REMOVED, marker=Marker.NONE, reason=WITH_PARENT.code)
    if cases.close_cases(w, reply, decision_seq=decision.seq, now=now):
        for flag_seq in flags.resolve(w, reply, Resolution.GONE, decision_seq=decision.seq, now=now):
            letter_about_flag(w, flag_seq, event=_event(cause.id), about=reply, after=after, now=now)
        answer_notices(w, reply, decision, outcome=Answered.GONE, event=_event(cause.id), after=after, now=now)
    letter_to(
        w,
        reply.commenter_seq,
        "reply-removed",
        event=_event(cause.id),
        about=reply,
        decision=cause.seq,
        after=after,
        now=now,
    )


def _give_back(
    w: Write, story: Story, comment: Comment, decision: Decision, rest: Rest, *, now: datetime
) -> Rest | None:
    found = replies.taken_with(w, comment, after=rest.after, most=PART)
    told_not = set(rest.told_not)
    for cause in {cause for _, _, cause in found}:
        told_not |= jobs.cancel(w, _event(UUID(bytes=cause)))
    back = [reply for seq, reply_seq, _ in found if (reply := _restored(w, comment.site_seq, seq, reply_seq, now=now))]
    _count(w, story, comment, len(back))
    for reply in back:
        if recipient(reply.commenter_seq) not in told_not:
            letter_to(w, reply.commenter_seq, "reply-restored", event=_event(decision.id), about=reply, now=now)
    if len(found) < PART:
        return None
    return Rest(
        site_seq=rest.site_seq, decision_seq=rest.decision_seq, after=found[-1][0], told_not=tuple(sorted(told_not))
    )


def _restored(w: Write, site_seq: int, decision_seq: int, reply_seq: int, *, now: datetime) -> Comment | None:
    """The reply, published again; None where somebody has decided on it since, or its writer deleted it."""
    reply = comments.lock(w, site_seq, reply_seq)
    holds = standing_word(decisions.of_comment(w, site_seq, reply_seq))
    if reply.status is not Status.REMOVED or holds is None or holds.seq != decision_seq:
        return None
    decisions.add(w, reply, Outcome.UNDO, status_after=Status.PUBLISHED, rule=RULE, reverses=decision_seq, now=now)
    comments.set_status(w, reply, Status.PUBLISHED, marker=Marker.NONE)
    cases.reopen(w, site_seq, decision_seq=decision_seq)
    flags.reopen(w, site_seq, decision_seq=decision_seq)
    notices.reopen(w, site_seq, decision_seq=decision_seq)
    return reply


def _count(w: Write, story: Story, comment: Comment, more: int) -> None:
    if more:
        places.count_replies(w, story, root_seq=comment.root_seq or comment.seq, more=more)


def _event(decision_id: UUID) -> str:
    return f"decision:{decision_id}:replies"
