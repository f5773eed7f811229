"""The forms of one comment: replying, editing, deleting, reporting; and a report's receipt."""

from datetime import datetime

from msgspec.structs import replace

from rejoinder.actions.read_policy import clauses_of
from rejoinder.discussion.comments import Status, closed, may_delete, may_edit
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Refusal, RepliesOnly, StoryWithdrawn, ThreadLocked, UnknownParent
from rejoinder.discussion.slowing import is_slowed
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.identity.tokens import new_device
from rejoinder.markup import quoted
from rejoinder.store import appeals, comments, entries, flags, reporters, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, cookie
from rejoinder.web.decided import also_told, reason_told, report_until, shown_appeal, upheld_by
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.previewing import filled
from rejoinder.web.pages.story import barred, must_be_visible, texts_of, why_not, write_form
from rejoinder.web.shown.acts import DeletePage, EditPage, ReceiptPage, ReplyPage, ReportPage, WritePage
from rejoinder.web.shown.stories import Barred
from rejoinder.web.visits import Visit

A_YEAR = 365 * 86400  # seconds


def reply(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """A box below what is answered; after a refusal, with what was sent. Raises UnknownParent, ThreadLocked,
    StoryClosed, StoryRests, StoryWithdrawn.
    """
    entry, story = asked_for(r, visit)
    if entry.comment.status is not Status.PUBLISHED:
        raise UnknownParent
    if entry.comment.locked_by is not None:
        raise ThreadLocked
    if story.withdrawn_at is not None:
        raise StoryWithdrawn
    standing = story.standing(visit.asked.now)
    if not standing.takes_replies:
        raise closed(standing)
    why = barred(visit, story)
    why = None if why is Barred.LOG_IN else why
    form = filled(r, visit, story, refusal) if why is None else None
    if form and not form.text and visit.asked.query.get("quote"):
        form = replace(form, text=quoted(entry.comment.text))
    if form and form.guest:
        form = replace(form, guest=addresses.guest(visit.site.key, story.slug, answers=entry.comment.id))
    page = ReplyPage(
        chrome=chrome(r, visit),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        story_slug=story.slug,
        headline=story.content.headline,
        form=form,
        barred=why,
        **why_not(r, visit, why),
    )
    return show_form(visit, page, refusal)


def write(r: Read, visit: Visit) -> Answer:
    """The box of a story by itself, for who comes from the publisher's own page. Raises UnknownStory, StoryWithdrawn,
    StoryClosed, StoryRests, RepliesOnly.
    """
    story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, visit.asked.part("slug")))
    standing = story.standing(visit.asked.now)
    if story.withdrawn_at is not None:
        raise StoryWithdrawn
    if not standing.takes_comments:
        raise RepliesOnly if standing.takes_replies else closed(standing)
    why = barred(visit, story)
    why = None if why is Barred.LOG_IN else why
    page = WritePage(
        chrome=chrome(r, visit),
        story_slug=story.slug,
        headline=story.content.headline,
        standing=standing,
        texts=texts_of(visit, story),
        form=filled(r, visit, story, None) if why is None else None,
        barred=why,
        **why_not(r, visit, why),
    )
    return show(visit, page)


def edit(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """One's own comment in a box; after a refusal, what was sent. Raises the refusals of `comments.may_edit`."""
    entry, story = asked_for(r, visit)
    comment, rules = entry.comment, story.rules_here
    may_edit(
        comment,
        by=visit.reader(),
        seen_revision=comment.revision,
        rules=rules,
        standing=story.standing(visit.asked.now),
        now=visit.asked.now,
    )
    text = visit.asked.form.text("text") if refusal else comment.text
    page = EditPage(
        chrome=chrome(r, visit),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        story_slug=story.slug,
        headline=story.content.headline,
        form=write_form(story, text=text, problem=problem(visit, refusal)),
        revision=comment.revision,
    )
    return show_form(visit, page, refusal)


def delete(r: Read, visit: Visit) -> Answer:
    """Asks once more. Raises NotYours, NotEditable."""
    entry, story = asked_for(r, visit)
    may_delete(entry.comment, by=visit.reader())
    page = DeletePage(
        chrome=chrome(r, visit),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        story_slug=story.slug,
        headline=story.content.headline,
        has_replies=comments.has_answer(r, entry.comment),
    )
    return show(visit, page)


def report(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The reasons, for everybody: no account is needed, and a comment of any status can be reported."""
    entry, story = asked_for(r, visit)
    form = visit.asked.form
    page = ReportPage(
        chrome=chrome(r, visit),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        story_slug=story.slug,
        headline=story.content.headline,
        reason=form.text("reason"),
        note=form.text("note"),
        email=form.text("email"),
        problem=problem(visit, refusal),
        slowed_until=_slowed_until(r, visit),
    )
    return with_device(visit, show_form(visit, page, refusal))


def receipt(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """What became of a report, for whoever has its receipt, and appealing against a refusal. Raises UnknownReceipt."""
    given = visit.asked.part("receipt")
    reported = flags.by_receipt(r, visit.site.seq, given)
    flag, now = reported.flag, visit.asked.now
    comment = comments.by_seq(r, visit.site.seq, flag.comment_seq)
    entry = entries.one(r, visit.site.seq, comment.id)
    story = stories.by_seq(r, visit.site.seq, comment.story_seq)
    if entry is None:
        raise LookupError(flag.comment_seq)
    appeal = appeals.about_flag(r, visit.site.seq, flag.seq) if flag.resolution else None
    decision = upheld_by(r, visit.site.seq, reported)
    page = ReceiptPage(
        chrome=chrome(r, visit),
        reason=reason_of(flag.reason).label,
        reported_at=flag.created_at,
        headline=story.content.headline,
        story_slug=story.slug,
        comment=drawing(r, visit, story, [entry]).comment(entry),
        note=flag.note,
        email=reported.email or "",
        is_new=(now - flag.created_at).total_seconds() < 60,  # noqa: PLR2004 - a minute
        resolution=flag.resolution,
        resolved_at=flag.resolved_at,
        receipt=given,
        told=reason_told(decision),
        also=also_told(decision),
        clauses=clauses_of(r, visit.site, decision, visit.words.gettext) if decision else (),
        until=report_until(flag, comment, appeal, now=now),
        appeal=shown_appeal(appeal, now=now),
        text=visit.asked.form.text("text"),
        problem=problem(visit, refusal),
        further=visit.site.texts.redress,
    )
    return show_form(visit, page, refusal)


def asked_for(r: Read, visit: Visit) -> tuple[Entry, Story]:
    """The comment of the path with its story. Raises UnknownComment."""
    entry = must_be_visible(visit, entries.one(r, visit.site.seq, visit.asked.id()))
    return entry, stories.by_seq(r, visit.site.seq, entry.comment.story_seq)


def _slowed_until(r: Read, visit: Visit) -> datetime | None:
    """Until when the viewer's reports wait behind others, if they do."""
    until = reporters.standing(r, visit.site.seq, visit.viewer.seq).slowed_until if visit.viewer else None
    return until if is_slowed(until, now=visit.asked.now) else None


def with_device(visit: Visit, answer: Answer) -> Answer:
    """The answer with a signed id for a browser without an account, so that it reports a comment once."""
    if visit.viewer is not None or visit.device is not None:
        return answer
    kept = cookie(
        visit.options.device_cookie, new_device(visit.options.secret), secure=visit.options.is_https, seconds=A_YEAR
    )
    return replace(answer, cookies=(*answer.cookies, kept))
