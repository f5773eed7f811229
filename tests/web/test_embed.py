"""The embed in a page of another site with a strict policy, in a real Chromium that sends no third-party cookie."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.makers import a_commenter
from tests.serving import Served
from tests.web.publisher import STYLE, Publisher, publishing
from tests.web.test_foreign_page import SHIFTS, STYLE_OF, TAGS

from rejoinder.actions.change_origins import add_origin

pytestmark = pytest.mark.browser

ROOM = "rejoinder-discussion:not(:defined) { display: block; min-block-size: 100vh }"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ferry to run through the winter</title><link rel="stylesheet" href="/page.css"><script src="/watch.js"></script>
<script type="module" src="{rejoinder}/embed.js"></script></head>
<body><main><h1>Ferry to run through the winter</h1><p>The ferry will sail four times a day.</p>
{piece}
<footer><p>The Harbour Courier</p></footer></main></body></html>"""
WATCH = """
window.heard = [];
document.addEventListener("securitypolicyviolation", (event) => heard.push(["violation", event.violatedDirective]));
for (const name of ["ready", "comment", "report", "login", "logout", "fresh", "error"]) {
  document.addEventListener(`rejoinder:${name}`, ({ detail }) => heard.push([name, detail]));
}
addEventListener("message", ({ origin, data }) => heard.push(["message", origin, data?.type]));
window.opens = (address) => open(address, "", "popup");
"""


class Embedding(Publisher):
    """A publisher's server whose pages have the embed in them."""

    piece_of_page = ""

    def page(self, path: str) -> tuple[str, str] | None:
        if path == "/page.css":
            return "text/css", STYLE + ROOM
        if path == "/watch.js":
            return "text/javascript", WATCH
        if path == "/story":
            return "text/html; charset=utf-8", PAGE.format(rejoinder=self.rejoinder, piece=self.piece_of_page)
        return super().page(path)


class Stand:
    """A story with its discussion, and a publisher's page of another site that has it in it."""

    def __init__(self, served: Served, publisher: Embedding, address: str) -> None:
        self.served = served
        self.publisher = publisher
        self.origin = address.replace("127.0.0.1", "localhost")
        self.element = f'<rejoinder-discussion story="{served.setting.story.slug}">{{}}</rejoinder-discussion>'
        publisher.piece_of_page = self.element.format("")

    @property
    def story(self) -> str:
        return f"{self.origin}/story"

    def says(self, text: str, **more: Any) -> Any:
        return self.served.setting.post(text, **more)

    def comes_as_reader(self, context: BrowserContext) -> None:
        """Logs the reader in at Rejoinder's own address."""
        value = self.served.session_cookie(self.served.setting.reader)
        context.add_cookies([{"name": self.served.options.session_cookie, "value": value, "url": self.served.url}])


@pytest.fixture
def stand(served: Served) -> Iterator[Stand]:
    setting = served.setting
    first = setting.post("I counted **forty** people on the early boat.\n\n> No, fifty.\n\nForty.")
    friend = setting.write(lambda w: a_commenter(w, setting.site, "southpier"))
    setting.post(f"@{setting.reader.name} fifty, I was there.", by=friend, parent_id=first.id)
    publisher = Embedding(served.url, "")
    with publishing(publisher) as address:
        found = Stand(served, publisher, address)
        setting.write(lambda w: add_origin(w, setting.site.seq, found.origin))
        yield found


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose tabs must stay without complaints, and whose embeds must send no cookie."""
    found = chromium.new_context(viewport={"width": 1200, "height": 900})
    found.set_default_timeout(10_000)
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("weberror", lambda error: complaints.append(str(error.error)))
    yield found
    found.close()
    refused = "Failed to load resource: the server responded with a status of"  # what a browser says of every refusal
    assert [each for each in complaints if not each.startswith(refused)] == []


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


def heard(tab: Page, name: str) -> list[Any]:
    """What the page heard under this name, each once."""
    return [each[1:] for each in tab.evaluate("heard") if each[0] == name]


def log_in(tab: Page) -> Page:
    """The window that opens on a click on "Log in"."""
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Log in").first.click()
    return opened.value


def enter(stand: Stand, tab: Page) -> None:
    """Logs in by the window, with the reader's password."""
    email = stand.served.set_password(stand.served.setting.reader)
    popup = log_in(tab)
    popup.get_by_label("Mail address").fill(email)
    popup.get_by_label("Password").fill("wrong, at first")
    popup.get_by_role("button", name="Log in").click()
    popup.get_by_label("Password").fill("a ferry at six in the morning")
    popup.get_by_role("button", name="Log in").click()
    expect(popup.locator("main")).to_contain_text(f"Let the pages of {stand.origin} take part as northquay")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Yes, let them").click()
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()


