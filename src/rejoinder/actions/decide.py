"""An editor decides on a comment: approves it, lets it stand after all others, or rejects it, with a reason."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.json import encode

from rejoinder.actions.answer_all import answer_notices, look_at_reporters
from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.actions.earn_trust import earn, lock_writer
from rejoinder.actions.letters import letter_about_flag, letter_to
from rejoinder.actions.lower_comment import lower_or_raise
from rejoinder.actions.name_clauses import Broken, name_clauses
from rejoinder.actions.notify import note_news
from rejoinder.actions.post_comment import tell_parent
from rejoinder.actions.remove_replies import replies_follow
from rejoinder.discussion.citing import spans_of
from rejoinder.discussion.claiming import must_be_first
from rejoinder.discussion.closing import Phase
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.events import CommentDecided
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.hooks import Happening
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import NEEDS_REASON, Decision, Outcome, Ruling
from rejoinder.discussion.moderation import decide as ruling_for
from rejoinder.discussion.notices import Outcome as Answered
from rejoinder.discussion.notices import came_by
from rejoinder.discussion.restrictions import Restriction, Source
from rejoinder.discussion.statement import NONE, statement
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.language import official
from rejoinder.store import (
    cases,
    commenters,
    comments,
    decisions,
    flags,
    notices,
    places,
    rankings,
    statements,
    stories,
)
from rejoinder.store.database import Write

_RESTRICTS = {Status.PUBLISHED: Restriction.LOWERED, Status.REMOVED: Restriction.REMOVED}


class Decide(Struct, frozen=True, kw_only=True):
    """What was sent. `undo_for` is how long a letter waits, so that an undo can take it back; `seen_decision` is the
    last decision on the card that was read (0: there was none; None: nobody says).
    """

    site_seq: int
    comment_id: UUID
    by_seq: int
    outcome: Outcome
    seen_revision: int
    reason: str | None = None
    also: tuple[str, ...] = ()  # further reasons; the first leads
    note: str = ""
    law: str = ""  # the legal ground, where it is removed as against the law
    words: str = ""  # of the comment that it is about, as `citing.spans_of` reads them
    answer: str = ""  # to who gave notice of it
    undo_for: timedelta = timedelta(seconds=30)
    seen_decision: int | None = None


def decide(w: Write, order: Decide, *, now: datetime) -> Decision:
    """The decision on the record. The comment, its flags and its cases follow it; its writer and the reporters are
    told later. Raises NotAllowed, UnknownComment, DecidedMeanwhile, WordsNotFound and what `moderation.decide` does.
    """
    found = comments.by_id(w, order.site_seq, order.comment_id)
    story = stories.lock(w, order.site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), Act.DECIDE)
    ladder = story.rules_here.ladder
    writer = lock_writer(w, found, ladder)
    comment = comments.lock(w, order.site_seq, found.seq)
    must_stand_under(comment, story)
    record = decisions.of_comment(w, order.site_seq, comment.seq)
    must_be_first(record, seen=order.seen_decision, by_seq=editor.seq)
    open_flags = flags.open_count(w, comment)
    noticed = notices.open_of(w, comment)
    ruling = ruling_for(
        comment,
        order.outcome,
        reason=order.reason,
        note=order.note,
        seen_revision=order.seen_revision,
        closed=story.standing(now).phase is Phase.READ_ONLY,
        rules=story.rules_here,
        open_flags=open_flags + len(noticed),
        record=record,
    )
    reason = order.reason if order.outcome in NEEDS_REASON else None
    broken = name_clauses(w, story, reason, order.also)
    reasons = _reasons(w, story, comment, ruling, order, broken=broken, source=came_by(noticed, open_flags), now=now)
    decision = decisions.add(
        w,
        comment,
        order.outcome,
        status_after=ruling.status,
        by_seq=editor.seq,
        reason=reason,
        note=clean(order.note),
        **broken.kept,
        cited=encode(spans_of(comment.text, order.words if reason else "")).decode(),
        statement=reasons,
        now=now,
    )
    gone = reason if order.outcome is Outcome.REJECT else None
    comments.set_status(w, comment, ruling.status, marker=ruling.marker, reason=gone, reviewed_at=now)
    settle(w, story, comment, ruling.status, after=order.undo_for, now=now)
    if ruling.status is Status.PUBLISHED:
        lower_or_raise(w, story, comment, lowered=order.outcome is Outcome.LOWER, now=now)
    replies_follow(w, story, decision, after=order.undo_for, now=now)
    if writer is not None and ruling.status is not Status.DELETED and order.outcome is not Outcome.LOWER:
        approved = ruling.status is Status.PUBLISHED
        earn(w, writer, comment, approved=approved, decision_seq=decision.seq, ladder=ladder, now=now)
    cases.close_cases(w, comment, decision_seq=decision.seq, now=now)
    resolved = flags.resolve(w, comment, ruling.flags, decision_seq=decision.seq, now=now)
    if noticed:
        _answer(w, comment, ruling, decision, order, now=now)
    if ruling.flags is Resolution.DECLINED:
        look_at_reporters(w, comment, decision, resolved, noticed, after=order.undo_for, now=now)
    _tell(w, comment, ruling, decision, resolved, after=order.undo_for, now=now)
    tell_hooks(w, story, comment, Happening.DECIDED, decision=decision.seq, now=now)
    return decision


def _answer(w: Write, comment: Comment, ruling: Ruling, decision: Decision, order: Decide, *, now: datetime) -> None:
    gone = Answered.GONE if ruling.status is Status.DELETED else None
    answer_notices(w, comment, decision, outcome=gone, answer=order.answer, after=order.undo_for, now=now)


def _reasons(
    w: Write,
    story: Story,
    comment: Comment,
    ruling: Ruling,
    order: Decide,
    *,
    broken: Broken,
    source: Source,
    now: datetime,
) -> str:
    """The statement of reasons; none where nothing was restricted, as where its writer had deleted it before."""
    if order.outcome not in NEEDS_REASON or ruling.status is Status.DELETED:
        return NONE
    return statement(
        order.reason,
        source=source,
        clause=order.law or broken.said,
        restriction=_RESTRICTS.get(ruling.status, Restriction.REJECTED),
        comment=comment,
        is_detected=comment.status is Status.PENDING and statements.was_held_by_check(w, comment),
        territory=story.rules_here.territory,
        now=now,
        language=official(story.site_language),
    )


def settle(
    w: Write, story: Story, comment: Comment, status: Status, *, now: datetime, after: timedelta = timedelta()
) -> None:
    """Places and counts a comment whose status has become `status`; `comment` is as it was before. Whom it answers
    hears of it once, `after` a while.
    """
    if status is comment.status:
        return
    if comment.root_seq is not None:
        rankings.note(w, story, now=now)
    if status is Status.PUBLISHED:
        if comment.was_published:
            places.count(w, story, comment, more=1)
        else:
            places.publish(w, story, comment, now=now)
        parent = comments.by_seq(w, comment.site_seq, comment.parent_seq) if comment.parent_seq else None
        tell_parent(w, comment, parent, after=after, now=now)
        is_mentioning = "@" in comment.text or "＠" in comment.text
        note_news(w, comment, followers=story.followers, is_mentioning=is_mentioning, after=after, now=now)
    elif comment.status is Status.PUBLISHED:
        places.count(w, story, comment, more=-1)
    elif comment.was_published:
        stories.changed(w, story)


def _tell(
    w: Write,
    comment: Comment,
    ruling: Ruling,
    decision: Decision,
    resolved: list[int],
    *,
    after: timedelta,
    now: datetime,
) -> None:
    event = f"decision:{decision.id}"
    if decision.outcome is Outcome.LOWER:
        letter_to(
            w, comment.commenter_seq, "lowered", event=event, about=comment, decision=decision.seq, after=after, now=now
        )
    elif ruling.status is not comment.status:
        letter = "approved" if ruling.status is Status.PUBLISHED else "rejected"
        letter_to(
            w, comment.commenter_seq, letter, event=event, about=comment, decision=decision.seq, after=after, now=now
        )
    for flag_seq in resolved:
        letter_about_flag(w, flag_seq, event=event, about=comment, after=after, now=now)
    w.tell(
        CommentDecided(
            site_seq=comment.site_seq,
            story_seq=comment.story_seq,
            comment_id=comment.id,
            outcome=decision.outcome.value,
        )
    )
