"""What a publisher says about a story when a page of theirs asks for its discussion, and how they sign it.

The signature is HMAC-SHA256 (RFC 2104) over lines of UTF-8, one for each value in the order of SIGNED, below a first
line that says what they are; a value that is not given is an empty line. It is written in hexadecimal.
"""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec import Struct

from rejoinder.discussion.problems import StoryProblem
from rejoinder.discussion.refusals import BadSignature, BadStory, NoPublicationTime, SignatureExpired

FIRST_LINE = "rejoinder story 1"
SIGNED = ("site", "url", "publisher_id", "headline", "published_at", "section", "expires")
_LONGEST = {"headline": 300, "section": 80, "publisher_id": 200}  # characters


class Said(Struct, frozen=True, kw_only=True):
    """What the publisher says of a story, their signature checked."""

    url: str
    headline: str
    published_at: datetime
    publisher_id: str | None = None
    section: str | None = None


def is_signed(values: Mapping[str, str]) -> bool:
    """Whether these say something of a story that is worth nothing unless it is signed."""
    return any(values.get(name) for name in ("signature", "published_at", "headline"))


def lines_to_sign(site: str, values: Mapping[str, str]) -> str:
    """The text that is signed."""
    return "\n".join((FIRST_LINE, site, *(values.get(name, "") for name in SIGNED[1:])))


def signature_of(site: str, values: Mapping[str, str], key: str) -> str:
    """The signature with which these values may open a story on the site."""
    return hmac.new(key.encode(), lines_to_sign(site, values).encode(), "sha256").hexdigest()


def said(site: str, values: Mapping[str, str], key: str, *, now: datetime) -> Said:
    """What the publisher says, if it is theirs and still holds. Raises BadSignature, SignatureExpired, BadStory,
    NoPublicationTime.
    """
    if any("\n" in values.get(name, "") or "\r" in values.get(name, "") for name in SIGNED):
        raise BadSignature
    given = values.get("signature", "").lower()
    if not given.isascii() or not hmac.compare_digest(given, signature_of(site, values, key)):
        raise BadSignature
    if values.get("expires") and now >= _expiry(values["expires"]):
        raise SignatureExpired
    for name, most in _LONGEST.items():
        if len(values.get(name, "")) > most:
            raise BadStory(problem=StoryProblem.TOO_LONG, name=name, most=most)
    headline = values.get("headline", "").strip()
    if not headline:
        raise BadStory(problem=StoryProblem.NO_HEADLINE)
    return Said(
        url=values["url"],
        headline=headline,
        published_at=_instant(values.get("published_at", "")),
        publisher_id=values.get("publisher_id") or None,
        section=values.get("section", "").strip() or None,
    )


def _expiry(seconds: str) -> datetime:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 11):  # noqa: PLR2004 - until the year 5138
        raise BadStory(problem=StoryProblem.BAD_EXPIRY)
    return datetime.fromtimestamp(int(seconds), UTC)


def _instant(written: str) -> datetime:
    if not written:
        raise NoPublicationTime
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadStory(problem=StoryProblem.BAD_TIME)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadStory(problem=StoryProblem.IMPOSSIBLE_TIME) from None
