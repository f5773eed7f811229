"""What somebody wants to hear of, and how soon: at once, in a letter a day or a week, or only in their inbox."""

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


CHOSEN = (Kind.REPLY, Kind.MENTION, Kind.FOLLOWED, Kind.REPORT)
EVERY_HOURS = {
    Mail.DAILY: 20,
    Mail.WEEKLY: 7 * 24 - 4,
}  # at least so long after the last; less than a day, or it drifts
FROM_HOUR = 7  # of the site's own clocks: nobody's night is disturbed
