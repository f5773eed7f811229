"""A whole story in a real browser, once with scripts and once without: a reader registers, comments, replies, edits and
reports; an editor rejects with a reason; the writer and the reporter are told; the discussion closes.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.makers import a_comment, after
from tests.serving import PASSWORD, Served

from rejoinder.store import comments

pytestmark = pytest.mark.browser


@contextmanager
def a_person(chromium: Browser, *, script: bool, width: int = 390) -> Iterator[Page]:
    """Somebody with a browser of their own, who sees every error it reports."""
    context = chromium.new_context(java_script_enabled=script, viewport={"width": width, "height": 844})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [problem for problem in problems if "status of 4" not in problem] == []


def register(page: Page, served: Served, *, name: str, email: str) -> None:
    """Opens an account, confirms it by the letter's link, logs in."""
    page.goto(served.url + served.story)
    page.get_by_role("link", name="Log in").first.click()
    page.get_by_role("link", name="Open an account").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Open the account").click()
    served.pass_time(seconds=1)
    page.goto(served.url + served.mailbox.link("/confirm/"))
    page.get_by_role("button", name="This is my address").click()
    log_in(page, email)


def log_in(page: Page, email: str) -> None:
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def reply_to(page: Page, name: str, text: str) -> None:
    """In place where there is a script, else on a page of its own."""
    page.get_by_role("link", name=f"Reply to {name}").first.click()
    page.get_by_label("Your reply").fill(text)
    page.get_by_role("button", name="Post reply").click()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_reader_takes_part(served: Served, chromium: Browser, script: bool) -> None:
    served.database.write(
        lambda w: a_comment(w, served.setting.story, served.setting.reader, "Nine on Monday.", now=after(hours=1))
    ).result()

    with a_person(chromium, script=script) as page:
        register(page, served, name="saltmarsh", email="saltmarsh@mail.example")
        page.goto(served.url + served.story)
        page.get_by_label("Add to the discussion").fill("It was **full** on Friday.\n\nI stood all the way.")
        page.get_by_role("button", name="Post comment").click()
        expect(page.locator(".said strong")).to_have_text("full")

        page.goto(served.url + served.story)
        reply_to(page, "northquay", "Which boat was that?")
        expect(page.get_by_text("Which boat was that?")).to_be_visible()

        page.get_by_role("link", name="Edit", exact=True).first.click()
        page.get_by_label("Your comment").fill("Which of the boats was that?")
        page.get_by_role("button", name="Save changes").click()
        expect(page.get_by_text("edited", exact=True)).to_be_visible()

        page.get_by_role("link", name="Report the comment by northquay").first.click()
        page.get_by_label("Irrelevant").check()
        page.get_by_role("button", name="Send report").click()
        expect(page).to_have_url(re.compile("/reports/"))

    served.pass_time(seconds=1)
    assert any("Which of the boats" in letter.text or "Which boat" in letter.text for letter in served.mailbox.letters)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_an_editor_rejects_and_the_reader_is_told(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    posted = served.database.write(
        lambda w: a_comment(w, setting.story, setting.reader, "Bought and paid for, all of you.", now=after(hours=1))
    ).result()
    served.client().post(f"{served.site}/comments/{posted.comment.id}/report", data={"reason": "personal-attack"})
    email = served.set_password(setting.editor)

    with a_person(chromium, script=script, width=1280) as page:
        page.goto(f"{served.url}{served.site}/desk")
        log_in(page, email)
        expect(page.get_by_text("Bought and paid for")).to_be_visible()
        page.get_by_role("link", name="Reject…").first.click()
        page.get_by_role("button", name="Attacks a person").first.click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()

    served.pass_time(minutes=1)
    letter = served.mailbox.letters[-1]
    assert "attacks a person" in letter.text
    assert "Bought and paid for" in letter.text
    shown = served.client().get(served.story).text
    assert "Bought and paid for" not in shown
    assert "Removed by an editor" in shown
    stored = served.database.read(lambda r: comments.by_id(r, setting.site.seq, posted.comment.id)).result()
    assert stored.status == "removed"


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_the_story_closes_while_somebody_types(served: Served, chromium: Browser, script: bool) -> None:
    email = served.set_password(served.setting.reader)
    served.now = after(days=13, hours=23)

    with a_person(chromium, script=script) as page:
        page.goto(f"{served.url}{served.site}/log-in?to={served.story}")
        log_in(page, email)
        page.get_by_label("Add to the discussion").fill("A long thought, typed slowly.")
        served.now = after(days=14, seconds=1)
        page.get_by_role("button", name="Post comment").click()
        expect(page.get_by_text("This discussion has closed")).to_be_visible()
        assert page.get_by_role("textbox").input_value() == "A long thought, typed slowly."

        page.goto(served.url + served.story)
        expect(page.get_by_text("This discussion is closed")).to_be_visible()
        expect(page.get_by_label("Add to the discussion")).to_have_count(0)
