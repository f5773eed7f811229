"""Working at the desk in a real Chromium: by keys alone, beside colleagues, and without any script."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, Page, Response, Route, expect
from tests.makers import a_comment, a_commenter, a_decision, a_flag, after, an_editor
from tests.serving import Served
from tests.web.test_scripts import come_as

from rejoinder.actions.claim_case import claim_case
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import comments, decisions

pytestmark = pytest.mark.browser

LINKS = " ".join(f"https://ferry.example/{number}" for number in range(3))


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    yield from a_tab(chromium)


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A browser without script."""
    yield from a_tab(chromium, script=False)


def a_tab(chromium: Browser, *, script: bool = True) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=script)
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def held(served: Served, text: str, *, hour: int = 1, by: Commenter | None = None) -> Comment:
    """A comment with so many links that an editor must read it first."""
    return (
        served.database.write(
            lambda w: a_comment(
                w, served.setting.story, by or served.setting.reader, f"{text} {LINKS}", now=after(hours=hour)
            )
        )
        .result()
        .comment
    )


def colleague(served: Served) -> Commenter:
    return served.database.write(
        lambda w: a_commenter(w, served.setting.site, "M. Lowen", role=Role.MODERATOR)
    ).result()


def at_the_desk(page: Page, served: Served, *, by: Commenter | None = None, path: str = "") -> None:
    come_as(page, served, by or served.setting.editor)
    page.goto(f"{served.url}{served.site}/desk{path}")


def look(tab: Page) -> None:
    """What the page asks every few seconds, now: as when somebody comes back to it."""
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def reader(served: Served, name: str) -> Commenter:
    return served.database.write(lambda w: a_commenter(w, served.setting.site, name)).result()


def status(served: Served, comment: Comment) -> Status:
    return served.database.read(lambda r: comments.by_seq(r, 1, comment.seq)).result().status


def test_a_key_decides_and_the_next_card_is_read_before_any_answer(served: Served, tab: Page) -> None:
    first, second = held(served, "Nine."), held(served, "Ten.", hour=2)
    waiting: list[Route] = []
    is_open = False

    def keep(route: Route) -> None:
        if is_open:  # the browser may hand the second over only now
            route.continue_()
        else:
            waiting.append(route)

    tab.route("**/decide", keep)
    at_the_desk(tab, served)

    tab.keyboard.press("a")
    expect(tab.locator(".card").nth(1)).to_have_class("card now")
    tab.keyboard.press("d")
    tab.keyboard.press("2")
    expect(tab.locator(".card.sending")).to_have_count(2)
    assert status(served, first) is Status.PENDING
    is_open = True
    for route in waiting:
        route.continue_()
    expect(tab.locator(".card > .done")).to_have_count(2)

    assert (status(served, first), status(served, second)) == (Status.PUBLISHED, Status.REJECTED)


def test_what_is_selected_is_what_a_rejection_is_about(served: Served, tab: Page) -> None:
    comment = held(served, "The boat was late. Bought and paid for, all of you.")
    at_the_desk(tab, served)
    select(tab, "Bought and paid for")

    tab.keyboard.press("r")
    words = tab.locator(".reasons [name=words]")
    expect(words).to_have_value("Bought and paid for")
    words.fill("Bought by whom")
    tab.locator(".reasons [name=note]").fill("Please argue.")
    tab.locator(".reasons button[data-key='1']").click()

    expect(tab.get_by_role("alert")).to_contain_text("do not stand in the comment")
    expect(tab.locator(".reasons [name=note]")).to_have_value("Please argue.")
    tab.locator(".reasons [name=words]").fill("paid for")
    tab.locator(".reasons button[data-key='1']").click()
    expect(tab.locator(".card > .done")).to_be_visible()
    [decision] = served.database.read(lambda r: decisions.of_comment(r, 1, comment.seq)).result()
    assert [comment.text[start:end] for start, end in decision.cited] == ["paid for"]
    assert decision.note == "Please argue."


def select(tab: Page, words: str) -> None:
    """These words of the card that is being read selected, as by a finger."""
    tab.locator(".card.now .said").evaluate(
        """(said, words) => {
          const walk = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at >= 0) getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length);
          }
        }""",
        words,
    )


