"""What the two small scripts make smoother, in a real Chromium against a real server. The same acts without them are in
the journeys.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.makers import a_comment, after
from tests.serving import Served

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Status
from rejoinder.store import comments

pytestmark = pytest.mark.browser


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


def come_as(page: Page, served: Served, commenter: Commenter) -> None:
    cookie = {"name": served.options.session_cookie, "value": served.session_cookie(commenter), "url": served.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item] # its keys are those of a cookie


def two_held(served: Served) -> None:
    """Two comments with so many links that an editor must read them first."""
    links = " ".join(f"https://ferry.example/{number}" for number in range(3))
    for hour in (1, 2):
        served.database.write(
            lambda w, hour=hour: a_comment(  # type: ignore[misc] # the default binds the loop's value
                w, served.setting.story, served.setting.reader, f"Sailing {hour}: {links}", now=after(hours=hour)
            )
        ).result()


def statuses(served: Served) -> list[Status]:
    by = served.setting.reader.seq
    site = served.setting.site.seq
    return served.database.read(
        lambda r: [
            comments.by_seq(r, site, seq).status for seq in (1, 2) if comments.by_seq(r, site, seq).commenter_seq == by
        ]
    ).result()


def test_an_editor_decides_by_keys_and_nothing_moves(served: Served, tab: Page) -> None:
    two_held(served)
    come_as(tab, served, served.setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    first, second = tab.locator(".card").all()
    stood_at = first.bounding_box()

    tab.keyboard.press("a")
    expect(first.locator(".done")).to_contain_text("Approved")
    expect(second).to_have_class("card now")
    tab.keyboard.press("r")
    tab.keyboard.press("2")
    expect(second.locator(".done")).to_contain_text("Inappropriate")

    assert statuses(served) == [Status.PUBLISHED, Status.REJECTED]
    moved_to = first.bounding_box()
    assert stood_at is not None
    assert moved_to is not None
    assert (moved_to["x"], moved_to["y"]) == (stood_at["x"], stood_at["y"])
    expect(tab.locator(".views .figure").first).to_have_text("0")


def test_z_takes_the_latest_decision_back_and_the_card_is_as_it_was(served: Served, tab: Page) -> None:
    two_held(served)
    come_as(tab, served, served.setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    first = tab.locator(".card").first
    tab.keyboard.press("a")
    expect(first.locator(".done")).to_be_visible()

    tab.keyboard.press("z")

    expect(first.get_by_role("button", name="Approve")).to_be_visible()
    assert statuses(served)[0] is Status.HIDDEN


def test_a_decision_that_came_too_late_says_so_on_its_card(served: Served, tab: Page) -> None:
    two_held(served)
    come_as(tab, served, served.setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    first = tab.locator(".card").first
    first.evaluate("card => { card.querySelector('[name=revision]').value = 7 }")

    tab.keyboard.press("a")

    expect(first.get_by_role("alert")).to_contain_text("changed since you read it")


def test_keys_can_be_switched_off_and_stay_off(served: Served, tab: Page) -> None:
    two_held(served)
    come_as(tab, served, served.setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    tab.get_by_role("checkbox", name="Keys").uncheck()
    tab.reload()

    tab.keyboard.press("a")

    expect(tab.locator(".done")).to_have_count(0)
    assert statuses(served) == [Status.PENDING, Status.PENDING]


def test_a_draft_outlives_a_reload_and_not_its_posting(served: Served, tab: Page) -> None:
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    tab.get_by_label("Add to the discussion").fill("Nine on Monday, eleven on Tuesday.")
    tab.reload()
    expect(tab.get_by_label("Add to the discussion")).to_have_value("Nine on Monday, eleven on Tuesday.")

    tab.get_by_role("button", name="Post comment").click()

    expect(tab.locator(".said", has_text="Nine on Monday")).to_be_visible()
    expect(tab.get_by_label("Add to the discussion")).to_have_value("")


def test_a_reply_opens_in_place_and_escape_closes_it(served: Served, tab: Page) -> None:
    served.database.write(
        lambda w: a_comment(w, served.setting.story, served.setting.editor, "Nine on Monday.", now=after(hours=1))
    ).result()
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    link = tab.get_by_role("link", name="Reply to R. Teague")

    link.click()
    expect(tab.get_by_label("Your reply")).to_be_focused()
    tab.keyboard.press("Escape")

    expect(tab.get_by_label("Your reply")).to_have_count(0)
    expect(link).to_be_focused()
    assert tab.url == served.url + served.story


def test_the_box_says_how_much_is_too_much(served: Served, tab: Page) -> None:
    come_as(tab, served, served.setting.reader)
    tab.goto(served.url + served.story)
    box, left = tab.get_by_label("Add to the discussion"), tab.locator(".write .left")

    box.fill("⛴" * 4990)
    expect(left).to_have_text("10 characters left")
    box.fill("⛴" * 5003)

    expect(left).to_have_text("3 characters too long")


def test_a_link_is_copied_and_nothing_is_left(served: Served, tab: Page) -> None:
    served.database.write(
        lambda w: a_comment(w, served.setting.story, served.setting.editor, "Nine on Monday.", now=after(hours=1))
    ).result()
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(served.url + served.story)

    tab.get_by_role("link", name="Link to the comment by R. Teague").click()

    expect(tab.locator(".act .link")).to_have_text("Link copied")
    assert "/comments/" in tab.evaluate("navigator.clipboard.readText()")
    assert tab.url == served.url + served.story
