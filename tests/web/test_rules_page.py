"""A suspect word’s journey, in a real Chromium: tried on history, switched on, met by a reader, said on the card."""

import pytest
from playwright.sync_api import Page, expect
from tests.serving import Served
from tests.web.test_editor_page import has_no_fault, tab
from tests.web.test_scripts import come_as

from rejoinder.discussion.moderation import Outcome

__all__ = ["tab"]  # the fixture

pytestmark = pytest.mark.browser

WROTE = ("What a keel that ferry has.", "The keel again?", "K e e l, they say.", "The quay is open.", "Nine on Monday.")


def at_the_rules(tab: Page, served: Served) -> None:
    """The rules, reached from the queue."""
    come_as(tab, served, served.setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    tab.get_by_role("navigation", name="Desk").get_by_role("link", name="Rules").click()
    expect(tab.get_by_role("heading", name="Rules of the site")).to_be_visible()


def test_a_suspect_word_is_tried_on_history_then_switched_on_and_said_on_the_card(served: Served, tab: Page) -> None:
    setting = served.setting
    first, second, *_ = [setting.post(text) for text in WROTE]
    setting.decide(first, Outcome.REJECT)
    setting.decide(second, Outcome.REJECT)
    served.pass_time(hours=3)

    at_the_rules(tab, served)
    has_no_fault(tab)
    tab.get_by_label("Suspect words").fill("keel")
    tab.get_by_label("on the comments of the last").select_option("7 days")
    tab.get_by_role("button", name="Try them first").click()
    trial = tab.get_by_role("status")
    expect(trial).to_contain_text("Would have held 3 comments, of which editors approved 0 and rejected 2")
    expect(trial.locator("mark")).to_have_text(["K e e l", "keel", "keel"])
    expect(tab.get_by_label("Suspect words")).to_have_value("keel")
    has_no_fault(tab)

    come_as(tab, served, setting.reader)
    tab.goto(served.url + served.story)
    tab.get_by_label("Add to the discussion").fill("A KEEL is what I saw.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.get_by_text("A KEEL is what I saw.")).to_be_visible()
    assert setting.story_now().published_count == 4  # trying it has changed nothing

    at_the_rules(tab, served)
    tab.get_by_label("Suspect words").fill("keel")
    tab.get_by_role("button", name="Try them first").click()
    tab.get_by_role("button", name="Switch these rules on").click()
    expect(tab.get_by_role("status")).to_contain_text("The rules are set.")
    expect(tab.locator("#rule-suspect_words")).to_contain_text("set here")
    expect(tab.get_by_role("region", name="What was changed here")).to_contain_text("Suspect words")

    come_as(tab, served, setting.reader)
    tab.goto(served.url + served.story)
    tab.get_by_label("Add to the discussion").fill("Another k33l, I fear.")
    tab.get_by_role("button", name="Post comment").click()
    tab.get_by_role("button", name="Send it to the editors anyway").click()
    expect(tab.get_by_text("A word in it made us want to read it first.")).to_be_visible()

    come_as(tab, served, setting.editor)
    tab.goto(f"{served.url}{served.site}/desk")
    card = tab.get_by_role("article", name="Comment by northquay").first
    expect(card).to_contain_text("A word from the suspect list: keel")
    expect(card.locator("mark")).to_have_text("k33l")
    card.get_by_role("link", name="rule “Suspect words”, set for the site").click()
    expect(tab.locator("#rule-suspect_words:target")).to_contain_text("keel")


def test_by_keyboard_alone_and_without_script(served: Served, tab: Page) -> None:
    at_the_rules(tab, served)
    box = tab.get_by_label("Links before a comment is held")
    box.focus()
    tab.keyboard.type("many")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_be_visible()
    expect(tab.locator("#rule-links")).to_contain_text("Please give a whole number")
    box = tab.get_by_label("Links before a comment is held")
    expect(box).to_have_value("many")
    expect(box).to_have_attribute("aria-invalid", "true")
    has_no_fault(tab)
    box.fill("4")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("The rules are set.")
