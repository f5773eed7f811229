"""Single keys at the desk, in a real Chromium: one for each decision, on the card being read and no other, in a list
and on the card's own page; none while something is typed, and none where they are switched off.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.actions.test_corrections import a_correction
from tests.keyboard import Keyboard
from tests.makers import a_commenter
from tests.serving import Served
from tests.web.test_desk_page import LINKS, a_tab, at_the_desk, colleague, held, reader, status
from tests.web.test_editor_page import has_no_fault

from rejoinder.actions.claim_case import claim_case
from rejoinder.discussion.comments import Comment, Status

pytestmark = pytest.mark.browser

# A key, what opens for it on a card that stands and has an answer above it, and what has the keyboard then.
OPENS = [
    ("l", "Approve, but put it last …", "By which rule"),
    ("p", "Pick, with a word of ours …", "Our word beside the pick"),
    ("t", "Close this thread …", "Why, for your colleagues"),
    ("m", "Move this reply …", "Under which comment: its link"),
    ("q", "Ask for a second opinion …", "What would you like to know?"),
    ("w", "Leave a note …", "Only colleagues see it"),
    ("e", "Change the text …", "The text"),
]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    yield from a_tab(chromium)


@pytest.fixture
def reply(served: Served) -> Comment:
    """A reply that stands, below one that is no case."""
    setting = served.setting
    root = setting.post("Nine on Monday.")
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    return setting.post("Ten on Tuesday.", by=other, parent_id=root.id)


def card(comment: Comment) -> str:
    return f"/comments/{comment.id}"


def to_the_list(page: Page, served: Served, comment: Comment) -> None:
    """All comments, with this one being read; it was written last."""
    at_the_desk(page, served, path="?queue=written")
    expect(page.locator(".card.now")).to_have_attribute("data-id", str(comment.id))


@pytest.mark.parametrize("opens", OPENS, ids=[key for key, _, _ in OPENS])
def test_a_key_opens_the_form_of_a_decision_with_the_keyboard_in_its_field(
    served: Served, tab: Page, reply: Comment, opens: tuple[str, str, str]
) -> None:
    key, summary, field = opens
    to_the_list(tab, served, reply)

    for _ in ("from the list", "on the card"):
        tab.keyboard.press(key)
        expect(tab).to_have_url(re.compile(card(reply)))
        form = tab.locator("details", has=tab.locator("summary", has_text=summary))
        Keyboard(tab).is_on(form.get_by_label(field).first)
        tab.goto(f"{served.url}{served.site}/desk{card(reply)}")


def test_a_key_puts_a_comment_last_and_another_takes_it_back(served: Served, tab: Page, reply: Comment) -> None:
    to_the_list(tab, served, reply)
    tab.keyboard.press("l")
    expect(tab.get_by_label("By which rule")).to_be_focused()
    tab.keyboard.type("Written only")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    done = tab.locator(".said-done .done")
    expect(done).to_contain_text("Put last: the comment by")
    Keyboard(tab).is_on(done)
    assert served.setting.again(reply).is_lowered
    tab.keyboard.press("z")
    expect(done).to_have_count(0)
    assert not served.setting.again(reply).is_lowered


def test_a_key_picks_and_takes_the_pick_back(served: Served, tab: Page, reply: Comment) -> None:
    to_the_list(tab, served, reply)
    tab.keyboard.press("p")
    expect(tab.get_by_label("Our word beside the pick")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    back = tab.get_by_role("button", name="Take the pick back")
    expect(back).to_be_visible()

    tab.keyboard.press("p")

    expect(back).to_have_count(0)


def test_a_key_closes_the_thread_and_another_opens_it_again(served: Served, tab: Page, reply: Comment) -> None:
    at_the_desk(tab, served, path=card(reply))
    tab.keyboard.press("t")
    tab.keyboard.press("Enter")  # in the field: the form has one line
    expect(tab.get_by_text("This thread is closed")).to_be_visible()

    tab.keyboard.press("z")

    expect(tab).to_have_url(re.compile(r"/desk(\?|$)"))
    at_the_desk(tab, served, path=card(reply))
    expect(tab.get_by_text("Close this thread …")).to_be_visible()


def test_keys_take_a_card_give_it_and_lead_back(served: Served, tab: Page) -> None:
    comment, other = held(served, "Nine."), colleague(served)
    served.setting.write(lambda w: claim_case(w, 1, comment.id, by_seq=other.seq, now=served.now))
    at_the_desk(tab, served, path=card(comment))

    tab.keyboard.press("c")
    expect(tab.get_by_text("You have this.")).to_be_visible()
    Keyboard(tab).is_on(tab.get_by_role("heading", name="With colleagues"))
    tab.keyboard.press("g")
    expect(tab.get_by_label("Give it to")).to_be_focused()
    tab.keyboard.type("M. Lowen")
    expect(tab.locator("#assign-to option:checked")).to_have_text("M. Lowen")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("for M. Lowen")).to_be_visible()
    tab.keyboard.press("b")

    expect(tab.locator(".card.now .has")).to_have_text("for M. Lowen")


def test_a_card_of_its_own_is_approved_by_a_key(served: Served, tab: Page) -> None:
    comment = held(served, "Nine.")
    at_the_desk(tab, served, path=card(comment))

    tab.keyboard.press("a")

    Keyboard(tab).is_on(tab.locator(".said-done .done"))
    assert status(served, comment) is Status.PUBLISHED


def test_a_card_of_its_own_is_rejected_by_two_keys_and_by_none_alone(served: Served, tab: Page) -> None:
    comment = held(served, "Nine.")
    at_the_desk(tab, served, path=card(comment))

    tab.keyboard.press("2")
    tab.keyboard.press("r")
    expect(tab.get_by_role("form", name="Reject, because of …")).to_be_focused()
    assert status(served, comment) is Status.PENDING
    tab.keyboard.press("2")

    expect(tab.locator(".said-done .done")).to_contain_text("Rejected: the comment by")
    assert status(served, comment) is Status.REJECTED


def test_the_writer_and_the_story_are_a_key_away(served: Served, tab: Page, reply: Comment) -> None:
    for path in ("?queue=written", card(reply)):
        at_the_desk(tab, served, path=path)
        tab.keyboard.press("u")
        expect(tab.get_by_role("heading", name="saltmarsh")).to_be_visible()
        at_the_desk(tab, served, path=path)
        tab.keyboard.press("y")
        expect(tab.get_by_role("heading", name="Open and closed")).to_be_visible()


def test_what_cannot_be_done_with_a_card_is_said(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    at_the_desk(tab, served)

    tab.keyboard.press("t")  # nothing can be below it yet

    said = tab.get_by_role("alert")
    expect(said).to_have_text("That cannot be done with this comment as it stands.")
    Keyboard(tab).is_on(said)


def test_keys_act_on_the_card_that_is_read_alone(served: Served, tab: Page) -> None:
    first, second = held(served, "Nine."), held(served, "Ten.", hour=2)
    at_the_desk(tab, served)

    tab.keyboard.press("j")
    tab.keyboard.press("a")
    expect(tab.locator(".card > .done")).to_have_count(1)
    assert (status(served, first), status(served, second)) == (Status.PENDING, Status.PUBLISHED)
    expect(tab.locator(".card").first).to_be_focused()


def test_a_key_that_is_held_down_decides_once(served: Served, tab: Page) -> None:
    first, second = held(served, "Nine."), held(served, "Ten.", hour=2)
    at_the_desk(tab, served)

    for _ in range(3):
        tab.keyboard.down("a")
    tab.keyboard.up("a")

    expect(tab.locator(".card > .done")).to_have_count(1)
    assert (status(served, first), status(served, second)) == (Status.PUBLISHED, Status.PENDING)


def test_the_last_card_keeps_the_keyboard_when_its_button_goes(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    at_the_desk(tab, served)
    keyboard = Keyboard(tab)

    keyboard.enter(tab.get_by_role("button", name="Approve", exact=False).first)

    expect(tab.locator(".card > .done")).to_be_visible()
    keyboard.is_on(tab.locator(".card"))


def test_more_cards_take_the_keyboard_from_what_brought_them(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    at_the_desk(tab, served)
    keyboard = Keyboard(tab)
    comment = held(served, "Ten.", hour=2)
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    keyboard.enter(tab.locator(".arrived button"))

    keyboard.is_on(tab.locator(f"[data-id='{comment.id}']"))


def test_keys_lead_to_what_says_almost_the_same_to_the_card_and_back(served: Served, tab: Page) -> None:
    pitch = "Best winter tyres for the islands, free delivery before noon on every day, ask for number"
    for number in range(2):
        held(served, f"{pitch} {number}", hour=number + 1, by=reader(served, f"tyres {number}"))
    at_the_desk(tab, served)

    tab.keyboard.press("s")
    expect(tab.get_by_role("heading", name="These say almost the same")).to_be_visible()
    tab.keyboard.press("j")
    Keyboard(tab).is_on(tab.locator(".card").nth(1))
    tab.keyboard.press("k")
    Keyboard(tab).is_on(tab.locator(".card").first)
    tab.keyboard.press("o")
    expect(tab).to_have_url(re.compile("/desk/comments/[^/]+$"))
    tab.keyboard.press("s")
    expect(tab.get_by_role("heading", name="These say almost the same")).to_be_visible()


@pytest.mark.parametrize(("key", "becomes"), [("f", Status.PUBLISHED), ("d", Status.REJECTED)])
def test_the_other_hand_has_keys_of_its_own(served: Served, tab: Page, key: str, becomes: Status) -> None:
    for path in ("", "card"):
        comment = held(served, f"Nine {path}.", by=reader(served, f"gull {path}"))
        at_the_desk(tab, served, path=card(comment) if path else "")
        tab.keyboard.press(key)
        if key == "d":
            tab.keyboard.press("2")
        expect(tab.locator(".done").first).to_be_visible()
        assert status(served, comment) is becomes


def test_keys_lead_over_a_correction_and_open_it(served: Served, tab: Page) -> None:
    comment = held(served, "Nine.")
    correction = a_correction(served.setting)
    at_the_desk(tab, served)
    case = tab.locator(".plain-case")

    tab.keyboard.press("j" if tab.locator(".card + .plain-case").count() else "k")
    Keyboard(tab).is_on(case)
    for key in ("a", "r", "x", "c", "t"):  # nothing of that can be done with it, nor with the card that was read before
        tab.keyboard.press(key)
    expect(tab.locator(".card .reasons, .card.chosen, .card > .done")).to_have_count(0)
    assert status(served, comment) is Status.PENDING
    tab.keyboard.press("o")

    expect(tab).to_have_url(re.compile(f"/desk/corrections/{correction.id}"))


def test_an_empty_list_has_its_keys(served: Served, tab: Page) -> None:
    at_the_desk(tab, served)
    tab.keyboard.press("a")
    tab.keyboard.press("?")
    Keyboard(tab).is_on(tab.get_by_role("heading", name="Keys at the desk"))
    tab.keyboard.press("Escape")
    held(served, "Nine.")
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(tab.locator(".arrived button")).to_be_visible()

    tab.keyboard.press("n")

    Keyboard(tab).is_on(tab.locator(".card.now"))


def test_what_a_key_opens_is_fit_for_everybody(served: Served, tab: Page, reply: Comment) -> None:
    to_the_list(tab, served, reply)
    tab.keyboard.press("r")
    expect(tab.get_by_role("form", name="Reject, because of …")).to_be_focused()
    has_no_fault(tab)
    for key, summary, _ in OPENS:
        at_the_desk(tab, served, path=card(reply))
        tab.keyboard.press(key)
        expect(tab.locator("details[open]", has=tab.locator("summary", has_text=summary))).to_be_visible()
        has_no_fault(tab)


@pytest.mark.parametrize("path", ["", "card"])
def test_no_key_acts_while_something_is_typed(served: Served, tab: Page, path: str) -> None:
    comment = held(served, "Nine.")
    at_the_desk(tab, served, path=card(comment) if path else "")
    tab.keyboard.press("r")
    note = tab.locator("form.reasons [name=note]")
    Keyboard(tab).to(note)

    tab.keyboard.type("A lazy fox quotes 2 of 7")

    expect(note).to_have_value("A lazy fox quotes 2 of 7")
    expect(tab).to_have_url(re.compile(r"/desk$|/desk/comments/"))
    assert status(served, comment) is Status.PENDING


@pytest.mark.parametrize("path", ["", "card"])
def test_keys_can_be_switched_off_by_key_and_stay_off(served: Served, tab: Page, path: str) -> None:
    comment = held(served, "Nine.")
    at_the_desk(tab, served, path=card(comment) if path else "")
    Keyboard(tab).to(tab.get_by_label("Keys", exact=True))
    tab.keyboard.press("Space")
    here = tab.url

    for again in (False, True):
        if again:
            tab.reload()
        for key in ("a", "r", "l", "w", "o", "?"):
            tab.keyboard.press(key)
        expect(tab.get_by_role("dialog")).to_have_count(0)
        expect(tab.locator(".list .reasons")).to_have_count(1 if path else 0)
        assert tab.url == here
    assert status(served, comment) is Status.PENDING
    assert served.setting.again(comment).text == f"Nine. {LINKS}"


def test_every_key_stands_on_the_list_of_keys(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    at_the_desk(tab, served)
    used = set(
        tab.evaluate("[...document.querySelectorAll('[data-letter]')].flatMap((e) => e.dataset.letter.split(' '))")
    )

    tab.keyboard.press("?")
    told = {text.lower() for text in tab.get_by_role("dialog").locator("kbd").all_text_contents()}

    assert used | {key for key, _, _ in OPENS} | set("jkafrdxszocnguy?") <= told
    tab.keyboard.press("Escape")
    expect(tab.locator(".card.now")).to_be_visible()
    tab.keyboard.press("a")
    expect(tab.locator(".card > .done")).to_be_visible()
