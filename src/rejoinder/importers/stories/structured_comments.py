"""Comments that a page states in its structured data: schema.org Comment, nested or naming their parents."""

import hashlib
from collections.abc import Sequence
from typing import Any

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
    key: str | None
    parent_key: str | None


def comments_in(items: Sequence[Item], *, instants: Instants) -> tuple[tuple[CommentRecord, ...], tuple[Remark, ...]]:
    """The comments in document order; one without name, text or a clear time is left out and remarked, and its replies
    then answer nobody.
    """
    read = [_comment(placed, instants) for placed in _placed(items)]
    taken = [comment for comment in read if comment is not None]
    keys = {comment.key for comment in taken}
    comments = tuple(
        _freed(comment) if comment.parent_key is None or comment.parent_key not in keys else comment
        for comment in taken
    )
    left_out = len(read) - len(taken)
    sentence = f"{left_out} comment(s) of the page have no name, no text or no clear time, and were left out."
    return comments, (Remark(code="comments-left-out", text=sentence),) if left_out else ()


def _placed(items: Sequence[Item]) -> list[_Placed]:
    """Each comment with its key and its parent's: the comment it is nested in, or the one it names. A comment without a
    key of its own gets one from what it says, if replies need it; numbers would change with the page.
    """
    comments = {id(item): item for item in items if is_a(item, _TYPES)}
    nested = {id(child): at for at, item in comments.items() for child in listed(item.get("comment"))}
    answered = {*nested.values(), *(id(parent) for item in comments.values() for parent in _named_parents(item))}
    keys = {at: _own_key(item) or (_made_key(item) if at in answered else None) for at, item in comments.items()}
    placed = []
    for at, item in comments.items():
        above = [nested[at]] if at in nested else [id(parent) for parent in _named_parents(item)]
        parent = next((key for other in above if (key := keys.get(other))), None)
        parent = parent or address_in(_named_parents(item)) or None
        placed.append(_Placed(item=item, key=keys[at], parent_key=parent))
    return placed


def _named_parents(item: Item) -> list[Any]:
    return listed(item.get("parentItem"))


def _own_key(item: Item) -> str | None:
    return text_in(item.get("identifier")) or address_in([item]) or None


def _made_key(item: Item) -> str:
    said = "\n".join(str(item.get(key)) for key in (*_AUTHOR, *_TIME, *_TEXT))
    return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


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
