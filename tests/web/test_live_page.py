"""A page that is read while others write, in a real Chromium: told by events, and by asking where those do not come."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.makers import after
from tests.serving import Served, running

from rejoinder import app
from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.moderation import Outcome
from rejoinder.front.protocol import FrontProtocol
from rejoinder.store.database import Database

pytestmark = pytest.mark.browser


class Live(Served):
    """A server that notes what it is asked, and can hold events back as some proxies do."""

    def __init__(self, database: Database, port: int) -> None:
        super().__init__(database, port)
        self.holds_back = False
        self.asked: list[bytes] = []

    def protocol(self, **known: Any) -> FrontProtocol:
        live = self

        class Noting(FrontProtocol):
            def data_received(self, data: bytes) -> None:
                line = data.partition(b"\r\n")[0]
                live.asked.append(line)
                if live.holds_back and b"/live?" in line:
                    self._leave()
                    self.transport.set_protocol(asyncio.Protocol())
                else:
                    super().data_received(data)

        return Noting(door=live.door, **known)

    def hear(self, what: bytes) -> int:
        """How many requests had this in their first line."""
        return sum(what in line for line in self.asked)


@pytest.fixture
def live(database: Database) -> Iterator[Live]:
    listening = socket.create_server(("127.0.0.1", 0))
    serving = Live(database, listening.getsockname()[1])
    serving.server = app.server_of(serving.door, serving.ear)
    serving.server.config.http = serving.protocol  # type: ignore[assignment] # a factory, called as uvicorn calls a class
    yield from running(serving, listening)


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    context.add_init_script("Math.random = () => 0")  # open pages ask at moments of their own; this one at once
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def notice(tab: Page) -> Any:
    return expect(tab.locator(".fresh"))


def wait(tab: Page, condition: Callable[[], object]) -> None:
    """Waits until that is so."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        tab.wait_for_timeout(10)


def open_page(live: Live, tab: Page, query: str = "") -> None:
    """The story's page, once it hears."""
    tab.goto(live.url + live.story + query)
    wait(tab, lambda: live.door.hub.counts.readers)


def test_new_comments_are_told_and_nothing_moves_until_they_are_asked_for(live: Live, tab: Page) -> None:
    first = live.setting.post("Nine on Monday.")
    open_page(live, tab)
    expect(tab.locator("h2 .count")).to_have_text("1 comment")
    stood_at = tab.locator(".c").bounding_box()
    live.setting.post("Eleven on Tuesday.")
    notice(tab).to_have_text("1 new comment")
    live.setting.post("I counted ten.", by=live.setting.editor, parent_id=first.id)
    notice(tab).to_have_text("2 new comments")
    expect(tab.locator("h2 .count")).to_have_text("3 comments")
    expect(tab.locator(".c")).to_have_count(1)
    assert tab.locator(".c").bounding_box() == stood_at

    tab.get_by_role("link", name="2 new comments").click()

    expect(tab.locator(".c .said")).to_have_text(["Nine on Monday.", "I counted ten.", "Eleven on Tuesday."])
    expect(tab.locator(".thread > li > ol .said")).to_have_text("I counted ten.")
    notice(tab).to_have_text("")
    expect(tab.locator(":target .said")).to_have_text("Eleven on Tuesday.")
    assert live.hear(b"GET " + live.story.encode() + b" ") == 1  # it was not loaded again
    assert live.hear(b"live.json") == 0


def test_what_was_shown_in_place_stands_where_it_stands_when_loaded_again(live: Live, tab: Page) -> None:
    above = live.setting.post("Nine on Monday.")
    open_page(live, tab)
    for number in range(5):
        above = live.setting.post(f"Answer {number}.", parent_id=above.id)
    other = live.setting.post("Another answer.", parent_id=above.id)
    tab.get_by_role("link", name="6 new comments").click()
    expect(tab.locator(f"#c-{other.id}")).to_be_visible()
    nested = "e => [...e.querySelectorAll('.c')].map((c) => { let d = 0; for (let o = c; (o = o.parentElement.closest('ol'));) d++; return c.id + d })"  # noqa: E501 - a line of script
    shown = tab.locator(".discussion").evaluate(nested)

    tab.goto(live.url + live.story)

    assert tab.locator(".discussion").evaluate(nested) == shown


def test_one_after_another_they_stand_at_the_end(live: Live, tab: Page) -> None:
    first = live.setting.post("Nine on Monday.")
    live.setting.post("Eleven on Tuesday.")
    open_page(live, tab, "?view=flat")
    live.setting.post("I counted ten.", parent_id=first.id)

    tab.get_by_role("link", name="1 new comment").click()

    expect(tab.locator(".c .said")).to_have_text(["Nine on Monday.", "Eleven on Tuesday.", "I counted ten."])


def test_what_belongs_on_another_page_is_led_to(live: Live, tab: Page) -> None:
    for number in range(22):
        live.setting.post(f"Boat {number}.")
    open_page(live, tab)
    live.setting.post("Eleven on Tuesday.")

    tab.get_by_role("link", name="1 new comment").click()

    expect(tab.locator(".c .said")).to_have_text("Eleven on Tuesday.")
    assert "view=flat&after=22" in tab.url
    notice(tab).to_have_text("")


def test_what_was_removed_before_it_was_asked_for_is_not_shown(live: Live, tab: Page) -> None:
    live.setting.post("Nine on Monday.")
    open_page(live, tab)
    removed = live.setting.post("Eleven on Tuesday.")
    notice(tab).to_have_text("1 new comment")
    live.setting.decide(removed, Outcome.REJECT)
    expect(tab.locator("h2 .count")).to_have_text("1 comment")

    tab.get_by_role("link", name="1 new comment").click()

    tab.wait_for_url("**view=flat**")
    expect(tab.get_by_text("Eleven on Tuesday.")).to_have_count(0)


