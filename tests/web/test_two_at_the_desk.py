"""Two editors with the same page of the desk open: each form says what it was drawn with, and the second is told."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import httpx
import pytest
from tests.makers import a_flag, an_editor
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.close_story import close_story
from rejoinder.store import sites


class Forms(HTMLParser):
    """The forms of a page, each with its address and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append({"action": known.get("action", "")})
        elif tag == "input" and known.get("type") == "hidden":
            self.found[-1][known["name"]] = known["value"]

    def form(self, act: str) -> dict[str, str]:
        """The only one whose address ends so; behind a space, the only one that sends this outcome."""
        last, _, outcome = act.partition(" ")
        [form] = [
            form
            for form in self.found
            if form["action"].rsplit("/", 1)[-1] == last and form.get("outcome", "") == outcome
        ]
        return form


class Two:
    """The same page before two editors. What either sends has the hidden fields as they were drawn for both."""

    def __init__(self, served: Served, page: str) -> None:
        self.first = served.client(served.setting.editor)
        self.second = served.client(served.setting.write(lambda w: an_editor(w, served.setting.site, "M. Lowen")))
        self.page = page

    def send(self, act: str, first: dict[str, str], second: dict[str, str]) -> tuple[httpx.Response, httpx.Response]:
        """What each is answered: the form of this act, with what they typed."""
        drawn = [Forms(client.get(self.page).text).form(act) for client in (self.first, self.second)]
        typed = zip((self.first, self.second), drawn, (first, second), strict=True)
        one, other = [client.post(form.pop("action"), data=form | more) for client, form, more in typed]
        return one, other


@pytest.fixture
def card(served: Served) -> Two:
    """The card of a reply that readers have hidden."""
    setting = served.setting
    reply = setting.post("Nine on Monday, and a child.", parent_id=setting.post().id)
    for device in range(3):
        setting.write(lambda w, device=device: a_flag(w, reply, device=device))  # type: ignore[misc] # the default binds the loop's value
    return Two(served, f"{served.site}/desk/comments/{reply.id}")


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("decide approve", {}),
        ("decide reject", {"reason": "inappropriate"}),
        ("decide lower", {"reason": "irrelevant"}),
        ("lock", {}),
        ("text", {"text": "Nine on Monday.", "reason": "private-information", "showing": "told"}),
    ],
)
def test_who_decides_on_a_card_that_is_behind_hears_of_the_colleague(
    card: Two, act: str, typed: dict[str, str]
) -> None:
    done, told = card.send(act, typed, typed | ({"text": "Nine."} if act == "text" else {}))

    assert (done.status_code, told.status_code) == (303, 409)
    assert "while you read it: R. Teague" in told.text


def test_a_reply_that_a_colleague_moved_is_not_moved_on_unseen(served: Served, card: Two) -> None:
    one, other = served.setting.post(), served.setting.post()

    done, told = card.send("move", {"under": str(one.id)}, {"under": str(other.id)})

    assert (done.status_code, told.status_code) == (303, 409)
    assert "while you read it: R. Teague" in told.text


def test_a_text_that_comes_too_late_is_given_back_beside_what_stands(card: Two) -> None:
    why = {"reason": "private-information", "showing": "told"}

    _, told = card.send("text", why | {"text": "Nine on Monday."}, why | {"text": "Nine, and somebody else."})

    boxes = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", told.text, re.DOTALL)
    assert {"Nine on Monday.", "Nine, and somebody else."} <= set(boxes)


def test_two_levels_are_not_laid_over_each_other(served: Served) -> None:
    two = Two(served, f"{served.site}/desk/people/{served.setting.reader.id}")

    done, told = two.send("level", {"level": "expert"}, {"level": "recognised"})

    assert (done.status_code, told.status_code) == (303, 409)
    assert "A colleague has done something about this person since you looked." in told.text


@pytest.mark.parametrize(("page", "act"), [("times", "times"), ("times", "harbour"), ("stories/{slug}", "rules")])
def test_times_that_a_colleague_set_meanwhile_are_kept(served: Served, page: str, act: str) -> None:
    setting = served.setting
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="harbour", name="Harbour"))
    two = Two(served, f"{served.site}/desk/{page}".format(slug=setting.story.slug))

    done, told = two.send(act, {"days": "3"}, {"days": "9"})

    assert (done.status_code, told.status_code) == (303, 409)
    assert "A colleague set these times since you looked." in told.text
    assert re.findall(r'name="days"[^>]* value="(\d+)"', told.text) == ["3"]


def test_a_discussion_that_a_colleague_opened_meanwhile_is_open_as_they_said(served: Served) -> None:
    setting = served.setting
    by_seq, now = setting.editor.seq, served.now
    setting.write(lambda w: close_story(w, setting.site.seq, setting.story.seq, by_seq=by_seq, now=now))
    two = Two(served, f"{served.site}/desk/stories/{setting.story.slug}")

    done, told = two.send("reopen", {"days": "2"}, {"days": "7"})

    assert (done.status_code, told.status_code) == (303, 409)
    assert "A colleague set these times since you looked." in told.text
    assert setting.story_now().standing(served.now).until == served.now + timedelta(days=2)


def test_other_rules_may_change_while_the_times_are_set(served: Served) -> None:
    setting = served.setting
    two = Two(served, f"{served.site}/desk/times")
    form = Forms(two.first.get(two.page).text).form("times")
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"links": 7}, by_seq=None, now=served.now))

    assert two.first.post(form.pop("action"), data=form | {"days": "3"}).status_code == 303
