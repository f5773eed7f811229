"""Cards that belong together, and what became of decisions: pages beside the queues."""

from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.web.shown.desk import DeskPage, Done, QueuePage


class CardsPage(QueuePage, frozen=True, kw_only=True):
    """Some cards that belong together: what is new, what says almost the same, what is one's own."""

    template: ClassVar[str] = "desk/cards.html"

    kind: str  # new, alike or mine


class DecidedPage(DeskPage, frozen=True, kw_only=True):
    """A decision just taken, and nothing else: what a script asks for while the editor reads on."""

    template: ClassVar[str] = "desk/decided.html"
    at: ClassVar[str] = "queue"

    queue: str  # with what narrows it, as `QueuePage.here`
    done: Done


class BatchLine(Struct, frozen=True, kw_only=True):
    """One comment of a batch: the decision, or why there is none."""

    comment_id: UUID
    name: str  # of its writer
    excerpt: str
    done: Done | None = None
    problem: str = ""


class BatchPage(DeskPage, frozen=True, kw_only=True):
    """What became of a batch, comment by comment. An undo is sent with `decision:ID` for each."""

    template: ClassVar[str] = "desk/batch.html"
    at: ClassVar[str] = "queue"

    queue: str  # likewise
    lines: tuple[BatchLine, ...]
    is_undo: bool = False
