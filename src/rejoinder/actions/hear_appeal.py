"""An editor hears an appeal: grants it, which restores everything, or refuses it with the grounds."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.actions.decide import Decide, decide, settle
from rejoinder.actions.drafts import drafted
from rejoinder.actions.earn_trust import earn, lock_writer
from rejoinder.actions.letters import letter_about_appeal, letter_about_flag
from rejoinder.actions.remove_replies import replies_follow
from rejoinder.discussion.appeals import (
    TAKEN,
    Appeal,
    Appellant,
    Hearing,
    Sides,
    fits_appeal,
    may_hear,
    must_answer,
    must_be_open,
)
from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.events import CommentDecided
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Decision, Outcome, last_link, standing_word
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import AlreadyUndone, NothingToDecide, Stale
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.store import (
    appeals,
    cases,
    commenters,
    comments,
    decisions,
    flags,
    jobs,
    log,
    notifications,
    sites,
    stories,
)
from rejoinder.store.cases import CaseKind
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Read, Write
from rejoinder.store.texts import texts_of


class Hear(Struct, frozen=True, kw_only=True):
    """What was sent. `reason` is why the comment goes, where a reporter's appeal is granted; `undo_for` is how long a
    letter waits.
    """

    site_seq: int
    appeal_id: UUID
    by_seq: int
    outcome: Hearing
    seen_revision: int
    answer: str = ""
    reason: str | None = None
    undo_for: timedelta = timedelta(seconds=30)


class _Room(Struct, frozen=True, kw_only=True):
    """What a hearing has before it, locked."""

    story: Story
    comment: Comment
    writer: Commenter | None  # on the ladder
    record: list[Decision]
    appeal: Appeal
    order: Hear
    answer: str


def hear_appeal(w: Write, order: Hear, *, now: datetime) -> Appeal:
    """The appeal with what became of it, on the record; whoever appealed is told. Raises NotAllowed, UnknownAppeal,
    AlreadyHeard, Stale, TooLong, AnswerNeeded, the refusals of `appeals.may_hear`, and where a reporter's appeal is
    granted those of `moderation.decide`.
    """
    room = _enter(w, order, now=now)
    appeal, comment = room.appeal, room.comment
    is_fresh_look = _may_hear(w, room, now=now)
    result: Decision | None = None
    if order.outcome is Hearing.GRANTED:
        result = _grant(w, room, now=now)
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
    event = _event(appeal) if result is None else f"decision:{result.id}"
    letter_about_appeal(w, appeal, event=event, about=comment, after=order.undo_for, now=now)
    _note(
        w,
        appeal,
        room,
        {"act": order.outcome.value, "result": str(result.id) if result else None, "is_fresh_look": is_fresh_look},
        now=now,
    )
    return appeals.by_seq(w, order.site_seq, appeal.seq)


def undo_hearing(w: Write, site_seq: int, appeal_id: UUID, *, by_seq: int, undo_for: timedelta, now: datetime) -> Appeal:
    """The appeal, waiting again: a refusal is taken back until its letter goes. Where a decision came of the hearing,
    that one is undone (`undo_decision`). Raises NotAllowed, UnknownAppeal, AlreadyUndone.
    """
    must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
    found = appeals.by_id(w, site_seq, appeal_id)
    comment = _locked(w, site_seq, found.comment_seq)
    appeal = appeals.lock(w, site_seq, found.seq)
    is_late = appeal.heard_at is None or now >= appeal.heard_at + undo_for
    if is_late or appeal.result_seq is not None or appeal.outcome is Hearing.WITHDRAWN:
        raise AlreadyUndone
    jobs.cancel(w, _event(appeal))
    notifications.take_back(w, site_seq, _event(appeal))
    _wait_again(w, appeal, comment)
    _append(w, appeal, comment, {"act": "undone"}, by_seq=by_seq, now=now)
    return appeals.by_seq(w, site_seq, appeal.seq)


def take_up_again(w: Write, undone: Decision, comment: Comment) -> None:
    """The appeal that an undone decision came of waits again, and the reports that it answered have their answers from
    before. The comment is locked.
    """
    appeal = next((each for each in appeals.of_comment(w, comment) if each.result_seq == undone.seq), None)
    if appeal is None:
        return
    before = decisions.by_seq(w, appeal.site_seq, appeal.decision_seq)
    if appeal.flag_seq is not None:
        flags.answer_one(
            w,
            appeal.site_seq,
            appeal.flag_seq,
            Resolution.DECLINED,
            decision_seq=before.seq,
            now=before.created_at,
        )
    elif undone.outcome is Outcome.APPROVE:
        standing = standing_word(
            [each for each in decisions.of_comment(w, comment.site_seq, comment.seq) if each.seq < undone.seq]
        )
        if standing is not None and standing.outcome is Outcome.REJECT:
            flags.answer_anew(
                w,
                appeal.site_seq,
                Resolution.UPHELD,
                decision_seq=standing.seq,
                answered_by=undone.seq,
                made_by=standing.created_at,
                now=standing.created_at,
            )
    _wait_again(w, appeal, comment)


def withdraw_appeals(w: Write, comment: Comment, *, now: datetime) -> None:
    """What nobody has heard yet about the comment needs no hearing any more: who wrote it has left, with their words."""
    for appeal in appeals.of_comment(w, comment):
        if appeal.outcome is None:
            appeals.heard(
                w,
                appeal,
                Hearing.WITHDRAWN,
                by_seq=None,
                answer="",
                result_seq=None,
                is_fresh_look=False,
                now=now,
            )
    cases.close_appeal(w, comment, now=now)


def sides_of(r: Read, appeal: Appeal, comment: Comment, record: list[Decision]) -> Sides:
    """Who is where in the appeal: those who took the decision, or the one that holds by now, or the one that led to
    it.
    """
    known = {each.seq: each for each in record}
    standing = standing_word(record)
    decided = [known[appeal.decision_seq], *([standing] if standing else [])]
    decided += [decisions.by_seq(r, appeal.site_seq, each.caused_by) for each in decided if each.caused_by]
    appellant = comment.commenter_seq if appeal.by is Appellant.WRITER else None
    if appeal.flag_seq is not None:
        appellant = flags.by_seq(r, appeal.site_seq, appeal.flag_seq).flag.reporter_seq
    return Sides(
        decided=tuple(decided), appellant_seq=appellant, deciders=commenters.deciders(r, appeal.site_seq)
    )


def _enter(w: Write, order: Hear, *, now: datetime) -> _Room:
    answer = clean(order.answer)
    fits_appeal(answer)
    must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), Act.DECIDE)
    found = appeals.by_id(w, order.site_seq, order.appeal_id)
    about = comments.by_seq(w, order.site_seq, found.comment_seq)
    story = stories.lock(w, order.site_seq, about.story_seq)
    writer = lock_writer(w, about, story.rules_here.ladder)
    comment = comments.lock(w, order.site_seq, about.seq)
    appeal = appeals.lock(w, order.site_seq, found.seq)
    must_be_open(appeal)
    if comment.story_seq != story.seq or comment.revision != order.seen_revision:
        raise Stale
    record = decisions.of_comment(w, order.site_seq, comment.seq)
    return _Room(
        story=story, comment=comment, writer=writer, record=record, appeal=appeal, order=order, answer=answer
    )


def _may_hear(w: Write, room: _Room, *, now: datetime) -> bool:
    zone = ZoneInfo(sites.by_seq(w, room.order.site_seq).zone)
    sides = sides_of(w, room.appeal, room.comment, room.record)
    return may_hear(sides, by_seq=room.order.by_seq, zone=zone, now=now)


def _grant(w: Write, room: _Room, *, now: datetime) -> Decision | None:
    """The decision that grants the appeal; None where what was asked for is so already. Raises NothingToDecide where
    the writer deleted the comment.
    """
    comment, order = room.comment, room.order
    if comment.status is Status.DELETED:
        raise NothingToDecide
    if room.appeal.by is not Appellant.WRITER:
        return _take_down(w, room, now=now) if comment.status not in TAKEN else None
    appealed = next(each for each in room.record if each.seq == room.appeal.decision_seq)
    if appealed.outcome is Outcome.EDIT:
        return _text_again(w, room, appealed, now=now)
    standing = standing_word(room.record)
    if comment.status not in TAKEN or standing is None:
        return None
    decision = decisions.add(
        w,
        comment,
        Outcome.APPROVE,
        status_after=Status.PUBLISHED,
        by_seq=order.by_seq,
        note=room.answer,
        reverses=last_link(standing, room.record).seq,
        now=now,
    )
    comments.set_status(w, comment, Status.PUBLISHED, marker=Marker.NONE, reviewed_at=now)
    settle(w, room.story, comment, Status.PUBLISHED, after=order.undo_for, now=now)
    replies_follow(w, room.story, decision, after=order.undo_for, now=now)
    if room.writer is not None:
        ladder = room.story.rules_here.ladder
        earn(w, room.writer, comment, approved=True, decision_seq=decision.seq, ladder=ladder, now=now)
    cases.close_cases(w, comment, decision_seq=decision.seq, now=now)
    _answer_reports(w, room, standing, decision, now=now)
    w.tell(
        CommentDecided(
            site_seq=comment.site_seq,
            story_seq=comment.story_seq,
            comment_id=comment.id,
            outcome=decision.outcome.value,
        )
    )
    return decision


def _answer_reports(w: Write, room: _Room, reversed_: Decision, decision: Decision, *, now: datetime) -> None:
    """Reports that were upheld, and those that wait, were declined after all; who made them is told."""
    comment = room.comment
    answered = flags.answer_anew(
        w,
        comment.site_seq,
        Resolution.DECLINED,
        decision_seq=decision.seq,
        answered_by=reversed_.seq,
        made_by=reversed_.created_at,
        now=now,
    )
    answered += flags.resolve(w, comment, Resolution.DECLINED, decision_seq=decision.seq, now=now)
    for flag_seq in answered:
        letter_about_flag(
            w, flag_seq, event=f"decision:{decision.id}", about=comment, after=room.order.undo_for, now=now
        )


def _take_down(w: Write, room: _Room, *, now: datetime) -> Decision:
    """A reporter was right: the comment goes, by a decision like any other, and the report was upheld."""
    order = Decide(
        site_seq=room.order.site_seq,
        comment_id=room.comment.id,
        by_seq=room.order.by_seq,
        outcome=Outcome.REJECT,
        seen_revision=room.order.seen_revision,
        reason=room.order.reason,
        note=room.answer,
        undo_for=room.order.undo_for,
    )
    decision = decide(w, order, now=now)
    assert room.appeal.flag_seq is not None  # notices have hearings of their own
    flags.answer_one(
        w, order.site_seq, room.appeal.flag_seq, Resolution.UPHELD, decision_seq=decision.seq, now=now
    )
    return decision


def _text_again(w: Write, room: _Room, changed: Decision, *, now: datetime) -> Decision | None:
    """The text from before an editor's change; None where it is that already."""
    comment, story = room.comment, room.story
    text = next(each.text for each in texts_of(w, comment) if each.number == changed.revision)
    if text == comment.text:
        return None
    draft = drafted(w, story, text)
    decision = decisions.add(
        w,
        comment,
        Outcome.EDIT,
        status_after=comment.status,
        by_seq=room.order.by_seq,
        rule=Showing.TOLD.value,
        note=room.answer,
        reverses=changed.seq,
        now=now,
    )
    new = NewComment(
        story_seq=comment.story_seq,
        commenter_seq=comment.commenter_seq,
        parent=None,
        status=comment.status,
        text=draft.text,
        html=draft.html,
        html_version=draft.html_version,
        fingerprint=draft.fingerprint,
        mentions=draft.mentions,
        policy_version=story.policy_version,
        created_at=comment.created_at,
    )
    comments.set_text(w, comment, new, by_seq=room.order.by_seq, now=now)
    if comment.status is Status.PUBLISHED:
        stories.changed(w, story)
    return decision


