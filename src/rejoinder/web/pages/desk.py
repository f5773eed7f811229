"""The desk: one comment, stories, people, the record. Every page asks for staff first."""

from rejoinder.discussion.commenters import Act
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.editing import CHANGED
from rejoinder.discussion.policy import WITH_PARENT, reason_of, wording
from rejoinder.discussion.refusals import (
    ClaimedByColleague,
    DecidedMeanwhile,
    Refusal,
    Stale,
    UnknownComment,
    UnknownPage,
    _,
)
from rejoinder.discussion.sites import Mode, where_set
from rejoinder.discussion.trust import Level
from rejoinder.markup import excerpt
from rejoinder.store import (
    cases,
    commenters,
    comments,
    decisions,
    desk_news,
    desk_notes,
    entries,
    history,
    person_acts,
    policies,
    stories,
)
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.pages.card_work import difference_seen, shown_note
from rejoinder.web.pages.cards import cards, desk_people, desk_record, desk_story, undoable
from rejoinder.web.pages.desk_threads import more_acts
from rejoinder.web.pages.desk_times import shown_times
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.merging import has_become_part, part_of
from rejoinder.web.pages.narrowing import seen
from rejoinder.web.pages.person_acts import able, shown_record, typed_act
from rejoinder.web.shown.desk import (
    CardPage,
    DeskStoriesPage,
    DeskStoryPage,
    PersonComment,
    PersonPage,
    Revision,
    SectionClause,
)
from rejoinder.web.shown.desk_work import Colleague
from rejoinder.web.visits import Visit

LINES = 50


def card(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """One comment with everything decided on it and its earlier texts. Raises UnknownComment."""
    visit.staff()
    entry = entries.one(r, visit.site.seq, visit.asked.id())
    if entry is None:
        raise UnknownComment
    comment = entry.comment
    open_cases = cases.of_comment(r, visit.site.seq, comment.seq)
    is_stale = isinstance(refusal, Stale | DecidedMeanwhile)
    page = CardPage(
        chrome=chrome(r, visit),
        queue=seen(visit).here,
        card=cards(r, visit, open_cases, also=(comment.seq,))[0],
        decisions=desk_record(decisions.of_comment(r, visit.site.seq, comment.seq), status=comment.status),
        revisions=tuple(
            Revision(number=number, text=text, saved_at=saved_at, by_editor=by_editor)
            for number, text, saved_at, by_editor in comments.revisions_of(r, comment)
        ),
        may_pick=visit.may(Act.PICK) and (entry.is_picked or comment.status is Status.PUBLISHED),
        is_picked=entry.is_picked,
        more=more_acts(visit, comment, is_picked=entry.is_picked),
        problem=problem(visit, refusal),
        note=visit.asked.form.text("note"),
        also=tuple(visit.asked.form.many("also")),
        words=visit.asked.form.text("words"),
        may_change=comment.status in CHANGED,
        text=comment.text,
        typed="" if is_stale else visit.asked.form.text("text"),
        unsent=visit.asked.form.text("text") if is_stale else "",
        reason=visit.asked.form.text("reason"),
        showing=visit.asked.form.text("showing"),
        difference=difference_seen(r, visit, comment),
        colleagues=tuple(Colleague(each.id, each.name) for each in commenters.staff(r, visit.site.seq)),
        addendum=_addendum(r, visit, comment),
        claimed_by=str(refusal.data["name"]) if isinstance(refusal, ClaimedByColleague) else "",
    )
    return show_form(visit, page, refusal)


def _addendum(r: Read, visit: Visit, comment: Comment) -> tuple[SectionClause, ...]:
    """The clauses that the section of the comment's story adds, each by the first reason that an editor can choose."""
    found = policies.addendum_at(r, visit.site.seq, comment.story_seq)
    if found is None:
        return ()
    return tuple(
        SectionClause(
            number=number,
            sentence=wording(clause, visit.site.language).sentence,
            section=found.section_name or "",
            reason=reason,
        )
        for number, clause in enumerate(found.content.clauses, 1)
        if (reason := next((code for code in clause.reasons if code != WITH_PARENT.code), ""))
    )


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
        times=shown_times(found.rules, *found.above),
        tags=found.tags,
        closed_by=where_set("mode", found.layers) if found.rules_here.mode is Mode.CLOSED else "",
        source=found.published_at_source,
        notice=visit.words.gettext(_DONE[done]) if (done := visit.asked.query.get("done", "")) in _DONE else "",
        problem=problem(visit, refusal),
        part_of=part_of(r, visit, found),
        has=has_become_part(r, visit, found),
        into=visit.asked.form.text("into") or visit.asked.query.get("into", ""),
    )
    return show_form(visit, page, refusal)


def person(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """A commenter's record: what they wrote, and what was done about them. Raises UnknownCommenter, UnknownPage."""
    visit.staff()
    who = commenters.by_id(r, visit.site.seq, visit.asked.id())
    status = _status(visit)
    written = entries.by_commenter(r, visit.site.seq, who.seq, most=LINES, status=status)
    headlines = stories.headlines(r, visit.site.seq, {entry.comment.story_seq for entry in written})
    record = person_acts.record_of(r, who)
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
        levels=tuple(Level) if who.is_on_ladder else (),
        acts=shown_record(visit, record),
        able=able(visit, who),
        seen=record[-1].seq if record else 0,
        typed=typed_act(visit, refusal),
        done=visit.asked.query.get("done", ""),
        status=status,
        notes=tuple(shown_note(note) for note in desk_notes.about(r, visit.site.seq, commenter_seqs=[who.seq])),
    )
    return show_form(visit, page, refusal)


def _status(visit: Visit) -> Status | None:
    """What the comments are narrowed to. Raises UnknownPage."""
    typed = visit.asked.query.get("status")
    if not typed:
        return None
    try:
        return Status(typed)
    except ValueError:
        raise UnknownPage from None


_DONE = {
    "close": _("The discussion is closed."),
    "reopen": _("The discussion is open again."),
    "withdraw": _("The discussion is out of sight."),
    "restore": _("The discussion is back as it was."),
    "rules": _("The times are set."),
    "merged": _("The discussions are one now."),
    "parted": _("The discussion is its own again."),
}
