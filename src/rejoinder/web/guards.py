"""Who may come through a route at all. What they may do there is the action's question."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from rejoinder.discussion.accounts import Session
from rejoinder.discussion.commenters import Act, Commenter, must_be_allowed
from rejoinder.discussion.refusals import ForeignOrigin, LogInNeeded, NotAllowed, SecondFactorNeeded


def must_be_ours(headers: Mapping[str, str], *, own_hosts: frozenset[str], has_cookie: bool) -> None:
    """Silent if an unsafe request comes from a page of ours. Browsers say so in Sec-Fetch-Site, older ones in Origin;
    what says nothing and carries no cookie is no browser with somebody's session in it. Raises ForeignOrigin.

    Source: OWASP Cross-Site Request Forgery Prevention, "Fetch Metadata headers" and "Verifying Origin".
    """
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            raise ForeignOrigin
        return
    origin = headers.get("origin") or headers.get("referer")
    if origin is None:
        if has_cookie:
            raise ForeignOrigin
        return
    if urlsplit(origin).netloc not in own_hosts:
        raise ForeignOrigin


def must_be_logged_in(viewer: Commenter | None) -> Commenter:
    """The viewer. Raises LogInNeeded."""
    if viewer is None:
        raise LogInNeeded
    return viewer


def must_be_staff(
    viewer: Commenter | None, session: Session | None, act: Act, *, second_factor: bool, now: datetime
) -> Commenter:
    """The viewer, who may do the act and has proved the second factor in this session; never by an embed's session,
    which lies in somebody else's page. Raises LogInNeeded, NotAllowed, SecondFactorNeeded.
    """
    if session is not None and session.is_embedded:
        raise NotAllowed
    allowed = must_be_allowed(viewer, act)
    if second_factor and (session is None or session.second_factor_at is None or session.second_factor_at > now):
        raise SecondFactorNeeded
    return allowed
