"""The embed in a page of another site with a strict policy, in a real Chromium that sends no third-party cookie."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.makers import a_commenter, after
from tests.serving import Served
from tests.signing import claims, hand_off, shared, sign_in_by
from tests.web.publisher import STYLE, Publisher, publishing
from tests.web.test_foreign_page import SHIFTS, STYLE_OF, TAGS

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.change_origins import add_origin
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.policy import Clause, Content, Wording
from rejoinder.store import person_acts

pytestmark = pytest.mark.browser

ROOM = "rejoinder-discussion:not(:defined) { display: block; min-block-size: 100vh }"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ferry to run through the winter</title><link rel="stylesheet" href="/page.css"><script src="/watch.js"></script>
<script type="module" src="{rejoinder}/embed.js"></script></head>
<body><main><h1>Ferry to run through the winter</h1><p>The ferry will sail four times a day.</p>
{piece}
<footer><p>The Harbour Courier</p></footer></main></body></html>"""
WATCH = """
window.heard = [];
document.addEventListener("securitypolicyviolation", (event) => heard.push(["violation", event.violatedDirective]));
for (const name of ["ready", "comment", "report", "login", "logout", "fresh", "recommend", "error"]) {
  document.addEventListener(`rejoinder:${name}`, ({ detail }) => heard.push([name, detail]));
}
addEventListener("message", ({ origin, data }) => heard.push(["message", origin, data?.type]));
window.opens = (address) => open(address, "", "popup");
"""


class Embedding(Publisher):
    """A publisher's server whose pages have the embed in them."""

    piece_of_page = ""

    def page(self, path: str) -> tuple[str, str] | None:
        if path == "/page.css":
            return "text/css", STYLE + ROOM
        if path == "/watch.js":
            return "text/javascript", WATCH
        if path == "/story":
            return "text/html; charset=utf-8", PAGE.format(rejoinder=self.rejoinder, piece=self.piece_of_page)
        return super().page(path)


class Stand:
    """A story with its discussion, and a publisher's page of another site that has it in it."""

    def __init__(self, served: Served, publisher: Embedding, address: str) -> None:
        self.served = served
        self.publisher = publisher
        self.origin = address.replace("127.0.0.1", "localhost")
        self.element = f'<rejoinder-discussion story="{served.setting.story.slug}">{{}}</rejoinder-discussion>'
        publisher.piece_of_page = self.element.format("")

    @property
    def story(self) -> str:
        return f"{self.origin}/story"

    def says(self, text: str, **more: Any) -> Any:
        return self.served.setting.post(text, **more)

    def comes_as_reader(self, context: BrowserContext) -> None:
        """Logs the reader in at Rejoinder's own address."""
        value = self.served.session_cookie(self.served.setting.reader)
        context.add_cookies([{"name": self.served.options.session_cookie, "value": value, "url": self.served.url}])


@pytest.fixture
def stand(served: Served) -> Iterator[Stand]:
    setting = served.setting
    first = setting.post("I counted **forty** people on the early boat.\n\n> No, fifty.\n\nForty.")
    friend = setting.write(lambda w: a_commenter(w, setting.site, "southpier"))
    setting.post(f"@{setting.reader.name} fifty, I was there.", by=friend, parent_id=first.id)
    publisher = Embedding(served.url, "")
    with publishing(publisher) as address:
        found = Stand(served, publisher, address)
        setting.write(lambda w: add_origin(w, setting.site.seq, found.origin))
        yield found


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose tabs must stay without complaints, and whose embeds must send no cookie."""
    found = chromium.new_context(viewport={"width": 1200, "height": 900})
    found.set_default_timeout(10_000)
    complaints: list[str] = []
    found.on("console", lambda message: complaints.append(message.text))
    found.on("weberror", lambda error: complaints.append(str(error.error)))
    yield found
    found.close()
    refused = "Failed to load resource: the server responded with a status of"  # what a browser says of every refusal
    assert [each for each in complaints if not each.startswith(refused)] == []


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()


def heard(tab: Page, name: str) -> list[Any]:
    """What the page heard under this name, each once."""
    return [each[1:] for each in tab.evaluate("heard") if each[0] == name]


def log_in(tab: Page) -> Page:
    """The window that opens on a click on "Log in"."""
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="Log in").first.click()
    return opened.value


def enter(stand: Stand, tab: Page) -> None:
    """Logs in by the window, with the reader's password."""
    email = stand.served.set_password(stand.served.setting.reader)
    popup = log_in(tab)
    popup.get_by_label("Mail address").fill(email)
    popup.get_by_label("Password").fill("wrong, at first")
    popup.get_by_role("button", name="Log in").click()
    popup.get_by_label("Password").fill("a ferry at six in the morning")
    popup.get_by_role("button", name="Log in").click()
    expect(popup.locator("main")).to_contain_text(f"Let the pages of {stand.origin} take part as northquay")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Yes, let them").click()
    expect(tab.get_by_role("button", name="Log out").first).to_be_visible()


