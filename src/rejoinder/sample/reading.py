"""The sample's files, read into what an action can be asked for."""

import tomllib
from datetime import timedelta
from importlib import resources
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.closing import Phase, Schedule, Step
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.stories import Content, Credits, Photo


class PersonEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who writes. Only those with an address and a password can log in."""

    name: str
    role: Role = Role.READER
    email: str | None = None
    password: str | None = None


class Publication(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The site with its rules and its people."""

    key: str
    name: str
    language: str
    zone: str
    rules: dict[str, Any]
    people: tuple[PersonEntry, ...]


class FlagEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report; without `by` it comes from a reader without an account."""

    reason: str
    note: str = ""
    by: str | None = None


class DecisionEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    outcome: Outcome
    reason: str | None = None
    note: str = ""


class CommentEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment `at` so many hours after its story. What is `held` waits; `to` is the key of what it answers."""

    by: str
    at: float
    text: str
    key: str | None = None
    to: str | None = None
    edited: str | None = None
    held: bool = False
    deleted: bool = False
    flags: tuple[FlagEntry, ...] = ()
    decision: DecisionEntry | None = None


class PhaseEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    phase: Phase
    days: float


class StoryEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story published so many hours ago, with its discussion."""

    id: str
    hours_ago: float
    section: str
    headline: str
    place: str
    topics: tuple[str, ...]
    paragraphs: tuple[str, ...]
    standfirst: str = ""
    agency: str = ""
    byline: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    writing: tuple[str, ...] = ()
    editing: tuple[str, ...] = ()
    photo: Photo | None = None
    schedule: tuple[PhaseEntry, ...] = ()
    comments: tuple[CommentEntry, ...] = ()

    @property
    def content(self) -> Content:
        return Content(
            headline=self.headline,
            standfirst=self.standfirst,
            byline=self.byline,
            place=self.place,
            agency=self.agency,
            photo=self.photo,
            topics=self.topics,
            paragraphs=self.paragraphs,
            credits=Credits(reporting=self.reporting, writing=self.writing, editing=self.editing),
            language="en",
        )

    @property
    def steps(self) -> Schedule | None:
        """The story's own schedule, if it has one."""
        return tuple(Step(phase=each.phase, lasts=timedelta(days=each.days)) for each in self.schedule) or None


def publication() -> Publication:
    return msgspec.convert(told("courier.toml"), Publication)


def stories() -> list[StoryEntry]:
    """The stories, the oldest first."""
    names = [each.name for each in resources.files(__package__).joinpath("stories").iterdir()]
    read = [msgspec.convert(told(f"stories/{name}"), StoryEntry) for name in names if name.endswith(".toml")]
    return sorted(read, key=lambda story: -story.hours_ago)


def told(name: str) -> dict[str, Any]:
    """What a file of the sample says."""
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
