"""What somebody wants to hear of, and how soon: at once, in a letter a day or a week, or only in their inbox."""

from datetime import date
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a notification is about."""

    REPLY = "reply"
    MENTION = "mention"
    FOLLOWED = "followed"  # new comments in a followed discussion or thread
    REPORT = "report"  # what became of one's report
    APPROVED = "approved"
    REMOVED = "removed"
    RECONSIDERED = "reconsidered"
    HIDDEN = "hidden"  # after reports, until an editor has read it
    APPEAL = "appeal"  # what became of one's own
    LOWERED = "lowered"  # one's comment stands after all others
    PICKED = "picked"  # by the editors
    EDITORS = "editors"  # what they did about the person, or wrote to them


class Mail(StrEnum):
    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Preferences(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How letters come, by what they are about. Decisions about one's own comments are always told (Regulation (EU)
    2022/2065, Article 17), so nobody can choose about them.
    """

    reply: Mail = Mail.AT_ONCE
    mention: Mail = Mail.AT_ONCE
    followed: Mail = Mail.DAILY
    report: Mail = Mail.AT_ONCE

    def of(self, kind: Kind) -> Mail:
        """How letters of this kind come."""
        return getattr(self, kind.value, Mail.AT_ONCE)

    def due(self, day: date) -> frozenset[Kind]:
        """Which kinds of news a letter on this day has in it: those of each day, and on WEEKLY_ON those of a week."""
        ways = (Mail.DAILY, Mail.WEEKLY) if day.weekday() == WEEKLY_ON else (Mail.DAILY,)
        return frozenset(kind for kind in CHOSEN if self.of(kind) in ways)


CHOSEN = (Kind.REPLY, Kind.MENTION, Kind.FOLLOWED, Kind.REPORT)
IN_DIGESTS = (Mail.DAILY, Mail.WEEKLY)
WEEKLY_ON = 0  # Monday
FROM_HOUR = 7  # of the site's own clocks: nobody's night is disturbed
