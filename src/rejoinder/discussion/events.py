"""What happened, as small frozen structs. An action notes them; they are told after the commit and never before."""

from uuid import UUID

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """Everything is told by whom it concerns: a site, and mostly a story and the version it has now."""

    site_seq: int


class SiteChanged(Event, frozen=True, kw_only=True):
    """All pages of the site may look different from this epoch on."""

    epoch: int


class StoryChanged(Event, frozen=True, kw_only=True):
    """Readers see something else under this story from this version on."""

    story_seq: int
    version: int


class CommentPosted(Event, frozen=True, kw_only=True):
    story_seq: int
    comment_id: UUID
    held: bool


class CommentFlagged(Event, frozen=True, kw_only=True):
    story_seq: int
    comment_id: UUID


class CommentDecided(Event, frozen=True, kw_only=True):
    story_seq: int
    comment_id: UUID
    outcome: str


class JobNoted(Event, frozen=True, kw_only=True):
    """Work waits in the queue; a worker may wake before its next look."""
