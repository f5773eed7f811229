"""A decision as the comment's writer may see it: by its id, where they are logged in, or by the key from a letter."""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.read_policy import clauses_of
from rejoinder.discussion.appeals import (
    Appeal,
    ends,
    is_appealable,
    may_appeal,
    may_appeal_notice,
    may_appeal_report,
)
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.flags import Flag, Resolution
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.notices import Notice
from rejoinder.discussion.policy import Named, reason_of
from rejoinder.discussion.refusals import Refusal, UnknownDecision
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.identity.tokens import decision_of
from rejoinder.store import appeals, commenters, decisions, entries, stories
from rejoinder.store.database import Read
from rejoinder.store.flags import Reported
from rejoinder.store.texts import texts_of
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.decisions import Holds
from rejoinder.web.visits import Visit

TOLD = (Outcome.REJECT, Outcome.HIDE, Outcome.EDIT)  # whose writer has a page about it
LAST_DAY = timedelta(days=1)  # an end is the beginning of the day after it
_NEW = 60  # seconds that an appeal counts as just made


class Decided(Struct, frozen=True, kw_only=True):
    """A decision with all that is told of it. `text` is what it was taken on, `spans` what weighed in it;
    `until` is the last day of an appeal, None where there can be none, or no more.
    """

    decision: Decision
    comment: Comment
    story: Story
    appeal: Appeal | None
    text: str
    changed_to: str
    spans: tuple[tuple[int, int], ...]
    after_reports: bool
    holds: Holds
    cause: Decision | None
    by_another: bool
    clauses: tuple[Named, ...]
    until: datetime | None


def decided(r: Read, visit: Visit, key: str) -> Decided:
    """The decision that this key or id names. Raises LogInNeeded, UnknownDecision."""
    found, comment_entry = _found(r, visit, key)
    comment = comment_entry.comment
    site = visit.site.seq
    record = decisions.of_comment(r, site, comment.seq)
    appeal = appeals.by_the_writer(r, site, found.seq)
    texts = {each.number: each.text for each in texts_of(r, comment)}
    cause = decisions.by_seq(r, site, found.caused_by) if found.caused_by else None
    statement = decisions.statement_of(r, found, site)
    return Decided(
        decision=found,
        comment=comment,
        story=stories.by_seq(r, site, comment.story_seq),
        appeal=appeal,
        text=texts.get(found.revision, ""),
        changed_to=texts.get(found.revision + 1, "") if found.outcome is Outcome.EDIT else "",
        spans=_spans(found, comment_entry),
        after_reports=(found.outcome is Outcome.HIDE and not found.is_by_check)
        or "NOTIFICATION" in statement.get("source_type", ""),
        holds=_holds(found, comment, record),
        cause=cause,
        by_another=bool(commenters.deciders(r, site) - {(cause or found).by_seq}),
        clauses=clauses_of(r, visit.site, cause or found, visit.words.gettext),
        until=_until(found, comment, record, appeal, now=visit.asked.now),
    )


def opened_by(visit: Visit, key: str) -> tuple[UUID, bool]:
    """The decision that a key or an id names, and whether it is a key, the right to see it in itself. Raises
    UnknownDecision for one that is not ours.
    """
    by_key = decision_of(key, visit.options.secret)
    if by_key is not None:
        return by_key, True
    try:
        return UUID(key), False
    except ValueError:
        raise UnknownDecision from None


def reason_told(decision: Decision | None) -> str:
    """Why, as the writer and readers are told: a catalogue key; empty for none."""
    return reason_of(decision.reason).told if decision is not None and decision.reason else ""


def also_told(decision: Decision | None) -> tuple[str, ...]:
    """The further reasons likewise."""
    return tuple(reason_of(code).told for code in decision.also) if decision is not None else ()


def shown_appeal(appeal: Appeal | None, *, now: datetime) -> ShownAppeal | None:
    """The appeal as whoever made it sees it."""
    if appeal is None:
        return None
    return ShownAppeal(
        at=appeal.created_at,
        text=appeal.text,
        outcome=appeal.outcome,
        heard_at=appeal.heard_at,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        is_new=(now - appeal.created_at).total_seconds() < _NEW,
    )


def upheld_by(r: Read, site_seq: int, reported: Reported) -> Decision | None:
    """The decision by which a comment went that was rightly reported; None for another outcome."""
    if reported.flag.resolution is not Resolution.UPHELD or reported.decision_seq is None:
        return None
    return decisions.by_seq(r, site_seq, reported.decision_seq)


def report_until(flag: Flag, comment: Comment, appeal: Appeal | None, *, now: datetime) -> datetime | None:
    """The last day on which whoever reported can appeal; None where they cannot, or not any more."""
    try:
        may_appeal_report(flag, comment, earlier=appeal, now=now)
    except Refusal:
        return None
    return ends(flag.resolved_at or now) - LAST_DAY


def notice_until(notice: Notice, comment: Comment, appeal: Appeal | None, *, now: datetime) -> datetime | None:
    """The last day on which whoever gave notice can appeal; None where they cannot, or not any more."""
    try:
        may_appeal_notice(notice, comment, earlier=appeal, now=now)
    except Refusal:
        return None
    return ends(notice.resolved_at or now) - LAST_DAY


def _found(r: Read, visit: Visit, key: str) -> tuple[Decision, Entry]:
    decision_id, is_by_key = opened_by(visit, key)
    viewer = None if is_by_key else visit.reader()
    found = decisions.by_id(r, visit.site.seq, decision_id)
    entry = entries.by_seqs(r, visit.site.seq, [found.comment_seq])[found.comment_seq]
    if found.outcome not in TOLD or (viewer is not None and entry.comment.commenter_seq != viewer.seq):
        raise UnknownDecision
    return found, entry


def _spans(decision: Decision, entry: Entry) -> tuple[tuple[int, int], ...]:
    """What the editor marked; or what it was held for, where it was decided while it was."""
    if decision.cited or decision.status_before is not Status.PENDING or decision.revision != entry.comment.revision:
        return decision.cited
    return tuple(span for finding in entry.findings for span in finding.spans)


def _holds(decision: Decision, comment: Comment, record: list[Decision]) -> Holds:
    if comment.status is Status.DELETED:
        return Holds.DELETED
    if is_appealable(decision, comment, record):
        return Holds.YES
    return Holds.TAKEN_BACK if decision.reversed_by is not None else Holds.REPLACED


def _until(
    decision: Decision, comment: Comment, record: list[Decision], appeal: Appeal | None, *, now: datetime
) -> datetime | None:
    try:
        may_appeal(decision, comment, record, earlier=appeal, now=now)
    except Refusal:
        return None
    return ends(decision.created_at) - LAST_DAY
