"""The window in which a reader logs in for a page of the publisher's: a page of ours, with our own cookie, so that none
is ever sent from another site's page.
"""

import re

from rejoinder.actions.embed_session import EmbedSession, open_embed_session, was_confirmed
from rejoinder.discussion.origins import may_take_part
from rejoinder.discussion.refusals import Invalid, PageNotAllowed
from rejoinder.identity.tokens import new_token, sign
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.embed import EmbedDonePage, EmbedSignInPage
from rejoinder.web.visits import EMBED, Visit

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


def sign_in(r: Read, visit: Visit) -> Answer:
    """Asks whether the page may take part, by way of the usual log-in. Raises PageNotAllowed, Invalid."""
    origin, nonce = _opener(visit, visit.asked.query.get("origin", ""), visit.asked.query.get("nonce", ""))
    here = addresses.embed_sign_in(visit.site.key, origin=origin, nonce=nonce)
    if visit.session is None:
        return see_other(addresses.log_in(visit.site.key, to=here))
    if visit.viewer is None:
        return see_other(addresses.register(visit.site.key, to=here))
    page = EmbedSignInPage(
        chrome=chrome(r, visit),
        origin=origin,
        nonce=nonce,
        name=visit.viewer.name,
        was_confirmed=was_confirmed(r, visit.site.seq, visit.session, origin, now=visit.asked.now),
    )
    return show(visit, page)


async def hand_over(doing: Doing) -> Answer:
    """A session for the page's origin, in a page whose script hands it over. Raises PageNotAllowed, Invalid,
    LogInNeeded.
    """
    visit = doing.visit
    form = visit.asked.form
    origin, nonce = _opener(visit, form.text("origin"), form.text("nonce"))
    reader, session = visit.reader(), visit.logged_in()
    token = new_token()
    agent = visit.asked.headers.get("user-agent", "")
    order = EmbedSession(site_seq=visit.site.seq, account=session.account, origin=origin, token=token, agent=agent)
    await doing.write(lambda w: open_embed_session(w, order, now=visit.asked.now))
    signed = sign(token, visit.options.secret, EMBED)

    def done(r: Read) -> Answer:
        page = EmbedDonePage(chrome=chrome(r, visit), origin=origin, nonce=nonce, name=reader.name, token=signed)
        return show(visit, page)

    return await doing.read(done)


def _opener(visit: Visit, origin: str, nonce: str) -> tuple[str, str]:
    if not may_take_part(origin, visit.site.origins):
        raise PageNotAllowed
    if not _NONCE.fullmatch(nonce):
        raise Invalid(field="nonce")
    return origin, nonce
