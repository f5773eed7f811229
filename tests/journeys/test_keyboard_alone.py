"""The queue, its cards and its lists, worked by somebody who has no mouse and has switched single keys off: with Tab,
Enter, Space, arrows and what is typed into fields. Other rooms of the desk are in the files beside this one.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.a_desk import a_keyboard_at_the_desk, held, to_room
from tests.keyboard import Keyboard
from tests.makers import a_commenter, a_flag, after
from tests.serving import Served

from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Status
from rejoinder.store import comments

pytestmark = pytest.mark.browser


@pytest.fixture
def keys(served: Served, chromium: Browser) -> Iterator[Keyboard]:
    """An editor's keyboard at the desk, with two held comments and one that was reported."""
    held(served, "Nine on Monday.")
    held(served, "Ten on Tuesday.", now=after(hours=1, minutes=1))
    reported = served.setting.post("She is nineteen.")
    served.setting.write(lambda w: a_flag(w, reported))
    with a_keyboard_at_the_desk(served, chromium) as keyboard:
        keyboard.to(keyboard.page.get_by_label("Keys", exact=True))
        keyboard.press("Space")
        yield keyboard


def stand(served: Served) -> list[Status]:
    """How the two held comments stand."""
    return [each.status for each in served.setting.read(lambda r: [comments.by_seq(r, 1, seq) for seq in (1, 2)])]


def test_cards_are_decided_and_taken_back(served: Served, keys: Keyboard) -> None:
    cards = keys.page.locator(".card")
    first = cards.filter(has_text="Nine on Monday.")
    second = cards.filter(has_text="Ten on Tuesday.")

    keys.enter(first.get_by_role("button", name="Approve"))
    keys.is_on(second)
    undo = first.get_by_role("button", name="Undo")
    keys.to(undo, key="Shift+Tab")
    keys.press("Enter")
    keys.is_on(first)
    keys.enter(second.get_by_role("link", name="Reject"))
    keys.is_on(second.get_by_role("form", name="Reject, because of …"))
    keys.press("Escape")
    keys.is_on(second)
    keys.enter(second.get_by_role("link", name="Reject"))
    keys.write(second.get_by_label("A word to the writer"), "Please argue.")
    keys.enter(second.get_by_role("button", name="Attacks a person"))

    expect(second.locator(".done")).to_be_visible()
    keys.is_on(keys.page.locator(".card.now"))
    assert stand(served) == [Status.HIDDEN, Status.REJECTED]


def test_a_card_of_its_own_is_worked_and_left(served: Served, keys: Keyboard) -> None:
    page = keys.page
    served.setting.write(lambda w: a_commenter(w, served.setting.site, "M. Lowen", role=Role.MODERATOR))
    keys.follow(page.locator(".card").filter(has_text="Nine on").get_by_role("link", name="Open"), "/desk/comments/")

    for button in ("Let it go", "I take this"):  # it was read for a moment, so it is theirs already
        keys.enter(page.get_by_role("button", name=button))
        keys.is_on(page.get_by_role("heading", name="With colleagues"))
    keys.choose(page.get_by_label("Give it to"), "M. Lowen")
    keys.enter(page.get_by_role("button", name="Give it", exact=True))
    keys.is_on(page.get_by_role("heading", name="With colleagues"))
    keys.enter(page.locator("summary", has_text="Leave a note …"))
    keys.write(page.get_by_label("Only colleagues see it"), "I asked the harbour.")
    keys.enter(page.get_by_role("button", name="Leave the note"))
    expect(page.locator(".notes")).to_contain_text("I asked the harbour.")
    keys.enter(page.locator("summary", has_text="Ask for a second opinion …"))
    keys.write(page.get_by_label("What would you like to know?"), "Is it satire?")
    keys.choose(page.get_by_label("Of whom"), "M. Lowen")
    keys.enter(page.get_by_role("button", name="Ask", exact=True))
    expect(page.get_by_text("Nobody has answered yet.")).to_be_visible()
    keys.enter(page.locator("summary", has_text="Change the text …"))
    keys.write(page.locator("#reword [name=text]"), "Nine.")
    keys.choose(page.locator("#reword [name=reason]"), "Private information about somebody")
    keys.to(page.get_by_label("Say only that it was changed."))
    keys.tick(page.get_by_label("Show what was changed."), key="ArrowDown")
    keys.enter(page.get_by_role("button", name="Change the text"))
    keys.is_on(page.locator(".card.now, [role=status]").first)
    keys.enter(page.get_by_role("button", name="Approve"))

    keys.is_on(page.locator(".said-done .done"))
    assert stand(served)[0] is Status.PUBLISHED


