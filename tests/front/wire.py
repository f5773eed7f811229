"""HTTP on the wire: bytes out, answers in, so that a test can say exactly what a client sends and when."""

import socket
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from msgspec import Struct


class Said(Struct, frozen=True):
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Wire:
    """A connection to a server on this machine."""

    def __init__(self, url: str, *, receive_buffer: int | None = None) -> None:
        host, port = url.removeprefix("http://").split(":")
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.socket.connect((host, int(port)))
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.socket.close()

    @staticmethod
    @contextmanager
    def free_port() -> Iterator[int]:
        """A port that nobody listens at."""
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            number: int = found.getsockname()[1]
            yield number

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def get(self, path: str, *lines: str, method: str = "GET") -> Said:
        """The answer to a request with these header lines."""
        self.send(request(path, *lines, method=method))
        return self.answer(has_body=method != "HEAD")

    def answer(self, *, has_body: bool = True) -> Said:
        """The next answer on the connection. Raises EOFError where there is none."""
        while b"\r\n\r\n" not in self._read:
            self._more()
        head, self._read = self._read.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0)) if has_body else 0
        while len(self._read) < length:
            self._more()
        body, self._read = self._read[:length], self._read[length:]
        return Said(int(first.split()[1]), headers, body)

    def is_closed(self) -> bool:
        """Whether the other side closes the connection without another byte."""
        try:
            return self._read == b"" and self.socket.recv(65536) == b""
        except ConnectionResetError:
            return True

    def _more(self) -> None:
        got = self.socket.recv(65536)
        if not got:
            raise EOFError(self._read)
        self._read += got


def request(path: str, *lines: str, method: str = "GET") -> bytes:
    """A request's bytes."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: courier.example", *lines, "", ""]).encode()


def gunzipped(body: bytes) -> bytes:
    return zlib.decompress(body, wbits=31)
