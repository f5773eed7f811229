"""The page of last resort: for addresses that are nobody's, what the framework refuses, and a database that is gone. It
asks nothing of the database, and gives back what was written.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from litestar.exceptions import HTTPException

from rejoinder.discussion.refusals import Invalid, Refusal, UnknownPage
from rejoinder.language import words
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, page
from rejoinder.web.asking import Asked
from rejoinder.web.rendering import render
from rejoinder.web.routing import WrongMethod
from rejoinder.web.shown.page import Chrome, Way
from rejoinder.web.shown.refused import RefusedPage
from rejoinder.web.statuses import refusal_in, status_of, waiting

UTC_ZONE = ZoneInfo("UTC")
_NOWHERE = (404, 405)


def told_anywhere(problem: Exception, *, written: str | None = None) -> Answer:
    """The page that tells a person what went wrong, with what they had written."""
    refusal = _meant(problem)
    status = _status(problem, refusal)
    said = words("en")
    shown = RefusedPage(
        chrome=Chrome(),
        code=refusal.code,
        sentence=said.sentence(refusal.sentence, refusal.data),
        status=status,
        text=written,
        ways=(Way(said.gettext("All publications"), addresses.PUBLICATIONS),),
    )
    allowed = {"Allow": problem.allowed} if isinstance(problem, WrongMethod) else {}
    body = render(shown, words=said, zone=UTC_ZONE, now=datetime.now(UTC))
    return page(body, status=status, headers=waiting(refusal) | allowed)


def written_in(asked: Asked | None) -> str | None:
    """The text of the form that was sent, if it came as far as being read."""
    return (asked.form.text("text") or asked.form.text("note") or None) if asked else None


def _status(problem: Exception, refusal: Refusal) -> int:
    if isinstance(problem, WrongMethod):
        return 405
    return problem.status_code if isinstance(problem, HTTPException) else status_of(refusal)


def _meant(problem: Exception) -> Refusal:
    if isinstance(problem, WrongMethod) or (isinstance(problem, HTTPException) and problem.status_code in _NOWHERE):
        return UnknownPage()
    if isinstance(problem, HTTPException) and problem.status_code < 500:  # noqa: PLR2004 - where our own faults begin
        return Invalid()
    return refusal_in(problem)
