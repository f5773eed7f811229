"""What the desk shows of a comment, its writer and its story. A page of cards is a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from msgspec.structs import replace

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import Flag, Resolution, still_open
from rejoinder.discussion.moderation import Decision, Outcome, standing_word
from rejoinder.discussion.notices import LABELS
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.markup import excerpt
from rejoinder.store import appeals, commenters, entries, flags, history, notices, stories
from rejoinder.store.cases import Case, CaseKind
from rejoinder.store.database import Read
from rejoinder.store.desk_news import Last
from rejoinder.web.pages.card_work import works
from rejoinder.web.pages.whys import finding_why, reports_why
from rejoinder.web.shown.comments import Answered, Mark
from rejoinder.web.shown.desk import (
    CardAppeal,
    CardNotice,
    DeskCard,
    DeskDecision,
    DeskPerson,
    DeskReport,
    DeskStory,
    Done,
    Why,
    pieces,
)
from rejoinder.web.visits import Visit

_GONE = (Status.REJECTED, Status.REMOVED, Status.SPAM)
_UNDECIDED = (Status.PENDING, Status.HIDDEN, Status.DELETED)
_ARRANGING = (Outcome.LOCK, Outcome.MOVE)
_UNDOABLE = (Outcome.APPROVE, Outcome.REJECT, Outcome.HIDE, Outcome.LOWER, *_ARRANGING)


def cards(r: Read, visit: Visit, open_cases: Sequence[Case], *, also: Iterable[int] = ()) -> tuple[DeskCard, ...]:
    """A card for each comment that these cases are about (and `also` these comments), in the order of the cases."""
    seqs = list(dict.fromkeys([*(case.comment_seq for case in open_cases), *also]))
    found = entries.by_seqs(r, visit.site.seq, seqs)
    parents = entries.by_seqs(
        r, visit.site.seq, {entry.comment.parent_seq for entry in found.values() if entry.comment.parent_seq}
    )
    reported = flags.of_comments(r, visit.site.seq, seqs)
    noticed = notices.open_of_comments(r, visit.site.seq, seqs)
    about = stories.by_seqs(r, visit.site.seq, {entry.comment.story_seq for entry in found.values()})
    counted = history.unpublished_in(r, visit.site.seq, about)
    writers = commenters.by_seqs(r, visit.site.seq, {entry.author.seq for entry in found.values()})
    people = desk_people(r, visit, writers.values())
    reporters = commenters.flag_counts(
        r, visit.site.seq, {flag.reporter_seq for each in reported.values() for flag in each if flag.reporter_seq}
    )
    since = {case.comment_seq: case.opened_at for case in reversed(open_cases)}
    waiting = _appeals(r, visit, open_cases)
    working = works(r, visit, found, reported)
    return tuple(
        DeskCard(
            id=entry.comment.id,
            revision=entry.comment.revision,
            status=entry.comment.status,
            written_at=entry.comment.created_at,
            edited_at=entry.comment.edited_at,
            waiting_since=since.get(seq),
            pieces=pieces(entry.comment.text, [span for finding in entry.findings for span in finding.spans]),
            person=people[entry.author.seq],
            story=desk_story(about[entry.comment.story_seq], counted[entry.comment.story_seq], visit),
            whys=_whys(visit, entry, reported[seq], about[entry.comment.story_seq]),
            notices=tuple(CardNotice(each.id, LABELS[each.kind], each.due_at) for each in noticed[seq]),
            appeals=waiting.get(seq, ()),
            answers=_answers(parents.get(entry.comment.parent_seq or 0)),
            reports=tuple(_report(flag, reporters) for flag in reported[seq]),
            may_approve=_may_approve(entry, opened=bool(still_open(reported[seq]) or noticed[seq])),
            may_reject=_may_reject(entry, opened=bool(still_open(reported[seq]) or noticed[seq])),
            work=working[seq],
        )
        for seq in seqs
        if (entry := found.get(seq)) is not None
    )


def _appeals(r: Read, visit: Visit, open_cases: Sequence[Case]) -> dict[int, tuple[CardAppeal, ...]]:
    """What waits to be heard of these cases, by comment. One query, none where no case is an appeal."""
    about = [case.subject_seq for case in open_cases if case.kind is CaseKind.APPEAL and case.subject_seq]
    found: dict[int, tuple[CardAppeal, ...]] = {}
    for appeal in appeals.by_seqs(r, visit.site.seq, about).values():
        shown = CardAppeal(appeal.id, appeal.by is Appellant.WRITER)
        found[appeal.comment_seq] = (*found.get(appeal.comment_seq, ()), shown)
    return found


def desk_people(r: Read, visit: Visit, who: Iterable[Commenter]) -> dict[int, DeskPerson]:
    """These commenters as the desk sees them, by seq. Three queries."""
    known = {person.seq: person for person in who}
    counted = commenters.status_counts(r, visit.site.seq, known)
    flagged = commenters.flag_counts(r, visit.site.seq, known)
    recent = history.recent_of(r, visit.site.seq, known)
    return {
        seq: DeskPerson(
            id=person.id,
            name=person.name,
            since=person.since or visit.asked.now,
            mark=_mark(person),
            level=person.level,
            points=person.points,
            published=counted[seq].get(Status.PUBLISHED, 0),
            rejected=sum(counted[seq].get(status, 0) for status in _GONE),
            waiting=counted[seq].get(Status.PENDING, 0) + counted[seq].get(Status.HIDDEN, 0),
            reports_made=sum(flagged[seq].values()),
            reports_upheld=flagged[seq].get(Resolution.UPHELD, 0),
            recent=tuple(status is Status.PUBLISHED for status in recent[seq] if status not in _UNDECIDED),
            is_banned=person.is_banned(visit.asked.now),
            banned_until=person.banned_until,
            ban_reason=person.ban_reason,
            ban_code=reason_of(person.ban_code).label if person.ban_code else "",
            is_banned_everywhere=person.is_banned_everywhere,
            is_held=person.is_held(visit.asked.now),
            held_until=person.held_until,
            leaves_ladder=person.leaves_ladder,
        )
        for seq, person in known.items()
    }


def desk_story(story: Story, counted: Mapping[str, int], visit: Visit) -> DeskStory:
    """A story as the desk sees it, with how many of its comments are in which status."""
    return DeskStory(
        slug=story.slug,
        headline=story.content.headline,
        standing=story.standing(visit.asked.now),
        comments=story.published_count,
        removed=counted.get(Status.REMOVED, 0),
        waiting=counted.get(Status.PENDING, 0) + counted.get(Status.HIDDEN, 0),
        withdrawn=story.withdrawn_at is not None,
        section=story.section_name or "",
        published_at=story.published_at,
        lead=story.content.standfirst,
    )


def desk_decision(decision: Decision, *, status: Status) -> DeskDecision:
    """An entry of the record; `status` is the comment's now, which says whether it can still be undone."""
    is_undone = decision.reversed_by is not None
    return DeskDecision(
        id=decision.id,
        outcome=decision.outcome,
        at=decision.created_at,
        by=decision.by_name,
        rule=decision.rule or "",
        reason=reason_of(decision.reason).label if decision.reason else "",
        note=decision.note,
        is_undone=is_undone,
        may_undo=not is_undone
        and decision.outcome in _UNDOABLE
        and (status is decision.status_after or decision.outcome in _ARRANGING),
    )


