"""The letters: what each says, and that nobody's words can pass for ours."""

import inspect
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.mail.letterbox import LINK, SITE, a_cover

from rejoinder.language import FSI, PDI
from rejoinder.mail import (
    account_letters,
    comment_letters,
    decided,
    editors_letters,
    news_letters,
    notice_letters,
    report_letters,
)
from rejoinder.mail.layout import Cover, Link
from rejoinder.mail.message import BadLetter, Letter, to_message

MODULES = (
    account_letters,
    comment_letters,
    decided,
    editors_letters,
    news_letters,
    notice_letters,
    report_letters,
)
HEADLINE = "Ferry to run through the winter"
TEXT = "The quay is icy by six.\n\nWho salts it?"
COMMENT = {"name": "northquay", "headline": HEADLINE, "text": TEXT}
REDRESS = decided.Redress(link=LINK, until="17 May 2027", by_another=True, further="A court can be asked.")
TOLD = {
    "name": "northquay",
    "reason": "It attacks a person instead of what they say.",
    "words": "Please argue with what she wrote.",
    "link": LINK,
    "policy_link": LINK + "/policy",
}
RESTRICTED: dict[str, Any] = {name: value for name, value in TOLD.items() if name != "link"} | {"redress": REDRESS}
LETTERS: dict[Callable[..., Letter], dict[str, Any]] = {
    account_letters.confirm_address: {"name": "northquay", "link": LINK, "days": 3},
    account_letters.account_exists: {"log_in_link": LINK, "reset_link": LINK + "/reset"},
    account_letters.guest_comment: {"headline": HEADLINE, "link": LINK, "days": 3},
    account_letters.way_added: {"account_link": LINK, "reset_link": LINK + "/reset"},
    account_letters.reset_password: {"link": LINK, "hours": 2},
    account_letters.password_changed: {"reset_link": LINK},
    account_letters.change_email: {"link": LINK},
    account_letters.email_changed: {"log_in_link": LINK},
    account_letters.account_closed: {"front_link": LINK},
    comment_letters.comment_rejected: COMMENT
    | {"reason": "It is not about the story.", "advice": "It may fit another story better."}
    | {"note": "", "was_published": True, "policy_link": LINK + "/policy", "redress": REDRESS},
    comment_letters.comment_changed: {
        "name": "northquay",
        "headline": HEADLINE,
        "before": TEXT,
        "after": "The quay is icy.",
    }
    | {"reason": "It makes private information public.", "note": ""}
    | {"policy_link": LINK + "/policy", "comment_link": LINK, "redress": REDRESS},
    comment_letters.reply_removed: COMMENT
    | {"more": 2, "reason": "It attacks a person instead of what they say."}
    | {"policy_link": LINK + "/policy", "redress": REDRESS},
    comment_letters.may_we_print: COMMENT | {"link": LINK},
    comment_letters.reply_restored: COMMENT | {"link": LINK},
    comment_letters.comment_approved: COMMENT | {"link": LINK},
    comment_letters.comment_reconsidered: COMMENT | {"link": LINK},
    news_letters.reply_received: COMMENT | {"answered_by": "saltmarsh", "link": LINK},
    news_letters.mentioned: COMMENT | {"answered_by": "saltmarsh", "link": LINK},
    news_letters.followed: COMMENT | {"answered_by": "saltmarsh", "link": LINK},
    news_letters.digest: {
        "name": "northquay",
        "items": (news_letters.Item(kind="reply", name="saltmarsh", headline=HEADLINE, link=LINK, text="Eleven."),),
        "inbox_link": LINK,
        "preferences_link": LINK,
    },
    report_letters.flag_resolved: {"headline": HEADLINE, "upheld": True, "receipt_link": LINK},
    decided.comment_hidden: COMMENT | {"policy_link": LINK + "/policy", "redress": REDRESS},
    decided.appeal_granted: COMMENT | {"answer": "It was a joke.", "is_fresh_look": False, "link": LINK},
    decided.appeal_refused: COMMENT
    | {"answer": "It was no joke.", "is_fresh_look": True, "redress": replace(REDRESS, until="")},
    decided.report_heard: {"headline": HEADLINE, "granted": True, "answer": "You were right.", "is_fresh_look": False}
    | {"receipt_link": LINK, "further": "A court can be asked."},
    decided.notice_heard: {"headline": HEADLINE, "granted": False, "answer": "It is true.", "is_fresh_look": False}
    | {"receipt_link": LINK, "further": "A court can be asked."},
    notice_letters.notice_received: {"headlines": (HEADLINE,), "receipt_link": LINK},
    notice_letters.notice_answered: {"headline": HEADLINE, "outcome": "illegal", "reason": "It is false."}
    | {"answer": "Thank you.", "until": "17 May 2027", "receipt_link": LINK},
    notice_letters.notice_due: {"name": "R. Teague", "headline": HEADLINE, "hours": 12, "desk_link": LINK},
    notice_letters.correction_answered: {"headline": HEADLINE, "outcome": "corrected"}
    | {"answer": "Thank you.", "receipt_link": LINK},
    notice_letters.reports_warned: {"name": "northquay", "answered": 12, "upheld": 1, "days": 90, "policy_link": LINK},
    notice_letters.reports_slowed: {"name": "northquay", "answered": 12, "upheld": 1, "days": 90}
    | {"until": "17 December 2026", "policy_link": LINK},
    editors_letters.written_to: {"name": "northquay", "words": TEXT, "link": LINK},
    editors_letters.warned: TOLD,
    editors_letters.held: RESTRICTED | {"until": "1 December 2026, 12:00"},
    editors_letters.kept_out: RESTRICTED | {"until": "", "everywhere": True},
    editors_letters.off_ladder: RESTRICTED,
    editors_letters.act_appeal_heard: {"name": "northquay", "granted": False, "answer": "It stays.", "redress": REDRESS}
    | {"is_fresh_look": False},
    editors_letters.lifted: {"name": "northquay", "what": "hold", "link": LINK},
    editors_letters.comment_lowered: COMMENT
    | {"reason": "It was written to provoke.", "words": ""}
    | {"policy_link": LINK + "/policy", "comment_link": LINK},
    editors_letters.comment_picked: COMMENT | {"words": "The figure we missed.", "link": LINK},
}
OTHERS = ("name", "headline", "text", "before", "after", "note", "words", "answered_by", "answer")
EVERY = pytest.mark.parametrize("write", LETTERS, ids=lambda write: write.__name__)


