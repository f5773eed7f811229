"""Every page in every state, made up: what the look is judged by. `python -m tests.web.showcase FOLDER [PAGE…]` takes
pictures of them, narrow and wide, light and dark.
"""

from tests.web.showcase.accounts import account_pages, own_data_pages
from tests.web.showcase.acts import act_pages, refused_pages
from tests.web.showcase.desk import desk_pages
from tests.web.showcase.makers import NOW, ZONE
from tests.web.showcase.news import news_pages
from tests.web.showcase.notices import notice_pages
from tests.web.showcase.orders import order_pages
from tests.web.showcase.queues import queue_pages
from tests.web.showcase.records import record_pages
from tests.web.showcase.sign_in import sign_in_pages
from tests.web.showcase.stories import list_pages, story_pages

from rejoinder.language import words
from rejoinder.web.rendering import render
from rejoinder.web.shown.page import Page


def pages() -> dict[str, Page]:
    """Every page by its name."""
    everything = (
        story_pages,
        order_pages,
        list_pages,
        act_pages,
        account_pages,
        own_data_pages,
        news_pages,
        sign_in_pages,
        refused_pages,
        desk_pages,
        queue_pages,
        record_pages,
        notice_pages,
    )
    return {name: page for each in everything for name, page in each()}


def drawn(page: Page) -> str:
    """The page as HTML."""
    return render(page, words=words(page.chrome.language), zone=ZONE, now=NOW)
