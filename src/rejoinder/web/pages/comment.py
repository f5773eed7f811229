"""Posting, replying, editing and deleting: the acts. Their forms are in `comment_forms`."""

from uuid import UUID

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.post_comment import Post, Posted, post_comment
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.refusals import OtherBodyUnderKey
from rejoinder.store import comments, entries, idempotency, stories
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.visits import Visit

KEY = 64  # characters of a form's key that count


async def post(doing: Doing) -> Answer:
    """A comment under the story of the path."""
    visit = doing.visit
    reader = visit.reader()
    slug = visit.asked.part("slug")
    story = await doing.read(lambda r: stories.by_slug(r, visit.site.seq, slug))
    order = Post(
        site_seq=visit.site.seq,
        story_seq=story.seq,
        commenter_seq=reader.seq,
        text=visit.asked.form.text("text"),
    )
    posted = await doing.write(lambda w: _once(w, visit, order))
    return await _look_at(doing, slug, posted)


async def reply(doing: Doing) -> Answer:
    """A reply to the comment of the path."""
    visit = doing.visit
    reader = visit.reader()

    def look(r: Read) -> tuple[Comment, str]:
        parent = comments.by_id(r, visit.site.seq, visit.asked.id())
        return parent, stories.by_seq(r, visit.site.seq, parent.story_seq).slug

    parent, slug = await doing.read(look)
    order = Post(
        site_seq=visit.site.seq,
        story_seq=parent.story_seq,
        commenter_seq=reader.seq,
        text=visit.asked.form.text("text"),
        parent_id=parent.id,
    )
    posted = await doing.write(lambda w: _once(w, visit, order))
    return await _look_at(doing, slug, posted)


async def edit(doing: Doing) -> Answer:
    """Another text for one's own comment."""
    visit = doing.visit
    order = Edit(
        site_seq=visit.site.seq,
        comment_id=visit.asked.id(),
        commenter_seq=visit.reader().seq,
        text=visit.asked.form.text("text"),
        seen_revision=visit.asked.form.number("revision"),
    )
    edited = await doing.write(lambda w: edit_comment(w, order, now=visit.asked.now))
    return see_other(addresses.comment(visit.site.key, edited.id))


async def delete(doing: Doing) -> Answer:
    """One's own comment, taken away; back to where it stood."""
    visit = doing.visit
    reader = visit.reader()
    comment_id = visit.asked.id()

    deleted = await doing.write(
        lambda w: delete_comment(w, visit.site.seq, comment_id, commenter_seq=reader.seq, now=visit.asked.now)
    )
    if deleted.marker != "none":
        return see_other(addresses.comment(visit.site.key, deleted.id))
    story = await doing.read(lambda r: stories.by_seq(r, visit.site.seq, deleted.story_seq))
    return see_other(addresses.story(visit.site.key, story.slug, v=story.version))


def _once(w: Write, visit: Visit, order: Post) -> Posted:
    """The posted comment; for a form that is sent again, however late, the first one. A form that comes back with
    another text is another comment.
    """
    key = visit.asked.form.text("key")[:KEY]
    if not key:
        return post_comment(w, order, now=visit.asked.now)
    request = {"principal": f"commenter:{order.commenter_seq}", "verb": "post-form", "key": key}
    body = f"{order.story_seq}:{order.parent_id}:{order.text}".encode()
    try:
        kept = idempotency.answer(w, order.site_seq, **request, body=body)
    except OtherBodyUnderKey:
        return post_comment(w, order, now=visit.asked.now)
    if kept is not None:
        comment = comments.by_id(w, order.site_seq, UUID(kept))
        return Posted(comment, stories.by_seq(w, order.site_seq, order.story_seq).version, again=True)
    posted = post_comment(w, order, now=visit.asked.now)
    idempotency.keep(w, order.site_seq, **request, body=body, answer=str(posted.comment.id), now=visit.asked.now)
    return posted


async def _look_at(doing: Doing, slug: str, posted: Posted) -> Answer:
    """The posted comment where it stands. One that is held is shown to its writer on the story's page."""
    site, comment = doing.visit.site.key, posted.comment
    held = comment.status is not Status.PUBLISHED
    if held or await doing.read(
        lambda r: entries.is_on_first_page(r, comments.by_seq(r, comment.site_seq, comment.seq))
    ):
        return see_other(addresses.in_story(site, slug, comment.id, v=posted.version))
    return see_other(f"{addresses.comment(site, comment.id)}#{addresses.anchor(comment.id)}")
