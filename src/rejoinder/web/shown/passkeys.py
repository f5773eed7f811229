"""The account's passkeys."""

from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from rejoinder.web.shown.page import Page


class ShownPasskey(Struct, frozen=True, kw_only=True):
    id: str
    name: str
    made_at: datetime


class PasskeysPage(Page, frozen=True, kw_only=True):
    """Fields sent: `answer` (from the browser, by script) and `name` for a new one; `id` and `name`, or `id`, for one
    that is there. `options` is what the browser is asked, as JSON; empty where the log-in is not fresh.
    """

    template: ClassVar[str] = "passkeys.html"

    passkeys: tuple[ShownPasskey, ...]
    is_fresh: bool
    is_possible: bool = True
    options: str = ""
    problem: str = ""


class NamePage(Page, frozen=True, kw_only=True):
    """Fields sent: `name`."""

    template: ClassVar[str] = "change_name.html"

    name: str
    typed: str
    days: int
    problem: str = ""
    longest_name: int = 40
