"""Two stories in a real browser, with scripts and without: somebody without an account gives notice of something
illegal, and an editor answers; a reader says what is wrong in the story, and the discussion says that it was put right.
Letters go through a real mail server.
"""

import re
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.test_reader_and_editor import a_person, log_in
from tests.mail.postbox import Postbox, a_postbox
from tests.makers import a_comment, after
from tests.serving import SECRET, Served

from rejoinder.jobs.letter_desk import Post
from rejoinder.jobs.letters import LetterRun
from rejoinder.jobs.notices import NoticeDueRun, SlowingRun
from rejoinder.jobs.worker import Run, Worker
from rejoinder.mail.smtp import SmtpSender

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"]),
]
LIBEL = "The harbour master took the money, everybody knows."


def delivered(served: Served, box: Postbox, *, more: float = 1) -> list[tuple[str, str]]:
    """The letters that the mail server has once what is due after so many minutes is done: to whom, and what."""
    served.now = after(seconds=(served.now - after()).total_seconds() + 60 * more)
    sender = SmtpSender(box.server, sender="The Harbour Courier <desk@courier.example>")
    runs: dict[str, Run] = {
        "letter": LetterRun(served.database, sender, Post(public_url=served.url, secret=SECRET), served.clock),
        "notice-due": NoticeDueRun(served.database, served.clock),
        "slowing": SlowingRun(served.database, served.clock),
    }
    Worker(served.database, runs, clock=served.clock).run_due()
    found = []
    for nth, letter in enumerate(box.letters):
        body = message_from_bytes(box.content(nth), policy=policy.default).get_body(("plain",))
        assert body is not None
        found.append((letter.rcpt_tos[0], body.get_content()))
    return found


def link_in(served: Served, letter: str) -> str:
    """The last address of ours in a letter."""
    found: list[str] = re.findall(rf"{re.escape(served.url)}\S+", letter)
    return found[-1]


def at_the_desk(page: Page, served: Served) -> None:
    email = served.set_password(served.setting.editor)
    page.goto(f"{served.url}{served.site}/desk")
    log_in(page, email)


def test_a_notice_is_given_answered_and_told(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    posted = setting.write(lambda w: a_comment(w, setting.story, setting.reader, LIBEL, now=after(hours=1))).comment

    with a_postbox() as box:
        with a_person(chromium, script=script) as page:
            page.goto(served.url + served.story)
            page.get_by_role("link", name="Report the comment by northquay").click()
            page.get_by_role("link", name="Give legal notice instead").click()
            expect(page.get_by_label("Where it is")).to_have_value(re.compile(str(posted.id)))
            page.get_by_label("A false claim that damages somebody").check()
            page.get_by_label("Why it is against the law").fill("I took nothing: see the audit of 2026.")
            page.get_by_label("I believe in good faith").check()
            page.get_by_role("button", name="Send the notice").click()
            expect(page.get_by_text("Please give your name and your mail address")).to_be_visible()
            expect(page.get_by_label("Why it is against the law")).to_have_value(
                "I took nothing: see the audit of 2026."
            )
            page.get_by_label("Your name", exact=True).fill("Ida Marsh")
            page.get_by_label("Your mail address").fill("ida@mail.example")
            page.get_by_role("button", name="Send the notice").click()
            expect(page.get_by_role("heading", name="We have your notice")).to_be_visible()
            expect(page.get_by_text("No automated means are used for it")).to_be_visible()
        ((to, receipt),) = delivered(served, box)
        assert (to, "We have your notice" in receipt) == ("ida@mail.example", True)

        with a_person(chromium, script=script, width=1280) as page:
            at_the_desk(page, served)
            page.get_by_role("link", name="Legal notice: A false claim").first.click()
            expect(page.get_by_text("I took nothing: see the audit of 2026.")).to_be_visible()
            page.get_by_label("The law", exact=True).fill("Defamation Act, section 1")
            page.get_by_label("Why it is against that law").fill("It states a crime as a fact, and there is none.")
            page.get_by_label("Answer to who sent the notice").first.fill("Thank you for the audit.")
            page.get_by_role("button", name="Remove as against the law").click()
            expect(page.get_by_text("removed as against the law")).to_be_visible()
            expect(page.get_by_role("button", name="Undo")).to_be_visible()
        letters = delivered(served, box)[1:]

        told = next(text for to, text in letters if to == "ida@mail.example")
        assert "They have removed the comment as against the law." in told
        assert "Thank you for the audit." in told
        writers = next(text for to, text in letters if to.startswith("northquay"))
        assert "Defamation Act, section 1: It states a crime as a fact" in " ".join(writers.split())
        assert "Ida" not in writers
        with a_person(chromium, script=script) as page:
            page.goto(link_in(served, told))
            expect(page.get_by_text("removed it as against the law")).to_be_visible()
            expect(page.get_by_role("heading", name="What else you can do")).to_be_visible()
            page.goto(served.url + served.story)
            expect(page.get_by_text(LIBEL)).to_have_count(0)


def test_a_correction_reaches_the_desk_and_the_discussion(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    setting.write(lambda w: a_comment(w, setting.story, setting.reader, "Four is plenty.", now=after(hours=1)))

    with a_postbox() as box:
        with a_person(chromium, script=script) as page:
            page.goto(served.url + served.story)
            page.get_by_role("link", name="Tell the desk").click()
            page.get_by_label("The words in the story").fill("The ferry will sail four times a day.")
            page.get_by_label("What is wrong with them").fill("Three: the four o’clock boat is for freight.")
            page.get_by_label("Your mail address").fill("ida@mail.example")
            page.get_by_role("button", name="Send to the desk").click()
            expect(page.get_by_role("heading", name="Thank you: the desk has it")).to_be_visible()
            page.goto(served.url + served.story)
            expect(page.get_by_text("the four o’clock boat is for freight")).to_have_count(0)

        with a_person(chromium, script=script, width=1280) as page:
            at_the_desk(page, served)
            page.get_by_role("link", name="Open").first.click()
            expect(page.get_by_text("The story has these words now.")).to_be_visible()
            page.get_by_label("The story was corrected").check()
            page.get_by_role("button", name="Answer", exact=True).click()
            expect(page.get_by_label("The answer").get_by_text("The story was corrected")).to_be_visible()
        ((to, told),) = delivered(served, box)
        assert (to, "You were right" in told) == ("ida@mail.example", True)

        setting.write(lambda w: a_comment(w, setting.story, setting.editor, "Three it is.", now=after(hours=3)))
        with a_person(chromium, script=script) as page:
            page.goto(link_in(served, told))
            expect(page.get_by_text("You were right: the story was corrected")).to_be_visible()
            page.goto(served.url + served.story)
            expect(page.get_by_text("The story was corrected on 17 November 2026, after")).to_be_visible()
            marked = page.locator("article", has_text="Written before the story was corrected")
            expect(marked).to_have_count(1)
            expect(marked).to_contain_text("Four is plenty.")