def _close_case(w: Write, room: _Room, *, now: datetime) -> None:
    """The case is closed, unless another appeal about the comment waits: then it is about that one."""
    cases.close_appeal(w, room.comment, now=now)
    others = [each for each in appeals.of_comment(w, room.comment) if each.outcome is None]
    if others:
        _open_case(w, others[0], room.comment, section_seq=room.story.section_seq)


def _wait_again(w: Write, appeal: Appeal, comment: Comment) -> None:
    appeals.take_up(w, appeal)
    story = stories.by_seq(w, comment.site_seq, comment.story_seq)
    _open_case(w, appeal, comment, section_seq=story.section_seq)


def _open_case(w: Write, appeal: Appeal, comment: Comment, *, section_seq: int | None) -> None:
    """The case waits since the appeal was made."""
    cases.open_case(
        w, comment, CaseKind.APPEAL, section_seq=section_seq, subject_seq=appeal.seq, now=appeal.created_at
    )


def _locked(w: Write, site_seq: int, comment_seq: int) -> Comment:
    stories.lock(w, site_seq, comments.by_seq(w, site_seq, comment_seq).story_seq)
    return comments.lock(w, site_seq, comment_seq)


def _event(appeal: Appeal) -> str:
    return f"appeal:{appeal.id}"


def _note(w: Write, appeal: Appeal, room: _Room, what: dict[str, object], *, now: datetime) -> None:
    _append(w, appeal, room.comment, what, by_seq=room.order.by_seq, now=now)


def _append(
    w: Write, appeal: Appeal, comment: Comment, what: dict[str, object], *, by_seq: int, now: datetime
) -> None:
    log.append(
        w,
        appeal.site_seq,
        RecordKind.APPEAL,
        {"appeal": str(appeal.id), "appellant": appeal.by.value, **what},
        by_seq=by_seq,
        comment_seq=comment.seq,
        story_seq=comment.story_seq,
        now=now,
    )
