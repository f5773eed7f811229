"""What a type cannot say of a setting. Each check gives the value as it is kept, or raises ValueError with what it
should look like.
"""

from collections.abc import Callable
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from rejoinder.language import is_language
from rejoinder.mail.message import is_sender
from rejoinder.settings.secret import SHORTEST_SECRET


def _database_url(url: str) -> str:
    if not url.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError("it begins with sqlite:/// or postgresql://")
    return url


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise ValueError("it looks like https://comments.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("it ends after the host: a path in front of ours is not supported")
    return f"{parts.scheme}://{parts.netloc}"


def _secret(secret: str) -> str:
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"it has at least {SHORTEST_SECRET} characters")
    return secret


def _language(tag: str) -> str:
    if not is_language(tag):
        raise ValueError("it is a language tag such as en or de-AT")
    return tag


def _mail_from(sender: str) -> str:
    if not is_sender(sender):
        raise ValueError("it looks like desk@example.org or Name <desk@example.org>")
    return sender


def _networks(proxies: tuple[str, ...]) -> tuple[str, ...]:
    for proxy in proxies:
        ip_network(proxy, strict=False)
    return proxies


def _addresses(given: tuple[str, ...]) -> tuple[str, ...]:
    for address in given:
        if "<" in address or not is_sender(address):
            raise ValueError("each looks like desk@example.org")
    return given


CHECKS: dict[str, Callable[[Any], Any]] = {
    "database_url": _database_url,
    "public_url": _public_url,
    "secret": _secret,
    "language": _language,
    "mail_from": _mail_from,
    "trusted_proxies": _networks,
    "record_heads_to": _addresses,
}
