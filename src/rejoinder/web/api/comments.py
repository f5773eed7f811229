"""Reading, posting, changing and deleting one comment."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody
from msgspec import Struct

from rejoinder.actions.delete_comment import delete_comment as delete
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.post_comment import Post, Posted
from rejoinder.actions.post_comment import post_comment as post
from rejoinder.discussion.comments import Marker, Status
from rejoinder.discussion.editions import Edition
from rejoinder.discussion.refusals import Invalid, UnknownComment
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.store import commenters, entries, idempotency, stories
from rejoinder.store.database import Read, Write
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.api.cursors import after as place_of
from rejoinder.web.api.cursors import cursor
from rejoinder.web.api.showing import is_seen, showing, showing_under
from rejoinder.web.api.stories import After, Limit, must_be_readable
from rejoinder.web.pages.framing import edition_of
from rejoinder.web.pages.previewing import count_preview, look
from rejoinder.web.visits import Visit

LONGEST_KEY = 255
VERB = "post-comment"
IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        description="A random name for this request. The same request again under it gets the first answer again.",
    ),
]


class Kept(Struct, frozen=True):
    """An answer as it is kept for its idempotency key."""

    status: int
    comment: schemas.Comment


async def get_comment(call: NamedDependency[Call], comment_id: FromPath[UUID]) -> schemas.Comment:
    """One comment. What still waits is seen by its writer and the desk only."""

    def ask(r: Read, visit: Visit) -> schemas.Comment:
        entry, story = _readable(r, visit, comment_id)
        return showing(r, visit, [entry], story).comment(entry)

    return await call.read(ask)


async def list_replies(
    call: NamedDependency[Call],
    comment_id: FromPath[UUID],
    after: After = None,
    limit: Limit = 20,
) -> schemas.Replies:
    """The replies below a comment that answers none, in the order of publication."""

    def ask(r: Read, visit: Visit) -> tuple[schemas.Replies, Edition | None]:
        entry, story = _readable(r, visit, comment_id)
        name = f"replies:{entry.comment.seq}"
        found = entries.replies_after(r, entry.comment, after=place_of(after, name), most=limit + 1)
        shown = found[:limit]
        last = shown[-1].comment.reply_place if len(found) > limit else None
        replies = schemas.Replies(
            comments=showing(r, visit, shown, story).comments(shown),
            next=cursor(name, last),
        )
        return replies, edition_of(visit, story)

    return await call.read_shared(ask)


async def post_comment(
    call: NamedDependency[Call], slug: FromPath[str], data: JSONBody[schemas.PostComment], key: IdempotencyKey = None
) -> Response[schemas.Comment]:
    """Posts a comment or a reply. 201 with the comment, whose `status` says whether it is published or waits; 200 with
    the first one for a double submit. Under an idempotency key the first answer comes back whatever has happened since.
    """
    checked = _key(key)

    def change(w: Write, visit: Visit) -> Kept:
        viewer = visit.reader()
        if checked is None:
            return _posted(w, visit, slug, data)
        stories.lock_at(w, visit.site.seq, slug)
        commenters.lock(w, visit.site.seq, viewer.seq)  # the same key twice at once: one waits for the other
        request = {"principal": f"commenter:{viewer.seq}", "verb": VERB, "key": checked}
        body = call.asked.path.encode() + b"\0" + call.asked.body
        if kept := idempotency.answer(w, visit.site.seq, **request, body=body):
            return msgspec.json.decode(kept, type=Kept)
        answer = _posted(w, visit, slug, data)
        text = msgspec.json.encode(answer).decode()
        idempotency.keep(w, visit.site.seq, **request, body=body, answer=text, now=call.asked.now)
        return answer

    kept = await call.change(change)
    return Response(kept.comment, status_code=kept.status, headers={"Location": _address(call, kept.comment.id)})


async def preview_comment(
    call: NamedDependency[Call], slug: FromPath[str], data: JSONBody[schemas.PreviewComment]
) -> schemas.Preview:
    """How a text would look under the story, and whether it would wait for an editor. Nothing is posted; it is counted,
    like previews on a page.
    """

    def ask(w: Write, visit: Visit) -> schemas.Preview:
        count_preview(w, visit, visit.reader())
        looked = look(w, visit, stories.by_slug(w, visit.site.seq, slug), data.text)
        return schemas.Preview(html=str(looked.html), held=looked.held)

    return await call.change(ask)


async def change_comment(
    call: NamedDependency[Call], comment_id: FromPath[UUID], data: JSONBody[schemas.ChangeComment]
) -> schemas.Comment:
    """Changes the text of one's own comment, for a while after it was posted. It is screened again."""

    def change(w: Write, visit: Visit) -> schemas.Comment:
        edit = Edit(
            site_seq=visit.site.seq,
            comment_id=comment_id,
            commenter_seq=visit.reader().seq,
            text=data.text,
            seen_revision=data.revision,
        )
        return _shown(w, visit, edit_comment(w, edit, now=call.asked.now).id)

    return await call.change(change)


async def delete_comment(call: NamedDependency[Call], comment_id: FromPath[UUID]) -> None:
    """Deletes one's own comment. It leaves a marker where it was answered."""

    def change(w: Write, visit: Visit) -> None:
        delete(w, visit.site.seq, comment_id, commenter_seq=visit.reader().seq, now=call.asked.now)

    await call.change(change)


def _key(key: str | None) -> str | None:
    if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(field="Idempotency-Key")
    return key


def _posted(w: Write, visit: Visit, slug: str, data: schemas.PostComment) -> Kept:
    posted: Posted = post(
        w,
        Post(
            site_seq=visit.site.seq,
            slug=slug,
            commenter_seq=visit.reader().seq,
            text=data.text,
            parent_id=data.parent,
            agrees=data.agrees,
        ),
        now=visit.asked.now,
    )
    entry = _entry(w, visit, posted.comment.id)
    shown = showing_under(w, visit, [entry], {entry.comment.story_seq: slug})
    return Kept(200 if posted.again else 201, shown.comment(entry))


def _shown(r: Read, visit: Visit, comment_id: UUID) -> schemas.Comment:
    """The viewer's own comment as it is now."""
    entry = _entry(r, visit, comment_id)
    story = stories.by_seq(r, visit.site.seq, entry.comment.story_seq)
    return showing(r, visit, [entry], story).comment(entry)


def _readable(r: Read, visit: Visit, comment_id: UUID) -> tuple[Entry, Story]:
    """The comment and its story, which the viewer may read. Raises UnknownComment, StoryWithdrawn."""
    entry = _entry(r, visit, comment_id)
    if not (is_seen(entry, visit) or _leaves_a_mark(entry)):
        raise UnknownComment
    story = stories.by_seq(r, visit.site.seq, entry.comment.story_seq)
    must_be_readable(story, visit)
    return entry, story


def _leaves_a_mark(entry: Entry) -> bool:
    """Whether readers can tell that it was there: by its marker, or by the replies below it."""
    was_there = entry.comment.was_published and entry.comment.status is not Status.PENDING
    return was_there and (entry.comment.marker is not Marker.NONE or entry.replies > 0)


def _entry(r: Read, visit: Visit, comment_id: UUID) -> Entry:
    entry = entries.one(r, visit.site.seq, comment_id)
    if entry is None:
        raise UnknownComment
    return entry


def _address(call: Call, comment_id: UUID) -> str:
    return f"/api/v1/sites/{call.asked.part('site')}/comments/{comment_id}"
