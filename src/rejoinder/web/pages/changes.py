"""How the text of a comment was changed, for its readers; and the desk's form to change it."""

from rejoinder.actions.edit_as_editor import EditorsEdit, edit_as_editor
from rejoinder.discussion.comments import Status
from rejoinder.discussion.differences import changes as changes_of
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.refusals import Invalid, StoryWithdrawn, UnknownComment
from rejoinder.store import entries, stories
from rejoinder.store.database import Read, Write
from rejoinder.store.texts import texts_of
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.desk_acts import seen_in
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.framing import chrome, edition_of, show_edition
from rejoinder.web.shown.changes import ChangesPage
from rejoinder.web.visits import Visit


def changes(r: Read, visit: Visit) -> Answer:
    """The changes of a published comment that readers may know of. Raises UnknownComment, StoryWithdrawn."""
    entry = entries.one(r, visit.site.seq, visit.asked.id())
    if entry is None or entry.comment.status is not Status.PUBLISHED:
        raise UnknownComment
    story = stories.by_seq(r, visit.site.seq, entry.comment.story_seq)
    if story.withdrawn_at is not None:
        raise StoryWithdrawn

    def draw() -> ChangesPage:
        return ChangesPage(
            chrome=chrome(r, visit),
            comment=drawing(r, visit, story, [entry]).comment(entry),
            story_slug=story.slug,
            headline=story.content.headline,
            changes=tuple(changes_of(entry.comment, texts_of(r, entry.comment), story.rules_here)),
        )

    return show_edition(visit, edition_of(visit, story), draw, asked_for=("changes", entry.comment.id))


def change_text(w: Write, visit: Visit) -> Answer:
    """The text of the path's comment as an editor typed it; then its card again."""
    by_seq, form = visit.staff().seq, visit.asked.form
    try:
        showing = Showing(form.text("showing"))
    except ValueError:
        raise Invalid(field="showing") from None
    revision, last = seen_in(form.text("revision"))
    edit = EditorsEdit(
        site_seq=visit.site.seq,
        comment_id=visit.asked.id(),
        by_seq=by_seq,
        text=form.text("text"),
        seen_revision=revision,
        seen_decision=last,
        reason=form.text("reason") or None,
        showing=showing,
        note=form.text("note"),
    )
    edit_as_editor(w, edit, now=visit.asked.now)
    return see_other(addresses.desk_comment(visit.site.key, edit.comment_id, queue=form.text("queue") or None))