def desk_record(record: Sequence[Decision], *, status: Status) -> tuple[DeskDecision, ...]:
    """Everything decided on a comment. What holds again, since its reversal was undone, is not called undone."""
    holds = standing_word(record)
    shown = ((each, desk_decision(each, status=status)) for each in record)
    return tuple(replace(line, is_undone=False) if each is holds else line for each, line in shown)


def undoable(last: Last | None, status: Status) -> UUID | None:
    """The last decision on a comment, if it can be taken back as the comment stands now."""
    if last is None or last.outcome not in _UNDOABLE or last.status_after is not status:
        return None
    return last.id


def desk_done(r: Read, visit: Visit, decision: Decision) -> Done:
    """A decision just taken, with its undoing."""
    entry = entries.by_seqs(r, visit.site.seq, [decision.comment_seq])[decision.comment_seq]
    return Done(
        decision=desk_decision(decision, status=entry.comment.status),
        comment_id=entry.comment.id,
        name=entry.author.name,
    )


def _whys(visit: Visit, entry: Entry, reported: Sequence[Flag], story: Story) -> tuple[Why, ...]:
    """Why the card is here: reports first, then what screening found, where the comment still waits for it."""
    opened = still_open(reported)
    whys = [reports_why(visit, story, opened)] if opened else []
    if entry.comment.status in (Status.PENDING, Status.HIDDEN):
        whys += [finding_why(visit, story, finding) for finding in entry.findings]
    return tuple(whys)


def _may_approve(entry: Entry, *, opened: bool) -> bool:
    """What stands, or was deleted by its writer, is approved only by answering reports of it; what stands last, to
    stand among the others.
    """
    if entry.comment.is_lowered and entry.comment.status is Status.PUBLISHED:
        return True
    return opened or entry.comment.status not in (Status.PUBLISHED, Status.DELETED)


def _may_reject(entry: Entry, *, opened: bool) -> bool:
    return opened or entry.comment.status not in (Status.DELETED, *_GONE)


def _answers(parent: Entry | None) -> Answered | None:
    if parent is None:
        return None
    return Answered(id=parent.comment.id, name=parent.author.name, excerpt=excerpt(parent.comment.text, 200))


def _report(flag: Flag, reporters: Mapping[int, Mapping[str | None, int]]) -> DeskReport:
    record = reporters.get(flag.reporter_seq or 0, {})
    return DeskReport(
        reason=reason_of(flag.reason).label,
        at=flag.created_at,
        name=flag.reporter_name,
        note=flag.note,
        made=sum(count for resolution, count in record.items() if resolution is not None),
        upheld=record.get(Resolution.UPHELD, 0),
        resolution=flag.resolution,
        resolved_at=flag.resolved_at,
    )


def _mark(person: Commenter) -> Mark | None:
    if person.account_seq is None:
        return Mark.FORMER
    return {Role.EDITOR: Mark.EDITOR, Role.MODERATOR: Mark.MODERATOR}.get(person.role)
