"""Posting, replying, editing and deleting: the acts. Their forms are in `comment_forms`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.post_comment import Post, Posted, post_comment
from rejoinder.discussion.comments import Status
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import OtherBodyUnderKey
from rejoinder.store import comments, entries, idempotency, stories
from rejoinder.store.database import Read, Write
from rejoinder.store.values import new_id
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.visits import Visit

KEY = 64  # characters of a form's key that count


def post(w: Write, visit: Visit) -> Answer:
    """A comment under the story of the path."""
    reader, slug = visit.reader(), visit.asked.part("slug")
    order = Post(
        site_seq=visit.site.seq,
        slug=slug,
        commenter_seq=reader.seq,
        text=visit.asked.form.text("text"),
        asks_first=True,
        anyway=visit.asked.form.text("anyway"),
        agrees=visit.asked.form.digits("agrees") or 0,
    )
    return _look_at(w, visit, slug, _once(w, visit, order))


def reply(w: Write, visit: Visit) -> Answer:
    """A reply to the comment of the path."""
    reader = visit.reader()
    slug = comments.slug_of(w, visit.site.seq, visit.asked.id())
    order = Post(
        site_seq=visit.site.seq,
        slug=slug,
        commenter_seq=reader.seq,
        text=visit.asked.form.text("text"),
        parent_id=visit.asked.id(),
        asks_first=True,
        anyway=visit.asked.form.text("anyway"),
        agrees=visit.asked.form.digits("agrees") or 0,
    )
    return _look_at(w, visit, slug, _once(w, visit, order))


def edit(w: Write, visit: Visit) -> Answer:
    """Another text for one's own comment."""
    order = Edit(
        site_seq=visit.site.seq,
        comment_id=visit.asked.id(),
        commenter_seq=visit.reader().seq,
        text=visit.asked.form.text("text"),
        seen_revision=visit.asked.form.number("revision"),
    )
    edited = edit_comment(w, order, now=visit.asked.now)
    return see_other(addresses.comment(visit.site.key, edited.id))


def delete(w: Write, visit: Visit) -> Answer:
    """One's own comment, taken away; back to where it stood."""
    reader, site = visit.reader(), visit.site
    deleted = delete_comment(w, site.seq, visit.asked.id(), commenter_seq=reader.seq, now=visit.asked.now)
    if deleted.marker != "none":
        return see_other(addresses.comment(site.key, deleted.id))
    story = stories.by_seq(w, site.seq, deleted.story_seq)
    return see_other(addresses.story(site.key, story.slug, v=story.version))


def _once(w: Write, visit: Visit, order: Post) -> Posted:
    """The posted comment; for a form that is sent again, however late, the first one. A form that comes back with
    another text is another comment. The form's key is taken first, with the id that the comment is going to have.
    """
    now, key = visit.asked.now, visit.asked.form.text("key")[:KEY]
    if not key:
        return post_comment(w, order, now=now)
    promised = new_id()
    request = {"principal": f"commenter:{order.commenter_seq}", "verb": "post-form", "key": key}
    body = f"{order.slug}:{order.parent_id}:{order.text}".encode()
    if not idempotency.keep(w, order.site_seq, **request, body=body, answer=str(promised), now=now):
        return _again(w, order, now=now, body=body, **request)
    posted = post_comment(w, replace(order, id=promised), now=now)
    if posted.again:
        idempotency.correct(w, order.site_seq, **request, answer=str(posted.comment.id))
    return posted


def _again(w: Write, order: Post, *, now: datetime, **request: Any) -> Posted:
    """What was posted under the form's key, or the posted comment where the form came back with another text."""
    try:
        kept = idempotency.answer(w, order.site_seq, **request)
    except OtherBodyUnderKey:
        kept = None
    if kept is None:
        return post_comment(w, order, now=now)
    comment = comments.by_id(w, order.site_seq, UUID(kept))
    story = stories.by_seq(w, order.site_seq, comment.story_seq)
    return Posted(comment, story.version, again=True, order=story.rules_here.order)


def _look_at(r: Read, visit: Visit, slug: str, posted: Posted) -> Answer:
    """The posted comment where it stands. One that is held is shown to its writer on the story's page."""
    site, comment = visit.site.key, posted.comment
    held = comment.status is not Status.PUBLISHED
    if held or (posted.order is Order.OLDEST and entries.is_on_first_page(r, comment)):
        return see_other(addresses.in_story(site, slug, comment.id, v=posted.version))
    return see_other(f"{addresses.comment(site, comment.id)}#{addresses.anchor(comment.id)}")
