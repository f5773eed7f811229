"""Comments that a page states in its structured data: schema.org Comment, nested or naming their parents."""

from collections.abc import Sequence

from msgspec import Struct

from rejoinder.importers.instants import Instants
from rejoinder.importers.record import CommentRecord, Remark, UnclearTime
from rejoinder.importers.stamps import stamp_in
from rejoinder.importers.stories.flowing_text import plain
from rejoinder.importers.stories.items import Item, address_in, is_a, listed, text_in

_TYPES = frozenset(["Comment", "UserComments"])
_TEXT = ("text", "commentText", "articleBody", "description")
_TIME = ("dateCreated", "datePublished", "commentTime")
_AUTHOR = ("author", "creator")


class _Placed(Struct, frozen=True, kw_only=True):
    item: Item
    key: str
    parent_key: str | None


def comments_in(items: Sequence[Item], *, instants: Instants) -> tuple[tuple[CommentRecord, ...], tuple[Remark, ...]]:
    """The comments in document order; one without name, text or a clear time is left out and remarked, and its replies
    then answer nobody.
    """
    read = [_comment(placed, instants) for placed in _placed(items)]
    taken = [comment for comment in read if comment is not None]
    keys = {comment.key for comment in taken}
    comments = tuple(_freed(comment) if comment.parent_key not in keys else comment for comment in taken)
    left_out = len(read) - len(taken)
    sentence = f"{left_out} comment(s) of the page have no name, no text or no clear time, and were left out."
    return comments, (Remark(code="comments-left-out", text=sentence),) if left_out else ()


def _placed(items: Sequence[Item]) -> list[_Placed]:
    """Each comment with its key (its own, or its number) and its parent's: the comment it is nested in, or names."""
    comments = {id(item): item for item in items if is_a(item, _TYPES)}
    keys = {
        at: text_in(item.get("identifier")) or address_in([item]) or f"#{i}"
        for i, (at, item) in enumerate(comments.items())
    }
    nested = {id(child): at for at, item in comments.items() for child in listed(item.get("comment"))}
    placed = []
    for at, item in comments.items():
        named = listed(item.get("parentItem"))
        parent = keys.get(nested.get(at, 0)) or next((keys[id(p)] for p in named if id(p) in keys), None)
        placed.append(_Placed(item=item, key=keys[at], parent_key=parent or address_in(named) or None))
    return placed


def _comment(placed: _Placed, instants: Instants) -> CommentRecord | None:
    item = placed.item
    name = next((name for key in _AUTHOR if (name := text_in(item.get(key)))), "")
    text = next((plain(str(found[0])) for key in _TEXT if (found := listed(item.get(key)))), "")
    stamp = next((stamp for key in _TIME if (stamp := stamp_in(text_in(item.get(key))))), None)
    if not (name and text and stamp):
        return None
    try:
        written_at = instants.of(stamp)
    except UnclearTime:
        return None
    return CommentRecord(name=name, written_at=written_at, text=text, key=placed.key, parent_key=placed.parent_key)


def _freed(comment: CommentRecord) -> CommentRecord:
    return CommentRecord(name=comment.name, written_at=comment.written_at, text=comment.text, key=comment.key)
