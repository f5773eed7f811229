"""One signed call: what is sent, what comes back, and how much of it is taken."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from rejoinder import __version__
from rejoinder.hooks.signing import signature

if TYPE_CHECKING:
    import httpx

LARGEST = 100_000  # bytes of an answer
_AGENT = f"Rejoinder/{__version__}"
_GONE = 410


class CannotCall(Exception):
    """No good answer. `gone`: the address says that it wants nothing more."""

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone


class Call(Struct, frozen=True, kw_only=True):
    """`message_id` is the same at every try, so that a receiver can tell a second copy from a second message."""

    address: str
    secret: str
    message_id: str
    body: bytes
    seconds: float = 15.0


def call(made: Call, *, now: datetime) -> bytes:
    """The body of a good answer (2xx). No redirect is followed and no proxy used. Raises CannotCall."""
    import httpx  # noqa: PLC0415 - a large library, loaded only where there are hooks

    sent_at = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": _AGENT,
        "webhook-id": made.message_id,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": signature(made.message_id, sent_at, made.body, secret=made.secret),
    }
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=made.seconds) as client,
            client.stream("POST", made.address, content=made.body, headers=headers) as answer,
        ):
            if not answer.is_success:
                told = f"{made.address} answers {answer.status_code}"
                raise CannotCall(told, gone=answer.status_code == _GONE)
            return _body(answer)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise CannotCall(f"{made.address} cannot be called: {problem!r}") from problem


def _body(answer: "httpx.Response") -> bytes:
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise CannotCall(f"the answer is longer than {LARGEST} bytes")
    return bytes(body)
