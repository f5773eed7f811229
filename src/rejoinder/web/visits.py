"""A visit: who asks, on which site. Looked up once for a request, from the same snapshot as the page it gets."""

import hashlib
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar.datastructures import Cookie
from msgspec import Struct
from msgspec.structs import replace

from rejoinder.discussion.accounts import Session
from rejoinder.discussion.commenters import Act, Commenter
from rejoinder.discussion.origins import may_take_part
from rejoinder.discussion.refusals import LogInNeeded, Refusal
from rejoinder.discussion.sites import Site
from rejoinder.identity.tokens import receipt_of, sign, unsign
from rejoinder.language import Words, words
from rejoinder.store import arrivals
from rejoinder.store.database import Read
from rejoinder.store.flags import Reporter
from rejoinder.store.values import new_id
from rejoinder.web.answers import cookie
from rejoinder.web.asking import Asked
from rejoinder.web.guards import must_be_logged_in, must_be_staff
from rejoinder.web.options import Options

SESSION = "session"
DEVICE = "device"
EMBED = "embed-session"  # the purpose of a token that lies in a page of the publisher's; it is no session's cookie
BEARER = "bearer "


class Visit(Struct, frozen=True, kw_only=True):
    """One request with what is known of its sender. `viewer` is None for who has no account, or no name here yet."""

    asked: Asked
    options: Options
    site: Site
    session: Session | None
    viewer: Commenter | None
    device: str | None  # the signed device id, if the browser keeps one
    base: str = ""  # what stands before our paths, where what is drawn is shown on somebody else's page

    @property
    def words(self) -> Words:
        return words(self.site.language)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.zone)

    def as_anybody(self) -> "Visit":
        """The same visit without a session: what it is shown is everybody's."""
        return replace(self, session=None, viewer=None, device=None)

    def logged_in(self) -> Session:
        """The session. Raises LogInNeeded."""
        if self.session is None:
            raise LogInNeeded
        return self.session

    def reader(self) -> Commenter:
        """The viewer. Raises LogInNeeded."""
        return must_be_logged_in(self.viewer)

    def staff(self, act: Act = Act.DECIDE) -> Commenter:
        """The viewer, who may do the act. Raises LogInNeeded, NotAllowed, SecondFactorNeeded."""
        return must_be_staff(
            self.viewer, self.session, act, second_factor=self.options.staff_second_factor, now=self.asked.now
        )

    def may(self, act: Act) -> bool:
        """Whether the viewer is staff who may do it, and has proved it in this session."""
        try:
            self.staff(act)
        except Refusal:
            return False
        return True

    @property
    def is_at_the_desk(self) -> bool:
        """Whether the viewer is staff and has proved it in this session."""
        return self.may(Act.DECIDE)

    def new_receipt(self) -> tuple[UUID, str]:
        """The id of a new report and its receipt, which only our secret can make again."""
        flag_id = new_id()
        return flag_id, receipt_of(flag_id, self.options.secret)

    def reporter(self, email: str | None = None) -> Reporter:
        """Who reports, as well as it can be known."""
        if self.viewer is not None:
            return Reporter(commenter_seq=self.viewer.seq)
        device = hashlib.blake2b(self.device.encode(), digest_size=16).digest() if self.device else None
        return Reporter(device_hash=device, email=email)


def arrive(r: Read, asked: Asked, options: Options) -> Visit:
    """The visit of a request whose path names a site. One query. Raises UnknownSite."""
    site, session, viewer = arrivals.find(r, asked.part("site"), token_of(asked, options), now=asked.now)
    return Visit(
        asked=asked,
        options=options,
        site=site,
        session=session,
        viewer=viewer,
        device=unsign(asked.cookies.get(options.device_cookie, ""), options.secret, DEVICE),
    )


def session_cookie(options: Options, token: str, lasts: timedelta) -> Cookie:
    """The cookie with which a browser keeps a session."""
    signed = sign(token, options.secret, SESSION)
    return cookie(options.session_cookie, signed, secure=options.is_https, seconds=int(lasts.total_seconds()))


def arrive_bearing(r: Read, asked: Asked, options: Options) -> Visit:
    """The visit of a page that shows a token of its own: nobody's, unless its session holds on this site and for the
    page's origin. Cookies are not looked at. Raises UnknownSite.
    """
    token = unsign(asked.headers["authorization"][len(BEARER) :].strip(), options.secret, EMBED)
    site, session, viewer = arrivals.find(r, asked.part("site"), token, now=asked.now)
    origin = asked.headers.get("origin", "")
    if (
        session is None
        or session.site_seq != site.seq
        or session.origin != origin
        or not may_take_part(origin, site.origins)
    ):
        session = viewer = None
    return Visit(asked=asked, options=options, site=site, session=session, viewer=viewer, device=None)


def is_bearing(asked: Asked) -> bool:
    """Whether the request shows a token (RFC 6750, 2.1). Nothing sends one along by itself, as it does a cookie."""
    return asked.headers.get("authorization", "").lower().startswith(BEARER)


def arrive_with(r: Read, visit: Visit, token: str | None) -> Visit:
    """The visit as it is known after a change: by the session of this token, or else by its own cookie. One query.
    Raises UnknownSite.
    """
    token = token or token_of(visit.asked, visit.options)
    site, session, viewer = arrivals.find(r, visit.site.key, token, now=visit.asked.now)
    return replace(visit, site=site, session=session, viewer=viewer)


def token_of(asked: Asked, options: Options) -> str | None:
    """The token in the request's session cookie, or None where there is none that we signed. Asks no database."""
    signed = asked.cookies.get(options.session_cookie)
    return unsign(signed, options.secret, SESSION) if signed else None
