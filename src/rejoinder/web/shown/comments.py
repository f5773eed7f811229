"""Comments as readers see them, and the tree a page draws of them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from markupsafe import Markup
from msgspec import Struct

LEVELS = 3  # of indentation; what is deeper stands at the third and says whom it answers


class Mark(StrEnum):
    """What stands beside a name."""

    EDITOR = "editor"
    MODERATOR = "moderator"
    AUTHOR = "author of the story"
    FORMER = "former account"  # an imported name that nobody can log in with
    GUEST = "guest"
    EXPERT = "expert"
    RECOGNISED = "recognised"
    NEW = "new here"


class Gone(StrEnum):
    """Why there is a marker and no comment."""

    REMOVED = "removed"  # by an editor; `gone_reason` says why
    HIDDEN = "hidden"  # reported often, until an editor has seen it
    DELETED = "deleted"  # by its writer
    ABSENT = "absent"  # no longer here, and no more to say; its replies stay


class Answered(Struct, frozen=True, kw_only=True):
    """Whom a comment answers, and where."""

    id: UUID
    name: str
    excerpt: str = ""


class Acts(Struct, frozen=True, kw_only=True):
    """What this reader may do with this comment. Somebody who must log in first may still be led to `reply`."""

    reply: bool = False
    report: bool = False
    recommend: bool = False
    pick: bool = False  # staff only
    edit_until: datetime | None = None  # their own, while the window is open
    delete: bool = False


class ShownComment(Struct, frozen=True, kw_only=True):
    """One comment. `html` is empty where `gone` says why nothing is shown. `held` is for its writer alone: the sentence
    that says why it waits (already in their language), empty where there is no more to say than that it does.
    """

    id: UUID
    name: str
    written_at: datetime
    html: Markup = Markup()
    depth: int = 0  # as stored; drawing stops at LEVELS
    mark: Mark | None = None
    level: Mark | None = None  # on the trust ladder, where the site shows it
    badges: tuple[str, ...] = ()  # the publisher's own
    is_own: bool = False
    is_muted: bool = False  # by this reader
    edited_at: datetime | None = None
    by_editor: bool = False  # an editor changed the text last
    has_changes: bool = False  # readers can see how it was changed, or that an editor did
    to: Answered | None = None
    acts: Acts = Acts()
    held: str | None = None
    recommended: int = 0  # by accounts
    recommended_by_guests: int = 0
    has_recommended: bool = False  # this reader
    picked: bool = False  # by the editors
    pick_note: str = ""  # what they wrote beside it
    lowered: bool = False  # it stands after all others
    locked: bool = False  # it and all below it take no replies: by a decision on this very comment
    gone: Gone | None = None
    gone_reason: str = ""  # a policy reason's `told`, a catalogue key
    gone_at: datetime | None = None
    corrected_at: datetime | None = None  # the story, first after this was written
    by: UUID | None = None  # whose page the name leads to; None for who has left


class Branch(Struct, frozen=True):
    """A comment and the replies drawn below it."""

    comment: ShownComment
    replies: tuple["Branch", ...] = ()


class ShownThread(Struct, frozen=True, kw_only=True):
    """A root with its replies; `more` of them are on the thread's own page."""

    root: ShownComment
    replies: tuple[Branch, ...] = ()
    more: int = 0


def thread(root: ShownComment, replies: Sequence[ShownComment], *, more: int = 0) -> ShownThread:
    """The thread to draw: replies come in reading order with their depth as stored."""
    return ShownThread(root=root, replies=branches(replies), more=more)


def branches(comments: Sequence[ShownComment], *, level: int = 1) -> tuple[Branch, ...]:
    """The comments (in reading order) as branches at this level of indentation. Below LEVELS all stand side by side."""
    found: list[Branch] = []
    at = 0
    while at < len(comments):
        end = at + 1
        while level < LEVELS and end < len(comments) and comments[end].depth > comments[at].depth:
            end += 1
        found.append(Branch(comments[at], branches(comments[at + 1 : end], level=level + 1)))
        at = end
    return tuple(found)
