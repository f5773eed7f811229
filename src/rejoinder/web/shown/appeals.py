"""An appeal, as whoever made it is shown it."""

from datetime import datetime

from msgspec import Struct

from rejoinder.discussion.appeals import Hearing


class ShownAppeal(Struct, frozen=True, kw_only=True):
    """An appeal as whoever made it sees it."""

    at: datetime
    text: str = ""
    outcome: Hearing | None = None
    heard_at: datetime | None = None
    answer: str = ""
    is_fresh_look: bool = False
    is_new: bool = False  # just made
