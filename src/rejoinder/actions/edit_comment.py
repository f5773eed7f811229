"""A commenter changes the text of their own comment, for a while after posting it."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.actions.call_hooks import ask_checks, tell_hooks
from rejoinder.actions.drafts import Around, copies_here, drafted, screened
from rejoinder.discussion.comments import Comment, Status, fits, may_edit
from rejoinder.discussion.hooks import Happening, until_answered, wanted
from rejoinder.discussion.moderation import marker_for
from rejoinder.discussion.screening import Screened
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, comments, places, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Write


class Edit(Struct, frozen=True, kw_only=True):
    """What was sent: the new text, and the revision its writer had before them."""

    site_seq: int
    comment_id: UUID
    commenter_seq: int
    text: str
    seen_revision: int


def edit_comment(w: Write, edit: Edit, *, now: datetime) -> Comment:
    """The changed comment. It is screened again: what was published may now be held. The same text changes nothing.
    Raises the refusals of `comments.may_edit` and `comments.fits`, and UnknownComment.
    """
    found = comments.by_id(w, edit.site_seq, edit.comment_id)
    story = stories.lock(w, edit.site_seq, found.story_seq)
    commenter = commenters.lock(w, edit.site_seq, edit.commenter_seq)
    comment = comments.lock(w, edit.site_seq, found.seq)
    rules = story.rules_here
    may_edit(
        comment,
        by=commenter,
        seen_revision=edit.seen_revision,
        rules=rules,
        standing=story.standing(now),
        now=now,
    )
    draft = drafted(w, story, edit.text)
    fits(draft.text, rules)
    if draft.text == comment.text:
        return comment
    around = Around(copies=copies_here(w, story, commenter, draft, now=now))
    new = screened(w, story, commenter, draft, created_at=comment.created_at, now=now, around=around)
    stands = until_answered(Screened(new.status, new.findings), wanted(story.hooks), by_staff=commenter.is_staff)
    new = replace(new, status=stands.status, findings=stands.findings)
    comments.set_text(w, comment, new, now=now)
    if comment.status is Status.PUBLISHED:
        _after_edit_of_published(w, story, comment, new, now=now)
        more = -1 if new.status is Status.PENDING else 0
        places.count(w, story, comment, more=more) if more else stories.changed(w, story)
    elif new.findings:
        cases.note_findings(w, comment, new.findings)
    changed = comments.by_seq(w, edit.site_seq, comment.seq)
    ask_checks(w, story, changed, by_staff=commenter.is_staff, now=now)
    tell_hooks(w, story, changed, Happening.EDITED, now=now)
    return changed


def _after_edit_of_published(w: Write, story: Story, comment: Comment, new: NewComment, *, now: datetime) -> None:
    """A published comment whose new text wants a look is hidden until it has had one."""
    if new.status is Status.PUBLISHED:
        return
    comments.set_status(w, comment, Status.HIDDEN, marker=marker_for(Status.HIDDEN, None))
    cases.open_case(w, comment, CaseKind.HELD, section_seq=story.section_seq, findings=new.findings, now=now)
