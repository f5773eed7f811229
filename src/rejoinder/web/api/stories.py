"""Reading stories and their discussions."""

from collections.abc import Callable
from typing import Annotated, Literal

from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.editions import Edition
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import BadStory, Invalid, StoryWithdrawn, UnknownPage
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import threads
from rejoinder.store import entries, stories
from rejoinder.store.database import Read
from rejoinder.store.entries import REPLIES, ROOTS
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.api.cursors import after as place_of
from rejoinder.web.api.cursors import cursor
from rejoinder.web.api.showing import brief, is_at_desk, showing, whole
from rejoinder.web.pages.framing import edition_of, listed
from rejoinder.web.pages.orders import Piece, everything, lowered, picks
from rejoinder.web.pages.orders import roots as roots_in
from rejoinder.web.pages.tally import removed_from
from rejoinder.web.visits import Visit

MOST = 100  # stories or comments in one answer

After = Annotated[str | None, QueryParameter(description="The `next` of the page before this one.")]
InOrder = Annotated[
    Order,
    QueryParameter(description="Orders other than the oldest first are of threads; picks are of single comments."),
]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="So many at most.")]


async def list_stories(call: NamedDependency[Call], limit: Limit = 25) -> schemas.Stories:
    """The newest stories."""

    def ask(r: Read, visit: Visit) -> tuple[schemas.Stories, Edition | None]:
        found = stories.newest(r, visit.site.seq, most=limit)
        return schemas.Stories(stories=tuple(brief(story, visit) for story in found)), listed(visit)

    return await call.read_shared(ask)


async def list_counts(
    call: NamedDependency[Call],
    url: Annotated[list[str] | None, QueryParameter(description="The publisher's address of a story; many.")] = None,
) -> schemas.Counts:
    """How many published comments each of these stories has, for the links of a teaser page: at most 100 addresses. An
    address that we know no discussion of has none.
    """
    given = list(dict.fromkeys(url or ()))
    if not given or len(given) > MOST:
        raise Invalid(field="url", problem=f"Give from 1 to {MOST} addresses.")

    def ask(r: Read, visit: Visit) -> tuple[schemas.Counts, Edition | None]:
        keys = {each: key for each in given if (key := _key(each))}
        known = stories.counts_by_address(r, visit.site.seq, keys.values())
        return schemas.Counts(counts={each: known.get(keys.get(each, ""), 0) for each in given}), listed(visit)

    return await call.read_shared(ask)


async def get_story(call: NamedDependency[Call], slug: FromPath[str]) -> schemas.Story:
    """One story, how its discussion stands, and how many comments it has."""

    def ask(r: Read, visit: Visit) -> tuple[schemas.Story, Edition | None]:
        story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, slug))
        return whole(story, visit), edition_of(visit, story)

    return await call.read_shared(ask)


async def get_tally(call: NamedDependency[Call], slug: FromPath[str]) -> schemas.Tally:
    """How many comments ever stood under a story and how many were removed, by reason, where the publication shows it;
    otherwise there is no such page.
    """

    def ask(r: Read, visit: Visit) -> tuple[schemas.Tally, Edition | None]:
        story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, slug))
        removed = removed_from(r, story)
        if removed is None:
            raise UnknownPage
        tally = schemas.Tally(posted=story.publish_seq, removed=sum(removed.values()), reasons=dict(removed))
        return tally, edition_of(visit, story)

    return await call.read_shared(ask)


async def list_comments(  # noqa: PLR0917 - the framework passes each by its name
    call: NamedDependency[Call],
    slug: FromPath[str],
    after: After = None,
    limit: Limit = 20,
    view: Annotated[
        Literal["flat", "threads", "lowered"],
        QueryParameter(description="All in one row, by thread, or what the editors put after all others."),
    ] = "flat",
    order: InOrder = Order.OLDEST,
) -> schemas.Comments:
    """A page of a story's comments, the oldest first unless told; a late approval is new to every cursor.

    The view `threads` has at most 20 threads to a page, each with its first ten replies.
    """

    def ask(r: Read, visit: Visit) -> tuple[schemas.Comments, Edition | None]:
        story = story_read_by(r, visit, slug)
        if view == "lowered":
            return _flat(r, visit, story, after, limit, which=lowered), edition_of(visit, story)
        if order is Order.PICKS:
            return _flat(r, visit, story, after, limit, which=picks), edition_of(visit, story)
        if view == "flat" and order is not Order.OLDEST:
            raise Invalid(field="order", problem="This order is one of threads: ask with view=threads.")
        if view == "flat":
            return _flat(r, visit, story, after, limit), edition_of(visit, story)
        return _threads(r, visit, story, after, limit, order=order), edition_of(visit, story)

    return await call.read_shared(ask)


def story_read_by(r: Read, visit: Visit, slug: str) -> Story:
    """The story whose discussion the viewer may read. Raises UnknownStory, StoryWithdrawn."""
    story = stories.standing_for(r, stories.by_slug(r, visit.site.seq, slug))
    must_be_readable(story, visit)
    return story


def must_be_readable(story: Story, visit: Visit) -> None:
    """Silent unless the discussion is withdrawn and the viewer not at the desk. Raises StoryWithdrawn."""
    if story.withdrawn_at is not None and not is_at_desk(visit):
        raise StoryWithdrawn


def _key(url: str) -> str | None:
    """By what a story of this address is found; None for what is no address."""
    try:
        return address_key(url)
    except BadStory:
        return None


def _flat(
    r: Read, visit: Visit, story: Story, mark: str | None, most: int, *, which: Callable[..., Piece] = everything
) -> schemas.Comments:
    name = f"{_NAMED.get(which, 'flat')}:{story.seq}"
    piece = which(r, story, after=place_of(mark, name), most=most)
    shown = piece.found
    return schemas.Comments(
        story=story.slug,
        version=story.version,
        comments=showing(r, visit, shown, story).comments(shown),
        next=cursor(name, piece.after),
    )


_NAMED: dict[Callable[..., Piece], str] = {picks: "picks", lowered: "lowered"}  # in a cursor


def _threads(r: Read, visit: Visit, story: Story, mark: str | None, limit: int, *, order: Order) -> schemas.Comments:
    name = f"threads:{order}:{story.seq}"
    piece = roots_in(r, story, order, after=place_of(mark, name), most=min(limit, ROOTS))
    roots = piece.found
    replies = entries.first_replies(r, story.site_seq, roots)
    as_shown = showing(r, visit, [*roots, *replies], story)
    return schemas.Comments(
        story=story.slug,
        version=story.version,
        threads=tuple(
            schemas.Thread(
                root=as_shown.comment(thread.root),
                replies=as_shown.comments(thread.replies),
                more=thread.more,
                next=cursor(f"replies:{thread.root.comment.seq}", REPLIES if thread.more else None),
            )
            for thread in threads(roots, replies)
        ),
        next=cursor(name, piece.after),
    )
