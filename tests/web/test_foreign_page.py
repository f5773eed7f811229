"""A discussion in a page of another origin with a strict policy, in a real Chromium, with script and without."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, Page, expect
from tests.makers import a_commenter
from tests.serving import Served
from tests.web.publisher import Publisher, publishing

pytestmark = pytest.mark.browser

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const watch = new PerformanceObserver((seen) => { for (const each of seen.getEntries()) sum += each.value });
  watch.observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
STYLE_OF = "(found, name) => getComputedStyle(found).getPropertyValue(name)"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def courier(served: Served) -> Served:
    """A server whose story has a thread, a mention and a quotation."""
    setting = served.setting
    first = setting.post("I counted **forty** people on the early boat.\n\n> No, fifty.\n\nForty.")
    friend = setting.write(lambda w: a_commenter(w, setting.site, "southpier"))
    setting.post(f"@{setting.reader.name} fifty, I was there.", by=friend, parent_id=first.id)
    setting.post("Another thing altogether.", by=friend)
    return served


@pytest.fixture
def publisher(courier: Served) -> Iterator[str]:
    """The address of the publisher's page with the discussion in it."""
    with publishing(Publisher(courier.url, f"story={courier.setting.story.slug}")) as address:
        yield address


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab that must stay without complaints."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_it_looks_like_the_page_it_stands_in_and_moves_nothing(publisher: str, tab: Page) -> None:
    tab.goto(f"{publisher}/story")
    said = tab.locator(".rejoinder .said").first

    expect(said).to_contain_text("I counted forty people")
    assert said.evaluate(STYLE_OF, "font-family") == "Georgia, serif"
    assert said.evaluate(STYLE_OF, "color") == "rgb(32, 48, 58)"
    reply = tab.get_by_role("link", name="Reply to northquay")
    assert reply.evaluate(STYLE_OF, "color") == "rgb(122, 31, 92)"
    assert tab.locator(".rejoinder .button").evaluate(STYLE_OF, "border-radius") == "0px"
    assert tab.locator("main > p").evaluate(STYLE_OF, "font-size") == "18px"
    assert tab.evaluate(SHIFTS) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_everybody_can_read_and_press_it(chromium: Browser, publisher: str, scheme: str, width: int) -> None:
    """In a tab whose complaints do not count: what looks here puts styles of its own into the page."""
    tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type] # one of two
    tab.goto(f"{publisher}/story")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    tab.close()


@pytest.mark.parametrize("script", [True, False])
def test_its_links_lead_to_forms(chromium: Browser, courier: Served, publisher: str, *, script: bool) -> None:
    context = chromium.new_context(java_script_enabled=script)
    tab = context.new_page()
    for name, heading in (
        ("Reply to northquay", "Reply to northquay"),
        ("Report the comment by northquay", "Report"),
        ("Add to the discussion", "Add to the discussion"),
    ):
        tab.goto(f"{publisher}/story")
        tab.get_by_role("link", name=name).click()
        assert tab.url.startswith(courier.url)
        expect(tab.get_by_role("heading", level=1)).to_contain_text(heading)
    context.close()


def test_who_has_a_session_there_writes_by_the_link(chromium: Browser, courier: Served, publisher: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    value = courier.session_cookie(courier.setting.editor)
    context.add_cookies([{"name": courier.options.session_cookie, "value": value, "url": courier.url}])
    tab = context.new_page()
    tab.goto(f"{publisher}/story")
    tab.get_by_role("link", name="Add to the discussion").click()
    tab.get_by_label("Your comment").fill("Written from the publisher's page.")
    tab.get_by_role("button", name="Post comment").click()

    tab.goto(f"{publisher}/story")

    expect(tab.locator(".rejoinder")).to_contain_text("Written from the publisher's page.")
    context.close()


def test_where_there_is_none_the_page_says_so_kindly(courier: Served, tab: Page) -> None:
    with publishing(Publisher(courier.url, "story=nothing-here")) as address:
        tab.goto(f"{address}/story")
        expect(tab.locator("[data-rejoinder-state=unknown-story]")).to_contain_text("There is no story")
        assert tab.evaluate(SHIFTS) == 0


def test_a_teaser_page_s_links_say_how_many_there_are(courier: Served, tab: Page) -> None:
    known = courier.setting.story.canonical_url
    links = (
        f'<p><a id="one" href="{known}#rejoinder">Comments</a></p>'
        '<p><a id="two" href="https://courier.example/none#rejoinder">Comment on this</a></p>'
        f'<p><a href="{known}">Ferry <span id="three" data-rejoinder-count="{known}?utm_source=x"></span></a></p>'
    ) + "".join(f'<p><a href="https://courier.example/{n}#rejoinder">Comments</a></p>' for n in range(100, 200))
    with publishing(Publisher(courier.url, "", links)) as address:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{address}/")
        expect(tab.locator("#one")).to_have_text("3 comments")
        expect(tab.locator("#three")).to_have_text("3 comments")
        expect(tab.locator("#two")).to_have_text("Comment on this")
        assert len([each for each in asked if "/api/v1/counts" in each]) == 2  # 103 addresses
        assert tab.evaluate(SHIFTS) == 0
