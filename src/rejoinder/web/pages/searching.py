"""Search at the desk: in comments, in the names of commenters, in stories."""

from rejoinder.discussion.refusals import BadFilter
from rejoinder.discussion.searching import Search, around, search_for
from rejoinder.markup import excerpt
from rejoinder.store import commenters, entries, sites, stories
from rejoinder.store.database import Read
from rejoinder.store.search import END, comments_with, people_called, stories_about
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.pages.cards import desk_people
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.narrowing import FIELDS, form, narrowed
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.desk import Piece, pieces
from rejoinder.web.shown.queues import Narrowing
from rejoinder.web.shown.searching import Among, Found, SearchPage
from rejoinder.web.visits import Visit

LINES = 25
SHOWN = 240  # characters of a text

Lines = tuple[tuple[Found, ...], str | None]


def search_page(r: Read, visit: Visit) -> Answer:
    """What has the words that were typed, the newest first. Raises BadFilter."""
    visit.staff()
    query = visit.asked.query
    typed, chosen = query.get("q", "").strip(), query.get("in") or Among.COMMENTS.value
    try:
        among = Among(chosen)
    except ValueError:
        raise BadFilter(field="in", given=chosen) from None
    search = search_for(typed)
    given = {field: value for field in FIELDS if (value := query.get(field, "").strip())}
    if given and among is not Among.COMMENTS:
        raise BadFilter(field=next(iter(given)), given=next(iter(given.values())))
    found, after = _LOOK[among](r, visit, search, given)
    page = SearchPage(
        chrome=chrome(r, visit),
        typed=typed,
        among=among,
        found=found,
        asks_too_little=bool(typed) and search.is_empty,
        narrowing=_narrowing(r, visit, given) if among is Among.COMMENTS else None,
        after=after,
        is_first_page=not cursor(visit),
    )
    return show(visit, page)


def _narrowing(r: Read, visit: Visit, given: dict[str, str]) -> Narrowing:
    return form(r, visit, given, queue=None, sections=sites.sections_of(r, visit.site.seq))


def _comments(r: Read, visit: Visit, search: Search, given: dict[str, str]) -> Lines:
    narrow = narrowed(given, queue=None, now=visit.asked.now)
    site_seq = visit.site.seq
    seqs, after = _page(comments_with(r, site_seq, search, narrowed=narrow, before=_before(visit), most=LINES + 1))
    written = entries.by_seqs(r, site_seq, seqs)
    headlines = stories.headlines(r, site_seq, {entry.comment.story_seq for entry in written.values()})
    found = (
        Found(
            address=addresses.desk_comment(visit.site.key, entry.comment.id),
            said=_marked(entry.comment.text, search),
            more=entry.author.name,
            about=headlines.get(entry.comment.story_seq, ""),
            at=entry.comment.created_at,
            status=entry.comment.status,
        )
        for seq in seqs
        if (entry := written.get(seq)) is not None
    )
    return tuple(found), after


def _people(r: Read, visit: Visit, search: Search, _given: dict[str, str]) -> Lines:
    seqs, after = _page(people_called(r, visit.site.seq, search, before=_before(visit), most=LINES + 1))
    known = desk_people(r, visit, commenters.by_seqs(r, visit.site.seq, seqs).values())
    found = (
        Found(
            address=addresses.person(visit.site.key, person.id),
            said=_marked(person.name, search),
            at=person.since,
            published=person.published,
            rejected=person.rejected,
        )
        for seq in seqs
        if (person := known.get(seq)) is not None
    )
    return tuple(found), after


def _stories(r: Read, visit: Visit, search: Search, _given: dict[str, str]) -> Lines:
    seqs, after = _page(stories_about(r, visit.site.seq, search, before=_before(visit), most=LINES + 1))
    known = stories.by_seqs(r, visit.site.seq, seqs)
    found = (
        Found(
            address=addresses.desk_story(visit.site.key, story.slug),
            said=_marked(story.content.headline, search),
            more=excerpt(story.content.standfirst, SHOWN),
            at=story.published_at,
            published=story.published_count,
        )
        for seq in seqs
        if (story := known.get(seq)) is not None
    )
    return tuple(found), after


_LOOK = {Among.COMMENTS: _comments, Among.PEOPLE: _people, Among.STORIES: _stories}


def _before(visit: Visit) -> int:
    return cursor(visit) or END


def _page(seqs: list[int]) -> tuple[list[int], str | None]:
    return seqs[:LINES], str(seqs[LINES - 1]) if len(seqs) > LINES else None


def _marked(text: str, search: Search) -> tuple[Piece, ...]:
    """The text around the first word that was looked for, on one line, cut where one of them stands."""
    line = " ".join(text.split())
    return pieces(*around(line, search, size=SHOWN))
