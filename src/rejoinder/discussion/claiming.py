"""Claiming a comment at the desk, so that two editors do not read the same one. A claim runs out by itself, can be
taken over, and keeps nobody from deciding.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.refusals import ClaimedByColleague, DecidedMeanwhile

LASTS = timedelta(minutes=5)  # a card that is read is claimed anew before


class Claim(Struct, frozen=True, kw_only=True):
    """Who reads it, and until when that is taken to be so."""

    by_seq: int
    by_name: str
    until: datetime

    def holds(self, now: datetime) -> bool:
        return now < self.until


def must_be_free(claim: Claim | None, *, for_seq: int, now: datetime) -> None:
    """Silent if this editor may claim. Raises ClaimedByColleague while somebody else's claim holds."""
    if claim is not None and claim.by_seq != for_seq and claim.holds(now):
        raise ClaimedByColleague(name=claim.by_name)


def must_be_first(record: Sequence[Decision], *, seen: int | None, by_seq: int) -> None:
    """Silent if no colleague has decided on the comment after `seen`, the last decision on the card that was read (0:
    none; None: nobody said what was read). Raises DecidedMeanwhile.
    """
    if seen is None:
        return
    later = [each for each in record if each.seq > seen and each.by_seq is not None and each.by_seq != by_seq]
    if later:
        raise DecidedMeanwhile(name=later[-1].by_name or "")
