"""An address outside: keeps what it is sent, checks the signature, and answers what a test wants."""

import hmac
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec


class Receiver:
    """`answers` are given in turn, the last for ever: a status, or a status and a JSON body."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int | tuple[int, Any]] = [204]
        self.url = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body) for _, body in self.calls]

    def is_signed(self, secret: str) -> bool:
        """Whether every call was signed as the specification says, worked out anew here."""
        key = b64decode(secret.removeprefix("whsec_"))
        return all(
            headers["webhook-signature"]
            == "v1,"
            + b64encode(
                hmac.digest(key, f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body, "sha256")
            ).decode()
            for headers, body in self.calls
        )

    def take(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        self.calls.append((headers, body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        status, said = answer if isinstance(answer, tuple) else (answer, None)
        return status, b"" if said is None else said if isinstance(said, bytes) else msgspec.json.encode(said)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens on this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, said = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            if status == 302:
                self.send_header("location", receiver.url)
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
