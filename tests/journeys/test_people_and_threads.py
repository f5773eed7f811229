"""What editors do about people and threads, in a real browser, once with scripts and once without, from the desk to the
reader's page and back.
"""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.test_reader_and_editor import a_person
from tests.makers import a_comment, a_commenter, after
from tests.serving import Served

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
WORDS = "Argue with what she wrote."


def as_somebody(page: Page, served: Served, who: Commenter) -> None:
    """The browser is this person's."""
    page.context.add_cookies(
        [{"name": served.options.session_cookie, "value": served.session_cookie(who), "url": served.url}]
    )


def posted(served: Served, text: str, by: Commenter | None = None, parent: Comment | None = None) -> Comment:
    setting = served.setting
    known = {"parent_id": parent.id} if parent else {}
    return served.database.write(
        lambda w: a_comment(w, setting.story, by or setting.reader, text, now=after(hours=1), **known)
    ).result().comment  # fmt: skip


def person(served: Served) -> str:
    return f"{served.url}{served.site}/desk/people/{served.setting.reader.id}"


def card(served: Served, comment: Comment) -> str:
    return f"{served.url}{served.site}/desk/comments/{comment.id}"


def choose(page: Page, summary: str, button: str, *, reason: str = "Attacks a person", words: str = WORDS) -> None:
    """Opens one of the acts on somebody, says why, and does it."""
    page.get_by_text(summary, exact=True).click()
    act = page.locator("details[open]")
    if reason:
        act.get_by_label("By which rule").select_option(label=reason)
    if words:
        act.get_by_label("Your words to them").fill(words)
    act.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done.")


@BOTH
def test_somebody_is_warned_reads_it_and_writes_on(served: Served, chromium: Browser, script: bool) -> None:
    posted(served, "Bought and paid for.")
    with a_person(chromium, script=script) as reader, a_person(chromium, script=script, width=1280) as desk:
        as_somebody(reader, served, served.setting.reader)
        reader.goto(served.url + served.story)
        reader.get_by_label("Add to the discussion").fill("Where is that number from?")

        as_somebody(desk, served, served.setting.editor)
        desk.goto(person(served))
        choose(desk, "Warn …", "Warn")

        reader.get_by_role("button", name="Post comment").click()
        expect(reader.get_by_text(WORDS)).to_be_visible()
        expect(reader.get_by_label("Your text is kept")).to_have_value("Where is that number from?")
        reader.get_by_role("button", name="I have read this").click()
        expect(reader.get_by_label("Your text")).to_have_value("Where is that number from?")
        reader.get_by_role("button", name="Post comment").click()
        expect(reader.get_by_text("Where is that number from?")).to_be_visible()

        desk.goto(person(served))
        expect(desk.get_by_text(re.compile("^read "))).to_be_visible()
    served.pass_time(minutes=1)
    assert WORDS in served.mailbox.letters[-1].text


@BOTH
def test_a_warning_stands_where_the_box_was(served: Served, chromium: Browser, script: bool) -> None:
    with a_person(chromium, script=script) as reader, a_person(chromium, script=script, width=1280) as desk:
        as_somebody(desk, served, served.setting.editor)
        desk.goto(person(served))
        choose(desk, "Warn …", "Warn")

        as_somebody(reader, served, served.setting.reader)
        reader.goto(served.url + served.story)
        expect(reader.get_by_text("It attacks a person instead of what they say.")).to_be_visible()
        reader.get_by_role("button", name="I have read this").click()

        expect(reader).to_have_url(re.compile(re.escape(served.story)))
        expect(reader.get_by_label("Add to the discussion")).to_be_visible()


@BOTH
def test_somebody_is_suspended_told_why_and_writes_when_it_is_over(
    served: Served, chromium: Browser, script: bool
) -> None:
    with a_person(chromium, script=script) as reader, a_person(chromium, script=script, width=1280) as desk:
        as_somebody(desk, served, served.setting.editor)
        desk.goto(person(served))
        choose(desk, "Suspend or ban …", "Suspend or ban")
        expect(desk.get_by_role("button", name="Take it back")).to_be_visible()

        as_somebody(reader, served, served.setting.reader)
        reader.goto(served.url + served.story)
        barred = reader.locator(".barred")
        expect(barred).to_contain_text("You cannot take part here until Tue 24 Nov 2026")
        expect(barred).to_contain_text("It attacks a person instead of what they say.")
        expect(barred).to_contain_text(WORDS)
        barred.get_by_role("link", name="Why, and how to ask").click()
        expect(reader.get_by_role("heading", name="From the editors")).to_be_visible()
        expect(reader.get_by_text("You cannot write until Tue 24 Nov 2026")).to_be_visible()
        expect(reader.get_by_role("link", name="Appeal")).to_be_visible()

        served.pass_time(days=7)
        reader.goto(served.url + served.story)
        expect(reader.get_by_label("Add to the discussion")).to_be_visible()
    assert any("until Tue 24 Nov 2026" in letter.text.replace("\n", " ") for letter in served.mailbox.letters)


