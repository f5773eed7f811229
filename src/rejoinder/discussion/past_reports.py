"""Reports made before, played through again: would they have hidden their comment?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from rejoinder.discussion.flags import weight
from rejoinder.discussion.sites import Rules

Who = tuple[int | None, bytes | None]  # a reporter's seq, or their device's hash; neither: nothing is known of them


class PastReport(Struct, frozen=True):
    """A report of one comment: when, by whom, and when it was answered, if it was."""

    at: datetime
    by: Who
    answered_at: datetime | None = None


class Answer(Struct, frozen=True):
    """An answer to a report: when, and whether it was upheld or declined."""

    at: datetime
    upheld: bool


def would_hide(reports: Sequence[PastReport], answers: Mapping[Who, Sequence[Answer]], rules: Rules) -> bool:
    """Whether these reports of one comment, the oldest first, would at some moment have weighed enough to hide it under
    the rules: by those that were open then, and by how their reporters' others had been answered by then.
    """
    if not rules.flags_to_hide:
        return False
    for number, latest in enumerate(reports):
        now = latest.at
        opened = {each.by for each in reports[: number + 1] if each.answered_at is None or each.answered_at > now}
        if sum(_weight(answers.get(by, ()), now, rules) for by in opened) >= rules.flags_to_hide:
            return True
    return False


def _weight(answers: Sequence[Answer], now: datetime, rules: Rules) -> float:
    if not rules.weigh_reports:
        return 1.0
    known = [answer.upheld for answer in answers if answer.at <= now]
    return weight(upheld=known.count(True), declined=known.count(False))
