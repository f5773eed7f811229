"""How readers of a site sign in at their publisher's: at OpenID providers of the publisher's, or by a signed token that
the publisher's own pages hand over. And what such a sign-in says of somebody.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from rejoinder.discussion.problems import SignInProblem
from rejoinder.discussion.refusals import BadSignInSettings

SHORTEST_SECRET = 32  # bytes; RFC 7518, 3.2: as long as the hash
PUBLIC = ("RS256", "ES256", "PS256", "EdDSA")  # signed with a private key (RFC 7518, 3.1; RFC 8037, 3.1)
SHARED = ("HS256",)  # signed with a key that both sides have
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
RESERVED = "token"  # an address of its own beside the providers
MOST_BADGES, LONGEST_BADGE = 5, 40
LONGEST_SUBJECT = 255  # OpenID Connect Core, 2

Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Said = Annotated[str, Meta(min_length=1, max_length=500)]


class Claims(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which claims of a token say what. No claim grants a role: a publisher's sign-in makes readers, no staff."""

    name: str = "name"
    email: str = "email"
    badges: str = ""  # a claim with a list of words
    may_comment: str = ""  # a claim with true or false


class Provider(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An OpenID provider. `issuer` is its name in tokens and where its description is found (OpenID Connect Discovery,
    4); without a secret the client is a public one, and PKCE alone protects the code.
    """

    label: Said
    issuer: Said
    client_id: Said
    client_secret: str = ""
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    algorithms: tuple[str, ...] = PUBLIC
    claims: Claims = Claims()


class HandOff(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Tokens that the publisher's pages sign. `keys` are shared ones by their ids, several while one is replaced by
    another; `jwks_url` is where public ones are. `page` is the publisher's log-in page, to lead readers there.
    """

    issuer: Said
    audience: Said
    label: str = ""
    page: str = ""
    algorithms: tuple[str, ...] = SHARED
    keys: dict[str, str] = {}
    jwks_url: str = ""
    claims: Claims = Claims()


class SignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """All ways to sign in from a site's publisher."""

    providers: dict[Name, Provider] = {}
    hand_off: HandOff | None = None


class Vouched(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a publisher says of one of its readers."""

    name: str = ""
    badges: tuple[str, ...] = ()
    may_comment: bool = True


class Arrival(Struct, frozen=True, kw_only=True):
    """Somebody whom a publisher vouches for. `provider` is how we name the way they came, `subject` who they are there:
    issuer and subject together, since a subject is one within its issuer only (OpenID Connect Core, 5.7).
    """

    provider: str
    subject: str
    vouched: Vouched
    email: str = ""  # where letters may go; empty where the publisher does not vouch for it


def oidc(site: str, name: str) -> str:
    """How an OpenID provider of a site is named where credentials are kept."""
    return f"oidc:{site}:{name}"


def handed(site: str) -> str:
    """How a site's hand-off is named where credentials are kept."""
    return f"sso:{site}"


def as_written(stored: str | bytes) -> SignIn:
    """The settings of this JSON, by their shape only. Raises BadSignInSettings."""
    try:
        return msgspec.json.decode(stored, type=SignIn)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as problem:
        raise BadSignInSettings(problem=SignInProblem.UNREADABLE, given=str(problem)) from problem


def read_sign_in(stored: str | bytes) -> SignIn:
    """The settings of this JSON, which can be used. Raises BadSignInSettings."""
    settings = as_written(stored)
    if RESERVED in settings.providers:
        raise BadSignInSettings(problem=SignInProblem.RESERVED, name=RESERVED)
    for name, provider in settings.providers.items():
        _check_provider(name, provider)
    if settings.hand_off is not None:
        _check_hand_off(settings.hand_off)
    return settings


def is_safe_address(url: str) -> bool:
    """Whether keys and codes may be sent to and from there: https, or this very machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def arrival(provider: str, issuer: str, claims: Mapping[str, Any], names: Claims, *, email: str) -> Arrival:
    """Who comes, by the claims of a token that was proved. What is of another type than it should be counts as not
    said, but for `may comment`, where only true is a yes. Raises KeyError without a subject.
    """
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or "\0" in subject:
        raise KeyError("sub")
    said = claims.get(names.badges) if names.badges else None
    badges = said if isinstance(said, list) else []
    name = claims.get(names.name)
    return Arrival(
        provider=provider,
        subject=f"{issuer} {subject}",
        vouched=Vouched(
            name=name[:200] if isinstance(name, str) else "",
            badges=tuple(each[:LONGEST_BADGE] for each in badges if isinstance(each, str) and each)[:MOST_BADGES],
            may_comment=not names.may_comment or claims.get(names.may_comment) is True,
        ),
        email=email,
    )


def _check_provider(name: str, provider: Provider) -> None:
    if not is_safe_address(provider.issuer):
        raise BadSignInSettings(problem=SignInProblem.UNSAFE_ISSUER, name=name)
    if "openid" not in provider.scopes:
        raise BadSignInSettings(problem=SignInProblem.NO_OPENID, name=name)
    if not provider.algorithms or not set(provider.algorithms) <= set(PUBLIC):
        raise BadSignInSettings(problem=SignInProblem.ALGORITHMS, name=name, known=", ".join(PUBLIC))


def _check_hand_off(hand_off: HandOff) -> None:
    chosen = set(hand_off.algorithms)
    if not chosen or not chosen <= {*SHARED, *PUBLIC}:
        raise BadSignInSettings(problem=SignInProblem.HAND_OFF_ALGORITHMS, known=", ".join((*SHARED, *PUBLIC)))
    if chosen & set(SHARED) and not hand_off.keys:
        raise BadSignInSettings(problem=SignInProblem.NO_SHARED_KEY)
    if any(len(secret.encode()) < SHORTEST_SECRET for secret in hand_off.keys.values()):
        raise BadSignInSettings(problem=SignInProblem.SHORT_KEY, least=SHORTEST_SECRET)
    if chosen & set(PUBLIC) and not is_safe_address(hand_off.jwks_url):
        raise BadSignInSettings(problem=SignInProblem.NO_KEYS_ADDRESS)
    if hand_off.page and not is_safe_address(hand_off.page):
        raise BadSignInSettings(problem=SignInProblem.UNSAFE_PAGE)
