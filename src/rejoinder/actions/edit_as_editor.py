"""An editor changes the text of somebody's comment, and says why: takes out a telephone number, say."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.drafts import drafted
from rejoinder.actions.letters import letter_to
from rejoinder.discussion.claiming import must_be_first
from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.comments import Status
from rejoinder.discussion.editing import Showing, may_change
from rejoinder.discussion.merging import must_stand_under
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.restrictions import Restriction
from rejoinder.discussion.statement import statement
from rejoinder.discussion.text import clean
from rejoinder.language import official
from rejoinder.store import commenters, comments, decisions, stories
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Write


class EditorsEdit(Struct, frozen=True, kw_only=True):
    """What was sent: the new text, the revision that was read, why, and what readers are shown of it; `seen_decision`
    as with `decide`.
    """

    site_seq: int
    comment_id: UUID
    by_seq: int
    text: str
    seen_revision: int
    reason: str | None
    showing: Showing
    note: str = ""
    seen_decision: int | None = None


def edit_as_editor(w: Write, edit: EditorsEdit, *, now: datetime) -> Decision:
    """The change on the record. Whether the comment stands is as it was: nothing is screened, no report is answered.
    The writer is told. Raises NotAllowed, UnknownComment, DecidedMeanwhile and the refusals of
    `editing.may_change`.
    """
    found = comments.by_id(w, edit.site_seq, edit.comment_id)
    story = stories.lock(w, edit.site_seq, found.story_seq)
    editor = must_be_allowed(commenters.by_seq(w, edit.site_seq, edit.by_seq), Act.DECIDE)
    comment = comments.lock(w, edit.site_seq, found.seq)
    must_stand_under(comment, story)
    must_be_first(decisions.of_comment(w, edit.site_seq, comment.seq), seen=edit.seen_decision, by_seq=editor.seq)
    draft = drafted(w, story, edit.text)
    may_change(comment, draft.text, reason=edit.reason, seen_revision=edit.seen_revision, rules=story.rules_here)
    decision = decisions.add(
        w,
        comment,
        Outcome.EDIT,
        status_after=comment.status,
        by_seq=editor.seq,
        rule=edit.showing.value,
        reason=edit.reason,
        note=clean(edit.note),
        statement=statement(
            edit.reason,
            restriction=Restriction.EDITED,
            comment=comment,
            territory=story.rules_here.territory,
            now=now,
            language=official(story.site_language),
        ),
        now=now,
    )
    new = NewComment(
        story_seq=comment.story_seq,
        commenter_seq=comment.commenter_seq,
        parent=None,
        status=comment.status,
        text=draft.text,
        html=draft.html,
        html_version=draft.html_version,
        fingerprint=draft.fingerprint,
        marks=draft.marks,
        mentions=draft.mentions,
        language=draft.language,
        policy_version=story.policy_version,
        created_at=comment.created_at,
    )
    comments.set_text(w, comment, new, by_seq=editor.seq, now=now)
    if comment.status is Status.PUBLISHED:
        stories.changed(w, story)
    event = f"decision:{decision.id}"
    letter_to(w, comment.commenter_seq, "changed", event=event, about=comment, decision=decision.seq, now=now)
    return decision
