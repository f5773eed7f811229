"""Signatures of what is sent, as the Standard Webhooks specification has them: receivers can use its libraries."""

import binascii
import hmac
import secrets
from base64 import b64decode, b64encode

PREFIX = "whsec_"
_SECRET = 32  # bytes


def new_secret() -> str:
    """A secret of 256 random bits, in the specification's form."""
    return PREFIX + b64encode(secrets.token_bytes(_SECRET)).decode()


def signature(message_id: str, timestamp: int, body: bytes, *, secret: str) -> str:
    """The header `webhook-signature`: HMAC-SHA256 over id, Unix seconds and body, joined by dots. Raises ValueError for
    a secret of another form.
    """
    try:
        key = b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as problem:
        raise ValueError("a hook's secret is base64 after whsec_") from problem
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()
