"""Which ways lead in, besides a password: the publisher's sign-ins, and passkeys."""

from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import msgspec
from litestar.datastructures import Cookie
from msgspec import Struct

from rejoinder.identity import passkeys
from rejoinder.identity.passkeys import Place
from rejoinder.identity.tokens import sign, unsign
from rejoinder.store import sign_in
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import cookie
from rejoinder.web.shown.page import Way
from rejoinder.web.visits import Visit

PASSKEY, LINK = "passkey", "link"  # the purposes of a challenge, and of a link on the account page
WITHIN = timedelta(minutes=15)


class Challenge(Struct, frozen=True, array_like=True):
    """A challenge as the browser keeps it, signed."""

    challenge: str
    until: datetime


def ways_in(r: Read, visit: Visit, *, to: str) -> tuple[Way, ...]:
    """The publisher's own log-in page first, then each provider."""
    found = sign_in.of_site(r, visit.site.seq)
    ways = [
        Way(provider.label, addresses.sign_in(visit.site.key, name, to=to))
        for name, provider in found.providers.items()
    ]
    if found.hand_off is not None and found.hand_off.page:
        page = found.hand_off.page
        joint = "&" if urlsplit(page).query else "?"
        ways.insert(0, Way(found.hand_off.label or visit.site.name, f"{page}{joint}{urlencode({'to': to})}"))
    return tuple(ways)


def place(visit: Visit) -> Place | None:
    """Where passkeys of this installation hold, if anywhere."""
    return passkeys.place_of(visit.options.public_url, visit.site.name)


def asking(visit: Visit) -> tuple[str, tuple[Cookie, ...]]:
    """What a browser is asked to prove a passkey, as JSON, and the cookie that keeps the challenge; nothing where there
    can be none.
    """
    where = place(visit)
    if where is None:
        return "", ()
    challenge, kept = new_challenge(visit)
    return msgspec.json.encode(passkeys.ask_options(where, challenge=challenge)).decode(), (kept,)


def new_challenge(visit: Visit) -> tuple[str, Cookie]:
    """A challenge, and the cookie in which this browser brings it back."""
    challenge = passkeys.new_challenge()
    said = msgspec.json.encode(Challenge(challenge, visit.asked.now + WITHIN)).decode()
    signed = sign(said, visit.options.secret, PASSKEY)
    seconds = int(WITHIN.total_seconds())
    return challenge, cookie(visit.options.passkey_cookie, signed, secure=visit.options.is_https, seconds=seconds)


def challenge_of(visit: Visit) -> Challenge | None:
    """The challenge that this browser was given, while it holds."""
    said = unsign(visit.asked.cookies.get(visit.options.passkey_cookie, ""), visit.options.secret, PASSKEY)
    found = msgspec.json.decode(said, type=Challenge) if said else None
    return found if found is not None and found.until > visit.asked.now else None


def link_token(visit: Visit) -> str:
    """What a link on the account page carries, so that only the page of this session can link its account."""
    assert visit.session is not None
    return sign(visit.session.token_hash.hex(), visit.options.secret, LINK)
