"""Letters as messages: nothing in a value can become a line of the header."""

import email
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mail.letterbox import a_letter

from rejoinder.mail.message import BadLetter, is_sender, to_message

OURS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"} | {
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}
SENDER = "The Harbour Courier <desk@courier.example>"


def through_the_wire(message: EmailMessage) -> EmailMessage:
    """The message as its recipient's program reads it."""
    parsed = email.message_from_bytes(message.as_bytes(), policy=SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_a_letter_arrives_as_it_was_written() -> None:
    text = "Grüße — مرحبا\n\n> quoted\n.\nFrom the desk\n" + "x" * 2000 + "\n"

    got = through_the_wire(to_message(a_letter(subject="Ihr Beitrag — «Fähre»", text=text), SENDER))

    assert got["To"] == "mara@reader.example"
    assert got["From"] == SENDER
    assert got["Subject"] == "Ihr Beitrag — «Fähre»"
    assert got["Message-ID"] == "<1@courier.example>"
    assert got.get_content().replace("\r\n", "\n") == text


def test_a_letter_says_that_no_person_sent_it() -> None:
    assert to_message(a_letter(), SENDER)["Auto-Submitted"] == "auto-generated"


def test_plain_text_comes_first_and_html_is_the_alternative() -> None:
    got = through_the_wire(to_message(a_letter(html="<p>There is something to read.</p>"), SENDER))

    assert got.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]


def test_no_line_of_a_message_is_longer_than_servers_take() -> None:
    sent = to_message(a_letter(text="ü" * 5000, html="<p>" + "x" * 5000, subject="ü" * 500), SENDER).as_bytes()

    assert max(len(line) for line in sent.split(b"\r\n")) <= 998  # RFC 5322, 2.1.1
    assert sent.isascii()


@pytest.mark.parametrize(
    "ending", ["\nBcc: all@reader.example", "\rBcc: x", "\r\n\r\nbody", "\x00", "\u2028x", "\x85x"]
)
@pytest.mark.parametrize("field", ["to", "subject", "message_id"])
def test_a_line_break_in_a_value_is_refused(field: str, ending: str) -> None:
    with pytest.raises(BadLetter):
        a_letter(**{field: getattr(a_letter(), field) + ending})


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Note": "a\nBcc: all@reader.example"},
        {"X-Note\nBcc": "a"},
        {"X Note": "a"},
        {"X-Note:": "a"},
        {"": "a"},
        {"Bcc": "all@reader.example"},
        {"from": "other@reader.example"},
        {"Content-Type": "text/html"},
    ],
)
def test_a_header_that_is_not_ours_to_add_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(BadLetter):
        a_letter(headers=headers)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "mara",
        "mara@",
        "Mara <mara@reader.example>",
        "mara@reader.example, all@reader.example",
        "mara@reader.example all@reader.example",
        "mara@reader.example(x)",
        "@a:mara@reader.example",
        "a@b@reader.example",
    ],
)
def test_a_letter_goes_to_one_plain_address(to: str) -> None:
    with pytest.raises(BadLetter):
        a_letter(to=to)


@pytest.mark.parametrize("message_id", ["", "1@courier.example", "<1>", "<1@>", "<1@a><2@b>", "<1 @a>"])
def test_a_message_id_has_its_form(message_id: str) -> None:
    with pytest.raises(BadLetter):
        a_letter(message_id=message_id)


@given(subject=st.text(max_size=120), text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_is_said_the_header_has_our_lines_alone(subject: str, text: str) -> None:
    try:
        letter = a_letter(subject=subject, text=text)
    except BadLetter:
        return

    got = through_the_wire(to_message(letter, SENDER))

    assert set(got.keys()) == OURS
    assert len(got.keys()) == len(OURS)
    assert got["To"] == "mara@reader.example"


@pytest.mark.parametrize(
    ("sender", "fits"),
    [
        ("desk@courier.example", True),
        ("rejoinder@localhost", True),
        ("The Harbour Courier <desk@courier.example>", True),
        ("Der Küstenbote <desk@courier.example>", True),
        ('"Courier, the" <desk@courier.example>', True),
        ("<desk@courier.example>", True),
        ("", False),
        ("The Harbour Courier", False),
        ("desk@", False),
        ("desk@courier.example extra", False),
        ("Desk <desk@courier.example>\r\nBcc: all@courier.example", False),
    ],
)
def test_a_sender_is_an_address_perhaps_with_a_name(sender: str, fits: bool) -> None:
    assert is_sender(sender) is fits