def test_it_is_read_without_a_cookie_in_the_page_s_own_look_and_moves_nothing(stand: Stand, tab: Page) -> None:
    stand.comes_as_reader(tab.context)
    cookies: list[str] = []
    tab.on("request", lambda request: cookies.append(request.all_headers().get("cookie", "")))
    tab.goto(stand.story)
    said = tab.locator(".said").first

    expect(said).to_contain_text("I counted forty people")
    assert said.evaluate(STYLE_OF, "font-family") == "Georgia, serif"
    assert said.evaluate(STYLE_OF, "color") == "rgb(32, 48, 58)"
    assert tab.evaluate(SHIFTS) == 0
    assert set(cookies) == {""}
    assert heard(tab, "ready") == [[{"site": "courier", "story": stand.served.setting.story.slug}]]
    assert heard(tab, "violation") == []


def test_it_waits_until_it_is_near(stand: Stand, tab: Page) -> None:
    lines = "<p>Quiet water.</p>" * 120
    stand.publisher.piece_of_page = lines + stand.element.format("<p>Soon here.</p>")
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(stand.story)
    tab.wait_for_function("() => !!customElements.get('rejoinder-discussion')")
    assert not [each for each in asked if "/include" in each]

    tab.locator("rejoinder-discussion").scroll_into_view_if_needed()

    expect(tab.locator(".said").first).to_be_visible()
    expect(tab.get_by_text("Soon here.")).to_be_hidden()
    assert tab.evaluate(SHIFTS) == 0


def test_a_short_one_leaves_what_follows_where_it_is(stand: Stand, tab: Page) -> None:
    stand.publisher.piece_of_page = '<rejoinder-discussion story="nothing-here" eager></rejoinder-discussion>'
    tab.goto(stand.story)

    expect(tab.locator("[data-rejoinder-state]")).to_contain_text("There is no story")
    assert heard(tab, "error") == [[{"code": "unknown-story"}]]
    assert tab.evaluate(SHIFTS) == 0


def test_where_nothing_comes_a_link_is_left(stand: Stand, chromium: Browser) -> None:
    tab = chromium.new_page()  # whose complaint about the address that cannot be reached does not count
    tab.route(re.compile("/include"), lambda route: route.abort())
    tab.goto(stand.story)
    expect(tab.get_by_role("link", name="Discussion")).to_have_attribute("href", re.compile("/include\\?story="))
    stand.publisher.piece_of_page = stand.element.format('<a href="/own">Our own words</a>')
    tab.reload()
    tab.wait_for_function("() => heard.length")
    expect(tab.get_by_role("link", name="Our own words")).to_be_visible()
    tab.close()


def test_pages_and_threads_are_shown_in_place(stand: Stand, tab: Page) -> None:
    first = stand.says("A long thread begins.")
    friend = stand.served.setting.write(lambda w: a_commenter(w, stand.served.setting.site, "longwharf"))
    for number in range(14):
        stand.says(f"Answer {number}.", by=friend, parent_id=first.id)
    for number in range(30):
        stand.says(f"Sailing {number}.", by=friend)
    tab.goto(stand.story)

    tab.get_by_role("link", name=re.compile("Show .* more repl")).click()
    expect(tab.get_by_text("Answer 13.")).to_be_visible()
    height = "document.querySelector('rejoinder-discussion').offsetHeight"
    whole = tab.evaluate(height)
    tab.get_by_role("link", name="More comments").click()
    expect(tab.get_by_text("Sailing 29.")).to_be_visible()
    assert tab.evaluate(height) < whole
    expect(tab.get_by_text("Sailing 1.", exact=True)).to_have_count(0)
    tab.get_by_role("link", name="One after another").click()
    expect(tab.get_by_text("I counted forty")).to_be_visible()

    assert tab.url == stand.story
    assert heard(tab, "violation") == []


