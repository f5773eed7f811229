"""Letters by a real mail server on loopback: that they arrive, and what is told when they do not."""

import email
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.mail.letterbox import a_letter
from tests.mail.postbox import NAME, PASSWORD, a_certificate, a_free_port, a_postbox, knows_us

from rejoinder.mail.sender import CannotSend
from rejoinder.mail.smtp import (
    LetterRefused,
    LogInRefused,
    MailServer,
    NoEncryption,
    ServerUnreachable,
    SmtpSender,
    Tls,
)

DESK = "The Harbour Courier <desk@courier.example>"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # aiosmtpd's word to servers

LOGGED_IN: dict[str, Any] = {"authenticator": knows_us, "auth_required": True, "auth_require_tls": False}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_certificate(tmp_path_factory.mktemp("certificate"))


def refused(server: MailServer) -> CannotSend:
    """What sending a letter by this server raises."""
    with pytest.raises(CannotSend) as caught:
        SmtpSender(server, sender=DESK).send(a_letter())
    assert str(caught.value).startswith(f"{server.host}:{server.port} ")
    return caught.value


def test_a_letter_arrives() -> None:
    with a_postbox() as box:
        SmtpSender(box.server, sender=DESK).send(a_letter())

    assert box.letters[0].mail_from == "desk@courier.example"
    assert box.letters[0].rcpt_tos == ["mara@reader.example"]
    assert b"Message-ID: <1@courier.example>\r\n" in box.content()
    assert b"Auto-Submitted: auto-generated\r\n" in box.content()
    assert b"There is something to read." in box.content()


def test_a_second_try_has_the_same_message_id() -> None:
    with a_postbox() as box:
        sender = SmtpSender(box.server, sender=DESK)
        sender.send(a_letter())
        sender.send(a_letter())

    ids = [email.message_from_bytes(box.content(nth))["Message-ID"] for nth in (0, 1)]
    assert ids == ["<1@courier.example>"] * 2


def test_an_address_in_another_script_is_written_to() -> None:
    with a_postbox(enable_SMTPUTF8=True) as box:
        SmtpSender(box.server, sender=DESK).send(a_letter(to="jörg@reader.example"))

    assert box.letters[0].rcpt_tos == ["jörg@reader.example"]


def test_a_server_that_cannot_write_such_an_address_is_not_asked_again() -> None:
    with a_postbox(enable_SMTPUTF8=False) as box, pytest.raises(LetterRefused) as caught:
        SmtpSender(box.server, sender=DESK).send(a_letter(to="jörg@reader.example"))

    assert caught.value.lasting


def test_a_log_in_that_is_right_is_taken() -> None:
    with a_postbox(**LOGGED_IN) as box:
        SmtpSender(replace(box.server, username=NAME, password=PASSWORD), sender=DESK).send(a_letter())

    assert len(box.letters) == 1


@pytest.mark.parametrize("password", ["pike", "Hähnchen"])
def test_a_log_in_that_is_wrong_is_told(password: str) -> None:
    with a_postbox(**LOGGED_IN) as box:
        error = refused(replace(box.server, username=NAME, password=password))

    assert isinstance(error, LogInRefused)
    assert password not in str(error)
    assert box.letters == []


def test_a_server_without_log_in_is_told_when_one_is_set() -> None:
    with a_postbox(auth_exclude_mechanism=["LOGIN", "PLAIN"], auth_require_tls=True) as box:
        error = refused(replace(box.server, username=NAME, password=PASSWORD))

    assert isinstance(error, LogInRefused)


def test_nobody_listening_is_told() -> None:
    error = refused(MailServer(host="127.0.0.1", port=a_free_port(), tls=Tls.NONE))

    assert isinstance(error, ServerUnreachable)
    assert not error.lasting


def test_a_host_that_is_not_there_is_told() -> None:
    assert isinstance(refused(MailServer(host="mail.invalid", timeout=2)), ServerUnreachable)


def test_a_server_that_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        error = refused(MailServer(host="127.0.0.1", port=silent.getsockname()[1], tls=Tls.NONE, timeout=0.05))

    assert isinstance(error, ServerUnreachable)


@pytest.mark.parametrize(("says", "lasting"), [("452 the disk is full", False), ("554 no such thing here", True)])
def test_a_letter_that_is_refused_is_told_with_the_servers_words(says: str, *, lasting: bool) -> None:
    with a_postbox() as box:
        box.says = says
        error = refused(box.server)

    assert isinstance(error, LetterRefused)
    assert says in str(error)
    assert error.lasting is lasting


@pytest.mark.parametrize(("says", "lasting"), [("450 try in five minutes", False), ("550 no such mailbox", True)])
def test_a_recipient_that_is_refused_is_told(says: str, *, lasting: bool) -> None:
    with a_postbox() as box:
        box.to_recipient = says
        error = refused(box.server)

    assert isinstance(error, LetterRefused)
    assert says in str(error)
    assert error.lasting is lasting


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_a_letter_goes_encrypted_to_a_server_we_trust(tls: Tls, certificate: Path) -> None:
    with a_postbox(tls=tls, certificate=certificate, authenticator=knows_us, auth_require_tls=False) as box:
        trusting = ssl.create_default_context(cafile=str(certificate))
        server = replace(box.server, username=NAME, password=PASSWORD, tls_context=trusting)
        SmtpSender(server, sender=DESK).send(a_letter())

    assert box.encrypted == [True]


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_a_certificate_that_nobody_vouches_for_is_refused(tls: Tls, certificate: Path) -> None:
    with a_postbox(tls=tls, certificate=certificate) as box:
        error = refused(box.server)

    assert isinstance(error, NoEncryption)
    assert box.letters == []


@pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.IMPLICIT])
def test_a_server_that_does_not_encrypt_gets_no_letter(tls: Tls) -> None:
    with a_postbox() as box:
        error = refused(replace(box.server, tls=tls, username=NAME, password=PASSWORD))

    assert isinstance(error, NoEncryption)
    assert box.letters == []


def test_a_server_that_is_ready_passes_the_check() -> None:
    with a_postbox(**LOGGED_IN) as box:
        SmtpSender(replace(box.server, username=NAME, password=PASSWORD), sender=DESK).check()

    assert box.letters == []


def test_a_server_that_is_not_there_fails_the_check() -> None:
    with pytest.raises(ServerUnreachable):
        SmtpSender(MailServer(host="127.0.0.1", port=a_free_port(), tls=Tls.NONE), sender=DESK).check()
