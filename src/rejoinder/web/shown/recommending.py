"""The page of one recommendation."""

from typing import ClassVar

from rejoinder.discussion.recommending import Recommended
from rejoinder.web.shown.comments import ShownComment
from rejoinder.web.shown.page import Page


class RecommendPage(Page, frozen=True, kw_only=True):
    """A comment and a button. Field sent: `back`, where it is taken back."""

    template: ClassVar[str] = "recommend.html"

    comment: ShownComment
    story_slug: str
    headline: str
    stands: Recommended
