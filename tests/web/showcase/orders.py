"""Discussions in an order that their reader chose, what was recommended and picked, and the page of recommending."""

from collections.abc import Iterator

from tests.web.showcase.discussions import a_discussion
from tests.web.showcase.makers import EDITOR, FORM, MAY, READER, a_chrome, a_comment, a_gone, an_answer
from tests.web.showcase.stories import ferry

from rejoinder.discussion.ranking import Order
from rejoinder.discussion.recommending import Recommended
from rejoinder.web.shown.comments import Acts, Gone, Mark, ShownThread, thread
from rejoinder.web.shown.page import Page, Viewer
from rejoinder.web.shown.recommending import RecommendPage
from rejoinder.web.shown.stories import ShownDiscussion, StoryPage


def _threads(*, staff: bool = False) -> tuple[ShownThread, ...]:
    may = Acts(reply=True, report=True, recommend=True, pick=staff)
    first = a_comment(
        "northquay",
        "In October it carried between nine and fourteen of us.",
        recommended=1204,
        recommended_by_guests=31,
        has_recommended=True,
        picked=True,
        acts=may,
    )
    answer = an_answer(
        first, "Ana Ortolani", "I have asked for the counts.", mark=Mark.AUTHOR, recommended=12, acts=may
    )
    own = a_comment("mewanbaker", "We deliver bread by that boat.", recommended=1, is_own=True, acts=Acts(delete=True))
    return thread(first, [answer]), thread(own, []), thread(a_gone(Gone.REMOVED), [])


def order_pages() -> Iterator[tuple[str, Page]]:
    """The orders."""

    def page(discussion: ShownDiscussion, viewer: Viewer | None = None) -> Page:
        return StoryPage(chrome=a_chrome(viewer), story=ferry(), discussion=discussion)

    known = {"order": Order.RECOMMENDED, "form": FORM, "reply_form": FORM}
    yield "order-recommended", page(a_discussion(threads=_threads(), cut=True, **known), READER)
    yield "order-begun-again", page(a_discussion(threads=_threads(), begun_again=True, order=Order.REPLIED))
    yield "order-editor", page(a_discussion(threads=_threads(staff=True), **known), EDITOR)
    yield "order-picks-none", page(a_discussion(threads=(), order=Order.PICKS))
    for name, stands in (
        ("recommend", Recommended(accounts=12, guests=3, mine=False)),
        ("recommended", Recommended(accounts=1, guests=0, mine=True)),
    ):
        yield (
            name,
            RecommendPage(
                chrome=a_chrome(READER, canonical=""),
                comment=a_comment("northquay", "In October it carried between nine and fourteen of us.", acts=MAY),
                story_slug="ferry",
                headline="Ferry to run through the winter",
                stands=stands,
            ),
        )
