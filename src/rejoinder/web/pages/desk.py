"""The desk: what waits, and looking back. Every page asks for staff first."""

from collections.abc import Mapping
from uuid import UUID

from rejoinder.discussion.commenters import Act
from rejoinder.discussion.comments import Status
from rejoinder.discussion.editing import CHANGED
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import ClaimedByColleague, Refusal, Stale, UnknownComment, UnknownPage, _
from rejoinder.discussion.trust import Level
from rejoinder.markup import excerpt
from rejoinder.store import cases, commenters, comments, decisions, desk_news, desk_notes, entries, history, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.pages.card_work import care_of, difference_seen, fresh_sentences, in_order, shown_note
from rejoinder.web.pages.cards import cards, desk_decision, desk_done, desk_people, desk_story, undoable
from rejoinder.web.pages.desk_times import shown_times
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.merging import has_become_part, part_of
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.desk import (
    CardPage,
    DeskStoriesPage,
    DeskStoryPage,
    Done,
    LogEntry,
    LogPage,
    PersonComment,
    PersonPage,
    Queue,
    QueueCount,
    QueuePage,
    Revision,
)
from rejoinder.web.shown.desk_work import Colleague
from rejoinder.web.visits import Visit

CARDS = 25
LINES = 50


def queue(r: Read, visit: Visit) -> Answer:
    """A queue of open cases, the longest waiting first."""
    visit.staff()
    which, after = _queue(visit), cursor(visit)
    found = cases.queue(r, visit.site.seq, kind=_KINDS[which], after=after, most=CARDS + 1)
    found, more = found[:CARDS], len(found) > CARDS
    counted = cases.counts(r, visit.site.seq)
    page = QueuePage(
        chrome=chrome(r, visit, open_cases=sum(counted.values())),
        queue=which,
        counts=_counts(counted),
        cards=in_order(visit, cards(r, visit, found)),
        after=str(found[-1].seq) if more else None,
        is_first_page=not after,
        done=_done(r, visit),
        known=tuple(desk_news.newest(r, visit.site.seq, kind=_KINDS[which])),
        fresh=fresh_sentences(visit.words),
        care=care_of(visit),
    )
    return show(visit, page)


