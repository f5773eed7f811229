"""The discussion for a page of the publisher's: a fragment that is the same for everybody, with whole addresses.

What search engines read (JSON-LD) is left out unless `data=1` asks for it: a publisher's page describes its story
itself, a second NewsArticle beside the first only confuses, and it is a third of the bytes.
"""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.problems import StoryProblem
from rejoinder.discussion.refusals import BadStory, NoPublicationTime, Refusal, UnknownStory, _
from rejoinder.discussion.stories import Story
from rejoinder.language import words
from rejoinder.store import stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import CSP, Answer
from rejoinder.web.pages.framing import FOR_ANY_SITE, chrome, everybodys_edition, show_data
from rejoinder.web.pages.live import shown_live
from rejoinder.web.pages.story import discussion_asked_for, part_asked_for, shown_story, thread_asked_for
from rejoinder.web.rendering import render
from rejoinder.web.shown.embed import EmbedThreadPage, ForEmbed
from rejoinder.web.shown.page import Chrome
from rejoinder.web.shown.stories import ExcusePage, IncludePage
from rejoinder.web.statuses import status_of, waiting
from rejoinder.web.visits import Visit

# Opened by itself it is a page of ours like any other, but none for search engines to find.
AS_PAGE = {"Content-Security-Policy": CSP, "X-Robots-Tag": "noindex"}
HTML = "text/html"
_WAITING = {
    "": _("The discussion of this story opens in a moment. Please load the page again."),
    "no-publication-time": NoPublicationTime.sentence,
}
_NOT_OPENED = _("The discussion of this story is not open yet: we could not read its page. We try again in a while.")
_UTC, _NEVER = ZoneInfo("UTC"), datetime.min.replace(tzinfo=UTC)  # an excuse has no times in it


def include(r: Read, visit: Visit) -> Answer:
    """The story's discussion as a fragment. Raises BadCursor and the refusals of `story_asked_for`."""
    found = story_asked_for(r, visit)
    data, embedded = (visit.asked.query.get(name) == "1" for name in ("data", "embed"))
    for_embed = ForEmbed(fresh=shown_live(visit, found).fresh, section=found.section_key) if embedded else None

    def draw() -> bytes:
        canonical = found.canonical_url or addresses.story(visit.site.key, found.slug)
        page = IncludePage(
            chrome=chrome(r, visit, canonical=canonical),
            story=shown_story(found),
            discussion=replace(
                discussion_asked_for(r, visit, found), is_included=True, live=None, form=None, reply_form=None
            ),
            data=data,
            place=found.publish_seq,
            for_embed=for_embed,
        )
        return render(page, words=visit.words, zone=visit.zone, now=visit.asked.now, base=visit.base).encode()

    edition = everybodys_edition(visit, found)
    part = ("include", data, embedded, *part_asked_for(visit, found))
    answer = show_data(visit, edition, draw, asked_for=part, media_type=HTML)
    return replace(answer, headers=answer.headers | AS_PAGE)


def thread(r: Read, visit: Visit) -> Answer:
    """A comment's thread as a fragment, for the embed's "show more replies". Raises UnknownComment, BadCursor."""
    found, asked_for, drawn = thread_asked_for(r, visit)

    def draw() -> bytes:
        page = drawn()
        shown = EmbedThreadPage(chrome=page.chrome, root=page.root, replies=page.replies, after=page.after)
        return render(shown, words=visit.words, zone=visit.zone, now=visit.asked.now, base=visit.base).encode()

    answer = show_data(visit, everybodys_edition(visit, found), draw, asked_for=("embed", *asked_for), media_type=HTML)
    return replace(answer, headers=answer.headers | AS_PAGE)


def story_asked_for(r: Read, visit: Visit) -> Story:
    """The story that the address names: by our slug or id (`story`), the publisher's id, or its own address (`url`).
    Raises UnknownStory, and BadStory where it names none.
    """
    query, site = visit.asked.query, visit.site.seq
    if named := query.get("story"):
        return stories.standing_for(r, _by_our_name(r, site, named))
    keys = [address_key(query["url"])] if query.get("url") else []
    if not keys and not query.get("publisher_id"):
        raise BadStory(problem=StoryProblem.UNNAMED)
    found = stories.by_identity(r, site, publisher_id=query.get("publisher_id"), keys=keys)
    if found is None:
        raise UnknownStory
    return found


def waiting_page(visit: Visit, code: str) -> Answer:
    """What stands there while a story's own page is being read (`code` empty), or where it opened no discussion. It is
    nobody's mistake, so it is no error either: a template shows it as it is.
    """
    sentence = _WAITING.get(code, _NOT_OPENED)
    page = ExcusePage(
        chrome=Chrome(language=visit.site.language, direction=visit.words.direction),
        state=code or "opening",
        sentence=visit.words.gettext(sentence),
    )
    body = render(page, words=visit.words, zone=visit.zone, now=visit.asked.now, base=visit.base)
    return Answer(body=body.encode(), headers={"Cache-Control": "no-store", **FOR_ANY_SITE, **AS_PAGE})


def excuse(refusal: Refusal, visit: Visit | None = None, *, base: str = "") -> Answer:
    """What stands in the publisher's page where there is nothing to show: why, in a sentence. Kept by nobody."""
    said = visit.words if visit else words("en")
    page = ExcusePage(
        chrome=Chrome(language=said.language, direction=said.direction),
        state=refusal.code,
        sentence=said.sentence(refusal.sentence, refusal.data),
    )
    headers = {"Cache-Control": "no-store", **FOR_ANY_SITE, **AS_PAGE, **waiting(refusal)}
    body = render(page, words=said, zone=_UTC, now=_NEVER, base=visit.base if visit else base)
    return Answer(status=status_of(refusal), body=body.encode(), headers=headers)


def _by_our_name(r: Read, site_seq: int, named: str) -> Story:
    try:
        story_id = UUID(named)
    except ValueError:
        return stories.by_slug(r, site_seq, named)
    return stories.by_id(r, site_seq, story_id)
