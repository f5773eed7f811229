"""A guest comments with a name and a confirmed address, where the site allows it."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect
from tests.mail.postbox import a_postbox
from tests.makers import after
from tests.serving import SECRET, Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.discussion.policy import Clause, Content, Wording
from rejoinder.jobs.letter_desk import Post
from rejoinder.jobs.letters import LetterRun
from rejoinder.jobs.worker import Worker
from rejoinder.mail.smtp import SmtpSender
from rejoinder.store import commenters, comments
from rejoinder.store.people import people

TEXT = "I have sailed on her since 1998."


def allow(served: Served, **rules: Any) -> None:
    """Lets guests write, under these rules besides."""
    chosen = {"guests": True} | rules
    served.setting.write(lambda w: change_site_rules(w, served.setting.site.seq, chosen, by_seq=None, now=after()))


def ask(served: Served, client: httpx.Client | None = None, /, **more: str) -> httpx.Response:
    """What the guest's form gets."""
    sent = {"text": TEXT, "name": "Old Salt", "email": "salt@mail.example"} | more
    return (client or served.client()).post(f"{served.story}/guest", data=sent)


def letter(served: Served) -> str:
    """Where the newest letter leads."""
    served.pass_time(seconds=1)
    return served.mailbox.link("/guest/")


def published(served: Served) -> list[str]:
    story = served.setting.story_now()
    found = served.setting.read(lambda r: [comments.by_seq(r, 1, seq) for seq in range(1, story.published_count + 1)])
    return [each.text for each in found]


def names(served: Served) -> set[str]:
    return {each.name for each in served.setting.read(lambda r: commenters.by_seqs(r, 1, range(1, 30))).values()}


def test_nothing_is_there_before_the_button_is_pressed(served: Served) -> None:
    allow(served)
    client = served.client()

    answer = ask(served, client)
    path = letter(served)

    assert answer.headers["location"] == f"{served.site}/sent/guest"
    assert "press the button" in client.get(answer.headers["location"]).text
    assert TEXT in client.get(path).text
    assert TEXT not in served.mailbox.letters[-1].text  # anybody can type anybody's address
    assert (published(served), "Old Salt" in names(served)) == ([], False)

    answer = client.post(path, data={"name": "Old Salt"})

    assert answer.status_code == 303
    assert published(served) == [TEXT]
    assert "guest" in client.get(served.story).text
    again = client.post(f"{served.story}/comments", data={"text": "And I will sail on her again."})
    assert (again.status_code, len(published(served))) == (303, 2)
    assert client.post(path, data={"name": "Old Salt"}).status_code == 409  # the button serves once


def test_it_goes_through_the_usual_screening(served: Served) -> None:
    allow(served, newcomer_comments=1)
    client = served.client()
    ask(served, client)

    assert client.post(letter(served), data={"name": "Old Salt"}).status_code == 303
    assert published(served) == []
    assert TEXT in client.get(served.story).text  # to the guest alone
    assert TEXT not in served.client().get(served.story).text


def test_a_guest_answers(served: Served) -> None:
    allow(served)
    first = served.setting.post("Who knows her?")
    client = served.client()
    assert f"guest?answers={first.id}" in client.get(f"{served.site}/comments/{first.id}/reply").text
    assert "Who knows her?" in client.get(f"{served.story}/guest?answers={first.id}").text

    ask(served, client, answers=str(first.id))
    client.post(letter(served), data={"name": "Old Salt"})

    assert served.setting.read(lambda r: comments.by_seq(r, 1, 2)).parent_seq == first.seq


def test_the_same_address_and_name_is_the_same_guest(served: Served) -> None:
    allow(served)
    for text in ("Once.", "Twice."):
        client = served.client()
        ask(served, client, text=text)
        client.post(letter(served), data={"name": "Old Salt"})

    assert published(served) == ["Once.", "Twice."]
    assert len({each.account.id for each in served.setting.read(people)}) == 3


def test_after_a_material_change_a_guest_agrees_by_pressing_the_button(served: Served) -> None:
    allow(served)
    ask(served)
    served.client().post(letter(served), data={"name": "Old Salt"})
    clauses = (Clause(reasons=("hate",), words={"en": Wording(sentence="No contempt.")}),)
    setting = served.setting
    known: dict[str, Any] = {"by_seq": setting.editor.seq, "now": after(hours=1), "is_material": True}
    setting.write(lambda w: publish_policy(w, setting.site, Content(clauses=clauses), **known))

    ask(served, text="And a bench beside it.")
    path = letter(served)
    page = served.client().get(path).text
    assert "you agree to our rules" in page
    assert f'href="{served.site}/policy"' in page
    answer = served.client().post(path, data={"name": "Old Salt"})

    assert answer.status_code == 303
    assert "And a bench beside it." in published(served)