def test_who_logs_in_by_the_window_posts_replies_and_reports(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    enter(stand, tab)
    assert heard(tab, "login") == [[{"name": "northquay"}]]
    assert heard(tab, "message") == [[stand.served.url, "rejoinder:signed-in"]]

    tab.get_by_role("link", name="Add to the discussion").click()
    tab.get_by_label("Add to the discussion").fill("Written in the publisher's page.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.locator(".said").last).to_contain_text("Written in the publisher's page.")

    tab.get_by_role("link", name="Reply to southpier").click()
    tab.get_by_label("Your reply").fill("And answered there.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_text("And answered there.")).to_be_visible()

    tab.get_by_role("link", name="Report the comment by southpier").click()
    tab.get_by_label(re.compile("Irrelevant")).check()
    tab.get_by_role("button", name="Send report").click()
    expect(tab.get_by_text("An editor will look at it.")).to_be_visible()

    assert [each[0]["status"] for each in heard(tab, "comment")] == ["published", "published"]
    assert len(heard(tab, "report")) == 1
    assert heard(tab, "violation") == []


def test_a_comment_is_recommended_in_place_and_taken_back(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    enter(stand, tab)
    button = tab.get_by_role("button", name="Recommend the comment by southpier").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")

    assert [each[0]["recommended"] for each in heard(tab, "recommend")] == [True, False]
    assert heard(tab, "violation") == []


def test_who_is_not_logged_in_recommends_on_our_own_page(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    tab.get_by_role("button", name="Recommend the comment by southpier").first.click()

    tab.wait_for_url(f"{stand.served.url}/**")
    assert tab.url.startswith(stand.served.url + stand.served.site)


def test_who_is_logged_in_at_the_publisher_s_is_asked_nothing(stand: Stand, tab: Page) -> None:
    """The page's server signs who its reader is; the element changes that for a session of its own, once."""
    sign_in_by(stand.served, hand_off())
    word = shared(claims(stand.served.now))
    stand.publisher.piece_of_page = stand.element.format("").replace(
        "<rejoinder-discussion", f'<rejoinder-discussion token="{word}"', 1
    )
    tab.goto(stand.story)
    expect(tab.get_by_role("button", name="Log out").first).to_be_visible()
    tab.get_by_role("link", name="Add to the discussion").click()
    tab.get_by_label("Add to the discussion").fill("Vouched for.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.get_by_text("Vouched for.")).to_be_visible()

    assert heard(tab, "login") == [[{"name": "Saltmarsh"}]]
    assert tab.locator("rejoinder-discussion").first.get_attribute("token") is None
    assert heard(tab, "violation") == []


def test_the_keyboard_is_enough_and_escape_leads_back(stand: Stand, tab: Page) -> None:
    stand.comes_as_reader(tab.context)
    tab.goto(stand.story)
    tab.get_by_role("link", name="Log in").focus()
    with tab.expect_popup() as opened:
        tab.keyboard.press("Enter")
    popup = opened.value
    popup.get_by_role("button", name="Yes, let them").focus()
    with popup.expect_event("close"):
        popup.keyboard.press("Enter")
    reply = tab.get_by_role("link", name="Reply to southpier")
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()

    reply.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Your reply")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(reply).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.type("By keys alone.")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    expect(tab.locator(".c:focus")).to_contain_text("By keys alone.")


def test_the_second_log_in_of_a_session_asks_nothing_and_leaving_ends_it(stand: Stand, tab: Page) -> None:
    stand.comes_as_reader(tab.context)
    tab.goto(stand.story)
    popup = log_in(tab)
    popup.get_by_role("button", name="Yes, let them").click()
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()
    tab.reload()
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()  # the tab's own storage has it
    tab.evaluate("sessionStorage.clear()")
    tab.reload()

    popup = log_in(tab)
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()
    token = tab.evaluate("Object.values(sessionStorage).map(JSON.parse)[0].token")
    tab.get_by_role("button", name="Log out").click()

    expect(tab.get_by_role("link", name="Log in").first).to_be_visible()
    assert len(heard(tab, "logout")) == 1
    tab.wait_for_function("() => !sessionStorage.length")
    expect_refused(stand, token, stand.origin)


def expect_refused(stand: Stand, token: str, origin: str, *, site: str = "courier") -> None:
    headers = {"Authorization": f"Bearer {token}", "Origin": origin}
    client = stand.served.client()
    path = f"/api/v1/sites/{site}/stories/{stand.served.setting.story.slug}/comments"
    answer = client.post(path, json={"text": "Not by this."}, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["code"] == "log-in-needed"


def test_when_the_session_is_over_the_text_is_kept_and_log_in_is_offered(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    enter(stand, tab)
    stand.served.pass_time(hours=13)
    tab.get_by_role("link", name="Add to the discussion").click()
    box = tab.get_by_label("Add to the discussion")
    box.fill("Written for a long time.")
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.get_by_role("alert").filter(has_text="log in")).to_be_visible()
    expect(box).to_have_value("Written for a long time.")

    with tab.expect_popup() as opened:
        tab.get_by_role("alert").get_by_role("link", name="Log in").click()
    opened.value.get_by_role("button", name="Yes, let them").click()
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()
    tab.get_by_role("button", name="Post comment").click()

    expect(tab.locator(".said").last).to_contain_text("Written for a long time.")
    assert heard(tab, "error") == [[{"code": "log-in-needed"}]]


def test_what_is_typed_outlives_the_page(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    enter(stand, tab)
    tab.get_by_role("link", name="Reply to southpier").click()
    tab.get_by_label("Your reply").fill("Half a thought")
    tab.reload()
    tab.get_by_role("link", name="Reply to southpier").click()

    expect(tab.get_by_label("Your reply")).to_have_value("Half a thought")
    tab.get_by_label("Your reply").fill("x" * 6000)
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_role("alert").filter(has_text="at most 5,000")).to_be_visible()


def test_a_window_that_another_site_opens_tells_it_nothing(stand: Stand, chromium: Browser) -> None:
    """Another site may open the window for the publisher's origin; the token goes to that origin alone, so its browser
    keeps it back and complains. For its own origin it is refused.
    """
    context = chromium.new_context()
    stand.comes_as_reader(context)
    with publishing(Embedding(stand.served.url, "")) as address:
        tab = context.new_page()
        tab.goto(f"{address}/story")
        window = f"{stand.served.url}/courier/embed/sign-in?nonce=0123456789abcdef&origin="
        with tab.expect_popup() as opened:
            tab.evaluate(f"void opens('{window}{address}')")
        expect(opened.value.locator("main")).to_contain_text("not one of this publication’s own")
        with tab.expect_popup() as opened:
            tab.evaluate(f"void opens('{window}{stand.origin}')")
        with context.expect_console_message(lambda said: "does not match the recipient" in said.text):
            opened.value.get_by_role("button", name="Yes, let them").click()
        assert heard(tab, "message") == []
    context.close()


def test_two_on_a_page_share_the_log_in(stand: Stand, tab: Page) -> None:
    stand.publisher.piece_of_page = stand.element.format("") * 2
    tab.goto(stand.story)
    expect(tab.get_by_role("link", name="Log in")).to_have_count(2)

    enter(stand, tab)

    expect(tab.get_by_role("button", name="Log out")).to_have_count(2)


def test_new_comments_are_told_of_and_move_nothing(stand: Stand, tab: Page) -> None:
    tab.goto(stand.story)
    expect(tab.locator(".said").first).to_be_visible()
    stood = tab.locator(".said").first.bounding_box()
    friend = stand.served.setting.write(lambda w: a_commenter(w, stand.served.setting.site, "longwharf"))
    stand.says("A new one.", by=friend)
    stand.says("And another.", by=friend)

    fresh = tab.get_by_role("button", name="2 new comments")
    expect(fresh).to_be_visible()
    assert tab.locator(".said").first.bounding_box() == stood
    assert tab.evaluate(SHIFTS) == 0
    fresh.click()
    expect(tab.get_by_text("And another.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_everybody_can_read_and_press_it(chromium: Browser, stand: Stand, scheme: str, width: int) -> None:
    """In a tab whose complaints do not count: what looks here puts styles of its own into the page."""
    tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type] # one of two
    stand.comes_as_reader(tab.context)
    tab.goto(stand.story)
    log_in(tab).get_by_role("button", name="Yes, let them").click()
    expect(tab.get_by_role("button", name="Log out")).to_be_visible()
    tab.get_by_role("link", name="Report the comment by southpier").click()

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    tab.close()


def warned_at_once(stand: Stand, tab: Page, *whys: tuple[str, str]) -> tuple[Locator, Locator]:
    """The box of a reader who was warned for these reasons in these words, and typed before they knew it; and what
    stands there instead now.
    """
    setting = stand.served.setting
    for reason, words in whys:
        order = Order(site_seq=1, commenter_id=setting.reader.id, by_seq=setting.editor.seq, reason=reason, text=words)
        setting.write(lambda w, order=order: warn_commenter(w, order, now=after(hours=1)))  # type: ignore[misc] # the default binds the loop's value
    tab.goto(stand.story)
    enter(stand, tab)
    tab.get_by_role("link", name="Add to the discussion").click()
    box = tab.get_by_label("Add to the discussion")
    box.fill("The pier needs a lamp.")
    tab.get_by_role("button", name="Post comment").click()
    word = tab.get_by_role("form", name="A word from the editors")
    expect(word).to_be_focused()
    return box, word


def test_a_warned_reader_reads_it_in_place_and_sends_what_they_wrote(stand: Stand, tab: Page) -> None:
    setting = stand.served.setting
    box, word = warned_at_once(stand, tab, ("personal-attack", "Argue with what she wrote."), ("hate", ""))

    for told in ("Argue with what she wrote.", "Clause 1 of our policy", "Clause 2 of our policy"):
        expect(word).to_contain_text(told)
    expect(box).to_be_hidden()
    tab.keyboard.press("Tab")
    expect(word.get_by_role("button", name="I have read this")).to_be_focused()
    tab.keyboard.press("Enter")

    expect(box).to_be_focused()
    expect(box).to_have_value("The pier needs a lamp.")
    expect(word).to_have_count(0)
    assert setting.read(lambda r: person_acts.unread(r, setting.reader)) == []
    tab.get_by_role("button", name="Post comment").click()
    expect(tab.locator(".said", has_text="The pier needs a lamp.")).to_be_visible()
    assert [each[0]["code"] for each in heard(tab, "error")] == ["warning-unread"]


def test_a_warning_that_cannot_be_answered_keeps_the_text_and_escape_leads_back(stand: Stand, tab: Page) -> None:
    setting = stand.served.setting
    box, word = warned_at_once(stand, tab, ("hate", ""))
    told = {"code": "busy", "detail": "Please try again.", "data": {}}
    allowed = {"Access-Control-Allow-Origin": stand.origin}
    tab.route("**/acknowledgement", lambda route: route.fulfill(status=503, json=told, headers=allowed))
    word.get_by_role("button", name="I have read this").click()

    expect(word.get_by_role("alert")).to_have_text("Please try again.")
    tab.keyboard.press("Escape")
    expect(word).to_have_count(0)
    link = tab.get_by_role("link", name="Add to the discussion")
    expect(link).to_be_focused()
    link.click()
    expect(box).to_have_value("The pier needs a lamp.")
    assert len(setting.read(lambda r: person_acts.unread(r, setting.reader))) == 1


def test_everybody_can_read_a_warning(stand: Stand, chromium: Browser) -> None:
    tab = chromium.new_page(viewport={"width": 320, "height": 800})
    warned_at_once(stand, tab, ("personal-attack", "Argue with what she wrote."))

    found = Axe().run(tab, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    assert not found.response["violations"], found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.close()


def test_after_a_material_change_of_the_rules_a_reader_says_yes_in_place(stand: Stand, tab: Page) -> None:
    setting = stand.served.setting
    clauses = (Clause(reasons=("hate",), words={"en": Wording(sentence="No contempt.")}),)
    known: dict[str, Any] = {"by_seq": setting.editor.seq, "now": after(hours=1), "is_material": True}
    setting.write(lambda w: publish_policy(w, setting.site, Content(clauses=clauses), **known))
    tab.goto(stand.story)
    enter(stand, tab)
    tab.get_by_role("link", name="Add to the discussion").click()
    tab.get_by_label("Add to the discussion").fill("The pier needs a lamp.")
    tab.get_by_role("button", name="Post comment").click()

    expect(tab.get_by_text("The rules of our discussions have changed.")).to_be_visible()
    agree = tab.get_by_label("I have read the rules and agree.")
    expect(agree).to_be_focused()
    assert tab.locator(".agree a").get_attribute("href") == f"{stand.served.url}{stand.served.site}/policy"
    tab.get_by_role("button", name="Post comment").click()  # without the tick nothing is sent
    expect(agree).to_be_visible()
    expect(tab.get_by_label("Add to the discussion")).to_have_value("The pier needs a lamp.")
    agree.check()
    tab.get_by_role("button", name="Post comment").click()

    expect(tab.locator(".said", has_text="The pier needs a lamp.")).to_be_visible()
    assert [each[0]["code"] for each in heard(tab, "error")] == ["policy-changed"]
