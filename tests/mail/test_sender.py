"""Senders that need no server: the console and none."""

import io

import pytest
from tests.mail.letterbox import a_letter

from rejoinder.mail.sender import ConsoleSender, NoSender, Sender


def test_the_console_shows_a_letter_with_its_link() -> None:
    out = io.StringIO()
    letter = a_letter(text="Confirm the address:\nhttps://comments.courier.example/confirm/abc\n")

    ConsoleSender(out).send(letter)

    assert out.getvalue() == (
        "\n┌── a letter ──\n│ To: mara@reader.example\n│ Subject: A letter\n│\n│ Confirm the address:\n"
        "│ https://comments.courier.example/confirm/abc\n└──\n"
    )


def test_the_console_is_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleSender().send(a_letter())

    assert "There is something to read." in capsys.readouterr().err


def test_a_letter_does_not_command_the_terminal() -> None:
    out = io.StringIO()

    ConsoleSender(out).send(a_letter(text="a\x1b[2Jb\x07\u202ec"))

    assert "a[2Jbc" in out.getvalue()


def test_none_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    NoSender().send(a_letter())

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("sender", [ConsoleSender(), NoSender()])
def test_what_needs_no_server_is_always_ready(sender: Sender) -> None:
    sender.check()
