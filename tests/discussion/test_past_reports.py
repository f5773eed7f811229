"""Reports played through again."""

import pytest
from tests.discussion.nouns import after

from rejoinder.discussion.past_reports import Answer, PastReport, would_hide
from rejoinder.discussion.sites import Rules

ONE, TWO, NOBODY = (1, None), (None, b"2"), (None, None)
AT_NOON = PastReport(after(), ONE)


@pytest.mark.parametrize(
    ("reports", "limit", "hides"),
    [
        ([], 1, False),
        ([AT_NOON], 0, False),
        ([AT_NOON], 1, True),
        ([AT_NOON, PastReport(after(hours=1), TWO)], 2, True),
        ([AT_NOON, PastReport(after(hours=1), ONE)], 2, False),
        ([PastReport(after(), NOBODY), PastReport(after(hours=1), NOBODY)], 2, False),
        ([PastReport(after(), ONE, answered_at=after(minutes=30)), PastReport(after(hours=1), TWO)], 2, False),
        ([PastReport(after(), ONE, answered_at=after(hours=2)), PastReport(after(hours=1), TWO)], 2, True),
    ],
)
def test_those_that_were_open_at_one_moment_weigh_together(reports: list[PastReport], limit: int, hides: bool) -> None:
    assert would_hide(reports, {}, Rules(flags_to_hide=limit)) is hides


@pytest.mark.parametrize(
    ("answers", "by_record", "hides"),
    [
        ([Answer(after(hours=-1), upheld=False)], True, False),
        ([Answer(after(hours=-1), upheld=False)], False, True),
        ([Answer(after(hours=1), upheld=False)], True, True),  # nobody knew yet
        ([Answer(after(hours=-1), upheld=False), Answer(after(hours=-1), upheld=True)], True, True),
    ],
)
def test_a_reporter_weighs_by_what_was_known_then(answers: list[Answer], by_record: bool, hides: bool) -> None:
    rules = Rules(flags_to_hide=1, weigh_reports=by_record)

    assert would_hide([AT_NOON], {ONE: answers}, rules) is hides
