"""Somebody comes from the publisher: through an OpenID provider of theirs, or with a token that their page signed."""

import hmac
from datetime import timedelta
from typing import Any

import msgspec
from litestar.datastructures import Cookie
from msgspec.structs import replace

from rejoinder.actions.sign_in import SignInOrder, link, sign_in
from rejoinder.discussion.refusals import ForeignOrigin, SignInRefused, SignInSpent, UnknownPage
from rejoinder.discussion.sign_in import Arrival, Provider, oidc
from rejoinder.identity import openid
from rejoinder.identity.handed import read_handed
from rejoinder.identity.openid import Begun, Client
from rejoinder.identity.tokens import new_token, sign, unsign
from rejoinder.store import sign_in as settings
from rejoinder.store.spent import spend
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, cookie, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.account_acts import count
from rejoinder.web.pages.ways_in import LINK
from rejoinder.web.visits import Visit, session_cookie

SIGN_IN = "sign-in"  # the purpose of what we sign
WITHIN = timedelta(minutes=10)  # that somebody may take at the provider


async def begin(doing: Doing) -> Answer:
    """On to the provider, with what proves afterwards that the same browser comes back. Raises UnknownPage,
    SignInUnavailable, SignInRefused for a link of another session.
    """
    visit = doing.visit
    client = await _client(doing)
    await count(doing, "log-in", visit.options.limits.logins)
    begun = openid.begin(
        site=visit.site.key,
        provider=visit.asked.part("provider"),
        to=addresses.returning(visit.asked.query.get("to", ""), addresses.front(visit.site.key)),
        until=visit.asked.now + WITHIN,
        linking=_linking(visit),
    )
    where = await client.where_to_go(begun)
    return see_other(where, cookies=(_kept(visit, begun),))


async def back(doing: Doing) -> Answer:
    """A session for who comes back from the provider; or their account linked with it. Each state serves once, in the
    browser that began. Raises UnknownPage, SignInRefused, SignInSpent, SignInUnavailable, AlreadyLinked.
    """
    visit = doing.visit
    client = await _client(doing)
    begun = _begun(visit)
    query = visit.asked.query
    if query.get("iss", client.provider.issuer) != client.provider.issuer:  # RFC 9207, 2.4
        raise SignInRefused(why="issuer")
    if not await doing.write(lambda w: spend(w, "state", begun.state, until=begun.until)):
        raise SignInSpent
    if "error" in query or not query.get("code"):
        raise SignInRefused(why="not granted")
    arrival = await client.arrived(query["code"], begun)
    if begun.linking:
        return await _linked(doing, arrival, begun)
    answer = await _entered(doing, SignInOrder(**_order(visit, arrival)), to=begun.to)
    return replace(answer, cookies=(*answer.cookies, _forgotten(visit)))


async def hand_over(doing: Doing) -> Answer:
    """A session for whom the publisher's page vouches with a signed token, posted by that page: in an address it would
    stand in logs and histories. Raises UnknownPage, ForeignOrigin, SignInRefused, SignInSpent, SignInUnavailable.
    """
    visit = doing.visit
    hand_off = (await doing.read(lambda r: settings.of_site(r, visit.site.seq))).hand_off
    if hand_off is None:
        raise UnknownPage
    if visit.asked.headers.get("origin") not in (*visit.site.origins, visit.options.public_url):
        raise ForeignOrigin  # or a page of anybody's could log its visitors in as somebody else
    await count(doing, "log-in", visit.options.limits.logins)
    arrival, once, until = await read_handed(
        visit.asked.form.text("token"),
        hand_off,
        site=visit.site.key,
        documents=visit.options.documents,
        now=visit.asked.now,
    )
    to = addresses.returning(visit.asked.form.text("to"), addresses.front(visit.site.key))
    return await _entered(doing, SignInOrder(**_order(visit, arrival), once=once, until=until), to=to)


async def _client(doing: Doing) -> Client:
    visit = doing.visit
    found = await doing.read(lambda r: settings.of_site(r, visit.site.seq))
    name = visit.asked.part("provider")
    provider: Provider | None = found.providers.get(name)
    if provider is None:
        raise UnknownPage
    return Client(
        provider=provider,
        name=oidc(visit.site.key, name),
        back=visit.options.public_url + addresses.signed_in(visit.site.key, name),
        documents=visit.options.documents,
        now=visit.asked.now,
    )


async def _linked(doing: Doing, arrival: Arrival, begun: Begun) -> Answer:
    visit = doing.visit
    session = visit.session
    if session is None or session.token_hash.hex() != begun.linking:
        raise SignInRefused(why="session")
    await doing.write(lambda w: link(w, session.account, arrival, site_seq=visit.site.seq, now=visit.asked.now))
    return see_other(addresses.account(visit.site.key), cookies=(_forgotten(visit),))


async def _entered(doing: Doing, order: SignInOrder, *, to: str) -> Answer:
    """The session's cookie, and on to where they were going: by way of a name or of the second factor, where needed."""
    visit = doing.visit
    signed_in = await doing.write(lambda w: sign_in(w, order, now=visit.asked.now))
    site, commenter = visit.site.key, signed_in.commenter
    if commenter is None:
        to = addresses.register(site, to=to, name=order.arrival.vouched.name[:40] or None)
    elif commenter.is_staff and visit.options.staff_second_factor:
        to = addresses.second_factor(site, to=to)
    return see_other(to, cookies=(session_cookie(visit.options, order.token, signed_in.lasts),))


def _order(visit: Visit, arrival: Arrival) -> dict[str, Any]:
    return {
        "site_seq": visit.site.seq,
        "arrival": arrival,
        "token": new_token(),
        "lasts": visit.options.session_lasts,
        "staff_lasts": visit.options.staff_session_lasts,
        "agent": visit.asked.headers.get("user-agent", ""),
    }


def _linking(visit: Visit) -> str:
    """The key of the session whose account is to be linked; empty for a log-in. Raises SignInRefused,
    FreshLogInNeeded.
    """
    given = visit.asked.query.get("link")
    if given is None:
        return ""
    said = unsign(given, visit.options.secret, LINK)
    if visit.session is None or said != visit.session.token_hash.hex():
        raise SignInRefused(why="session")
    visit.session.must_be_fresh(visit.asked.now)
    return said


def _begun(visit: Visit) -> Begun:
    """The sign-in that this browser began here. Raises SignInRefused."""
    said = unsign(visit.asked.cookies.get(visit.options.sign_in_cookie, ""), visit.options.secret, SIGN_IN)
    begun = msgspec.json.decode(said, type=Begun) if said else None
    if begun is None or not hmac.compare_digest(begun.state.encode(), visit.asked.query.get("state", "").encode()):
        raise SignInRefused(why="state")
    if (begun.site, begun.provider) != (visit.site.key, visit.asked.part("provider")):
        raise SignInRefused(why="state")
    if begun.until <= visit.asked.now:
        raise SignInRefused(why="expired")
    return begun


def _kept(visit: Visit, begun: Begun) -> Cookie:
    signed = sign(msgspec.json.encode(begun).decode(), visit.options.secret, SIGN_IN)
    seconds = int(WITHIN.total_seconds())
    return cookie(visit.options.sign_in_cookie, signed, secure=visit.options.is_https, seconds=seconds)


def _forgotten(visit: Visit) -> Cookie:
    return cookie(visit.options.sign_in_cookie, "", secure=visit.options.is_https, seconds=0)
