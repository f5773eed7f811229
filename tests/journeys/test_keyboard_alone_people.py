"""People, appeals, legal notices and corrections, worked at the desk by somebody who has no mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.actions.test_corrections import a_correction
from tests.journeys.a_desk import (
    a_banned_person,
    a_keyboard_at_the_desk,
    a_notice,
    an_appeal,
    held,
)
from tests.keyboard import Keyboard
from tests.makers import a_decision, after, an_editor
from tests.serving import Served

from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import appeals, corrections, notices

pytestmark = pytest.mark.browser

WORDS = "Argue with what she wrote."


@pytest.fixture
def keys(served: Served, chromium: Browser) -> Iterator[Keyboard]:
    held(served, "Nine on Monday.")
    with a_keyboard_at_the_desk(served, chromium) as keyboard:
        yield keyboard


def to_queue(keys: Keyboard, name: str, address: str) -> None:
    """To one of the queues, by the list beside the cards."""
    views = keys.page.get_by_role("navigation", name="Queues")
    keys.follow(views.get_by_role("link", name=name), address)


def done(keys: Keyboard, sentence: str) -> None:
    """The page says this, and the keyboard is there."""
    keys.is_on(keys.page.locator("main [role=status]", has_text=sentence))


ACTS = [
    ("Write to them …", "Send the message", ""),
    ("Warn …", "Warn", "Attacks a person"),
    ("Hold their comments …", "Hold their comments", "Attacks a person"),
    ("Suspend or ban …", "Suspend or ban", "Attacks a person"),
]


@pytest.mark.parametrize("act", ACTS, ids=[button for _, button, _ in ACTS])
def test_something_is_done_about_somebody_and_taken_back(keys: Keyboard, act: tuple[str, str, str]) -> None:
    page, (summary, button, reason) = keys.page, act
    keys.follow(page.locator(".card").get_by_role("link", name="northquay"), "/desk/people/")
    keys.enter(page.locator("summary", has_text=summary))
    form = page.locator("details[open]")
    if reason:
        keys.choose(form.get_by_label("By which rule"), reason)
    keys.write(form.get_by_label("Your words to them"), WORDS)
    keys.enter(form.get_by_role("button", name=button, exact=True))
    done(keys, "Done.")
    expect(page.get_by_role("region", name="What was done about them")).to_contain_text(WORDS)
    if not reason:
        return

    keys.enter(page.get_by_role("button", name="Take it back"))

    expect(page.get_by_text("taken back since")).to_be_visible()
    keys.is_on(page.locator("main [role=status], #done-about").first)


def test_a_refused_act_has_the_keyboard_at_what_is_wrong(served: Served, keys: Keyboard) -> None:
    page = keys.page
    keys.follow(page.locator(".card").get_by_role("link", name="northquay"), "/desk/people/")
    keys.enter(page.locator("summary", has_text="Write to them …"))
    keys.write(page.locator("#message-words"), "   ")
    keys.enter(page.get_by_role("button", name="Send the message"))

    keys.is_on(page.get_by_role("alert"))


def test_notes_a_level_and_the_ladder(keys: Keyboard) -> None:
    page = keys.page
    keys.follow(page.locator(".card").get_by_role("link", name="northquay"), "/desk/people/")
    keys.write(page.get_by_label("Leave a note for colleagues"), "Wrote twice today.")
    keys.enter(page.get_by_role("button", name="Leave the note"))
    keys.is_on(page.get_by_role("heading", name="Notes of colleagues"))
    keys.follow(
        page.get_by_role("navigation", name="Which comments").get_by_role("link", name="held"), "status=pending"
    )
    expect(page.locator(".log", has_text="Nine on Monday.")).to_be_visible()


def test_all_of_a_spammer_goes_and_comes_back(served: Served, keys: Keyboard) -> None:
    page = keys.page
    keys.follow(page.locator(".card").get_by_role("link", name="northquay"), "/desk/people/")
    keys.follow(page.get_by_role("link", name="All their comments away as spam"), "/erase$")
    keys.enter(page.get_by_role("button", name="Take 1 comment away as spam"))
    done(keys, "Their comments go in a few moments.")
    keys.enter(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_text("Comments brought back")).to_be_visible()
    keys.is_on(page.locator("main [role=status], #done-about").first)


def test_an_appeal_is_heard_and_that_is_taken_back(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    other = setting.write(lambda w: an_editor(w, setting.site, "A. Nance"))
    comment = setting.post("Bought and paid for.")
    decided = setting.write(lambda w: a_decision(w, comment, other, Outcome.REJECT, now=after(hours=1, minutes=5)))
    an_appeal(served, decided, setting.reader)
    to_queue(keys, "Appeals", "queue=appeals|/appeals")
    keys.follow(page.get_by_role("main").get_by_role("link", name="Hear the appeal"), "/desk/appeals/")
    keys.enter(page.get_by_role("button", name="Refuse"))
    keys.is_on(page.get_by_role("alert"))
    keys.write(page.get_by_label("What whoever appealed is told"), "You are right.")
    keys.enter(page.get_by_role("button", name="Grant: the comment stands"))
    done(keys, "Granted by")
    assert setting.again(comment).status is Status.PUBLISHED

    keys.enter(page.get_by_role("button", name="Undo"))

    keys.is_on(page.get_by_role("heading", name="northquay appeals"))
    assert setting.again(comment).status is not Status.PUBLISHED
    keys.follow(page.get_by_role("navigation", name="Appeals").get_by_role("link"), "/desk/appeals$")


def test_somebody_who_was_kept_out_is_heard(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    other = setting.write(lambda w: an_editor(w, setting.site, "A. Nance"))
    _, appeal = a_banned_person(served, "hale", other)
    to_queue(keys, "Appeals", "queue=appeals|/appeals")
    keys.follow(page.locator(".plain-case").get_by_role("link", name="Open"), "/desk/appeals/")
    keys.write(page.get_by_label("What whoever appealed is told"), "A week is enough.")
    keys.enter(page.get_by_role("button", name="Refuse"))
    done(keys, "Refused by")
    assert setting.read(lambda r: appeals.by_id(r, 1, appeal.id)).outcome == "refused"


def test_a_legal_notice_is_answered(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    comment = setting.post("The harbour master took the money.")
    notice = a_notice(served, comment)
    to_queue(keys, "Legal notices", "queue=notices")
    keys.follow(page.locator(".card").get_by_role("link", name="Legal notice"), "/desk/notices/")
    keys.enter(page.locator("summary", has_text="Remove it: it is against our policy"))
    form = page.locator("details[open].answer")
    keys.choose(form.get_by_label("Reason"), "Attacks a person")
    keys.enter(form.get_by_role("button", name="Remove as against the policy"))

    keys.is_on(page.get_by_role("heading", name="Legal notice"))
    expect(page.get_by_text("removed as against the policy")).to_be_visible()
    found = setting.read(lambda r: notices.by_id(r, 1, notice.id))
    assert found.resolution == "policy"
    keys.enter(page.get_by_role("button", name="Undo"))
    keys.is_on(page.locator("main [role=status], .card.now, .empty").first)
    assert setting.again(comment).status is not Status.REMOVED


def test_a_correction_is_answered_and_that_is_taken_back(served: Served, keys: Keyboard) -> None:
    page, setting = keys.page, served.setting
    correction = a_correction(setting).id
    to_queue(keys, "Corrections", "queue=corrections")
    keys.follow(page.locator(".plain-case").get_by_role("link", name="Open"), "/desk/corrections/")
    keys.to(page.get_by_label("The story was corrected."))
    keys.tick(page.get_by_label("The story is right as it is."), key="ArrowDown")
    keys.write(page.get_by_label("Answer to the reader"), "It sails four times on Sundays.")
    keys.enter(page.get_by_role("button", name="Answer", exact=True))
    done(keys, "The story is right as it is")
    assert setting.read(lambda r: corrections.by_id(r, 1, correction)).resolution == "declined"

    keys.enter(page.get_by_role("button", name="Take the answer back"))

    keys.is_on(page.get_by_role("heading", name="A reader’s correction"))
    assert setting.read(lambda r: corrections.by_id(r, 1, correction)).resolution is None
    keys.follow(page.get_by_role("navigation", name="Queue").get_by_role("link"), "queue=corrections")