def test_several_are_decided_together(served: Served, keys: Keyboard) -> None:
    page = keys.page
    for said in ("Nine on", "Ten on"):
        keys.tick(page.locator(".card").filter(has_text=said).get_by_role("checkbox"))
    keys.enter(page.locator("#batch summary"))
    keys.choose(page.get_by_label("Reject them, because of …"), "Attacks a person")
    keys.enter(page.get_by_role("button", name="Reject them"))

    expect(page.locator(".card > .done")).to_have_count(2)
    keys.is_on(page.locator(".card.now"))
    assert stand(served) == [Status.REJECTED] * 2


def test_several_are_decided_together_and_taken_back_without_script(served: Served, chromium: Browser) -> None:
    for said in ("Nine.", "Ten."):
        held(served, said)
    with a_keyboard_at_the_desk(served, chromium, script=False) as keys:
        page = keys.page
        for box in page.locator(".card").get_by_role("checkbox").all():
            keys.tick(box)
        keys.enter(page.locator("#batch summary"))
        keys.enter(page.get_by_role("button", name="Approve them"))
        expect(page.get_by_role("heading", name="Decided together")).to_be_visible()
        assert stand(served) == [Status.PUBLISHED] * 2
        keys.enter(page.get_by_role("button", name="Undo all 2"))
        expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
        keys.follow(page.get_by_role("link", name="On in the queue"), "/desk")
    assert stand(served) == [Status.HIDDEN] * 2


def test_lists_are_narrowed_kept_let_go_and_looked_back_at(keys: Keyboard) -> None:
    page = keys.page
    views = page.get_by_role("navigation", name="Queues")
    keys.follow(views.get_by_role("link", name="Held"), "queue=held")
    keys.enter(page.locator("summary", has_text="Narrow this list"))
    keys.choose(page.locator(".narrow [name=age]"), "less than a day")
    keys.follow(page.get_by_role("button", name="Narrow", exact=True), "age=")
    keys.enter(page.locator("summary", has_text="Keep this view"))
    keys.write(page.get_by_label("Under the name"), "Links of today")
    keys.press("Enter")
    expect(views.get_by_role("link", name="Links of today")).to_be_visible()
    keys.is_on(page.locator(".card.now"))
    keys.enter(page.get_by_role("button", name="Let it go"))
    expect(views.get_by_role("link", name="Links of today")).to_have_count(0)
    keys.is_on(page.locator(".card.now"))
    keys.enter(page.locator("summary", has_text="How you want to read"))
    keys.tick(page.get_by_label("After two hard ones"))
    keys.enter(page.get_by_role("button", name="Keep", exact=True).last)
    keys.is_on(page.locator(".card.now"))

    keys.follow(views.get_by_role("link", name="All comments"), "queue=written")
    keys.follow(page.locator(".card").first.get_by_role("link", name="northquay").last, "/desk/people/")


def test_what_is_sought_is_found_and_opened(keys: Keyboard) -> None:
    page = keys.page
    keys.write(page.get_by_role("searchbox", name="Search comments, people, stories"), "nineteen")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    keys.follow(page.locator(".found").get_by_role("link", name="She is nineteen."), "/desk/comments/")
    keys.follow(page.get_by_role("navigation", name="Queue").get_by_role("link"), "/desk")
    keys.write(page.get_by_role("searchbox", name="Search comments, people, stories"), "northquay")
    keys.press("Enter")
    keys.follow(page.get_by_role("navigation", name="What is searched").get_by_role("link", name="People"), "in=people")
    keys.follow(page.locator(".found").get_by_role("link", name="northquay"), "/desk/people/")


def test_the_day_leads_to_the_oldest_report_and_the_record_back(served: Served, keys: Keyboard) -> None:
    page = keys.page
    to_room(keys, "Today")
    keys.enter(page.locator("summary", has_text="The figures"))
    expect(page.locator("details.table table")).to_be_visible()
    keys.follow(page.locator(".figures").get_by_role("link"), "/desk/comments/")
    keys.enter(page.locator("#reject").get_by_role("button", name="Attacks a person"))
    keys.is_on(page.locator(".said-done .done"))

    to_room(keys, "Log")
    keys.choose(page.get_by_label("What", exact=True), "Decisions on comments")
    keys.choose(page.get_by_label("By whom"), "R. Teague")
    keys.follow(page.get_by_role("button", name="Show"), "kind=decision")
    keys.enter(page.get_by_role("button", name="Undo").first)
    keys.is_on(page.locator(".card.now"))
    assert served.setting.story_now().published_count == 1
