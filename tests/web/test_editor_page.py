"""The box with script, in a real Chromium: by mouse and by keyboard alone, and what it must not let through."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, Page, expect
from tests.makers import a_comment, after
from tests.serving import PASSWORD, Served
from tests.shared import shared
from tests.web.test_hostile_text import OURS, WATCH
from tests.web.test_scripts import come_as

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.post_comment import Posted

pytestmark = pytest.mark.browser

BOX = "Add to the discussion"


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def say(served: Served, text: str, *, hour: int = 1) -> Posted:
    return served.database.write(
        lambda w: a_comment(w, served.setting.story, served.setting.editor, text, now=after(hours=hour))
    ).result()


def rules(served: Served, **changed: object) -> None:
    served.database.write(
        lambda w: change_site_rules(w, served.setting.site.seq, changed, by_seq=None, now=served.now)
    ).result()


def at_the_box(tab: Page, served: Served) -> None:
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    tab.get_by_label(BOX).focus()
    expect(tab.get_by_role("toolbar", name="Marks")).to_be_visible()


def has_no_fault(tab: Page) -> None:
    found = Axe().run(tab, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()


def test_marks_by_keys_and_by_the_toolbar_s_arrows(served: Served, tab: Page) -> None:
    at_the_box(tab, served)
    box = tab.get_by_label(BOX)
    tab.keyboard.type("nine boats")
    tab.keyboard.press("Shift+Control+ArrowLeft")
    tab.keyboard.press("Control+b")
    expect(box).to_have_value("nine **boats**")
    tab.keyboard.press("Control+i")
    expect(box).to_have_value("nine ***boats***")
    tab.keyboard.press("Control+z")
    expect(box).to_have_value("nine **boats**")

    box.fill("a\nb")
    box.press("Control+a")
    box.press("Shift+Tab")
    expect(tab.get_by_role("button", name="Bold")).to_be_focused()
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    expect(tab.get_by_role("button", name="List")).to_be_focused()
    tab.keyboard.press("Enter")

    expect(box).to_have_value("- a\n- b")
    expect(box).to_be_focused()


def test_a_link_is_made_around_what_is_chosen(served: Served, tab: Page) -> None:
    at_the_box(tab, served)
    tab.keyboard.type("timetable")
    tab.keyboard.press("Control+a")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("https://ferry.example/")

    expect(tab.get_by_label(BOX)).to_have_value("[timetable](https://ferry.example/)")


def test_a_name_is_completed_by_keys_and_escape_closes_the_list(served: Served, tab: Page) -> None:
    say(served, "Nine on Monday.")
    at_the_box(tab, served)
    box = tab.get_by_label(BOX)
    tab.keyboard.type("@r")
    option = tab.get_by_role("option", name="R. Teague")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "text-names-0")
    has_no_fault(tab)
    tab.keyboard.press("Escape")
    expect(option).to_be_hidden()
    tab.keyboard.type(".")
    expect(option).to_be_visible()

    tab.keyboard.press("Enter")

    expect(box).to_have_value("@R. Teague ")
    expect(box).to_be_focused()


def test_a_name_is_taken_by_a_finger(served: Served, chromium: Browser) -> None:
    say(served, "Nine on Monday.")
    context = chromium.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    tab = context.new_page()
    at_the_box(tab, served)
    tab.keyboard.type("Well, @tea")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    tab.get_by_label(BOX).fill("Well, ")
    tab.keyboard.type("@R")

    tab.get_by_role("option", name="R. Teague").tap()

    expect(tab.get_by_label(BOX)).to_have_value("Well, @R. Teague ")
    context.close()


def test_a_preview_opens_above_the_box_and_says_what_would_hold_it(served: Served, tab: Page) -> None:
    rules(served, newcomer_comments=0, suspect_words=["kiosk"])
    at_the_box(tab, served)
    tab.keyboard.type("**Behind** the kiosk")
    tab.get_by_role("button", name="Preview").click()

    expect(tab.locator(".preview strong")).to_have_text("Behind")
    expect(tab.locator(".preview")).to_be_focused()
    expect(tab.locator(".note li")).to_have_text("An editor first reads texts with this in them: kiosk.")
    assert tab.url == served.url + served.story
    has_no_fault(tab)
    tab.get_by_role("button", name="Post comment").click()

    expect(tab.locator(".held .said")).to_contain_text("Behind the kiosk")


def test_a_text_that_would_wait_comes_back_and_is_sent_anyway(served: Served, tab: Page) -> None:
    rules(served, newcomer_comments=0, suspect_words=["kiosk"])
    at_the_box(tab, served)
    tab.keyboard.type("Behind the kiosk")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.locator(".note li")).to_contain_text("kiosk")
    has_no_fault(tab)
    tab.get_by_role("button", name="Send it to the editors anyway").click()

    expect(tab.locator(".held .said")).to_contain_text("Behind the kiosk")


def test_what_is_selected_is_quoted_into_the_reply(served: Served, tab: Page) -> None:
    say(served, "Nine on Monday.\n\nEleven on Tuesday.")
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    tab.locator(".said p").first.select_text()

    tab.get_by_role("button", name="Quote").click()

    expect(tab.get_by_label("Your reply")).to_have_value("> Nine on Monday.\n\n")
    expect(tab.get_by_label("Your reply")).to_be_focused()


def test_a_text_outlives_a_log_in_with_script_and_without(served: Served, chromium: Browser) -> None:
    email = served.set_password(served.setting.reader)
    rules(served, newcomer_comments=0)
    for number, script in enumerate((True, False)):
        context = chromium.new_context(java_script_enabled=script)
        tab = context.new_page()
        tab.goto(served.url + served.story)
        text = f"Number {number}: nine.\n\nAnd ten."
        tab.get_by_label(BOX).fill(text)
        tab.get_by_role("button", name="Post comment").click()
        expect(tab.get_by_text("Your text is kept.")).to_be_visible()
        if script:
            has_no_fault(tab)
        tab.get_by_label("Mail address").fill(email)
        tab.get_by_label("Password").fill(PASSWORD)
        tab.get_by_role("button", name="Log in").click()
        expect(tab.get_by_label("Your text")).to_have_value(text)
        assert "Number" not in tab.url
        tab.get_by_role("button", name="Post comment").click()
        expect(tab.locator(".said", has_text=f"Number {number}")).to_be_visible()
        context.close()


def test_a_preview_without_script_comes_back_with_the_text(served: Served, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    tab.get_by_label(BOX).fill("*Nine* on Monday")
    tab.get_by_role("button", name="Preview").click()

    expect(tab.locator(".preview em")).to_have_text("Nine")
    expect(tab.get_by_label("Your text")).to_have_value("*Nine* on Monday")
    context.close()


def test_hostile_text_executes_nothing_in_a_preview(served: Served, chromium: Browser) -> None:
    rules(served, longest=1_000_000)
    lines = shared("xss", "xss_dompurify.jsonl").read_text().splitlines()
    vectors = OURS + [json.loads(line)["payload"] for line in lines if "payload" in line][:60]
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(WATCH)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    at_the_box(tab, served)
    box, shown = tab.get_by_label(BOX), tab.locator(".preview .said")

    box.fill("\n\n".join(vectors))
    tab.get_by_role("button", name="Preview").click()

    expect(shown).to_contain_text("alert(1)")
    assert tab.evaluate("window.executed") == []
    assert [url for url in asked if not url.startswith(served.url)] == []
    context.close()


def test_page_keys_lead_from_comment_to_comment_and_out(served: Served, tab: Page) -> None:
    for hour in range(3):
        say(served, f"Nine at {hour}.", hour=hour + 1)
    tab.goto(served.url + served.story)
    feed = tab.get_by_role("feed", name="Discussion")
    articles = feed.get_by_role("article")
    expect(articles).to_have_count(3)
    expect(articles.nth(1)).to_have_attribute("aria-posinset", "2")
    expect(articles.nth(1)).to_have_attribute("aria-setsize", "3")
    has_no_fault(tab)
    articles.first.focus()

    tab.keyboard.press("PageDown")
    expect(articles.nth(1)).to_be_focused()
    tab.keyboard.press("PageUp")
    expect(articles.first).to_be_focused()
    tab.keyboard.press("Control+Home")
    assert tab.evaluate("!document.activeElement.closest('[role=feed]')")


def test_a_moment_is_said_from_now_and_the_whole_stays(served: Served, tab: Page) -> None:
    say(served, "Nine.")
    tab.clock.install(time=after(hours=1, minutes=5, seconds=5))
    tab.goto(served.url + served.story)
    time = tab.locator(".c .when time")

    expect(time).to_have_text("5 minutes ago")
    expect(time).to_have_attribute("title", str(time.get_attribute("title")))
    assert "202" in str(time.get_attribute("title"))
    tab.clock.run_for(61_000)
    expect(time).to_have_text("6 minutes ago")
