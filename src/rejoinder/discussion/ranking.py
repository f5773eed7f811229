"""The orders in which readers may have a discussion, each explained to them in a sentence."""

from collections.abc import Iterable
from enum import StrEnum
from math import log, sqrt

from msgspec import Struct

from rejoinder.discussion.refusals import _

LONGEST = 500  # threads in an order that moves; what stands below is found among the oldest
WEIGHT = 2.0  # recommendations that it takes to weigh as much as what is expected of any comment


class Order(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"
    RECOMMENDED = "recommended"
    REPLIED = "replied"
    PICKS = "picks"

    @property
    def moves(self) -> bool:
        """Whether places change with what readers do, so that its pages are pages of a snapshot."""
        return self in MOVING


MOVING = (Order.RECOMMENDED, Order.REPLIED)
EXPLAINED: dict[Order, str] = {
    Order.OLDEST: _("The oldest comments come first, with the replies below each."),
    Order.NEWEST: _("The newest comments come first, with the replies below each."),
    Order.RECOMMENDED: _(
        "First come the comments that more readers recommend than one would expect for the time they have been here."
    ),
    Order.REPLIED: _("The comments with the most replies come first."),
    Order.PICKS: _("Only the comments that our editors have picked, the oldest first."),
}


class Candidate(Struct, frozen=True):
    """A root with what places it: its place among all comments of the story, how many accounts recommend it, and how
    many published replies it has.
    """

    seq: int
    place: int
    recommended: int
    replies: int


def expected(place: int, of: int) -> float:
    """What share of attention a comment has had that came as the `place`th of a discussion that has `of` by now.

    With each comment that is published about as many readers come by, and each of them reads about as many comments; so
    while there are n, one of them gets a share of 1/n. From its own place on that is 1/place + … + 1/of, which is about
    ln((of + 1) / place). The discussion's own growth is its clock: it stands still at night.
    """
    return log((of + 1) / place)


def by_recommendation(candidates: Iterable[Candidate], *, of: int) -> list[int]:
    """The candidates' seqs, the most recommended first: by how many times what could be expected each has gathered, so
    that the first to speak does not win for ever, and less what chance may have given it, so that one early
    recommendation does not decide. Among equals the newer stands first. `of`: the place of the story's newest comment.

    Source: a Poisson rate with a Gamma prior of weight k has the mean (r + k) / (e + k), the prior's mean taken from
    the discussion (empirical Bayes: H. Robbins, "An Empirical Bayes Approach to Statistics", 1956), and the standard
    deviation sqrt(r + k) / (e + k). Sorted by one below the other, as E. Miller, "How Not To Sort By Average Rating".
    """
    found = list(candidates)
    shares = {each.seq: expected(each.place, max(of, each.place)) for each in found}
    shared = sum(shares.values())
    rate = sum(each.recommended for each in found) / shared if shared else 0.0

    def standing(each: Candidate) -> tuple[float, int]:
        said = each.recommended + WEIGHT
        return (said - sqrt(said)) / (rate * shares[each.seq] + WEIGHT), each.place

    return [each.seq for each in sorted(found, key=standing, reverse=True)][:LONGEST]


def by_replies(candidates: Iterable[Candidate]) -> list[int]:
    """The candidates' seqs, the most answered first; among equals the older, which was there to be answered first."""
    return [each.seq for each in sorted(candidates, key=lambda each: (-each.replies, each.place))][:LONGEST]


def ranked(order: Order, candidates: Iterable[Candidate], *, of: int) -> list[int]:
    """The candidates' seqs in an order that moves."""
    return by_replies(candidates) if order is Order.REPLIED else by_recommendation(candidates, of=of)


POSITIONS = 1000  # more than LONGEST


def mark(version: int, position: int) -> int:
    """Where a page of an order that moves ends: of which ranking, and after how many threads."""
    return version * POSITIONS + position


def marked(place: int) -> tuple[int, int]:
    """The version and the position of such a mark."""
    return divmod(place, POSITIONS)
