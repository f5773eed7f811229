"""What a person is shown of what is known of them, and the forms to correct it and to leave."""

from typing import ClassVar

from rejoinder.discussion.own_data import PersonRecord
from rejoinder.web.shown.page import Page


class OwnDataPage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "own_data.html"

    record: PersonRecord


class LeavePage(Page, frozen=True, kw_only=True):
    """Fields sent: `texts` (stay or go), and `password` where there is one."""

    template: ClassVar[str] = "leave.html"

    sites: tuple[str, ...]
    has_password: bool
    chosen: str = ""
    problem: str = ""


class GonePage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "gone.html"

    erased: bool


class EmailPage(Page, frozen=True, kw_only=True):
    """Fields sent: `email`, and `password` where there is one."""

    template: ClassVar[str] = "email.html"

    present: str
    has_password: bool
    email: str = ""
    problem: str = ""


class ChangeEmailPage(Page, frozen=True, kw_only=True):
    template: ClassVar[str] = "change_email.html"

    token: str
    email: str
