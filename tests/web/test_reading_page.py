"""Recommending, choosing an order and reading on, in a real Chromium: with script, by keyboard, and without script."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.makers import a_commenter
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.comments import Comment
from rejoinder.store import recommendations
from rejoinder.store.flags import Reporter

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True], ids=["script"])
def tab(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert problems == []


either = pytest.mark.parametrize("tab", [True, False], ids=["script", "no script"], indirect=True)


def as_editor(served: Served, tab: Page) -> None:
    cookie = served.session_cookie(served.setting.editor)
    tab.context.add_cookies([{"name": served.options.session_cookie, "value": cookie, "url": served.url}])


def guests_may(served: Served) -> None:
    rules = {"recommend_without_account": True}
    served.setting.write(lambda w: change_site_rules(w, 1, rules, by_seq=None, now=served.now))


def count(served: Served, comment: Comment) -> tuple[int, int]:
    stands = served.setting.read(lambda r: recommendations.stand(r, comment, by=Reporter()))
    return stands.accounts, stands.guests


def button(tab: Page) -> Any:
    return tab.get_by_role("button", name="Recommend the comment by northquay")


@either
def test_a_reader_recommends_and_takes_it_back(served: Served, tab: Page) -> None:
    comment = served.setting.post("Nine on Monday.")
    as_editor(served, tab)
    tab.goto(served.url + served.story)

    button(tab).click()

    expect(button(tab)).to_have_attribute("aria-pressed", "true")
    expect(tab.locator(".vote b")).to_have_text("1")
    expect(tab.locator("[data-sent]")).to_have_count(0)  # the server has heard of it
    expect(tab.locator(".c .said")).to_have_text("Nine on Monday.")
    tab.reload()
    expect(button(tab)).to_have_attribute("aria-pressed", "true")
    assert count(served, comment) == (1, 0)
    button(tab).click()
    expect(button(tab)).to_have_attribute("aria-pressed", "false")
    expect(tab.locator("[data-sent]")).to_have_count(0)
    tab.reload()
    expect(tab.locator(".vote b")).to_have_text("")
    assert count(served, comment) == (0, 0)


def test_by_keyboard_and_in_place(served: Served, tab: Page) -> None:
    served.setting.post("Nine on Monday.")
    as_editor(served, tab)
    tab.goto(served.url + served.story)
    loaded = tab.evaluate("performance.timeOrigin")
    button(tab).focus()
    button(tab).scroll_into_view_if_needed()
    before = tab.locator(".act").bounding_box()

    with tab.expect_response("**/recommendation") as answer:
        tab.keyboard.press("Enter")

    assert answer.value.status == 200
    expect(button(tab)).to_have_attribute("aria-pressed", "true")
    expect(button(tab)).to_be_focused()
    assert tab.locator(".act").bounding_box() == before
    assert tab.evaluate("performance.timeOrigin") == loaded


@pytest.mark.parametrize(("tab", "script"), [(True, True), (False, False)], indirect=["tab"])
def test_without_an_account_where_the_site_allows_it(served: Served, tab: Page, script: bool) -> None:
    guests_may(served)
    comment = served.setting.post("Nine on Monday.")
    tab.goto(served.url + served.story)

    button(tab).click()
    if not script:  # a page asks once more, and gives the browser its cookie
        tab.get_by_role("button", name="Recommend", exact=True).click()
        expect(tab.get_by_role("heading", name="You recommend this comment")).to_be_visible()
    else:
        expect(button(tab)).to_have_attribute("aria-pressed", "true")
        expect(tab.locator("[data-sent]")).to_have_count(0)

    assert count(served, comment) == (0, 1)


@either
def test_who_is_not_logged_in_is_led_to_log_in(served: Served, tab: Page) -> None:
    served.setting.post("Nine on Monday.")
    tab.goto(served.url + served.story)

    button(tab).click()

    tab.wait_for_url("**/log-in?to=**")


@either
def test_an_order_is_chosen_and_explained(served: Served, tab: Page) -> None:
    for number in range(3):
        served.setting.post(f"Boat {number}.")
    tab.goto(served.url + served.story)
    expect(tab.locator(".orders + .hint")).to_contain_text("The oldest comments come first")

    tab.get_by_role("link", name="Newest").press("Enter")

    expect(tab.locator(".c .said")).to_have_text(["Boat 2.", "Boat 1.", "Boat 0."])
    expect(tab.locator(".orders [aria-current]")).to_have_text("Newest")
    expect(tab.locator(".orders + .hint")).to_contain_text("The newest comments come first")


def long_thread(served: Served) -> list[Comment]:
    root = served.setting.post("Who comes?", by=served.setting.editor)
    return [served.setting.post(f"Number {number}.", parent_id=root.id) for number in range(115)]


def test_replies_are_shown_in_place_and_read_on_from_the_first(served: Served, tab: Page) -> None:
    replies = long_thread(served)
    tab.goto(served.url + served.story)
    expect(tab.locator(".thread .c")).to_have_count(11)
    length = tab.evaluate("history.length")

    tab.get_by_role("link", name="Show 105 more replies").press("Enter")

    expect(tab.locator(".thread .c")).to_have_count(101)
    expect(tab.locator(f"#c-{replies[10].id}")).to_be_focused()
    tab.get_by_role("link", name="More replies").press("Enter")
    expect(tab.locator(".thread .c")).to_have_count(116)
    expect(tab.locator(f"#c-{replies[100].id}")).to_be_focused()
    expect(tab.locator(".thread .more")).to_have_count(0)
    assert tab.evaluate("history.length") == length
    assert tab.url == served.url + served.story


@pytest.mark.parametrize("tab", [False], ids=["no script"], indirect=True)
def test_without_script_more_replies_are_a_link(served: Served, tab: Page) -> None:
    long_thread(served)
    tab.goto(served.url + served.story)

    tab.get_by_role("link", name="Show 105 more replies").click()

    expect(tab.locator(".thread .c")).to_have_count(101)
    assert "/comments/" in tab.url


def test_a_link_to_a_comment_of_another_page_leads_to_its_thread(served: Served, tab: Page) -> None:
    replies = long_thread(served)

    tab.goto(f"{served.url}{served.story}#c-{replies[50].id}")

    tab.wait_for_url(f"**/comments/{replies[50].id}#c-{replies[50].id}")
    expect(tab.locator(":target .said")).to_have_text("Number 50.")


@pytest.mark.parametrize(("query", "there"), [("?order=newest", True), ("?order=recommended", False)])
def test_what_is_new_goes_on_top_of_the_newest_and_is_led_to_from_orders_that_move(
    served: Served, tab: Page, query: str, there: bool
) -> None:
    setting = served.setting
    for number in range(25):
        setting.post(f"Boat {number}.")
    writer = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))
    with tab.expect_request("**/live?**"):
        tab.goto(served.url + served.story + query)
    first = tab.locator(".thread .c").first
    said = first.locator(".said").inner_text()
    for text in ("Ferry one.", "Ferry two."):
        setting.post(text, by=writer)
    expect(tab.locator(".fresh")).to_have_text("2 new comments")
    expect(first.locator(".said")).to_have_text(said)  # nothing moves unasked

    tab.get_by_role("link", name="2 new comments").click()

    expect(tab.locator(".thread .c .said").nth(0)).to_have_text("Ferry two.")
    expect(tab.locator(".thread .c .said").nth(1)).to_have_text("Ferry one.")
    expect(tab.locator(".thread .c")).to_have_count(22 if there else 20)
    assert "order=newest" in tab.url
