"""A mail server on loopback that keeps what it gets, and can be made to refuse."""

import asyncio
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from rejoinder.mail.smtp import MailServer, Tls

NAME, PASSWORD = "courier", "swordfish"


class Postbox:
    """What arrived. `says` is the answer to a letter; `to_recipient` the answer to an address."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.says = "250 taken"
        self.to_recipient = "250 known"
        self.server = MailServer(host="")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.says.startswith("2"):
            self.letters.append(envelope)
            assert server.transport is not None
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return self.says

    def content(self, nth: int = 0) -> bytes:
        """A letter that came, as it came."""
        content = self.letters[nth].content
        assert isinstance(content, bytes)
        return content


@contextmanager
def a_postbox(*, tls: Tls = Tls.NONE, certificate: Path | None = None, **options: Any) -> Iterator[Postbox]:
    """A server at a free port of 127.0.0.1; `options` are aiosmtpd's."""
    box = Postbox()
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        options |= {"tls_context": context} if tls is Tls.STARTTLS else {}
    loop = asyncio.new_event_loop()
    implicit = context if tls is Tls.IMPLICIT else None
    listening = loop.create_server(lambda: SMTP(box, loop=loop, **options), "127.0.0.1", 0, ssl=implicit)
    thread = threading.Thread(target=loop.run_forever)  # a browser's loop may hold this one
    thread.start()
    server = asyncio.run_coroutine_threadsafe(listening, loop).result()
    box.server = MailServer(host="127.0.0.1", port=server.sockets[0].getsockname()[1], tls=tls, timeout=5)
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    """Ends the server and what its connections still do."""
    server.close()
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def a_free_port() -> int:
    """A port that nothing listens at, at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def knows_us(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword) -> AuthResult:
    """The server's own look at a user name and a password."""
    right = (data.login, data.password) == (NAME.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def a_certificate(folder: Path) -> Path:
    """A certificate that 127.0.0.1 gave itself, with its key, in one file."""
    path = folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(path)]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl makes the certificate of this test, and is not installed")
    path.write_bytes(path.read_bytes() + (folder / "key.pem").read_bytes())
    return path
