"""Hand-off: a publisher's page gives us a signed token that says who its reader is."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from rejoinder.discussion.refusals import BadAddress, SignInRefused
from rejoinder.discussion.sign_in import PUBLIC, Arrival, HandOff, arrival, handed
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.documents import Documents
from rejoinder.identity.signed import check_claims, signed_claims, until

LONGEST = timedelta(minutes=10)  # that a token may last: it is used once, at once


async def read_handed(
    token: str, hand_off: HandOff, *, site: str, documents: Documents, now: datetime
) -> tuple[Arrival, str, datetime]:  # fmt: skip
    """Who comes, the key by which the token is known as used, and until when that must be known. Raises SignInRefused,
    SignInUnavailable.
    """

    async def key_set(anew: bool) -> dict[str, Any]:  # noqa: FBT001 - as a key set is asked everywhere
        return await documents.get(hand_off.jwks_url, now=now, anew=anew)

    has_public = any(each in PUBLIC for each in hand_off.algorithms)
    claims = await signed_claims(
        token, algorithms=hand_off.algorithms, shared=hand_off.keys, key_set=key_set if has_public else None
    )
    check_claims(claims, issuer=hand_off.issuer, audience=hand_off.audience, now=now, longest=LONGEST)
    said = claims.get("jti")
    once = said if isinstance(said, str) and said else hashlib.sha256(token.encode()).hexdigest()
    try:
        who = arrival(handed(site), hand_off.issuer, claims, hand_off.claims, email=_email(claims, hand_off))
    except KeyError as problem:
        raise SignInRefused(why="subject") from problem
    return who, f"{hand_off.issuer} {once}", until(claims)


def _email(claims: dict[str, Any], hand_off: HandOff) -> str:
    """The address, for which the publisher vouches; empty for none, or for what is none."""
    said = claims.get(hand_off.claims.email)
    try:
        return clean_email(said) if isinstance(said, str) else ""
    except BadAddress:
        return ""