def test_it_is_read_without_a_cookie_in_the_page_s_own_look_and_moves_nothing(stand: Stand, tab: Page) -> None:
    stand.comes_as_reader(tab.context)
    cookies: list[str] = []
    tab.on("request", lambda request: cookies.append(request.all_headers().get("cookie", "")))
    tab.goto(stand.story)
    said = tab.locator(".said").first

    expect(said).to_contain_text("I counted forty people")
    assert said.evaluate(STYLE_OF, "font-family") == "Georgia, serif"
    assert said.evaluate(STYLE_OF, "color") == "rgb(32, 48, 58)"
    assert tab.evaluate(SHIFTS) == 0
    assert set(cookies) == {""}
    assert heard(tab, "ready") == [[{"site": "courier", "story": stand.served.setting.story.slug}]]
    assert heard(tab, "violation") == []


def test_it_waits_until_it_is_near(stand: Stand, tab: Page) -> None:
    lines = "<p>Quiet water.</p>" * 120
    stand.publisher.piece_of_page = lines + stand.element.format("<p>Soon here.</p>")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(stand.story)
    tab.wait_for_function("() => !!customElements.get('rejoinder-discussion')")
    assert not [each for each in asked if "/include" in each]

    tab.locator("rejoinder-discussion").scroll_into_view_if_needed()

    expect(tab.locator(".said").first).to_be_visible()
    expect(tab.get_by_text("Soon here.")).to_be_hidden()
    assert tab.evaluate(SHIFTS) == 0


def test_a_short_one_leaves_what_follows_where_it_is(stand: Stand, tab: Page) -> None:
    stand.publisher.piece_of_page = '<rejoinder-discussion story="nothing-here" eager></rejoinder-discussion>'
    tab.goto(stand.story)

    expect(tab.locator("[data-rejoinder-state]")).to_contain_text("There is no story")
    assert heard(tab, "error") == [[{"code": "unknown-story"}]]
    assert tab.evaluate(SHIFTS) == 0


def test_where_nothing_comes_a_link_is_left(stand: Stand, chromium: Browser) -> None:
    tab = chromium.new_page()  # whose complaint about the address that cannot be reached does not count
    tab.route(re.compile("/include"), lambda route: route.abort())
    tab.goto(stand.story)
    expect(tab.get_by_role("link", name="Discussion")).to_have_attribute("href", re.compile("/include\\?story="))
    stand.publisher.piece_of_page = stand.element.format('<a href="/own">Our own words</a>')
    tab.reload()
    tab.wait_for_function("heard.length")
    expect(tab.get_by_role("link", name="Our own words")).to_be_visible()
    tab.close()


def test_pages_and_threads_are_shown_in_place(stand: Stand, tab: Page) -> None:
    first = stand.says("A long thread begins.")
    friend = stand.served.setting.write(lambda w: a_commenter(w, stand.served.setting.site, "longwharf"))
    for number in range(8):
        stand.says(f"Answer {number}.", by=friend, parent_id=first.id)
    for number in range(30):
        stand.says(f"Sailing {number}.", by=friend)
    tab.goto(stand.story)

    tab.get_by_role("link", name=re.compile("Show .* more repl")).click()
    expect(tab.get_by_text("Answer 7.")).to_be_visible()
    tab.get_by_role("link", name="More comments").click()
    expect(tab.get_by_text("Sailing 29.")).to_be_visible()
    expect(tab.get_by_text("Sailing 1.", exact=True)).to_have_count(0)
    tab.get_by_role("link", name="One after another").click()
    expect(tab.get_by_text("I counted forty")).to_be_visible()

    assert tab.url == stand.story
    assert heard(tab, "violation") == []


def test_who_logs_in_by_the_window_posts_replies_and_reports(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    enter(stand, tab)
    assert heard(tab, "login") == [[{"name": "northquay"}]]
    assert heard(tab, "message") == [[stand.served.url, "rejoinder:signed-in"]]

    tab.get_by_role("link", name="Add to the discussion").click()
    tab.get_by_label("Add to the discussion").fill("Written in the publisher's page.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.locator(".said").last).to_contain_text("Written in the publisher's page.")

    tab.get_by_role("link", name="Reply to southpier").click()
    tab.get_by_label("Your reply").fill("And answered there.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_text("And answered there.")).to_be_visible()

    tab.get_by_role("link", name="Report the comment by southpier").click()
    tab.get_by_label(re.compile("Irrelevant")).check()
    tab.get_by_role("button", name="Send report").click()
    expect(tab.get_by_text("An editor will look at it.")).to_be_visible()

    assert [each[0]["status"] for each in heard(tab, "comment")] == ["published", "published"]
    assert len(heard(tab, "report")) == 1
    assert heard(tab, "violation") == []
