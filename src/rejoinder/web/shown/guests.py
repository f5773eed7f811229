"""A guest's comment: the form, and the button of the letter."""

from typing import ClassVar
from uuid import UUID

from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class GuestPage(Page, frozen=True, kw_only=True):
    """Fields sent: `text`, `name`, `email`, and `answers` for a reply."""

    template: ClassVar[str] = "guest.html"

    slug: str
    headline: str
    longest: int
    answers: UUID | None = None
    comment: ShownComment | None = None  # that is answered
    text: str = ""
    name: str = ""
    email: str = ""
    problem: str = ""
    longest_name: int = 40


class GuestConfirmPage(Page, frozen=True, kw_only=True):
    """Fields sent: `name`, and the text, which comes back where something is wrong. A button: mail scanners follow
    links but press nothing.
    """

    template: ClassVar[str] = "guest_confirm.html"

    token: str
    headline: str
    text: str
    name: str
    problem: str = ""