@BOTH
def test_a_spammer_goes_and_comes_back(served: Served, chromium: Browser, script: bool) -> None:
    for number in range(3):
        posted(served, f"Best tyres, number {number}.")
    with a_person(chromium, script=script, width=1280) as desk:
        as_somebody(desk, served, served.setting.editor)
        desk.goto(person(served))
        desk.get_by_role("link", name="All their comments away as spam").click()
        expect(desk.get_by_text("3 comments stand or wait. They are under 1 story.")).to_be_visible()
        desk.get_by_role("button", name="Take 3 comments away as spam").click()
        assert "Best tyres" in served.client().get(served.story).text

        served.pass_time(minutes=1)
        assert "Best tyres" not in served.client().get(served.story).text
        desk.get_by_role("button", name="Take it back").click()
        expect(desk.get_by_text("Comments brought back")).to_be_visible()
        served.pass_time(seconds=1)
    assert "Best tyres, number 2" in served.client().get(served.story).text


@BOTH
def test_a_comment_is_put_last(served: Served, chromium: Browser, script: bool) -> None:
    last = posted(served, "Wake up, all of you.")
    posted(served, "Eleven on Friday.")
    with a_person(chromium, script=script, width=1280) as desk, a_person(chromium, script=script) as reader:
        as_somebody(desk, served, served.setting.editor)
        desk.goto(card(served, last))
        desk.get_by_text("Approve, but put it last …").click()
        desk.locator("details[open]").get_by_label("By which rule").select_option(label="Written only to provoke")
        desk.get_by_role("button", name="Put it last").click()
        expect(desk.get_by_role("status").first).to_contain_text("Put last: the comment by")

        reader.goto(served.url + served.story)
        expect(reader.get_by_text("Eleven on Friday.")).to_be_visible()
        expect(reader.get_by_text("Wake up, all of you.")).to_have_count(0)
        reader.get_by_role("link", name="Show 1 more comment, which the editors put last").click()
        expect(reader.get_by_text("Wake up, all of you.")).to_be_visible()
        expect(reader.get_by_text("Put last by the editors")).to_be_visible()
    served.pass_time(minutes=1)
    assert "stand, but after all others" in served.mailbox.letters[-1].text.replace("\n", " ")


@BOTH
def test_a_thread_is_closed_and_opened_again(served: Served, chromium: Browser, script: bool) -> None:
    root = posted(served, "Says who?")
    with a_person(chromium, script=script, width=1280) as desk, a_person(chromium, script=script) as reader:
        as_somebody(reader, served, served.setting.reader)
        reader.goto(f"{served.url}{served.site}/comments/{root.id}/reply")
        reader.get_by_label("Your reply").fill("I do.")

        as_somebody(desk, served, served.setting.editor)
        desk.goto(card(served, root))
        desk.get_by_text("Close this thread …").click()
        desk.get_by_role("button", name="Close the thread").click()
        expect(desk.get_by_text("This thread is closed")).to_be_visible()

        reader.get_by_role("button", name="Post reply").click()
        expect(reader.get_by_text("The editors have closed this thread")).to_be_visible()
        expect(reader.get_by_label("Your text")).to_have_value("I do.")
        reader.goto(served.url + served.story)
        expect(reader.get_by_text("Closed by the editors: no more replies here.")).to_be_visible()
        expect(reader.get_by_role("link", name="Reply to northquay")).to_have_count(0)

        desk.get_by_role("button", name="Undo").click()
        reader.goto(served.url + served.story)
        expect(reader.get_by_role("link", name="Reply to northquay")).to_have_count(1)


@BOTH
def test_a_reply_is_moved_and_a_pick_has_a_word(served: Served, chromium: Browser, script: bool) -> None:
    other = served.database.write(lambda w: a_commenter(w, served.setting.site, "saltmarsh")).result()
    one, two = posted(served, "One."), posted(served, "Two.", by=other)
    reply = posted(served, "To the wrong one.", by=other, parent=one)
    with a_person(chromium, script=script, width=1280) as desk, a_person(chromium, script=script) as reader:
        as_somebody(desk, served, served.setting.editor)
        desk.goto(card(served, reply))
        desk.get_by_text("Move this reply …").click()
        desk.get_by_label("Under which comment: its link").fill(
            f"{served.url}{served.site}/comments/{two.id}#c-{two.id}"
        )
        desk.get_by_role("button", name="Move it").click()
        expect(desk.get_by_text("Moved under another comment")).to_be_visible()
        desk.goto(card(served, one))
        desk.get_by_text("Pick, with a word of ours …").click()
        desk.get_by_label("Our word beside the pick").fill("The first to count.")
        desk.get_by_role("button", name="Pick it").click()

        reader.goto(f"{served.url}{served.site}/comments/{reply.id}")
        thread = reader.locator(f"#c-{two.id}").locator("xpath=..")
        expect(thread.get_by_text("To the wrong one.")).to_be_visible()
        reader.goto(served.url + served.story)
        expect(reader.get_by_text("The first to count.")).to_be_visible()
    served.pass_time(minutes=1)
    assert any("The first to count." in letter.text for letter in served.mailbox.letters)
