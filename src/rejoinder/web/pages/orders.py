"""A page of a discussion in the order its reader chose. Each costs the same however long the discussion is."""

from msgspec import Struct

from rejoinder.discussion.ranking import LONGEST, Order, mark, marked
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.stories import Story
from rejoinder.discussion.tree import Entry
from rejoinder.store import entries, rankings
from rejoinder.store.database import Read

FLAT = 50  # comments on a page without threads


class Piece(Struct, frozen=True, kw_only=True):
    """Comments in an order, and where the next page begins, if there is one. `begun_again`: the ranking that the page
    asked for is no longer kept, and this is the beginning of the newest. `cut`: there is more, but not in this order.
    """

    found: list[Entry]
    after: int | None = None
    begun_again: bool = False
    cut: bool = False


def order_asked(typed: str | None, story: Story) -> Order:
    """The order of this name; for none the story's own. Raises Invalid."""
    if typed is None:
        return story.rules_here.order
    try:
        return Order(typed)
    except ValueError:
        raise Invalid(field="order") from None


def roots(r: Read, story: Story, order: Order, *, after: int, most: int = entries.ROOTS) -> Piece:
    """A page of roots. `after` is what the page before said: a place, or in an order that moves a place in one of its
    rankings. Picks are no roots; see `picks`.
    """
    if order.moves:
        return _ranked(r, story, order, after=after, most=most)
    if order is Order.NEWEST:
        found = entries.newest_roots(r, story.site_seq, story.seq, before=after or None, most=most + 1)
    else:
        found = entries.roots(r, story.site_seq, story.seq, after=after, most=most + 1)
    return _cut(found, most)


def picks(r: Read, story: Story, *, after: int, most: int = FLAT) -> Piece:
    """A page of what the editors picked, replies too."""
    return _cut(entries.picked(r, story.site_seq, story.seq, after=after, most=most + 1), most)


def everything(r: Read, story: Story, *, after: int, most: int = FLAT) -> Piece:
    """A page of comments and replies alike, in the order of publication."""
    return _cut(entries.flat(r, story.site_seq, story.seq, after=after, most=most + 1), most)


def lowered(r: Read, story: Story, *, after: int, most: int = entries.ROOTS) -> Piece:
    """A page of what stands after all others, replies too."""
    return _cut(entries.lowered(r, story.site_seq, story.seq, after=after, most=most + 1), most)


def _cut(found: list[Entry], most: int) -> Piece:
    return Piece(found=found[:most], after=found[most - 1].comment.publish_seq if len(found) > most else None)


def _ranked(r: Read, story: Story, order: Order, *, after: int, most: int) -> Piece:
    version, position = marked(after) if after else (rankings.version(r, story), 0)
    seqs = rankings.seqs(r, story, order, version)
    begun_again = seqs is None
    if seqs is None:
        version, position = rankings.version(r, story), 0
        seqs = rankings.seqs(r, story, order, version) or []
    ends = position + most
    return Piece(
        found=entries.these_roots(r, story.site_seq, seqs[position:ends]),
        after=mark(version, ends) if len(seqs) > ends else None,
        begun_again=begun_again,
        cut=ends >= len(seqs) >= LONGEST,
    )