def written(write: Callable[..., Letter], *, by: Cover | None = None, **other: Any) -> Letter:
    return write(by or a_cover(), **(LETTERS[write] | other))


def with_words(write: Callable[..., Letter], words: str, *, by: Cover | None = None) -> Letter:
    """The letter in which others have said these words wherever they may say something."""
    return written(write, by=by, **{name: words for name in OTHERS if name in LETTERS[write]})


class Reading(HTMLParser):
    """What an HTML letter shows, and what it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.shown = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.shown += " "
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_every_letter_is_tried_here() -> None:
    ours = {
        each
        for module in MODULES
        for _, each in inspect.getmembers(module, inspect.isfunction)
        if each.__module__ == module.__name__ and not each.__name__.startswith("_")
    } - {decided.way_on, decided.who_heard, decided.said}

    assert ours == set(LETTERS)


@EVERY
def test_a_letter_says_who_writes_and_where_to_go(write: Callable[..., Letter]) -> None:
    letter = written(write)

    assert SITE in letter.text.replace("\n", " ")
    assert f"\n{LINK}\n" in letter.text
    assert letter.to == "mara@reader.example"
    assert "%" not in letter.subject + letter.text
    assert "!" not in letter.text


@EVERY
def test_the_html_says_the_same_and_fetches_nothing(write: Callable[..., Letter]) -> None:
    letter = written(write)
    reading = Reading(letter.html or "")

    assert reading.tags <= {"html", "head", "meta", "body", "p", "br", "a", "blockquote"}
    assert reading.attributes <= {"lang", "dir", "charset", "style", "href"}
    assert set(reading.links) <= {LINK, LINK + "/policy", LINK + "/reset"}
    assert "url(" not in (letter.html or "")
    assert [word for word in letter.text.split() if word != ">"] == reading.shown.split()


@EVERY
def test_no_line_but_an_address_is_long(write: Callable[..., Letter]) -> None:
    lines = with_words(write, "long " * 40).text.split("\n")

    assert all(len(line) <= 74 or line.startswith("http") for line in lines)


@EVERY
def test_what_others_wrote_breaks_out_of_nothing(write: Callable[..., Letter]) -> None:
    hostile = "</blockquote><script>x</script>\r\nBcc: all@reader.example\x00\u202e\u2067"

    letter = with_words(write, hostile, by=a_cover(site_name=hostile))
    message = to_message(letter, "desk@courier.example")

    assert "script" not in Reading(letter.html or "").tags
    assert message["Bcc"] is None
    assert not set(letter.subject + letter.text) & set("\x00\r\u202e\u2067")
    assert letter.text.count(FSI) == letter.text.count(PDI)


@settings(max_examples=30)
@given(words=st.text(max_size=200))
def test_any_words_at_all_can_be_written_about(words: str) -> None:
    for write in LETTERS:
        to_message(with_words(write, words), "desk@courier.example").as_bytes()


def test_a_removed_comment_is_given_back_with_the_reason_and_the_editors_word() -> None:
    letter = written(comment_letters.comment_rejected, note="The story is about\nthe ferry alone.")

    assert letter.subject == "Your comment on “Ferry to run through the winter” was removed"
    assert letter.text == (
        "Hello northquay,\n\n"
        "The editors of The Harbour Courier have removed your comment on “Ferry\n"
        "to run through the winter”.\n\n"
        "An editor decided this; it did not happen automatically.\n\n"
        "The reason: It is not about the story.\n\n"
        "It may fit another story better.\n\n"
        "The editors add:\n\n"
        "> The story is about\n> the ferry alone.\n\n"
        "You wrote:\n\n"
        "> The quay is icy by six.\n>\n> Who salts it?\n\n"
        f"The rules of our discussions:\n{LINK}/policy\n\n"
        "If you do not agree, you can appeal once, until 17 May 2027. No account\n"
        "is needed. An editor who did not take the decision will hear it.\n\n"
        f"The decision, and how to appeal:\n{LINK}\n\n"
        "A court can be asked.\n"
    )


def test_a_comment_that_nobody_has_seen_was_not_removed_but_not_published() -> None:
    letter = written(comment_letters.comment_rejected, was_published=False)

    assert letter.subject == "Your comment on “Ferry to run through the winter” was not published"
    assert "removed" not in letter.text
    assert "The editors add" not in letter.text


@pytest.mark.parametrize(("upheld", "told"), [(True, "agree with you"), (False, "can stay")])
def test_a_reporter_is_told_the_outcome(told: str, *, upheld: bool) -> None:
    assert told in written(report_letters.flag_resolved, upheld=upheld).text


@pytest.mark.parametrize(("days", "told"), [(1, "for 1 day."), (3, "for 3 days.")])
def test_a_letter_says_how_long_its_link_works(days: int, told: str) -> None:
    assert told in written(account_letters.confirm_address, days=days).text


def test_a_name_that_runs_the_other_way_moves_nothing() -> None:
    letter = written(news_letters.reply_received, answered_by="نورس", headline=HEADLINE)

    assert letter.subject == f"{FSI}نورس{PDI} answered you on “{HEADLINE}”"
    assert f"{FSI}نورس{PDI} answered your comment" in letter.text


def test_a_letter_in_arabic_runs_from_the_right() -> None:
    letter = written(comment_letters.comment_approved, by=a_cover(language="ar"))

    assert '<html lang="ar" dir="rtl">' in (letter.html or "")
    assert f"{FSI}{SITE}{PDI}" in letter.text.replace("\n", " ")


def test_a_long_headline_is_cut() -> None:
    letter = written(comment_letters.comment_approved, headline="Ferry " * 100)

    assert len(letter.subject) < 120
    assert "…” is published" in letter.subject


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/there", "https://a.example/\nb", "https://a.example/ b"])
def test_a_link_leads_to_a_web_address(address: str) -> None:
    with pytest.raises(BadLetter):
        Link("There", address)