def card(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """One comment with everything decided on it and its earlier texts. Raises UnknownComment."""
    visit.staff()
    entry = entries.one(r, visit.site.seq, visit.asked.id())
    if entry is None:
        raise UnknownComment
    comment = entry.comment
    open_cases = cases.of_comment(r, visit.site.seq, comment.seq)
    is_stale = isinstance(refusal, Stale)
    page = CardPage(
        chrome=chrome(r, visit),
        queue=_queue(visit),
        card=cards(r, visit, open_cases, also=(comment.seq,))[0],
        decisions=tuple(
            desk_decision(each, status=comment.status) for each in decisions.of_comment(r, visit.site.seq, comment.seq)
        ),
        revisions=tuple(
            Revision(number=number, text=text, saved_at=saved_at, by_editor=by_editor)
            for number, text, saved_at, by_editor in comments.revisions_of(r, comment)
        ),
        may_pick=visit.may(Act.PICK) and (entry.is_picked or comment.status is Status.PUBLISHED),
        is_picked=entry.is_picked,
        problem=problem(visit, refusal),
        note=visit.asked.form.text("note"),
        may_change=comment.status in CHANGED,
        text=comment.text,
        typed="" if is_stale else visit.asked.form.text("text"),
        unsent=visit.asked.form.text("text") if is_stale else "",
        reason=visit.asked.form.text("reason"),
        showing=visit.asked.form.text("showing"),
        difference=difference_seen(r, visit, comment),
        colleagues=tuple(Colleague(each.id, each.name) for each in commenters.staff(r, visit.site.seq)),
        claimed_by=str(refusal.data["name"]) if isinstance(refusal, ClaimedByColleague) else "",
    )
    return show_form(visit, page, refusal)


def story_list(r: Read, visit: Visit) -> Answer:
    """The newest stories, with what may be done under each and what waits."""
    visit.staff()
    found = stories.newest(r, visit.site.seq, most=LINES)
    counted = history.unpublished_in(r, visit.site.seq, [story.seq for story in found])
    page = DeskStoriesPage(
        chrome=chrome(r, visit), stories=tuple(desk_story(story, counted[story.seq], visit) for story in found)
    )
    return show(visit, page)


def story(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """One story's discussion: closing, opening, withdrawing, restoring, how long it is open. Raises UnknownStory."""
    visit.staff(Act.CLOSE)
    found = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    counted = history.unpublished_in(r, visit.site.seq, [found.seq])
    page = DeskStoryPage(
        chrome=chrome(r, visit),
        story=desk_story(found, counted[found.seq], visit),
        times=shown_times(found.rules, *found.inherited),
        source=found.published_at_source,
        notice=visit.words.gettext(_DONE[done]) if (done := visit.asked.query.get("done", "")) in _DONE else "",
        problem=problem(visit, refusal),
        part_of=part_of(r, visit, found),
        has=has_become_part(r, visit, found),
        into=visit.asked.form.text("into") or visit.asked.query.get("into", ""),
    )
    return show_form(visit, page, refusal)


def person(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """A commenter's record. Raises UnknownCommenter."""
    visit.staff()
    who = commenters.by_id(r, visit.site.seq, visit.asked.id())
    written = entries.by_commenter(r, visit.site.seq, who.seq, most=LINES)
    headlines = stories.headlines(r, visit.site.seq, {entry.comment.story_seq for entry in written})
    last = desk_news.last_decisions(r, visit.site.seq, [entry.comment.seq for entry in written])
    page = PersonPage(
        chrome=chrome(r, visit),
        person=desk_people(r, visit, [who])[who.seq],
        comments=tuple(
            PersonComment(
                id=entry.comment.id,
                excerpt=excerpt(entry.comment.text, 160),
                headline=headlines.get(entry.comment.story_seq, ""),
                written_at=entry.comment.created_at,
                status=entry.comment.status,
                reason=reason_of(entry.removal_reason).label if entry.removal_reason else "",
                undo=undoable(last.get(entry.comment.seq), entry.comment.status),
            )
            for entry in written
        ),
        problem=problem(visit, refusal),
        why=visit.asked.form.text("why"),
        levels=tuple(Level) if who.is_on_ladder else (),
        notes=tuple(shown_note(note) for note in desk_notes.about(r, visit.site.seq, commenter_seqs=[who.seq])),
    )
    return show_form(visit, page, refusal)


def log(r: Read, visit: Visit) -> Answer:
    """The record of decisions, the newest first."""
    visit.staff()
    after = cursor(visit)
    found = decisions.latest(r, visit.site.seq, before=after or None, most=LINES + 1)
    found, more = found[:LINES], len(found) > LINES
    about = entries.by_seqs(r, visit.site.seq, {decision.comment_seq for decision in found})
    headlines = stories.headlines(r, visit.site.seq, {entry.comment.story_seq for entry in about.values()})
    page = LogPage(
        chrome=chrome(r, visit),
        entries=tuple(
            LogEntry(
                decision=desk_decision(decision, status=entry.comment.status),
                comment_id=entry.comment.id,
                name=entry.author.name,
                excerpt=excerpt(entry.comment.text, 120),
                headline=headlines.get(entry.comment.story_seq, ""),
            )
            for decision in found
            if (entry := about.get(decision.comment_seq)) is not None
        ),
        after=str(found[-1].seq) if more else None,
        is_first_page=not after,
    )
    return show(visit, page)


_KINDS: dict[Queue, CaseKind | None] = {
    Queue.ALL: None,
    Queue.HELD: CaseKind.HELD,
    Queue.REPORTED: CaseKind.REPORTED,
}


_DONE = {
    "close": _("The discussion is closed."),
    "reopen": _("The discussion is open again."),
    "withdraw": _("The discussion is out of sight."),
    "restore": _("The discussion is back as it was."),
    "rules": _("The times are set."),
    "merged": _("The discussions are one now."),
    "parted": _("The discussion is its own again."),
}


def _queue(visit: Visit) -> Queue:
    """The queue that was asked for. Raises UnknownPage."""
    typed = visit.asked.query.get("queue") or visit.asked.form.text("queue") or Queue.ALL.value
    if typed not in _KINDS:
        raise UnknownPage
    return Queue(typed)


def _counts(counted: Mapping[CaseKind, int]) -> tuple[QueueCount, ...]:
    return tuple(
        QueueCount(queue=which, count=sum(counted.values()) if kind is None else counted.get(kind, 0))
        for which, kind in _KINDS.items()
    )


def _done(r: Read, visit: Visit) -> Done | None:
    """The decision just taken, if the address names one of ours."""
    try:
        decision = decisions.by_id(r, visit.site.seq, UUID(visit.asked.query.get("done", "")))
    except (ValueError, Refusal):
        return None
    return desk_done(r, visit, decision)
