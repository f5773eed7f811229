"""Stories, their rules and times, the policy and the picks, worked by somebody who has no mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect
from tests.journeys.a_desk import LONG, a_keyboard_at_the_desk, to_room
from tests.keyboard import Keyboard
from tests.makers import a_comment, a_story
from tests.serving import Served

from rejoinder.discussion.moderation import Outcome
from rejoinder.store import policies

pytestmark = pytest.mark.browser


@pytest.fixture
def keys(served: Served, chromium: Browser) -> Iterator[Keyboard]:
    with a_keyboard_at_the_desk(served, chromium) as keyboard:
        yield keyboard


def done(keys: Keyboard, sentence: str) -> None:
    """The page says this, and the keyboard is there."""
    said = keys.page.locator("main [role=status]", has_text=sentence)
    keys.is_on(said)


def part(keys: Keyboard, heading: str) -> Locator:
    return keys.page.get_by_role("region", name=heading, exact=True)


def test_a_story_is_closed_opened_withdrawn_restored_and_timed(served: Served, keys: Keyboard) -> None:
    page = keys.page
    to_room(keys, "Stories")
    keys.follow(page.get_by_role("main").get_by_role("link", name="Ferry to run through the winter"), "/desk/stories/")
    keys.enter(page.get_by_role("button", name="Close the discussion now"))
    done(keys, "The discussion is closed.")
    keys.write(page.get_by_label("Open it again for so many days from now"), "3")
    keys.press("Enter")
    done(keys, "The discussion is open again.")
    keys.write(page.get_by_label("Open for so many days after publication"), "5")
    keys.press("Enter")
    done(keys, "The times are set.")
    keys.enter(page.get_by_role("button", name="Withdraw the discussion"))
    done(keys, "The discussion is out of sight.")
    assert served.setting.story_now().withdrawn_at is not None
    keys.enter(page.get_by_role("button", name="Restore the discussion"))
    done(keys, "The discussion is back as it was.")
    assert served.setting.story_now().withdrawn_at is None
    keys.follow(page.get_by_role("navigation", name="Stories").get_by_role("link"), "/desk/stories$")


def test_two_discussions_are_merged_and_parted(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    other = setting.write(lambda w: a_story(w, setting.site, headline="The ferry sails"))
    setting.write(lambda w: a_comment(w, other, setting.reader, "Said under the other."))
    to_room(keys, "Stories")
    keys.follow(page.get_by_role("main").get_by_role("link", name="The ferry sails"), "/desk/stories/")
    keys.write(page.get_by_label("Move this discussion under another story, at this address"), served.story)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Merge two discussions")).to_be_visible()
    keys.enter(page.get_by_role("button", name="Merge the discussions"))
    done(keys, "The discussions are one now.")
    assert setting.story_now().published_count == 1

    keys.enter(page.get_by_role("button", name="Part the discussions again"))

    done(keys, "The discussion is its own again.")
    assert setting.story_now().published_count == 0


def test_rules_are_tried_on_history_and_switched_on(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    setting.decide(setting.post("What a keel that ferry has."), Outcome.REJECT)
    served.pass_time(hours=3)
    to_room(keys, "Rules")
    keys.write(page.get_by_label("Suspect words"), "keel")
    keys.choose(page.get_by_label("on the comments of the last"), "7 days")
    keys.enter(page.get_by_role("button", name="Try them first"))
    done(keys, "Would have held 1 comment")
    keys.enter(page.get_by_role("button", name="Switch these rules on"))
    done(keys, "The rules are set.")
    keys.follow(page.get_by_role("link", name="What was changed here"), "#changes")
    expect(part(keys, "What was changed here")).to_contain_text("Suspect words")
    keys.write(page.get_by_label("Links before a comment is held"), "many")
    keys.press("Enter")
    keys.is_on(page.get_by_role("alert"))
    to_room(keys, "Log")
    expect(page.locator(".changed")).to_contain_text("keel")


def test_a_story_has_a_rule_of_its_own(served: Served, keys: Keyboard) -> None:
    page = keys.page
    to_room(keys, "Stories")
    keys.follow(page.get_by_role("main").get_by_role("link", name="Ferry to run through the winter"), "/desk/stories/")
    keys.follow(page.get_by_role("link", name="The rules and tags of this story"), "/desk/rules/stories/")
    keys.choose(page.get_by_label("Who may comment"), "the editors alone")
    keys.enter(page.get_by_role("button", name="Set these rules"))
    done(keys, "The rules are set.")
    assert served.setting.story_now().rules_here.who == "staff"


def test_opening_times_are_set(served: Served, keys: Keyboard) -> None:
    page = keys.page
    to_room(keys, "Rules")
    keys.follow(page.get_by_role("navigation", name="Rules").get_by_role("link", name="Opening times"), "/desk/times")
    keys.write(page.get_by_label("Open for so many days after publication"), "4")
    keys.write(page.get_by_label("Hours at which it rests"), "22:00-06:00")
    keys.press("Enter")
    done(keys, "The times are set.")
    assert served.setting.story_now().rules_here.closed_hours == ("22:00-06:00",)


def test_a_new_version_of_the_policy_is_looked_at_and_published(served: Served, keys: Keyboard) -> None:
    page, site = keys.page, served.setting.site
    to_room(keys, "Rules")
    keys.follow(page.get_by_role("navigation", name="Rules").get_by_role("link", name="Policy"), "/desk/policy")
    clause = page.get_by_role("group", name="Clause 1", exact=True)
    keys.write(clause.get_by_label("What it says"), "Write about the harbour.")
    keys.enter(clause.locator("summary", has_text="A paragraph for the letter"))
    keys.write(clause.get_by_label("Instead of our advice"), "Please come back to it.")
    keys.write(page.get_by_label("What has changed, for readers"), "The first clause.")
    keys.enter(page.get_by_role("button", name="Look at it first"))
    keys.is_on(page.locator("section.look"))
    expect(page.locator("ins")).to_have_text("Write about the harbour.")
    keys.enter(page.get_by_role("button", name="Publish this version"))

    done(keys, "It is published.")
    [version] = served.setting.read(lambda r: policies.versions(r, site.seq))
    assert version.content.clauses[0].words["en"].sentence == "Write about the harbour."
    assert version.content.clauses[0].words["en"].letter == "Please come back to it."


def test_a_comment_is_picked_and_its_writer_asked(served: Served, keys: Keyboard) -> None:
    page = keys.page
    served.setting.post(LONG)
    to_room(keys, "Picks")
    keys.write(page.get_by_label("Our word beside the pick"), "The longest count.")
    keys.press("Enter")
    keys.is_on(page.get_by_role("heading", name="Could be picked"))
    keys.enter(page.get_by_role("button", name="Ask whether it may be printed"))
    keys.is_on(page.get_by_role("heading", name="Picked", exact=True))
    expect(part(keys, "Picked")).to_contain_text("the writer has been asked")
    keys.write(page.get_by_label("Days back"), "30")
    keys.press("Enter")
    expect(page.get_by_label("Days back")).to_have_value("30")
