"""A no, worded: a page with the sentence, what to do next, and the text that was sent."""

from rejoinder.discussion.refusals import Banned, LogInNeeded, Refusal, SecondFactorNeeded, WarningUnread, _
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.editors_words import warned
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.page import Way
from rejoinder.web.shown.refused import RefusedPage
from rejoinder.web.statuses import status_of, waiting
from rejoinder.web.visits import Visit


def refused(r: Read, visit: Visit, refusal: Refusal) -> Answer:
    """The page of a refusal. Who only has to log in or to prove a second factor is led there, and back."""
    if visit.asked.method in ("GET", "HEAD"):
        if isinstance(refusal, LogInNeeded):
            return see_other(addresses.log_in(visit.site.key, to=visit.asked.path))
        if isinstance(refusal, SecondFactorNeeded):
            return see_other(addresses.second_factor(visit.site.key, to=visit.asked.path))
    if isinstance(refusal, WarningUnread) and visit.viewer is not None:
        return warned(r, visit, refusal)
    status = status_of(refusal)
    text = visit.asked.form.text("text") or visit.asked.form.text("note")
    page = RefusedPage(
        chrome=chrome(r, visit),
        code=refusal.code,
        sentence=visit.words.sentence(refusal.sentence, refusal.data),
        status=status,
        text=text or None,
        ways=_ways(visit, refusal),
    )
    return show(visit, page, status=status, headers=waiting(refusal))


def _ways(visit: Visit, refusal: Refusal) -> tuple[Way, ...]:
    site, said = visit.site.key, visit.words.gettext
    ways: list[Way] = []
    if "slug" in visit.asked.parts and refusal.code != "unknown-story":
        ways.append(Way(said(_("Back to the story")), addresses.discussion(site, visit.asked.parts["slug"])))
    elif "/comments/" in visit.asked.path and refusal.code not in ("unknown-comment", "unknown-page"):
        ways.append(Way(said(_("Back to the discussion")), addresses.comment(site, visit.asked.id())))
    if isinstance(refusal, LogInNeeded):
        ways.append(Way(said(_("Log in")), addresses.log_in(site)))
    if isinstance(refusal, Banned):
        ways.append(Way(said(_("Why, until when, and how to ask again")), addresses.from_editors(site)))
    ways.append(Way(said(_("All stories")), addresses.front(site)))
    return tuple(ways)