def test_what_was_published_while_the_page_was_on_its_way_is_told(live: Live, tab: Page) -> None:
    def meanwhile(route: Any) -> None:
        live.setting.post("Nine on Monday.")
        route.continue_()

    tab.route("**/static/live.*.js", meanwhile)
    tab.goto(live.url + live.story)

    notice(tab).to_have_text("1 new comment")


def test_a_removal_is_told_by_the_figure_alone(live: Live, tab: Page) -> None:
    first = live.setting.post("Nine on Monday.")
    live.setting.post("Eleven on Tuesday.")
    open_page(live, tab)
    expect(tab.locator("h2 .count")).to_have_text("2 comments")
    live.setting.decide(first, Outcome.REJECT)

    expect(tab.locator("h2 .count")).to_have_text("1 comment")
    notice(tab).to_have_text("")


def to_next_phase(live: Live) -> None:
    """Moves the clock to where what may be done changes."""
    live.now = live.setting.story_now().standing(live.now).until or live.now
    live.ear.hear(None)  # the clock of this test jumps, so that no alarm rings


def as_reader(live: Live, tab: Page) -> None:
    """The browser is the reader's from now on."""
    cookie = live.session_cookie(live.setting.reader)
    tab.context.add_cookies([{"name": live.options.session_cookie, "value": cookie, "url": live.url}])


def test_a_discussion_that_closes_meanwhile_closes_on_open_pages(live: Live, tab: Page) -> None:
    comment = live.setting.post("Nine on Monday.", by=live.setting.editor)
    as_reader(live, tab)
    open_page(live, tab)
    expect(tab.locator("form.write")).to_be_visible()
    to_next_phase(live)

    expect(tab.locator(".until")).to_have_text("Closed to new comments.")
    expect(tab.locator("form.write")).to_have_count(0)
    expect(tab.locator(".closed")).to_be_visible()
    expect(tab.locator(f"#c-{comment.id} .reply")).to_have_count(0)
    expect(tab.locator(f"#c-{comment.id} .report")).to_be_visible()
    notice(tab).to_have_text("")


def test_what_is_being_typed_when_it_closes_stays(live: Live, tab: Page) -> None:
    as_reader(live, tab)
    open_page(live, tab)
    tab.locator("form.write textarea").fill("I was about to say")
    to_next_phase(live)

    expect(tab.locator(".until")).to_have_text("Closed to new comments.")
    expect(tab.locator("form.write textarea")).to_have_value("I was about to say")
    expect(tab.locator("form.write .send button").first).to_be_disabled()


def test_a_resting_discussion_opens_on_open_pages(live: Live, tab: Page) -> None:
    setting = live.setting
    comment = setting.post("Nine on Monday.", by=setting.editor)
    rest = {"closed_hours": ["22:00-06:00"]}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, rest, by_seq=None, now=live.now))
    live.now = after(hours=11)
    as_reader(live, tab)
    open_page(live, tab)
    expect(tab.locator(".until")).to_contain_text("Resting until")
    to_next_phase(live)

    expect(tab.locator(".until")).to_contain_text("Open until")
    tab.locator(f"#c-{comment.id} .reply").click()
    box = tab.get_by_label("Your reply")
    box.fill("Good morning.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_text("Good morning.")).to_be_visible()


def test_where_a_page_cannot_be_brought_up_to_date_it_says_so(live: Live, tab: Page) -> None:
    open_page(live, tab)
    tab.route("**/stories/*", lambda route: route.abort())
    to_next_phase(live)

    link = tab.get_by_role("link", name="What may be done here has changed")
    expect(link).to_be_visible()
    tab.unroute("**/stories/*")
    link.click()
    expect(tab.locator(".until")).to_have_text("Closed to new comments.")
    notice(tab).to_have_text("")


def test_where_events_are_held_back_the_page_asks_instead(live: Live, tab: Page) -> None:
    live.holds_back = True
    tab.clock.install()
    tab.goto(live.url + live.story)
    wait(tab, lambda: live.hear(b"/live?"))
    live.setting.post("Nine on Monday.")

    tab.clock.fast_forward(6_000)
    wait(tab, lambda: live.hear(b"live.json"))
    tab.clock.run_for(1_500)

    notice(tab).to_have_text("1 new comment")
    tab.clock.fast_forward(20_500)
    wait(tab, lambda: live.hear(b"live.json") == 2)


def test_where_there_are_no_events_the_page_asks_instead(served: Served, tab: Page) -> None:
    statuses: list[int] = []
    tab.on("response", lambda answer: statuses.append(answer.status) if "live.json" in answer.url else None)
    tab.clock.install()
    served.door.streams.close()
    tab.goto(served.url + served.story)
    for _ in range(20):  # as soon as the browser knows that there are none
        tab.clock.run_for(500)
        tab.wait_for_timeout(20)
    wait(tab, lambda: statuses)
    served.setting.post("Nine on Monday.")
    tab.clock.fast_forward(20_500)
    wait(tab, lambda: len(statuses) == 2)
    tab.clock.run_for(1_500)

    notice(tab).to_have_text("1 new comment")


def test_a_page_nobody_scrolled_to_the_discussion_of_opens_nothing(live: Live, tab: Page) -> None:
    tab.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " document.querySelector('.discussion').style.marginBlockStart = '9000px' })"
    )
    tab.goto(live.url + live.story)
    tab.wait_for_timeout(200)
    assert live.hear(b"/live?") == 0

    tab.locator("#discussion").scroll_into_view_if_needed()

    wait(tab, lambda: live.hear(b"/live?"))
