"""The session by which a call is made: an embed's, begun with the publisher's word for its reader, and ended."""

from litestar.di import NamedDependency
from litestar.params import JSONBody

from rejoinder.actions.embed_session import LASTS
from rejoinder.actions.log_in import log_out
from rejoinder.actions.sign_in import SignedIn, SignInOrder, sign_in
from rejoinder.discussion.origins import may_take_part
from rejoinder.discussion.refusals import LogInNeeded, NameTaken, PageNotAllowed, UnknownPage
from rejoinder.identity.handed import read_handed
from rejoinder.identity.tokens import new_token, sign
from rejoinder.store import attempts
from rejoinder.store import sign_in as settings
from rejoinder.store.database import Write
from rejoinder.web.addressing import limit_key
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.visits import EMBED, Visit


async def open_session(call: NamedDependency[Call], data: JSONBody[schemas.OpenSession]) -> schemas.Session:
    """A session for an embed on a page of the publisher's, whose server signed a token that says who its reader is. It
    holds for twelve hours, on this site, for requests from that page's origin; never for the desk.
    """
    asked, options = call.asked, call.options
    visit, found = await call.read(lambda r, visit: (visit, settings.of_site(r, visit.site.seq)))
    origin = asked.headers.get("origin", "")
    if not may_take_part(origin, visit.site.origins):
        raise PageNotAllowed
    if found.hand_off is None:
        raise UnknownPage
    limits, who = options.limits, limit_key(asked.address)
    await call.write(
        lambda w: attempts.note(w, "log-in", who, limit=limits.logins, seconds=limits.window, now=asked.now)
    )
    arrival, once, until = await read_handed(
        data.token, found.hand_off, site=visit.site.key, documents=options.documents, now=asked.now
    )
    order = SignInOrder(
        site_seq=visit.site.seq,
        arrival=arrival,
        token=new_token(),
        lasts=LASTS,
        staff_lasts=LASTS,
        agent=asked.headers.get("user-agent", ""),
        once=once,
        until=until,
        origin=origin,
    )
    name = await call.write(lambda w: _name_of(sign_in(w, order, now=asked.now)))
    return schemas.Session(token=sign(order.token, options.secret, EMBED), name=name)


async def end_session(call: NamedDependency[Call]) -> None:
    """Ends the session by which this is asked: the token is worth nothing from then on."""

    def change(w: Write, visit: Visit) -> None:
        if visit.session is None:
            raise LogInNeeded
        log_out(w, visit.session)

    await call.change(change)


def _name_of(signed_in: SignedIn) -> str:
    """The reader's name here. Raises NameTaken for one who has to choose another first, on a page of ours."""
    if signed_in.commenter is None:
        raise NameTaken
    return signed_in.commenter.name
