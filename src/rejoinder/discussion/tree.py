"""Comments as a page shows them: who wrote each, whom it answers, and the ordered tree they make.

Roots come a page at a time in the order of publication; the replies below a root come flat, also in that order, and are
put under their parents here. A late approval has the place of its publication, so no page or cursor skips it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.trust import Level


class Author(Struct, frozen=True):
    """A name as it stands now, for a comment's head."""

    seq: int
    id: UUID
    name: str
    role: Role
    has_account: bool = True  # an imported name has none
    level: Level = Level.NEW
    badges: tuple[str, ...] = ()
    is_guest: bool = False
    has_left: bool = False  # and has no page here any more


class Mention(Struct, frozen=True):
    """An @name in a comment: whose, and which of their comments it answers. The name itself is looked up at render."""

    commenter_seq: int
    comment_id: UUID | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One comment with what its head and marker need."""

    comment: Comment
    author: Author
    to_id: UUID | None = None
    to_name: str | None = None
    replies: int = 0  # published below it, if it is a root
    removal_reason: str | None = None
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()  # why it was held, if it was
    recommended: int = 0  # by accounts
    recommended_by_guests: int = 0
    is_picked: bool = False
    pick_note: str = ""  # the editor's words beside the pick


class Thread(Struct, frozen=True):
    """A root and those of its replies that the page has, in reading order; `more` replies are on the thread's page."""

    root: Entry
    replies: tuple[Entry, ...]
    more: int


def threads(roots: Sequence[Entry], replies: Iterable[Entry]) -> list[Thread]:
    """One thread for each root, in the roots' order."""
    below: dict[int, list[Entry]] = defaultdict(list)
    for reply in replies:
        if reply.comment.root_seq is not None:
            below[reply.comment.root_seq].append(reply)
    return [
        Thread(root, tuple(in_reading_order(found)), max(0, root.replies - _counted(found)))
        for root in roots
        for found in [below[root.comment.seq]]
    ]


def in_reading_order(replies: Sequence[Entry]) -> list[Entry]:
    """Replies of one root, each after its parent and before its parent's next reply (a pre-order walk, kept off the
    call stack: a chain may be 10,000 deep). A reply whose parent is not among them starts a branch of its own. What is
    lowered stands after its sisters.
    """
    present = {reply.comment.seq for reply in replies}
    children: dict[int, list[Entry]] = defaultdict(list)
    starts: list[Entry] = []
    for reply in replies:
        parent = reply.comment.parent_seq
        if parent is not None and parent in present:
            children[parent].append(reply)
        else:
            starts.append(reply)
    for sisters in (starts, *children.values()):
        sisters.sort(key=lambda reply: reply.comment.is_lowered)
    ordered: list[Entry] = []
    waiting = starts[::-1]
    while waiting:
        entry = waiting.pop()
        ordered.append(entry)
        waiting.extend(reversed(children[entry.comment.seq]))
    return ordered


def _counted(replies: Iterable[Entry]) -> int:
    return sum(1 for reply in replies if reply.comment.status == "published")
