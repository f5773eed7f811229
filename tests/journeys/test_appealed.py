"""The whole way of an appeal in a real browser, with scripts and without, by letters that a real mail server was given:
reported, rejected, appealed from the letter without a session, heard, restored; and the reporter's side.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.test_reader_and_editor import a_person, log_in
from tests.mail.postbox import Postbox, a_postbox
from tests.makers import an_editor
from tests.serving import SECRET, Served

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.jobs.letter_desk import Post
from rejoinder.jobs.letters import LetterRun
from rejoinder.jobs.worker import Worker
from rejoinder.mail.smtp import SmtpSender
from rejoinder.store import cases
from rejoinder.store.cases import CaseKind

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
INSULT = "Bought and paid for, all of you at that board."


class Mail:
    """A mail server that gets the letters which are due."""

    def __init__(self, served: Served, box: Postbox) -> None:
        self._served, self._box = served, box
        sender = SmtpSender(box.server, sender="The Harbour Courier <desk@courier.example>")
        run = LetterRun(served.database, sender, Post(public_url=served.url, secret=SECRET))
        self._worker = Worker(served.database, {**served.worker._runs, "letter": run}, clock=served.clock)

    def goes(self) -> None:
        """A minute passes."""
        self._served.now += timedelta(minutes=1)
        self._worker.run_due()

    def letter_to(self, address: str) -> tuple[str, str]:
        """Subject and text of the newest letter to the address."""
        nth = max(n for n, each in enumerate(self._box.letters) if address in each.rcpt_tos)
        letter = message_from_bytes(self._box.content(nth), policy=policy.default)
        body = letter.get_body(("plain",))
        assert body is not None
        return str(letter["Subject"]), body.get_content().replace("\r\n", "\n")


@contextmanager
def by_mail(served: Served) -> Iterator[Mail]:
    with a_postbox() as box:
        yield Mail(served, box)


def the_link(text: str, part: str) -> str:
    found = re.search(rf"^(https?://\S+{part}\S+)$", text, re.MULTILINE)
    assert found is not None
    return found[1]


def waiting(served: Served) -> int:
    return served.setting.read(lambda r: cases.counts(r, served.setting.site.seq)).get(CaseKind.APPEAL, 0)


def reject(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.url}{served.site}/desk")
    log_in(page, email)
    page.get_by_role("link", name="Reject…").first.click()
    page.get_by_role("button", name="Attacks a person").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def report(page: Page, served: Served, comment: Comment, email: str) -> str:
    """The address of the receipt."""
    page.goto(f"{served.url}{served.site}/comments/{comment.id}/report")
    page.get_by_label("Inappropriate").check()
    page.get_by_label("Your mail address").fill(email)
    page.get_by_role("button", name="Send report").click()
    expect(page).to_have_url(re.compile("/reports/"))
    return page.url


def open_hearing(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.url}{served.site}/desk/appeals")
    log_in(page, email)
    page.locator(".log a").first.click()


@BOTH
def test_reported_rejected_appealed_and_restored(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    colleague = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    comment = setting.post(INSULT)
    writer = served.set_password(setting.reader)
    first, second = served.set_password(setting.editor), served.set_password(colleague)

    with by_mail(served) as post:
        with a_person(chromium, script=script) as page:
            receipt = report(page, served, comment, "mara@mail.example")
        with a_person(chromium, script=script, width=1280) as page:
            reject(page, served, first)
        post.goes()
        _, text = post.letter_to(writer)
        link = the_link(text, "/decisions/")
        for each in re.findall(r"https?://\S+", text):  # a mail scanner, before anybody reads it
            served.client().get(each.removeprefix(served.url))
        assert waiting(served) == 0

        with a_person(chromium, script=script) as page:
            page.goto(link)
            expect(page.get_by_text("attacks a person")).to_be_visible()
            expect(page.get_by_text(INSULT)).to_be_visible()
            page.get_by_label("What should we look at again?").fill("I meant the harbour board, as I say.")
            page.get_by_role("button", name="Appeal").click()
            expect(page.get_by_text("with the editors since")).to_be_visible()
            expect(page.get_by_text("I meant the harbour board, as I say.")).to_be_visible()
            page.go_back()
        assert waiting(served) == 1

        with a_person(chromium, script=script, width=1280) as page:
            open_hearing(page, served, first)
            expect(page.get_by_text("a colleague hears the appeal")).to_be_visible()
            expect(page.get_by_role("button", name="Grant")).to_have_count(0)
        with a_person(chromium, script=script, width=1280) as page:
            open_hearing(page, served, second)
            expect(page.get_by_text("I meant the harbour board, as I say.")).to_be_visible()
            page.get_by_label("What whoever appealed is told").fill("So you do.")
            page.get_by_role("button", name="Grant").click()
            expect(page.get_by_text("Granted by M. Penrose.")).to_be_visible()
        post.goes()

        subject, text = post.letter_to(writer)
        assert "was granted" in subject
        assert "> So you do." in text
        assert "can stay" in post.letter_to("mara@mail.example")[1]
        with a_person(chromium, script=script) as page:
            page.goto(served.url + served.story)
            expect(page.get_by_text(INSULT)).to_be_visible()
            page.goto(receipt)
            expect(page.get_by_text("let the comment stand")).to_be_visible()
    assert setting.again(comment).status is Status.PUBLISHED


@BOTH
def test_the_only_editor_looks_afresh_and_says_so(served: Served, chromium: Browser, script: bool) -> None:
    comment = served.setting.post(INSULT)
    writer, editor = served.set_password(served.setting.reader), served.set_password(served.setting.editor)
    served.client().post(f"{served.site}/comments/{comment.id}/report", data={"reason": "personal-attack"})

    with by_mail(served) as post:
        with a_person(chromium, script=script, width=1280) as page:
            reject(page, served, editor)
        post.goes()
        link = the_link(post.letter_to(writer)[1], "/decisions/")
        with a_person(chromium, script=script) as page:
            page.goto(link)
            expect(page.get_by_text("the same editor will look at it afresh")).to_be_visible()
            page.get_by_role("button", name="Appeal").click()
            expect(page.get_by_text("with the editors since")).to_be_visible()
        with a_person(chromium, script=script, width=1280) as page:
            open_hearing(page, served, editor)
            expect(page.get_by_text("Please look at it afresh tomorrow.")).to_be_visible()
            served.now += timedelta(days=1)
            page.reload()
            log_in(page, editor)  # a night is longer than a session of the desk's
            expect(page.get_by_text("this is your fresh look")).to_be_visible()
            page.get_by_role("button", name="Refuse").click()
            expect(page.get_by_text("say why the decision stays")).to_be_visible()
            page.get_by_label("What whoever appealed is told").fill("It names nobody, and means us all.")
            page.get_by_role("button", name="Refuse").click()
            expect(page.get_by_text("Refused by R. Teague.")).to_be_visible()
        post.goes()

        subject, text = post.letter_to(writer)
        assert "was not granted" in subject
        assert "has looked at it afresh" in re.sub(r"\s+", " ", text)
        assert "> It names nobody, and means us all." in text
    assert served.setting.again(comment).status is Status.REMOVED


@BOTH
def test_a_reporter_appeals_and_is_right(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    colleague = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    comment = setting.post("The kiosk man lives at Quay Row, the red door.")
    writer = served.set_password(setting.reader)
    first, second = served.set_password(setting.editor), served.set_password(colleague)

    with by_mail(served) as post:
        with a_person(chromium, script=script) as page:
            report(page, served, comment, "mara@mail.example")
        with a_person(chromium, script=script, width=1280) as page:
            page.goto(f"{served.url}{served.site}/desk")
            log_in(page, first)
            page.get_by_role("button", name="Approve").first.click()
            expect(page.get_by_role("button", name="Undo")).to_be_visible()
        post.goes()
        receipt = the_link(post.letter_to("mara@mail.example")[1], "/reports/")
        with a_person(chromium, script=script) as page:
            page.goto(receipt)
            page.get_by_label("What should we look at again?").fill("That is his address.")
            page.get_by_role("button", name="Appeal").click()
            expect(page.get_by_text("with the editors since")).to_be_visible()
        with a_person(chromium, script=script, width=1280) as page:
            open_hearing(page, served, second)
            expect(page.get_by_text("That is his address.")).to_be_visible()
            page.get_by_label("Why the comment goes").select_option("private-information")
            page.get_by_role("button", name="Grant").click()
            expect(page.get_by_text("Granted by M. Penrose.")).to_be_visible()
        post.goes()

        assert "was granted" in post.letter_to("mara@mail.example")[0]
        assert "/decisions/" in post.letter_to(writer)[1]
    assert setting.again(comment).status is Status.REMOVED


@BOTH
def test_who_gave_notice_appeals_and_is_right(served: Served, chromium: Browser, script: bool) -> None:
    setting = served.setting
    colleague = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    comment = setting.post("The harbour master took the money, everybody knows.")
    first, second = served.set_password(setting.editor), served.set_password(colleague)
    sent = {"kind": "defamation", "why": "I took nothing: see the audit.", "name": "Ida Marsh", "good_faith": "1"}
    sent |= {"addresses": f"{served.url}{served.site}/comments/{comment.id}", "email": "ida@mail.example"}
    served.client().post(f"{served.site}/notice", data=sent)

    with by_mail(served) as post:
        with a_person(chromium, script=script, width=1280) as page:
            page.goto(f"{served.url}{served.site}/desk")
            log_in(page, first)
            page.get_by_role("button", name="Approve").first.click()
            expect(page.get_by_role("button", name="Undo")).to_be_visible()
        post.goes()
        _, text = post.letter_to("ida@mail.example")
        assert "you can appeal once" in re.sub(r"\s+", " ", text)
        receipt = the_link(text, "/notices/")
        with a_person(chromium, script=script) as page:
            page.goto(receipt)
            page.get_by_label("What should we look at again?").fill("The audit is of this year.")
            page.get_by_role("button", name="Appeal").click()
            expect(page.get_by_text("with the editors since")).to_be_visible()
        with a_person(chromium, script=script, width=1280) as page:
            page.goto(f"{served.url}{served.site}/desk?queue=appeals")
            log_in(page, second)
            page.get_by_role("link", name="Appeal by who gave notice").click()
            expect(page.get_by_text("The audit is of this year.")).to_be_visible()
            expect(page.get_by_text("I took nothing: see the audit.")).to_be_visible()
            page.get_by_label("Why the comment goes").select_option("defamation")
            page.get_by_role("button", name="Grant").click()
            expect(page.get_by_text("Granted by M. Penrose.")).to_be_visible()
        post.goes()

        subject, text = post.letter_to("ida@mail.example")
        assert "was granted" in subject
        with a_person(chromium, script=script) as page:
            page.goto(the_link(text, "/notices/"))
            expect(page.get_by_text("removed it as against the law")).to_be_visible()
    assert setting.again(comment).status is Status.REMOVED


@BOTH
def test_who_was_banned_appeals_from_the_letter_and_writes_again(
    served: Served, chromium: Browser, script: bool
) -> None:
    setting = served.setting
    colleague = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    reader, second = served.set_password(setting.reader), served.set_password(colleague)
    order = Order(
        site_seq=setting.site.seq, commenter_id=setting.reader.id, by_seq=setting.editor.seq, reason="advertising"
    )
    setting.write(lambda w: ban_commenter(w, order, now=served.now))

    with by_mail(served) as post:
        post.goes()
        link = the_link(post.letter_to(reader)[1], "/acts/")
        with a_person(chromium, script=script) as page:
            page.goto(link)
            expect(page.get_by_role("heading", name="You cannot write any more")).to_be_visible()
            page.get_by_label("What should we look at again?").fill("It is my sister’s shop.")
            page.get_by_role("button", name="Appeal").click()
            expect(page.get_by_text("with the editors since")).to_be_visible()
        with a_person(chromium, script=script, width=1280) as page:
            page.goto(f"{served.url}{served.site}/desk?queue=appeals")
            log_in(page, second)
            page.get_by_role("link", name="Open").click()
            expect(page.get_by_text("It is my sister’s shop.")).to_be_visible()
            page.get_by_role("button", name="Refuse").click()
            expect(page.get_by_text("say why the decision stays")).to_be_visible()
            page.get_by_label("What whoever appealed is told").fill("So it is.")
            page.get_by_role("button", name="Grant").click()
            expect(page.get_by_text("Granted by M. Penrose.")).to_be_visible()
        post.goes()

        subject, text = post.letter_to(reader)
        assert "was granted" in subject
        assert "> So it is." in text
        with a_person(chromium, script=script) as page:
            page.goto(link)
            expect(page.get_by_text("and granted.")).to_be_visible()
            page.goto(f"{served.url}{served.site}/account/editors")
            log_in(page, reader)
            expect(page.get_by_text("Your appeal was granted")).to_be_visible()
    assert setting.post(now=served.now).status is Status.PUBLISHED
