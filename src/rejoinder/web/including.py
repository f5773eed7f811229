"""The server-side include: on which site, for whom (for everybody alike), and what stands there where something fails.
Whatever happens, the answer is a fragment: a publisher's template puts it into a page unread.

A story that is not known yet is opened here and now if its publisher signed what they say of it: that is one write.
Else its page is to be read first, and a job does that (`jobs/open_story.py`): the include itself stays fast.
"""

from contextlib import suppress
from urllib.parse import urlsplit

from rejoinder.actions.open_story import ask_to_open, open_story, what_came
from rejoinder.discussion.refusals import Refusal, TooFast, UnknownPage, UnknownSite, UnknownStory
from rejoinder.discussion.sites import Site
from rejoinder.store import sites
from rejoinder.store.database import Read, Write
from rejoinder.web.answers import Answer
from rejoinder.web.asking import Asked
from rejoinder.web.handlers import reading, writing
from rejoinder.web.opening import must_be_openable, signed_order
from rejoinder.web.options import Options
from rejoinder.web.packing import packed
from rejoinder.web.pages import include as pages
from rejoinder.web.statuses import refusal_in
from rejoinder.web.visits import Visit


async def include(asked: Asked, options: Options) -> Answer:
    """The discussion that a publisher's page asks for."""
    try:
        answer = await reading(options, lambda r: _known(r, asked, options))
        if answer is None:
            answer = await writing(options, lambda w: _opened(w, asked, options))
    except Exception as problem:  # noqa: BLE001 - whatever broke, a page waits for its piece
        return pages.excuse(refusal_in(problem), base=options.public_url)
    return answer


async def thread(asked: Asked, options: Options) -> Answer:
    """A comment's thread, for a page that has the discussion in it."""

    def ask(r: Read) -> Answer:
        visit = visit_on(sites.by_key(r, asked.part("site")), asked, options)
        return packed(pages.thread(r, visit), asked.headers)

    try:
        return await reading(options, ask)
    except Exception as problem:  # noqa: BLE001 - whatever broke, a page waits for its piece
        return pages.excuse(refusal_in(problem), base=options.public_url)


def visit_on(site: Site, asked: Asked, options: Options) -> Visit:
    """Anybody's visit, for a page of the publisher's: our links in it are whole."""
    return Visit(
        asked=asked, options=options, site=site, session=None, viewer=None, device=None, base=options.public_url
    )


def site_asked_for(r: Read, asked: Asked) -> Site:
    """The site that is named; else the only one; else the one to whose origins the story's host belongs. Raises
    UnknownSite where that is none, or several; UnknownPage.
    """
    if any("\0" in value for value in asked.query.values()):
        raise UnknownPage  # PostgreSQL has no such character
    if named := asked.query.get("site"):
        return sites.by_key(r, named)
    every = sites.every(r)
    if len(every) == 1:
        return every[0]
    host = _host(asked.query.get("url", ""))
    owners = [site for site in every if host and host in {_host(origin) for origin in site.origins}]
    if len(owners) != 1:
        raise UnknownSite
    return owners[0]


def _known(r: Read, asked: Asked, options: Options) -> Answer | None:
    """The discussion, or why there is none; None where something must be written first: a story of this address is to
    be opened.
    """
    visit = visit_on(site_asked_for(r, asked), asked, options)
    try:
        return packed(pages.include(r, visit), asked.headers)
    except UnknownStory as refusal:
        return _unknown(r, visit, refusal)
    except Refusal as refusal:
        return pages.excuse(refusal, visit)


def _unknown(r: Read, visit: Visit, refusal: Refusal) -> Answer | None:
    url = visit.asked.query.get("url")
    if not url or visit.asked.query.get("story"):
        return pages.excuse(refusal, visit)
    try:
        must_be_openable(visit)
        if signed_order(visit) is not None:
            return None
    except Refusal as other:
        return pages.excuse(other, visit)
    came = what_came(r, visit.site.seq, url, now=visit.asked.now)
    return None if came is None else pages.waiting_page(visit, came)


def _opened(w: Write, asked: Asked, options: Options) -> Answer:
    visit = visit_on(site_asked_for(w, asked), asked, options)
    order = signed_order(visit)
    if order is not None:
        open_story(w, order, now=asked.now)
        return packed(pages.include(w, visit), asked.headers)
    with suppress(TooFast):  # whoever loads the page again asks again
        ask_to_open(w, visit.site.seq, asked.query["url"], now=asked.now)
    return pages.waiting_page(visit, "")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
