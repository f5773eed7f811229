"""What a check answered about a comment is recorded: it goes on waiting for an editor, or is published or hidden by it.

Advice, never a rejection: only an editor removes. A text that has changed since is asked about anew, and what an editor
has decided meanwhile stands.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.actions.call_hooks import tell_hooks
from rejoinder.actions.decide import settle
from rejoinder.actions.letters import letter_to
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.hooks import Asking, Happening, Reply, answered, finding_of, is_let_out
from rejoinder.discussion.moderation import BY_CHECK, Outcome, marker_for
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.statement import hidden_statement
from rejoinder.discussion.stories import Story
from rejoinder.language import official
from rejoinder.store import cases, comments, decisions, flags, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Write


class Checked(Struct, frozen=True, kw_only=True):
    """What was asked about which text, and the answer; None where none came. `undo_for` is how long a letter waits."""

    site_seq: int
    comment_seq: int
    revision: int
    check: Asking
    reply: Reply | None
    undo_for: timedelta = timedelta(seconds=30)


def record_check(w: Write, checked: Checked, *, now: datetime) -> Status:
    """The comment's status afterwards."""
    found = comments.by_seq(w, checked.site_seq, checked.comment_seq)
    story = stories.lock(w, checked.site_seq, found.story_seq)
    comment = comments.lock(w, checked.site_seq, found.seq)
    if comment.revision != checked.revision or comment.status not in (Status.PENDING, Status.PUBLISHED, Status.HIDDEN):
        return comment.status
    more = finding_of(checked.check, checked.reply, comment.text)
    before = comments.findings_of(w, comment)
    findings = answered(before, checked.check.name, more)
    if findings != before:
        comments.set_findings(w, comment, findings)
        cases.note_findings(w, comment, findings)
    if comment.status is Status.PUBLISHED and more is not None:
        return _hide(w, story, comment, checked, more, now=now)
    if is_let_out(comment.status, before, findings, open_flags=flags.open_count(w, comment)):
        return _publish(w, story, comment, checked, now=now)
    return comment.status


def _publish(w: Write, story: Story, comment: Comment, checked: Checked, *, now: datetime) -> Status:
    """What nothing else holds goes out; its case goes with it."""
    rule = BY_CHECK + checked.check.name
    decision = decisions.add(w, comment, Outcome.APPROVE, status_after=Status.PUBLISHED, rule=rule, now=now)
    comments.set_status(w, comment, Status.PUBLISHED, marker=Marker.NONE)
    settle(w, story, comment, Status.PUBLISHED, now=now)
    cases.close_of_kind(w, comment, CaseKind.HELD, decision_seq=decision.seq, now=now)
    tell_hooks(w, story, comment, Happening.DECIDED, decision=decision.seq, now=now)
    return Status.PUBLISHED


def _hide(w: Write, story: Story, comment: Comment, checked: Checked, finding: Finding, *, now: datetime) -> Status:
    """What readers see already is hidden until an editor has seen it; its writer is told, unless an editor is quicker
    (Regulation (EU) 2022/2065, Article 17).
    """
    rule = BY_CHECK + checked.check.name
    comments.set_status(w, comment, Status.HIDDEN, marker=marker_for(Status.HIDDEN, None))
    settle(w, story, comment, Status.HIDDEN, now=now)
    language, territory = official(story.site_language), story.rules_here.territory
    reasons = hidden_statement(comment, by_check=True, territory=territory, now=now, language=language)
    decision = decisions.add(
        w, comment, Outcome.HIDE, status_after=Status.HIDDEN, rule=rule, statement=reasons, now=now
    )
    cases.open_case(w, comment, CaseKind.HELD, section_seq=story.section_seq, findings=(finding,), now=now)
    letter_to(
        w,
        comment.commenter_seq,
        "hidden",
        event=f"decision:{decision.id}",
        about=comment,
        decision=decision.seq,
        after=checked.undo_for,
        now=now,
    )
    tell_hooks(w, story, comment, Happening.DECIDED, decision=decision.seq, now=now)
    return Status.HIDDEN
