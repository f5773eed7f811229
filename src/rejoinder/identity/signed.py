"""Signed tokens of others (JWT, RFC 7519): is the signature right, is it for us, is it now? As RFC 8725 advises: the
algorithm is one of a list and fits the key, whatever the token says of itself.
"""

import binascii
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from rejoinder.discussion.refusals import SignInRefused

SKEW = timedelta(seconds=30)  # that two clocks may be apart
LONGEST = 16_000  # characters of a token
KINDS = {"HS": "oct", "RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}  # of the key, by the algorithm's first letters

KeySet = Callable[[bool], Awaitable[dict[str, Any]]]  # the set as it is kept; with True, fetched anew


async def signed_claims(
    token: str, *, algorithms: Sequence[str], shared: Mapping[str, str], key_set: KeySet | None
) -> dict[str, Any]:  # fmt: skip
    """The claims of a token that one of these keys has signed. A shared secret serves HS256 alone, and a public key
    never serves as a secret. Raises SignInRefused, and SignInUnavailable where the keys are not to be had.
    """
    header = _header(token)
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or algorithm not in algorithms:
        raise SignInRefused(why="algorithm")
    if not (kid is None or isinstance(kid, str)) or "crit" in header:
        raise SignInRefused(why="header")
    if algorithm.startswith("HS"):
        return _proved(token, _shared(shared, kid), algorithm)
    return _proved(token, await _public(key_set, kid, algorithm), algorithm)


def check_claims(claims: Mapping[str, Any], *, issuer: str, audience: str, now: datetime, longest: timedelta) -> None:
    """Silent if the claims come from this issuer, are for this audience and hold now, and for no longer than `longest`
    in all. Raises SignInRefused.
    """
    if claims.get("iss") != issuer:
        raise SignInRefused(why="issuer")
    said = claims.get("aud")
    if audience not in (said if isinstance(said, list) else [said]):
        raise SignInRefused(why="audience")
    ends, began = _moment(claims, "exp"), _moment(claims, "iat")
    if ends is None or began is None:
        raise SignInRefused(why="times missing")
    if now >= ends + SKEW:
        raise SignInRefused(why="expired")
    begins = _moment(claims, "nbf")
    if now + SKEW < max(began, begins or began):
        raise SignInRefused(why="not yet valid")
    if ends - began > longest:
        raise SignInRefused(why="lasts too long")


def until(claims: Mapping[str, Any]) -> datetime:
    """When nobody accepts the token any longer; of claims that were checked."""
    ends = _moment(claims, "exp")
    assert ends is not None
    return ends + SKEW


def _header(token: str) -> dict[str, Any]:
    head = token.partition(".")[0]
    if len(token) > LONGEST or not token.isascii():
        raise SignInRefused(why="no token")
    try:
        return msgspec.json.decode(urlsafe_b64decode(head + "=" * (-len(head) % 4)), type=dict[str, Any])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as problem:
        raise SignInRefused(why="no token") from problem


def _shared(shared: Mapping[str, str], kid: str | None) -> dict[str, Any]:
    if kid is None and len(shared) == 1:
        kid = next(iter(shared))
    if kid is None or kid not in shared:
        raise SignInRefused(why="unknown key")
    secret = binascii.b2a_base64(shared[kid].encode(), newline=False).decode()
    return {"kty": "oct", "k": secret.rstrip("=").replace("+", "-").replace("/", "_")}


async def _public(key_set: KeySet | None, kid: str | None, algorithm: str) -> dict[str, Any]:
    if key_set is None:
        raise SignInRefused(why="unknown key")
    for anew in (False, True):  # keys change: an unknown one may have been added since
        found = [key for key in _keys(await key_set(anew), algorithm) if kid is None or key.get("kid") == kid]
        if len(found) == 1:
            return found[0]
    raise SignInRefused(why="unknown key")


def _keys(key_set: dict[str, Any], algorithm: str) -> list[dict[str, Any]]:
    """The keys that verify signatures of this algorithm (RFC 7517, 4)."""
    listed = key_set.get("keys")
    return [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict)
        and key.get("kty") == KINDS[algorithm[:2]]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
    ]


def _proved(token: str, key: dict[str, Any], algorithm: str) -> dict[str, Any]:
    from joserfc import jwt  # noqa: PLC0415 - brings a large library, loaded only where somebody signs in
    from joserfc.errors import JoseError  # noqa: PLC0415 - as above
    from joserfc.jwk import import_key  # noqa: PLC0415 - as above

    try:
        found = jwt.decode(token, import_key(key), algorithms=[algorithm])
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise SignInRefused(why="signature") from problem
    return dict(found.claims)


def _moment(claims: Mapping[str, Any], name: str) -> datetime | None:
    said = claims.get(name)
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise SignInRefused(why="times")
    try:
        return datetime.fromtimestamp(said, UTC)
    except (ValueError, OverflowError, OSError) as problem:
        raise SignInRefused(why="times") from problem