def test_a_guests_name_is_nobody_elses(served: Served) -> None:
    allow(served)
    client = served.client()
    ask(served, client)
    client.post(letter(served), data={"name": "Old Salt"})
    other = served.client()
    answer = ask(served, other, email="other@mail.example", text="It is me.")
    assert answer.status_code == 303  # the form does not tell whose name it is

    path = letter(served)
    refused = other.post(path, data={"name": "Old Salt"})

    assert (refused.status_code, "It is me." in refused.text) == (409, True)
    assert other.post(path, data={"name": "Older Salt"}).status_code == 303
    assert {"Old Salt", "Older Salt"} <= names(served)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"name": "northquay"}, 409),
        ({"name": "R. Teague"}, 409),
        ({"name": "editor"}, 422),
        ({"name": ""}, 422),
        ({"email": "nonsense"}, 422),
        ({"email": ""}, 422),
        ({"text": "x" * 5001}, 422),
        ({"text": " "}, 422),
        ({"answers": "nonsense"}, 404),
    ],
)
def test_what_cannot_be_taken_is_given_back(served: Served, more: dict[str, str], status: int) -> None:
    allow(served)

    answer = ask(served, None, **more)
    served.pass_time(seconds=1)

    assert answer.status_code == status
    assert more.get("text", TEXT) in answer.text
    assert served.mailbox.letters == []


def test_where_guests_do_not_write_the_form_is_not_there(served: Served) -> None:
    assert served.client().get(f"{served.story}/guest").status_code == 303  # to the log-in page
    refused = ask(served)
    assert (refused.status_code, TEXT in refused.text) == (403, True)
    assert "Write as a guest" not in served.client().get(served.story).text


def test_a_guest_does_not_write_on_where_they_no_longer_may(served: Served) -> None:
    allow(served)
    client = served.client()
    ask(served, client)
    client.post(letter(served), data={"name": "Old Salt"})
    allow(served, guests=False)

    refused = client.post(f"{served.story}/comments", data={"text": "Once more."})
    assert (refused.status_code, "Once more." in refused.text) == (403, True)
    assert published(served) == [TEXT]


def test_a_story_that_has_closed_meanwhile_keeps_the_text(served: Served) -> None:
    allow(served)
    client = served.client()
    served.now = after(days=13, hours=23)
    ask(served, client)
    path = letter(served)
    served.now = after(days=15)

    refused = client.post(path, data={"name": "Old Salt"})

    assert (refused.status_code, TEXT in refused.text) == (409, True)


def test_what_nobody_confirmed_is_forgotten(served: Served) -> None:
    allow(served)
    ask(served)
    path = letter(served)
    served.now += timedelta(days=3, seconds=1)

    assert served.client().get(path).status_code == 409
    served.worker._tidied = None
    served.worker._tidy()
    served.now -= timedelta(days=1)
    assert served.client().get(path).status_code == 409


def test_a_foreign_page_asks_for_nothing(served: Served) -> None:
    allow(served)
    client = served.client()
    client.headers["Sec-Fetch-Site"] = "cross-site"

    assert ask(served, client).status_code == 403


@pytest.mark.browser
def test_a_guest_in_a_browser_with_real_mail(served: Served, chromium: Browser) -> None:
    allow(served)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(served.url + served.story)
    page.get_by_label("Add to the discussion").fill(TEXT)
    page.get_by_role("button", name="Write as a guest").click()
    expect(page.get_by_label("Your comment")).to_have_value(TEXT)
    page.get_by_label("Name").fill("Old Salt")
    page.get_by_label("Mail address").fill("salt@mail.example")
    page.get_by_role("button", name="Send me the letter").click()
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.goto(f"{served.url}{by_real_mail(served)}")
    page.get_by_role("button", name="This is my address: post it").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.locator(".mark", has_text="guest")).to_be_visible()
    context.close()


def by_real_mail(served: Served) -> str:
    """Where the letter leads that a real mail server was given."""
    post = Post(public_url=served.url, secret=SECRET)
    with a_postbox() as box:
        sender = SmtpSender(box.server, sender="The Harbour Courier <desk@courier.example>")
        Worker(served.database, {"letter": LetterRun(served.database, sender, post)}, clock=served.clock).run_due()
        assert box.letters[0].rcpt_tos == ["salt@mail.example"]
        letter = message_from_bytes(box.content(), policy=policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://[^/\s]+(/\S+/guest/\S+)", body.get_content())
    assert found is not None
    return found[1]
