"""What a check found, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rejoinder.discussion.screening import Finding
from rejoinder.language import Words


def worded(finding: Finding, words: Words, zone: ZoneInfo) -> str:
    """The finding's sentence; since when something is so, by the clocks of the zone."""
    data = finding.data
    if since := data.get("since"):
        data = data | {"since": words.format_moment(datetime.fromisoformat(since), zone)}
    return words.sentence(finding.sentence, data)
