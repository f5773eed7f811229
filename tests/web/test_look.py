"""Every page in every state, looked at in a real Chromium: by axe in both colour schemes, at the narrowest width, for
the size of what is pressed, and for what the browser itself complains about.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from msgspec.structs import replace
from playwright.sync_api import Browser, ConsoleMessage, Page
from tests.browser import serving
from tests.web.showcase import drawn, pages

from rejoinder.web.shown.page import Page as Shown

pytestmark = pytest.mark.browser

ARABIC = ("story", "thread", "account", "log-in", "report", "own-data", "trust", "desk-queue", "policy", "front")


def in_arabic(page: Shown) -> Shown:
    """The same page of a publication that is written from right to left."""
    return replace(page, chrome=replace(page.chrome, language="ar", direction="rtl"))


PAGES = pages()
PAGES |= {f"ar-{name}": in_arabic(PAGES[name]) for name in ARABIC if name in PAGES}
NOT_THERE = "Failed to load resource"
NARROWEST = 320  # WCAG 2.2, 1.4.10: reflow
SMALLEST = 24  # WCAG 2.2, 2.5.8: target size
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ADVICE = "[DOM]"  # hints of the browser's about forms; what is wrong has another mark

# What is pressed and is no link within a sentence, where the line gives the height (2.5.8, "inline").
TARGETS = """(smallest) => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest("template, .skip"))
  .filter((e) => !(e.tagName === "A" && e.closest("p, li, dd, figcaption, .said") && getComputedStyle(e).display === "inline"))
  .filter((e) => !(e.type === "radio" || e.type === "checkbox") || !e.closest("label"))
  .map((e) => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < smallest - 0.5 || box.width < smallest - 0.5)
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""  # noqa: E501 - a line of script
CONTRAST = """() => axe.run({runOnly: ["color-contrast"], resultTypes: ["violations"]})
  .then((found) => found.violations.flatMap((each) => each.nodes.map((node) => node.failureSummary + node.html)))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving({name: drawn(page) for name, page in PAGES.items()}) as served:
        yield served


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A narrow screen that is touched."""
    context = chromium.new_context(viewport={"width": NARROWEST, "height": 700}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_fit_to_be_read_and_pressed_by_everybody(address: str, tab: Page, name: str) -> None:
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        is_elsewhere = message.text.startswith(NOT_THERE) and f"{address}/courier/desk" in message.location["url"]
        if not message.text.startswith(ADVICE) and not is_elsewhere:  # what scripts ask of a desk, which is not here
            complaints.append(message.text)

    tab.on("console", listen)
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    tab.goto(f"{address}/{name}")

    assert complaints == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    assert tab.evaluate(TARGETS, SMALLEST) == []
    tab.set_viewport_size({"width": 1200, "height": 900})
    found = Axe().run(tab, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(CONTRAST) == []
