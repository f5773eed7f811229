"""Every page in every state, made up: what the look is judged by. `python -m tests.web.showcase FOLDER [PAGE…]` takes
pictures of them, narrow and wide, light and dark.
"""

from tests.web.showcase.accounts import account_pages, own_data_pages
from tests.web.showcase.acts import act_pages, refused_pages
from tests.web.showcase.appeals import appeal_pages
from tests.web.showcase.decisions import decision_pages
from tests.web.showcase.desk import desk_pages
from tests.web.showcase.desk_work import desk_work_pages
from tests.web.showcase.makers import NOW, ZONE
from tests.web.showcase.news import news_pages
from tests.web.showcase.notices import notice_pages
from tests.web.showcase.orders import order_pages
from tests.web.showcase.people import arranged_pages, desk_people_pages, desk_thread_pages, reader_pages
from tests.web.showcase.picks import pick_pages
from tests.web.showcase.policy import policy_pages
from tests.web.showcase.queues import queue_pages
from tests.web.showcase.records import record_pages
from tests.web.showcase.rules import rule_pages
from tests.web.showcase.sign_in import sign_in_pages
from tests.web.showcase.stories import list_pages, story_pages
from tests.web.showcase.today import today_pages

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
        today_pages,
        pick_pages,
        policy_pages,
        rule_pages,
        queue_pages,
        decision_pages,
        appeal_pages,
        desk_work_pages,
        record_pages,
        notice_pages,
        desk_people_pages,
        desk_thread_pages,
        reader_pages,
        arranged_pages,
    )
    return {name: page for each in everything for name, page in each()}


def drawn(page: Page) -> str:
    """The page as HTML."""
    return render(page, words=words(page.chrome.language), zone=ZONE, now=NOW)
