"""Passkeys (Web Authentication, Level 3): what a browser is asked, and whether its answer is right. The library is
large, so it is loaded only where somebody uses one.
"""

import secrets
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from rejoinder.discussion.refusals import PasskeyRefused

LONGEST = 20_000  # characters of a browser's answer


class Place(Struct, frozen=True):
    """Where passkeys hold: a domain, and the origin of our pages on it (WebAuthn 3, 4, "Relying Party Identifier")."""

    domain: str
    origin: str
    name: str = ""


class Enrolled(Struct, frozen=True):
    """A new passkey: its id and its public half, base64url, and its signature counter."""

    id: str
    key: str
    count: int


class Answered(Struct, frozen=True):
    """What a browser answered to the challenge: which passkey says so, and whose it claims to be (an account's id)."""

    id: str
    holder: bytes | None
    body: dict[str, Any]


def place_of(public_url: str, name: str = "") -> Place | None:
    """Where passkeys of an installation at this address hold; None at a bare number, which has none, or without https,
    unless it is this very machine.
    """
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        is_safe = parts.scheme == "https" or host == "localhost"
        return Place(host, f"{parts.scheme}://{parts.netloc}", name) if host and is_safe else None
    return None


def new_challenge() -> str:
    """256 random bits, base64url (WebAuthn 3, 13.4.3: at least 128)."""
    return secrets.token_urlsafe(32)


def enrol_options(
    place: Place, *, challenge: str, account_id: bytes, name: str, known: Iterable[str]
) -> dict[str, Any]:  # fmt: skip
    """What a browser is asked to make a passkey (WebAuthn 3, 5.4), as JSON with base64url for bytes: kept by the device
    itself, so that nobody has to type who they are, and used only by who unlocks it.
    """
    import webauthn.helpers as to  # noqa: PLC0415 - a large library

    return {
        "rp": {"id": place.domain, "name": place.name or place.domain},
        "user": {"id": to.bytes_to_base64url(account_id), "name": name, "displayName": name},
        "challenge": challenge,
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (-8, -7, -257)],
        "timeout": 300_000,
        "attestation": "none",
        "excludeCredentials": [{"type": "public-key", "id": each} for each in known],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
    }


def ask_options(place: Place, *, challenge: str) -> dict[str, Any]:
    """What a browser is asked to prove a passkey (WebAuthn 3, 5.5): any that its user has for us."""
    return {"rpId": place.domain, "challenge": challenge, "timeout": 300_000, "userVerification": "required"}


def enrolled(place: Place, answer: str, *, challenge: str) -> Enrolled:
    """The passkey that the browser made (WebAuthn 3, 7.1). Raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415 - a large library
    from webauthn.helpers import base64url_to_bytes, bytes_to_base64url  # noqa: PLC0415 - as above

    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except Exception as problem:  # the library and what it leans on raise whatever an odd answer makes them
        raise PasskeyRefused from problem
    return Enrolled(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key), made.sign_count
    )


def answered(answer: str) -> Answered:
    """Which passkey the browser answers with. Nothing of it is proved yet. Raises PasskeyRefused."""
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - a large library

    body = _read(answer)
    inner = body.get("response")
    passkey, holder = body.get("id"), inner.get("userHandle") if isinstance(inner, dict) else None
    if not isinstance(passkey, str) or not passkey.isascii():
        raise PasskeyRefused
    try:
        return Answered(passkey, base64url_to_bytes(holder) if isinstance(holder, str) else None, body)
    except ValueError as problem:
        raise PasskeyRefused from problem


def proved(place: Place, said: Answered, *, challenge: str, key: str, count: int) -> int:
    """The signature counter of an answer that is right (WebAuthn 3, 7.2), given by somebody who unlocked the key.
    Raises PasskeyRefused, also where the counter did not go on.
    """
    import webauthn  # noqa: PLC0415 - a large library
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - as above

    try:
        return webauthn.verify_authentication_response(
            credential=said.body,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            credential_public_key=base64url_to_bytes(key),
            credential_current_sign_count=count,
            require_user_verification=True,
        ).new_sign_count
    except Exception as problem:  # as above
        raise PasskeyRefused from problem


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST:
        raise PasskeyRefused
    try:
        return msgspec.json.decode(answer, type=dict[str, Any])
    except msgspec.MsgspecError as problem:
        raise PasskeyRefused from problem
