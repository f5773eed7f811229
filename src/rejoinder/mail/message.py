"""A letter as values, and as the message that mail servers take. No value can add a line to the header."""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from types import MappingProxyType

from msgspec import Struct

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_OURS = frozenset({"from", "to", "cc", "bcc", "subject", "date", "message-id", "sender", "reply-to", "mime-version"})

# Nobody's holiday reply is wanted: RFC 3834, 5.
AUTOMATIC: Mapping[str, str] = MappingProxyType({"Auto-Submitted": "auto-generated"})


class BadLetter(ValueError):
    """A letter that must not be sent as it is: a value would break out of its place."""


class Letter(Struct, frozen=True, kw_only=True):
    """One letter to one address. `message_id` is the same however often it is tried, so that a mail server can tell a
    repetition. Raises BadLetter.
    """

    to: str
    subject: str
    text: str
    message_id: str
    html: str | None = None
    headers: Mapping[str, str] = AUTOMATIC

    def __post_init__(self) -> None:
        for value in (self.to, self.subject, self.message_id, *self.headers, *self.headers.values()):
            if _CONTROLS.search(value):
                raise BadLetter("a line break or control character in a header")
        if not _is_address(self.to):
            raise BadLetter("not an address")
        if not _ID.fullmatch(self.message_id):
            raise BadLetter("not a message id")
        for name in self.headers:
            if not _NAME.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("content-"):
                raise BadLetter(f"{name} is not a header to add")


def to_message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as a message from this sender (an address, or `Name <address>`), dated now."""
    message = EmailMessage(policy=SMTP)
    name, address = parseaddr(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    local, _, domain = letter.to.rpartition("@")
    message["To"] = Address(username=local, domain=domain)  # not addr_spec=, which takes no letters beyond ASCII
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = letter.message_id
    for header, value in letter.headers.items():
        message[header] = value
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def is_sender(text: str) -> bool:
    """Whether letters can come from this: an address, or `Name <address>`."""
    if _CONTROLS.search(text):
        return False
    name, address = parseaddr(text)
    return _is_address(address) and (bool(name) or text.strip("<> ") == address)


def _is_address(text: str) -> bool:
    """Whether this is one plain address. Readers' addresses were looked at more closely when they came in."""
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or any(mark in text for mark in ' ,;:<>()[]"\\') or "@" in local:
        return False
    return "" not in local.split(".") and "" not in domain.split(".")
