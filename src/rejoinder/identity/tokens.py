"""Random tokens for links and sessions, and signed values for cookies."""

import binascii
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from uuid import UUID

DEVICE = "device"  # the purpose of a device's cookie
CONSENT = "consent"  # of a link by which a writer says whether a comment may be printed
LETTERS = "letters"  # of a link by which letters are no longer sent

_SIGNATURE = 32  # bytes of HMAC-SHA256
_KEYED = 17  # bytes of it in a key that is to be short: with an id, 33, and so no padding in Base64
_LONGEST = 4096  # characters; browsers keep no longer cookie (RFC 6265, 6.1)


def new_token() -> str:
    """A token of 256 random bits, fit for a link or a cookie."""
    return secrets.token_urlsafe(32)


def sign(value: str, secret: str, purpose: str) -> str:
    """The value with a signature that holds for this purpose only, in characters a cookie may have. It can be read by
    whoever holds it.
    """
    kept = value.encode()
    return urlsafe_b64encode(_signature(kept, secret, purpose) + kept).rstrip(b"=").decode()


def unsign(signed: str, secret: str, purpose: str) -> str | None:
    """The value, or None if we did not sign it for this purpose."""
    if not signed or len(signed) > _LONGEST or not signed.isascii():
        return None
    try:
        packed = urlsafe_b64decode(signed + "=" * (-len(signed) % 4))
    except binascii.Error:
        return None
    signature, value = packed[:_SIGNATURE], packed[_SIGNATURE:]
    if not hmac.compare_digest(signature, _signature(value, secret, purpose)):
        return None
    return value.decode()


def new_device(secret: str) -> str:
    """A signed id for the browser of a reader without an account: tells devices apart, and nothing of the reader."""
    return sign(secrets.token_urlsafe(16), secret, DEVICE)


def embed_key_of(site: str, secret: str) -> str:
    """The key with which a site's publisher signs what they say of a story: 64 figures, the same until our secret is
    another.
    """
    return _signature(site.encode(), secret, "embed").hex()


def receipt_of(flag_id: UUID, secret: str) -> str:
    """The receipt of a report: who has it can see the outcome. Made again from the report's id for a letter, so that
    only its hash need be kept.
    """
    return urlsafe_b64encode(_signature(flag_id.bytes, secret, "receipt")[:18]).decode()


def act_key(act_id: UUID, secret: str) -> str:
    """What opens the page of an act of the editors about somebody, from a letter and without an account; made as
    `decision_key`.
    """
    return _short_key(act_id, secret, "person act")


def act_of(key: str, secret: str) -> UUID | None:
    """The act that the key opens, or None if it is not one of ours."""
    return _opened(key, secret, "person act")


def decision_key(decision_id: UUID, secret: str) -> str:
    """What opens a decision's page from a letter, without an account: 44 characters, made again from the id, so that it
    works as long as there is something to see.
    """
    return _short_key(decision_id, secret, "decision")


def decision_of(key: str, secret: str) -> UUID | None:
    """The decision that the key opens, or None if it is not one of ours."""
    return _opened(key, secret, "decision")


def _short_key(of: UUID, secret: str, purpose: str) -> str:
    return urlsafe_b64encode(of.bytes + _signature(of.bytes, secret, purpose)[:_KEYED]).decode()


def _opened(key: str, secret: str, purpose: str) -> UUID | None:
    try:
        packed = urlsafe_b64decode(key + "=" * (-len(key) % 4)) if key.isascii() else b""
    except binascii.Error:
        return None
    known, signature = packed[:16], packed[16:]
    if not hmac.compare_digest(signature, _signature(known, secret, purpose)[:_KEYED]):
        return None
    return UUID(bytes=known)


def _signature(value: bytes, secret: str, purpose: str) -> bytes:
    """Each purpose has a key of its own, so that a value signed for one cannot serve another."""
    return hmac.digest(_key(secret, purpose), value, "sha256")


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), b"rejoinder:" + purpose.encode(), "sha256")
