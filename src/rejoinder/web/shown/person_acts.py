"""What editors did about people: on the desk's page of somebody, and on their own."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.appeals import LONGEST_APPEAL
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.web.shown.appeals import ShownAppeal
from rejoinder.web.shown.page import Page


class ShownAct(Struct, frozen=True, kw_only=True):
    """An act. `reason` is a label for the desk, a catalogue key; for its person what the policy says, worded. `by` is
    None for its person, for the command line and for another site. `appeal_until` is the last day on which its person
    can appeal, None where they cannot, or not any more.
    """

    id: UUID
    act: PersonAct
    at: datetime
    by: str | None = None
    reason: str = ""
    text: str = ""
    until: datetime | None = None
    lifts: PersonAct | None = None  # which act it takes back
    is_lifted: bool = False
    read_at: datetime | None = None  # a warning: when they said that they have read it
    holds: bool = False  # now
    may_lift: bool = False
    appeal_until: datetime | None = None
    appeal: ShownAppeal | None = None


class TypedAct(Struct, frozen=True, kw_only=True):
    """What was sent and refused. `act` is the last part of the form's address."""

    act: str = ""
    reason: str = ""
    text: str = ""
    days: str = ""


class FromEditorsPage(Page, frozen=True, kw_only=True):
    """Everything the editors did about the viewer, the newest first. A warning is acknowledged with `to`."""

    template: ClassVar[str] = "from_editors.html"

    acts: tuple[ShownAct, ...]
    is_read: bool = False  # a warning was just acknowledged


class PersonActPage(Page, frozen=True, kw_only=True):
    """What the editors did about somebody, for that person, with the appeal. `key` is how it was asked for. Field sent:
    `text`.
    """

    template: ClassVar[str] = "person_act.html"

    key: str
    act: ShownAct
    by_another: bool = True  # there is somebody else to hear an appeal
    text: str = ""
    problem: str = ""
    further: str = ""  # the site's word on what else can be done
    longest: int = LONGEST_APPEAL


class WarningPage(Page, frozen=True, kw_only=True):
    """What stands before a text that was sent: the warnings to read first. The text goes along with `to`, where it was
    written, and comes back in its box.
    """

    template: ClassVar[str] = "warned.html"

    warnings: tuple[ShownAct, ...]
    to: str
    text: str = ""


class EraseSpammerPage(Page, frozen=True, kw_only=True):
    """Asks once more, with how many comments would go under how many stories. Sent with `seen`."""

    template: ClassVar[str] = "desk/erase.html"
    at: ClassVar[str] = "people"

    id: UUID
    name: str
    comments: int
    stories: int
    seen: int
    seconds: int  # within which it can be undone before anything has gone
    problem: str = ""
