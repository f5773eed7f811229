"""How a comment's text was changed."""

from typing import ClassVar

from rejoinder.discussion.differences import Change
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class ChangesPage(Page, frozen=True, kw_only=True):
    """The comment as it is, and its changes, the latest first."""

    template: ClassVar[str] = "changes.html"

    comment: ShownComment
    story_slug: str
    headline: str
    changes: tuple[Change, ...] = ()
