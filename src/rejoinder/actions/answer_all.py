"""What a decision on a comment means for the notices of it, and for those who reported it without ground."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rejoinder.actions.letters import letter_about_notice, recipient
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.notices import ILLEGAL, Notice, Outcome, outcome_of
from rejoinder.store import flags, jobs, notices
from rejoinder.store.database import Write

SLOWING = "slowing"  # the job that looks at a reporter's record


def answer_notices(
    w: Write,
    comment: Comment,
    decision: Decision,
    *,
    now: datetime,
    outcome: Outcome | None = None,
    answer: str = "",
    event: str = "",
    after: timedelta = timedelta(),
) -> None:
    """The comment's open notices are answered by the decision; who sent them is told `after` a while. `event` is what
    takes the letters back, unless it is the decision itself.
    """
    became = outcome or outcome_of(decision.reason, illegal=ILLEGAL)
    for seq in notices.resolve(w, comment, became, answer=answer, decision_seq=decision.seq, now=now):
        letter_about_notice(
            w,
            comment.site_seq,
            seq,
            "notice-answered",
            event=event or f"decision:{decision.id}",
            after=after,
            now=now,
        )


def look_at_reporters(
    w: Write,
    comment: Comment,
    decision: Decision,
    flag_seqs: Sequence[int],
    noticed: Sequence[Notice],
    *,
    now: datetime,
    after: timedelta,
) -> None:
    """Has the record looked at of each commenter whose report of the comment was declined, once it cannot be undone."""
    who = flags.reporters_of(w, comment.site_seq, flag_seqs)
    who |= {notice.reporter_seq for notice in noticed if notice.reporter_seq is not None}
    for seq in sorted(who):
        jobs.add(
            w,
            SLOWING,
            site_seq=comment.site_seq,
            event=f"decision:{decision.id}",
            recipient=recipient(seq),
            payload={"commenter": seq},
            now=now,
            after=after,
        )