def test_what_fails_while_the_editor_reads_on_is_told_on_its_card_and_at_the_edge(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    held(served, "Ten.", hour=2)
    tab.route("**/decide", lambda route: route.abort())
    at_the_desk(tab, served)

    tab.keyboard.press("a")
    stood_at = tab.locator(".card").nth(1).bounding_box()

    expect(tab.locator(".card").first.get_by_role("alert")).to_contain_text("Nothing was decided")
    assert tab.locator(".card").nth(1).bounding_box() == stood_at
    tab.locator(".trouble a").click()
    expect(tab.locator(".card").first).to_have_class("card now")
    tab.unroute("**/decide")
    tab.keyboard.press("a")
    expect(tab.locator(".card").first.locator(".done")).to_contain_text("Approved")


def test_a_batch_is_decided_told_card_by_card_and_taken_back_as_one(served: Served, tab: Page) -> None:
    some = [held(served, f"Boat {word}.", hour=hour) for hour, word in enumerate(("one", "two", "three"), 1)]
    other = colleague(served)
    at_the_desk(tab, served)
    served.database.write(
        lambda w: a_decision(w, some[1], other, Outcome.REJECT, reason="advertising", now=after(hours=2))
    ).result()

    for key in ("x", "j", "x", "j", "x", "a"):
        tab.keyboard.press(key)

    expect(tab.locator(".card > .done")).to_have_count(2)
    expect(tab.locator(".card").nth(1).get_by_role("alert")).to_contain_text("M. Lowen")
    assert [status(served, each) for each in some] == [Status.PUBLISHED, Status.SPAM, Status.PUBLISHED]
    tab.keyboard.press("z")
    expect(tab.locator(".card > .done")).to_have_count(0)
    assert [status(served, each) for each in some] == [Status.HIDDEN, Status.SPAM, Status.HIDDEN]


def test_near_duplicates_are_decided_together_without_script(served: Served, plain: Page) -> None:
    pitch = "Best winter tyres for the islands, free delivery before noon on every day, ask for number"
    people = [reader(served, f"tyres {number}") for number in range(3)]
    some = [held(served, f"{pitch} {number}", by=by) for number, by in enumerate(people)]
    other = held(served, "The boat was late.")
    at_the_desk(plain, served)

    plain.get_by_role("link", name="2 others say almost the same").first.click()
    expect(plain.get_by_role("checkbox", name="Choose the comment", checked=True)).to_have_count(3)
    plain.get_by_label("Reject them, because of …").select_option("advertising")
    plain.get_by_role("button", name="Reject them").click()

    expect(plain.locator(".outcome")).to_contain_text("3 comments were decided.")
    assert [status(served, each) for each in [*some, other]] == [*[Status.SPAM] * 3, Status.PENDING]
    served.pass_time(seconds=5)
    assert served.mailbox.letters == []
    plain.get_by_role("button", name="Undo all 3").click()
    expect(plain.locator(".outcome")).to_contain_text("3 decisions were taken back.")
    assert [status(served, each) for each in some] == [Status.PENDING] * 3
    served.pass_time(seconds=60)
    assert served.mailbox.letters == []


def test_who_is_second_is_told_what_was_decided_with_and_without_script(served: Served, tab: Page, plain: Page) -> None:
    comment, other = held(served, "Nine."), colleague(served)
    at_the_desk(tab, served)
    at_the_desk(plain, served)
    served.database.write(lambda w: a_decision(w, comment, other, Outcome.APPROVE)).result()

    tab.keyboard.press("r")
    tab.keyboard.press("2")
    plain.get_by_role("button", name="Approve").click()

    expect(tab.locator(".card").first.get_by_role("alert")).to_contain_text("M. Lowen")
    expect(tab.locator(".card").first.get_by_role("alert")).to_contain_text("Approved")
    expect(plain.get_by_text("A colleague decided on this comment while you read it: M. Lowen.")).to_be_visible()
    expect(plain.locator("#record + .log")).to_contain_text("Approved")
    assert status(served, comment) is Status.PUBLISHED


def test_new_cards_wait_below_and_colleagues_cards_are_marked_in_place(served: Served, tab: Page) -> None:
    first, second, third = (held(served, f"{word}.", hour=hour) for hour, word in enumerate(("A", "B", "C"), 1))
    other = colleague(served)
    at_the_desk(tab, served)
    top = tab.locator(".card").first.bounding_box()

    held(served, "D.", hour=4)
    served.database.write(lambda w: claim_case(w, 1, second.id, by_seq=other.seq, now=served.now)).result()
    served.database.write(lambda w: a_decision(w, third, other, Outcome.APPROVE)).result()

    look(tab)
    expect(tab.locator(".arrived button")).to_have_text("1 new card")
    expect(tab.locator(".card").nth(1).locator(".has")).to_have_text("M. Lowen has this")
    expect(tab.locator(".card").nth(2).locator(".has")).to_have_text("M. Lowen approved it.")
    assert tab.locator(".card").count() == 3
    tab.keyboard.press("n")
    expect(tab.locator(".card")).to_have_count(4)
    expect(tab.locator(".arrived button")).to_be_hidden()
    assert tab.locator(".card").first.bounding_box() == top
    assert first.id == UUID(tab.locator(".card.now").get_attribute("data-id") or "")


def test_an_empty_queue_fills_while_it_is_looked_at(served: Served, tab: Page) -> None:
    at_the_desk(tab, served)
    expect(tab.get_by_text("Nothing waits here.")).to_be_visible()
    comment = held(served, "Nine.")
    look(tab)

    tab.locator(".arrived button").click()
    expect(tab.locator(".card.now")).to_contain_text("Nine.")
    tab.keyboard.press("x")
    tab.keyboard.press("a")

    expect(tab.locator(".card > .done")).to_contain_text("Approved")
    assert status(served, comment) is Status.PUBLISHED


def test_a_decision_costs_two_small_answers(served: Served, tab: Page) -> None:
    for hour in range(1, 4):
        held(served, f"Boat {hour}.", hour=hour)
    at_the_desk(tab, served)
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        if "/decisions/" in answer.url or answer.url.endswith("/decide"):
            answers.append(answer)

    tab.on("response", keep)

    with tab.expect_event("requestfinished", lambda request: "/decisions/" in request.url):
        tab.keyboard.press("a")
    expect(tab.locator(".card > .done")).to_be_visible()

    assert len(answers) == 2
    assert sum(len(answer.body()) for answer in answers if answer.status == 200) < 4_000


def test_a_text_that_changes_while_it_is_read_is_shown_with_the_difference(served: Served, tab: Page) -> None:
    comment = held(served, "Nine boats on Monday.")
    at_the_desk(tab, served)
    edit = Edit(
        site_seq=1,
        comment_id=comment.id,
        commenter_seq=served.setting.reader.seq,
        text=f"Ten boats on Monday. {LINKS}",
        seen_revision=1,
    )
    served.database.write(lambda w: edit_comment(w, edit, now=after(hours=1, minutes=1))).result()

    look(tab)
    card = tab.locator(".card").first
    expect(card.locator(".difference ins")).to_contain_text("Ten")
    expect(card.locator(".said").first).to_contain_text("Ten boats")
    tab.keyboard.press("a")

    expect(card.locator("> .done")).to_contain_text("Approved")


def test_a_card_that_is_read_is_claimed_and_seen_as_claimed(served: Served, tab: Page, plain: Page) -> None:
    held(served, "Nine.")
    at_the_desk(plain, served, by=colleague(served))
    with tab.expect_response(lambda answer: answer.url.endswith("/claim") and answer.status == 204):
        at_the_desk(tab, served)

    plain.reload()
    expect(plain.locator(".card .has")).to_have_text("R. Teague has this")
    plain.get_by_role("link", name="Open").click()
    plain.get_by_role("button", name="Take it over").click()

    expect(plain.get_by_text("You have this.")).to_be_visible()


def test_a_second_opinion_goes_round_by_plain_forms(served: Served, plain: Page, chromium: Browser) -> None:
    held(served, "Nine.")
    other = colleague(served)
    at_the_desk(plain, served)
    plain.get_by_role("link", name="Open").click()
    plain.get_by_text("Ask for a second opinion …").click()
    plain.get_by_label("What would you like to know?").fill("Is this still satire?")
    plain.get_by_label("Of whom").select_option("M. Lowen")
    plain.get_by_role("button", name="Ask", exact=True).click()
    expect(plain.get_by_text("Nobody has answered yet.")).to_be_visible()

    for theirs in a_tab(chromium, script=False):
        at_the_desk(theirs, served, by=other, path="/mine")
        theirs.get_by_role("link", name="Open").click()
        theirs.get_by_label("Your opinion").fill("Yes, and a good one.")
        theirs.get_by_role("button", name="I see it otherwise").click()

    plain.goto(f"{served.url}{served.site}/desk/mine")
    expect(plain.locator(".notes")).to_contain_text("M. Lowen sees it otherwise: Yes, and a good one.")


def test_harsh_text_is_blurred_until_asked_and_that_can_be_switched_off(served: Served, tab: Page, plain: Page) -> None:
    comment = held(served, "A harsh word.")
    served.database.write(lambda w: a_flag(w, comment, reason="hate")).result()
    at_the_desk(tab, served)
    at_the_desk(plain, served)
    expect(tab.locator(".card .said")).to_be_hidden()
    tab.keyboard.press("v")
    expect(tab.locator(".card .said")).to_be_visible()
    plain.get_by_text("Harsh text. Show it").click()
    expect(plain.locator(".card .said")).to_be_visible()

    plain.get_by_text("How you want to read").click()
    plain.get_by_label("Harsh texts are blurred until I ask for them").uncheck()
    plain.get_by_role("button", name="Keep").click()

    expect(plain.locator(".card .said")).to_be_visible()
    assert plain.locator(".harsh").count() == 0


def test_a_pause_is_suggested_once_after_a_hundred_harsh_texts(served: Served, tab: Page) -> None:
    for hour in (1, 2):
        comment = held(served, f"A harsh word {hour}.", hour=hour)
        served.database.write(lambda w, about=comment: a_flag(w, about, reason="hate")).result()  # type: ignore[misc] # binds the loop's value
    at_the_desk(tab, served)
    tab.evaluate(
        "localStorage.setItem('rejoinder-desk-harsh', JSON.stringify({day: new Date().toDateString(), count: 99}))"
    )

    for key in ("v", "j", "v"):
        tab.keyboard.press(key)

    expect(tab.locator(".harsh[open]")).to_have_count(2)
    expect(tab.get_by_text("You have read a hundred harsh texts today.")).to_have_count(1)
    assert tab.evaluate("JSON.parse(localStorage.getItem('rejoinder-desk-harsh')).count") == 101


def test_c_takes_a_card_over_from_a_colleague(served: Served, tab: Page) -> None:
    comment, other = held(served, "Nine."), colleague(served)
    served.database.write(lambda w: claim_case(w, 1, comment.id, by_seq=other.seq, now=served.now)).result()
    at_the_desk(tab, served)
    expect(tab.locator(".card .has")).to_have_text("M. Lowen has this")

    tab.keyboard.press("c")

    expect(tab.locator(".card .has")).to_be_hidden()


def test_the_whole_desk_is_reached_by_tab_and_the_help_lists_the_keys(served: Served, tab: Page) -> None:
    held(served, "Nine.")
    at_the_desk(tab, served)
    reached = set()
    for _ in range(60):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"))
    assert {"ApproveA", "Reject…R", "OpenO", "All keys ?", "How you want to read"} <= reached
    tab.locator(".card").first.focus()

    tab.keyboard.press("Shift+?")
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("take the latest decision back")
    tab.keyboard.press("a")
    expect(tab.locator(".card > .done")).to_have_count(0)
    found = Axe().run(tab, options={"resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    tab.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def test_a_decision_is_taken_back_from_the_log_and_from_the_person(served: Served, plain: Page) -> None:
    some = [held(served, "Nine."), held(served, "Ten.", hour=2)]
    for each in some:
        served.setting.decide(each, Outcome.REJECT)
    at_the_desk(plain, served, path="/log")
    plain.get_by_role("button", name="Undo").first.click()
    expect(plain.locator(".card")).to_have_count(1)

    plain.goto(f"{served.url}{served.site}/desk/people/{served.setting.reader.id}")
    plain.get_by_role("button", name="Undo the decision").click()

    assert [status(served, each) for each in some] == [Status.PENDING] * 2
    expect(plain.get_by_role("heading", name="northquay")).to_be_visible()
    plain.get_by_label("Leave a note for colleagues").fill("Wrote twice today.")
    plain.get_by_role("button", name="Leave the note").click()
    expect(plain.locator(".notes")).to_contain_text("R. Teague on the writer: Wrote twice today.")


def test_two_editors_who_send_the_same_batch_at_once_make_each_decision_once(served_on_either: Served) -> None:
    served = served_on_either
    some = [held(served, f"Boat {number}.") for number in range(6)]
    other = served.database.write(lambda w: an_editor(w, served.setting.site, "M. Lowen")).result()
    form = {"outcome": "approve", **{f"on:{each.id}": "1.0" for each in some}}

    both = [served.client(by) for by in (served.setting.editor, other)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda client: client.post(f"{served.site}/desk/batch", data=form), both))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum(answer.text.count('class="failed"') for answer in answers) == 6
    assert sum(answer.text.count("data-done=") for answer in answers) == 6
    assert served.setting.story_now().published_count == 6
