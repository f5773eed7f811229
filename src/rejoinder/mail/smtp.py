"""Letters by a mail server (RFC 5321), a connection for each."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from enum import StrEnum

from msgspec import Struct

from rejoinder.mail.message import Letter, to_message
from rejoinder.mail.sender import CannotSend

TIMEOUT = 20.0  # seconds for each step
_LASTING = 500  # from this reply code on, a no is final (RFC 5321, 4.2.1)


class Tls(StrEnum):
    """How the connection to the mail server is encrypted."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


class ServerUnreachable(CannotSend):
    """Nothing answers, or no longer."""


class NoEncryption(CannotSend):
    """The server does not encrypt, or cannot prove who it is."""


class LogInRefused(CannotSend):
    """The server does not take our user name and password."""


class LetterRefused(CannotSend):
    """The server does not take this letter: its recipient, its sender, or what it says."""

    def __init__(self, told: str, *, lasting: bool) -> None:
        super().__init__(told)
        self.lasting = lasting


class MailServer(Struct, frozen=True, kw_only=True):
    """Where letters are handed in. `tls_context` is for a server whose certificate is vouched for by nobody we know."""

    host: str
    port: int = 587
    tls: Tls = Tls.STARTTLS
    username: str = ""
    password: str = ""
    timeout: float = TIMEOUT
    tls_context: ssl.SSLContext | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class SmtpSender:
    """Hands letters to a mail server."""

    def __init__(self, server: MailServer, *, sender: str) -> None:
        """`sender` is an address, or `Name <address>`."""
        self._server = server
        self._sender = sender

    def send(self, letter: Letter) -> None:
        """Sends the letter. Raises ServerUnreachable, NoEncryption, LogInRefused, LetterRefused."""
        message = to_message(letter, self._sender)
        with _told_plainly(self._server), _connected(self._server) as connection:
            connection.send_message(message, from_addr=parseaddr(self._sender)[1], to_addrs=[letter.to])

    def check(self) -> None:
        """Silent if the server lets us in. Raises ServerUnreachable, NoEncryption, LogInRefused."""
        with _told_plainly(self._server), _connected(self._server) as connection:
            connection.noop()


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted and logged in as the server wants. What goes wrong while leaving does not matter:
    the letter was taken, and must not be sent again for it.
    """
    context = server.tls_context or ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=context)
        if server.tls is Tls.IMPLICIT
        else smtplib.SMTP(server.host, server.port, timeout=server.timeout)
    )
    try:
        if server.tls is Tls.STARTTLS:
            _encrypt(connection, server, context)
        if server.username:
            _log_in(connection, server)
        yield connection
        with suppress(OSError):  # smtplib's own errors are OSErrors too
            connection.quit()
    finally:
        connection.close()


def _encrypt(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    connection.ehlo_or_helo_if_needed()
    if not connection.has_extn("starttls"):
        raise NoEncryption(f"{server} offers no STARTTLS")
    connection.starttls(context=context)


def _log_in(connection: smtplib.SMTP, server: MailServer) -> None:
    connection.ehlo_or_helo_if_needed()
    if not connection.has_extn("auth"):
        raise LogInRefused(f"{server} offers no log-in")
    try:
        connection.login(server.username, server.password)
    except UnicodeEncodeError:
        raise LogInRefused(f"{server} can be told a user name and password in ASCII only") from None


@contextmanager
def _told_plainly(server: MailServer) -> Iterator[None]:
    """Turns what smtplib raises into one of our errors, in words that name the server."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as problem:
        raise LogInRefused(f"{server} does not take our user name and password: {_reply(problem)}") from problem
    except smtplib.SMTPRecipientsRefused as problem:
        code, said = next(iter(problem.recipients.values()))
        told = f"{server} does not take the recipient: {_text(code, said)}"
        raise LetterRefused(told, lasting=code >= _LASTING) from problem
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as problem:
        lasting = problem.smtp_code >= _LASTING
        raise LetterRefused(f"{server} does not take the letter: {_reply(problem)}", lasting=lasting) from problem
    except smtplib.SMTPNotSupportedError as problem:
        raise LetterRefused(f"{server} cannot take this letter: {problem}", lasting=True) from problem
    except ssl.SSLError as problem:
        raise NoEncryption(f"{server} gives no connection that can be trusted: {problem}") from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise ServerUnreachable(f"{server} cannot be reached: {problem}") from problem


def _reply(problem: smtplib.SMTPResponseException) -> str:
    return _text(problem.smtp_code, problem.smtp_error)


def _text(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
