"""All comments of a spammer go at once, as spam; or come back. A part at a time, each of one story under its lock, so
that nobody else waits. Their texts stay with the record. Nobody is told of each comment: no statement of reasons is
owed for deceptive high-volume commercial content (Regulation (EU) 2022/2065, Article 17(2)).
"""

from datetime import datetime, timedelta
from itertools import takewhile

from msgspec import Struct

from rejoinder.actions.act_on_person import Order, event_of, note_act, person_for
from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.actions.decide import settle
from rejoinder.actions.earn_trust import earn, give_back, lock_writer
from rejoinder.actions.letters import letter_about_flag
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.hooks import Happening
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome, marker_for, standing_word
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, comments, decisions, flags, jobs, person_acts, spam, stories
from rejoinder.store.database import Write

KIND = "spammer"
RULE = "all-of-spammer"
REASON = "advertising"
PART = 100  # comments in one transaction


class Rest(Struct, frozen=True, kw_only=True):
    """What a job has still to do. `back`: they come back."""

    site_seq: int
    act_seq: int
    after: int = 0  # the comment that was looked at last
    back: bool = False


def erase_spammer(w: Write, order: Order, *, now: datetime) -> OnPerson:
    """The act. A job takes the comments away once the time for an undo is over. Raises the refusals of `person_for`."""
    about = person_for(w, order, PersonAct.ERASE)
    done = note_act(w, about, PersonAct.ERASE, order, now=now)
    _note_job(w, about, done, now=now, after=order.undo_for)
    return done


def give_all_back(w: Write, about: Commenter, erasing: OnPerson, *, now: datetime) -> None:
    """The comments stay where the job has not begun; else another one brings them back."""
    if "everybody" not in jobs.cancel(w, event_of(erasing)):
        _note_job(w, about, erasing, now=now, back=True)


def erase_part(w: Write, rest: Rest, *, now: datetime) -> Rest | None:
    """The next part of the job, of one story; None: nothing is left, or the act was lifted or lifted again since."""
    act = person_acts.by_seq(w, rest.site_seq, rest.act_seq)
    if (act.reversed_by is not None) is not rest.back:
        return None
    next_of = spam.next_taken if rest.back else spam.next_to_take
    found = next_of(w, rest.site_seq, act.commenter_seq, after=rest.after, most=PART)
    if not found:
        return None
    first = comments.by_seq(w, rest.site_seq, found[0][0])
    story = stories.lock(w, rest.site_seq, first.story_seq)
    writer = lock_writer(w, first, story.rules_here.ladder)
    last = rest.after
    for seq, _ in takewhile(lambda each: each[1] == story.seq, found):
        last = seq
        comment = comments.lock(w, rest.site_seq, seq)
        must_stand_under(comment, story)
        (_restore if rest.back else _take)(w, story, comment, writer, now=now)
    return Rest(site_seq=rest.site_seq, act_seq=rest.act_seq, after=last, back=rest.back)


def _note_job(
    w: Write, about: Commenter, erasing: OnPerson, *, now: datetime, after: timedelta = timedelta(), back: bool = False
) -> None:
    event = event_of(erasing)
    jobs.add(
        w,
        KIND,
        site_seq=about.site_seq,
        event=f"{event}:back" if back else event,
        recipient="everybody",
        payload={"act": erasing.seq, "back": back},
        now=now,
        after=after,
    )


def _take(w: Write, story: Story, comment: Comment, writer: Commenter | None, *, now: datetime) -> None:
    if comment.status not in spam.STANDING:
        return
    decision = decisions.add(w, comment, Outcome.REJECT, status_after=Status.SPAM, rule=RULE, reason=REASON, now=now)
    comments.set_status(w, comment, Status.SPAM, marker=Marker.NONE, reason=REASON, reviewed_at=now)
    settle(w, story, comment, Status.SPAM, now=now)
    if writer is not None:
        ladder = story.rules_here.ladder
        earn(w, writer, comment, approved=False, decision_seq=decision.seq, ladder=ladder, now=now)
    cases.close_cases(w, comment, decision_seq=decision.seq, now=now)
    for flag_seq in flags.resolve(w, comment, Resolution.UPHELD, decision_seq=decision.seq, now=now):
        letter_about_flag(w, flag_seq, event=f"decision:{decision.id}", about=comment, after=timedelta(), now=now)
    tell_hooks(w, story, comment, Happening.DECIDED, decision=decision.seq, now=now)


def _restore(w: Write, story: Story, comment: Comment, writer: Commenter | None, *, now: datetime) -> None:
    erased = _erased_by(w, comment)
    if erased is None:
        return
    status = erased.status_before
    undone = decisions.add(w, comment, Outcome.UNDO, status_after=status, rule=RULE, reverses=erased.seq, now=now)
    comments.set_status(w, comment, status, marker=marker_for(status, None))
    settle(w, story, comment, status, now=now)
    if writer is not None:
        ladder = story.rules_here.ladder
        give_back(w, writer, comment, undone_seq=erased.seq, decision_seq=undone.seq, ladder=ladder, now=now)
    cases.reopen(w, comment.site_seq, decision_seq=erased.seq)
    flags.reopen(w, comment.site_seq, decision_seq=erased.seq)
    tell_hooks(w, story, comment, Happening.DECIDED, decision=undone.seq, now=now)


def _erased_by(w: Write, comment: Comment) -> Decision | None:
    """The decision by which the comment went with all others, where it still holds."""
    holds = standing_word(decisions.of_comment(w, comment.site_seq, comment.seq))
    return holds if holds is not None and holds.rule == RULE and comment.status is Status.SPAM else None
