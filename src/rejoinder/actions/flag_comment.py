"""A reader reports a comment. Any status, before and after closing, with or without an account: never lost."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.actions.letters import letter_to
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.events import CommentFlagged
from rejoinder.discussion.flags import LONGEST_NOTE, may_flag, weight_of_all
from rejoinder.discussion.hooks import Happening
from rejoinder.discussion.moderation import Outcome, after_flags, marker_for
from rejoinder.discussion.policy import chosen_reason
from rejoinder.discussion.refusals import AlreadyFlagged, TooLong
from rejoinder.discussion.slowing import BEHIND, is_slowed
from rejoinder.discussion.statement import hidden_statement
from rejoinder.discussion.stories import Story
from rejoinder.discussion.text import clean
from rejoinder.language import official
from rejoinder.store import cases, commenters, comments, decisions, flags, places, reporters, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write
from rejoinder.store.flags import Reporter


class FlagComment(Struct, frozen=True, kw_only=True):
    """What was sent. `undo_for` is how long a letter waits: an editor may decide first."""

    site_seq: int
    comment_id: UUID
    reason: str
    note: str = ""
    by: Reporter = Reporter()
    id: UUID | None = None  # given by an entrance that can make the receipt from it again, for a letter
    receipt: str | None = None
    undo_for: timedelta = timedelta(seconds=30)


class Flagged(Struct, frozen=True):
    """The receipt shows the reporter what became of it; only its hash is kept."""

    receipt: str
    comment: Comment


def flag_comment(w: Write, flag: FlagComment, *, now: datetime) -> Flagged:
    """The receipt of the new flag. Enough open flags hide the comment until an editor has seen it: a decision by the
    system. Raises UnknownComment, UnknownReason, TooLong, OwnComment, AlreadyFlagged.
    """
    reason = chosen_reason(flag.reason)
    note = clean(flag.note)
    if len(note) > LONGEST_NOTE:
        raise TooLong(limit=LONGEST_NOTE, length=len(note))
    found = comments.by_id(w, flag.site_seq, flag.comment_id)
    story = stories.lock(w, flag.site_seq, found.story_seq)
    comment = comments.lock(w, flag.site_seq, found.seq)
    by = commenters.by_seq(w, flag.site_seq, flag.by.commenter_seq) if flag.by.commenter_seq else None
    may_flag(comment, by=by, flagged_before=flags.flagged_before(w, comment, by=flag.by))
    receipt = flag.receipt or secrets.token_urlsafe(18)
    if (
        flags.add(w, comment, flag_id=flag.id, by=flag.by, reason=reason.code, note=note, receipt=receipt, now=now)
        is None
    ):
        raise AlreadyFlagged
    behind = by is not None and is_slowed(reporters.standing(w, flag.site_seq, by.seq).slowed_until, now=now)
    priority = BEHIND if behind else 0
    cases.open_case(w, comment, CaseKind.REPORTED, section_seq=story.section_seq, priority=priority, now=now)
    _hide_if_enough(w, story, comment, after=flag.undo_for, now=now)
    tell_hooks(w, story, comment, Happening.REPORTED, reason=reason.code, now=now)
    w.tell(CommentFlagged(site_seq=story.site_seq, story_seq=story.seq, comment_id=comment.id))
    return Flagged(receipt, comment)


def _hide_if_enough(w: Write, story: Story, comment: Comment, *, after: timedelta, now: datetime) -> None:
    rules = story.rules_here
    reports = flags.open_of(w, comment)
    count = weight_of_all(reports, by_record=False)
    weight = weight_of_all(reports, by_record=rules.weigh_reports)
    status = after_flags(comment, weight=weight, rules=rules)
    if status is comment.status:
        return
    comments.set_status(w, comment, status, marker=marker_for(status, None))
    if comment.status is Status.PUBLISHED:
        places.count(w, story, comment, more=-1)
    reasons = hidden_statement(comment, territory=rules.territory, now=now, language=official(story.site_language))
    rule = _rule(count, weight)
    decision = decisions.add(w, comment, Outcome.HIDE, status_after=status, rule=rule, statement=reasons, now=now)
    letter_to(
        w,
        comment.commenter_seq,
        "hidden",
        event=f"decision:{decision.id}",
        about=comment,
        decision=decision.seq,
        after=after,
        now=now,
    )


def _rule(count: float, weight: float) -> str:
    """The rule by which reports hide a comment, as the record has it: flags:3, or flags:4:3.2 where they were weighed
    otherwise than they were counted.
    """
    return f"flags:{count:g}" if count == weight else f"flags:{count:g}:{weight:.3g}"
