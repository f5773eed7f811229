"""The frame of every page, and how a page becomes an answer."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta

from rejoinder.discussion.commenters import Act, may
from rejoinder.discussion.editions import Edition
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, notifications
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer, page
from rejoinder.web.build import BUILD
from rejoinder.web.openers import for_the_opener
from rejoinder.web.rendering import render
from rejoinder.web.shown.page import Chrome, Page, Viewer
from rejoinder.web.statuses import status_of, waiting
from rejoinder.web.visits import Visit

LISTED_FOR = 2  # seconds that figures in a list may be behind
FOR_ANY_SITE = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}


def chrome(r: Read, visit: Visit, *, canonical: str = "", open_cases: int | None = None) -> Chrome:
    """The frame for this visit. `canonical` is a path of ours, or a whole address of the publisher's. Counts what waits
    at the desk for those who may decide, unless it is known already, and asks nothing for everybody else.
    """
    return Chrome(
        site=visit.site.key,
        site_name=visit.site.name,
        language=visit.site.language,
        direction=visit.words.direction,
        viewer=_viewer(visit),
        unread=notifications.unread(r, visit.site.seq, visit.viewer.seq) if visit.viewer else 0,
        open_cases=_open_cases(r, visit) if open_cases is None else open_cases,
        here=visit.asked.path,
        canonical=visit.options.public_url + canonical if canonical.startswith("/") else canonical,
        public_url=visit.options.public_url,
    )


def show(
    visit: Visit,
    shown: Page,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    edition: Edition | None = None,
) -> Answer:
    """The page as an answer, in the site's language and zone. Without an edition it is stored by nobody."""
    body = render(shown, words=visit.words, zone=visit.zone, now=visit.asked.now)
    return page(body, status=status, headers=for_the_opener(visit) | dict(headers or {}), edition=edition)


def show_form(visit: Visit, shown: Page, refusal: Refusal | None) -> Answer:
    """The page of a form: as it is, or after a refusal with the refusal's status."""
    if refusal is None:
        return show(visit, shown)
    return show(visit, shown, status=status_of(refusal), headers=waiting(refusal))


def problem(visit: Visit, refusal: Refusal | None) -> str:
    """The refusal's sentence for a form, worded; empty for none."""
    return visit.words.sentence(refusal.sentence, refusal.data) if refusal else ""


def listed(visit: Visit) -> Edition | None:
    """The state of a list of stories, which many of them change: it is right for LISTED_FOR seconds. None for who has a
    session.
    """
    return everybodys_list(visit) if visit.session is None else None


def everybodys_list(visit: Visit) -> Edition:
    """The state of such a list, for what is the same with a session and without."""
    return Edition(
        site_seq=visit.site.seq, epoch=visit.site.epoch, until=visit.asked.now + timedelta(seconds=LISTED_FOR)
    )


def edition_of(visit: Visit, story: Story) -> Edition | None:
    """The state that a page about the story shows; None for who has a session, whose pages are their own."""
    return everybodys_edition(visit, story) if visit.session is None else None


def everybodys_edition(visit: Visit, story: Story) -> Edition:
    """The state of the story, for what is the same with a session and without."""
    return Edition(
        site_seq=visit.site.seq,
        epoch=visit.site.epoch,
        story_seq=story.seq,
        version=story.version,
        until=story.standing(visit.asked.now).until,
    )


def show_edition(
    visit: Visit, edition: Edition | None, draw: Callable[[], Page], *, asked_for: tuple[object, ...] = ()
) -> Answer:
    """The page: for somebody with a session their own; else the same for everybody, kept by caches as long as its
    entity tag holds, and not drawn again for a browser that has it (RFC 9110, 13.1.2). `asked_for` is which part of the
    story's discussion it shows.
    """
    if edition is None:
        return show(visit, draw())
    headers = _validators(entity_tag(edition, asked_for), vary="Accept-Encoding, Cookie")
    if headers["ETag"] in _known(visit.asked.headers):
        return Answer(status=304, headers=headers, edition=edition)
    body = render(draw(), words=visit.words, zone=visit.zone, now=visit.asked.now)
    return page(body, headers=headers, edition=edition)


def show_data(
    visit: Visit,
    edition: Edition,
    encode: Callable[[], bytes],
    *,
    asked_for: tuple[object, ...] = (),
    media_type: str = "application/json",
) -> Answer:
    """Data that are the same for everybody and may be read by a script on any site; not encoded again for who has
    them.
    """
    headers = _validators(entity_tag(edition, asked_for), vary="Accept-Encoding") | FOR_ANY_SITE
    if headers["ETag"] in _known(visit.asked.headers):
        return Answer(status=304, headers=headers, edition=edition)
    return Answer(body=encode(), media_type=media_type, headers=headers, edition=edition)


def show_listed(visit: Visit, edition: Edition, body: bytes, *, media_type: str) -> Answer:
    """Data as by `show_data`, of which only they themselves say whether they have changed."""
    headers = _validators(f'W/"{_digest(body)}"', vary="Accept-Encoding") | FOR_ANY_SITE
    if headers["ETag"] in _known(visit.asked.headers):
        return Answer(status=304, headers=headers, edition=edition)
    return Answer(body=body, media_type=media_type, headers=headers, edition=edition)


def entity_tag(edition: Edition, asked_for: tuple[object, ...]) -> str:
    """Changes with the edition, what was asked for, and the release."""
    return f'W/"{_digest(repr((edition, asked_for, BUILD)).encode())}"'


def _digest(state: bytes) -> str:
    return hashlib.blake2b(state, digest_size=12).hexdigest()


def _known(headers: Mapping[str, str]) -> list[str]:
    return [each.strip() for each in headers.get("if-none-match", "").split(",")]


def _validators(etag: str, *, vary: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "public, no-cache", "Vary": vary}


def _viewer(visit: Visit) -> Viewer | None:
    if visit.session is None:
        return None
    if visit.viewer is None:
        return Viewer(name=None)
    return Viewer(name=visit.viewer.name, acts=visit.viewer.acts)


def _open_cases(r: Read, visit: Visit) -> int | None:
    if visit.viewer is None or not may(visit.viewer, Act.DECIDE):
        return None
    return cases.counted(r, visit.site.seq, [cases.EVERYTHING])[0]
