"""OpenID Connect, as a client: authorization code with PKCE (RFC 9700, 2.1; RFC 7636), the id token fully checked
(OpenID Connect Core, 3.1.3.7).
"""

import hashlib
import secrets
from base64 import b64encode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from rejoinder.discussion.refusals import BadAddress, SignInRefused, SignInUnavailable
from rejoinder.discussion.sign_in import Arrival, Provider, arrival, is_safe_address
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.documents import Documents, fetch
from rejoinder.identity.signed import check_claims, signed_claims

LONGEST = timedelta(days=2)  # of an id token; what it proves is used at once


class Begun(Struct, frozen=True, kw_only=True):
    """A sign-in under way, as the browser that began it keeps it, signed. `linking` is the key of the session whose
    account is to be linked, in hex, or empty.
    """

    site: str
    provider: str
    state: str
    nonce: str
    verifier: str
    to: str
    until: datetime
    linking: str = ""


class Client(Struct, frozen=True):
    """A provider as a site knows it, with its documents, at one moment. `name` is how its credentials are named, `back`
    the absolute address to which it sends people back.
    """

    provider: Provider
    name: str
    back: str
    documents: Documents
    now: datetime

    async def described(self) -> dict[str, Any]:
        """Its description (OpenID Connect Discovery, 4). Raises SignInUnavailable where it is another's."""
        url = self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = await self.documents.get(url, now=self.now)
        if found.get("issuer") != self.provider.issuer:
            raise SignInUnavailable
        return found

    async def where_to_go(self, begun: Begun) -> str:
        """The address at which the provider asks its reader."""
        endpoint = _address(await self.described(), "authorization_endpoint")
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.back,
            "scope": " ".join(self.provider.scopes),
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge(begun.verifier),
            "code_challenge_method": "S256",
        }
        return endpoint + ("&" if "?" in endpoint else "?") + urlencode(asked)

    async def arrived(self, code: str, begun: Begun) -> Arrival:
        """Who comes back with this code. Raises SignInRefused, SignInUnavailable."""
        described = await self.described()
        answer = await self._exchange(described, code, begun)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SignInRefused(why="no id token")
        claims = await self._checked(described, token, begun)
        if self.provider.claims.name not in claims or self.provider.claims.email not in claims:
            claims = await self._told(described, answer, claims)
        try:
            email = _email(claims, self.provider.claims.email)
            return arrival(self.name, self.provider.issuer, claims, self.provider.claims, email=email)
        except KeyError as problem:
            raise SignInRefused(why="subject") from problem

    async def _exchange(self, described: dict[str, Any], code: str, begun: Begun) -> dict[str, Any]:
        """The tokens for the code (RFC 6749, 4.1.3), by whichever way the provider takes the client's secret."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": begun.verifier,
        }
        client, secret = self.provider.client_id, self.provider.client_secret
        ways = described.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        headers = {}
        if not secret:
            form["client_id"] = client
        elif "client_secret_basic" in ways:
            pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = "Basic " + b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": client, "client_secret": secret}
        return await fetch(_address(described, "token_endpoint"), form=form, headers=headers)

    async def _checked(self, described: dict[str, Any], token: str, begun: Begun) -> dict[str, Any]:
        """The claims of the id token (OpenID Connect Core, 3.1.3.7)."""
        url = _address(described, "jwks_uri")

        async def key_set(anew: bool) -> dict[str, Any]:  # noqa: FBT001 - as a key set is asked everywhere
            return await self.documents.get(url, now=self.now, anew=anew)

        us, known = self.provider.client_id, self.provider.algorithms
        claims = await signed_claims(token, algorithms=known, shared={}, key_set=key_set)
        check_claims(claims, issuer=self.provider.issuer, audience=us, now=self.now, longest=LONGEST)
        said = claims.get("aud")
        party = claims.get("azp")
        if (isinstance(said, list) and len(said) > 1 and party is None) or party not in (None, us):
            raise SignInRefused(why="authorized party")
        if claims.get("nonce") != begun.nonce:
            raise SignInRefused(why="nonce")
        return claims

    async def _told(
        self, described: dict[str, Any], answer: dict[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:  # fmt: skip
        """The claims with what the provider tells beside the token (OpenID Connect Core, 5.3); of the same person."""
        access = answer.get("access_token")
        if "userinfo_endpoint" not in described or not isinstance(access, str):
            return claims
        headers = {"Authorization": f"Bearer {access}"}
        told = await fetch(_address(described, "userinfo_endpoint"), headers=headers)
        if told.get("sub") != claims.get("sub"):
            raise SignInRefused(why="subject")
        return told | claims


def begin(*, site: str, provider: str, to: str, until: datetime, linking: str = "") -> Begun:
    """A new sign-in: nobody can guess its state, its nonce and its verifier (RFC 7636, 4.1: 256 random bits)."""
    return Begun(
        site=site,
        provider=provider,
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(32),
        to=to,
        until=until,
        linking=linking,
    )


def challenge(verifier: str) -> str:
    """What is shown of the verifier at first (RFC 7636, 4.2, S256)."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _address(described: dict[str, Any], name: str) -> str:
    url = described.get(name)
    if not isinstance(url, str) or not is_safe_address(url):
        raise SignInUnavailable
    return url


def _email(claims: dict[str, Any], name: str) -> str:
    """The address, if the provider says that it was proved; else empty."""
    said = claims.get(name)
    if not isinstance(said, str) or claims.get("email_verified") is not True:
        return ""
    try:
        return clean_email(said)
    except BadAddress:
        return ""
