"""A publisher who signs in readers: keys, tokens as they should be and as they should not, and settings for them."""

import hmac
import itertools
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import bindparam, update

from rejoinder.discussion.sign_in import SignIn
from rejoinder.store import sign_in
from rejoinder.store.database import Statement
from rejoinder.store.tables import sites
from tests.serving import Served

ISSUER, AUDIENCE = "https://courier.example", "rejoinder"
SHARED = "a key that the publisher and we share, long enough"
NEXT = "the key that comes after it, and is as long as that"
ORIGIN = "https://www.courier.example"
RSA = RSAKey.generate_key(2048, {"kid": "r1", "use": "sig"}, private=True)
EC = ECKey.generate_key("P-256", {"kid": "e1", "use": "sig"}, private=True)
_numbers = itertools.count(1)


def hand_off(**more: Any) -> dict[str, Any]:
    """Settings of a hand-off by shared keys."""
    known = {"issuer": ISSUER, "audience": AUDIENCE, "keys": {"k1": SHARED, "k2": NEXT}}
    return {"hand_off": known | more}


_SET_ORIGIN = Statement(update(sites).where(sites.c.seq == bindparam("site")).values(origin=bindparam("its")))


def sign_in_by(served: Served, settings: dict[str, Any], *, origin: str = ORIGIN) -> None:
    """Gives the site these settings, and its publisher's pages an origin."""
    chosen, seq = msgspec.convert(settings, SignIn), served.setting.site.seq
    served.setting.write(lambda w: sign_in.keep(w, seq, chosen))
    served.setting.write(lambda w: w.run(_SET_ORIGIN, site=seq, its=origin))


def claims(now: datetime, **more: Any) -> dict[str, Any]:
    """What a good token says; None takes a claim away."""
    at = int(now.timestamp())
    known = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "reader-7",
        "name": "Saltmarsh",
        "email": "salt@mail.example",
        "iat": at,
        "exp": at + 60,
        "jti": f"token-{next(_numbers)}",
    }
    return {name: value for name, value in (known | more).items() if value is not None}


def shared(said: dict[str, Any], *, kid: str | None = "k1", secret: str = SHARED, alg: str = "HS256") -> str:
    """The claims signed with a shared key."""
    parts = [_encoded(msgspec.json.encode(each)) for each in ({"alg": alg} | ({"kid": kid} if kid else {}), said)]
    signed = hmac.digest(secret.encode(), ".".join(parts).encode(), f"sha{alg[2:]}")
    return ".".join([*parts, _encoded(signed)])


def _encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def private(said: dict[str, Any], key: RSAKey | ECKey, *, alg: str, kid: str | None = None) -> str:
    """The claims signed with a private key."""
    return jwt.encode({"alg": alg, "kid": kid or str(key.kid)}, said, key, algorithms=[alg])


def none_of(said: dict[str, Any]) -> str:
    """The claims without a signature (RFC 7519, 6)."""
    return ".".join([*(_encoded(msgspec.json.encode(each)) for each in ({"alg": "none"}, said)), ""])


def with_public_key_as_secret(said: dict[str, Any]) -> str:
    """The claims signed by HMAC with the text of the RSA public key."""
    return shared(said, kid="r1", secret=RSA.as_pem(private=False).decode())
