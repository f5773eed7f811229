"""The frame of every page, and how a page becomes an answer."""

from collections.abc import Mapping

from rejoinder.discussion.commenters import Act, may
from rejoinder.discussion.refusals import Refusal
from rejoinder.store import cases
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer, page
from rejoinder.web.rendering import render
from rejoinder.web.shown.page import Chrome, Page, Viewer
from rejoinder.web.statuses import status_of, waiting
from rejoinder.web.visits import Visit


def chrome(r: Read, visit: Visit, *, canonical: str = "") -> Chrome:
    """The frame for this visit. `canonical` is a path of ours, or a whole address of the publisher's. Counts what waits
    at the desk for those who may decide, and asks nothing for everybody else.
    """
    return Chrome(
        site=visit.site.key,
        site_name=visit.site.name,
        language=visit.site.language,
        direction=visit.words.direction,
        viewer=_viewer(visit),
        open_cases=_open_cases(r, visit),
        here=visit.asked.path,
        canonical=visit.options.public_url + canonical if canonical.startswith("/") else canonical,
        public_url=visit.options.public_url,
    )


def show(visit: Visit, shown: Page, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """The page as an answer, in the site's language and zone. Stored by nobody."""
    body = render(shown, words=visit.words, zone=visit.zone, now=visit.asked.now)
    return page(body, status=status, headers=dict(headers or {}))


def show_form(visit: Visit, shown: Page, refusal: Refusal | None) -> Answer:
    """The page of a form: as it is, or after a refusal with the refusal's status."""
    if refusal is None:
        return show(visit, shown)
    return show(visit, shown, status=status_of(refusal), headers=waiting(refusal))


def problem(visit: Visit, refusal: Refusal | None) -> str:
    """The refusal's sentence for a form, worded; empty for none."""
    return visit.words.sentence(refusal.sentence, refusal.data) if refusal else ""


def show_shared(visit: Visit, shown: Page, *, etag: str) -> Answer:
    """The page, the same for everybody without a session: kept by caches as long as its entity tag holds."""
    body = render(shown, words=visit.words, zone=visit.zone, now=visit.asked.now)
    return page(body, headers=_validators(etag), shared=True)


def unchanged(visit: Visit, etag: str) -> Answer | None:
    """304 if the browser has this very page (RFC 9110, 13.1.2), else None."""
    known = [each.strip().removeprefix("W/") for each in visit.asked.headers.get("if-none-match", "").split(",")]
    return Answer(status=304, headers=_validators(etag)) if etag in known else None


def _validators(etag: str) -> dict[str, str]:
    return {"ETag": f"W/{etag}", "Cache-Control": "public, no-cache", "Vary": "Cookie"}


def _viewer(visit: Visit) -> Viewer | None:
    if visit.session is None:
        return None
    if visit.viewer is None:
        return Viewer(name=None)
    return Viewer(name=visit.viewer.name, acts=visit.viewer.acts)


def _open_cases(r: Read, visit: Visit) -> int | None:
    if visit.viewer is None or not may(visit.viewer, Act.DECIDE):
        return None
    return sum(cases.counts(r, visit.site.seq).values())
