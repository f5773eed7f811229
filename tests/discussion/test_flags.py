"""May this be reported?"""

from typing import Any
from uuid import UUID

import pytest
from tests.discussion.nouns import NOON, comment, commenter

from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import HEAVIEST, LIGHTEST, Flag, Resolution, may_flag, still_open, weight, weight_of_all
from rejoinder.discussion.policy import REASONS, Group, reason_of
from rejoinder.discussion.refusals import AlreadyFlagged, OwnComment, UnknownReason


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("by", [None, commenter(2), commenter(2, confirmed=False)])
def test_any_status_may_be_reported_with_or_without_an_account(status: Status, by: object) -> None:
    may_flag(comment(status=status), by=by, flagged_before=False)  # type: ignore[arg-type] # a table's column


def test_ones_own_comment_is_not_reported() -> None:
    with pytest.raises(OwnComment):
        may_flag(comment(), by=commenter(), flagged_before=True)


def test_the_same_text_is_not_reported_twice() -> None:
    with pytest.raises(AlreadyFlagged):
        may_flag(comment(), by=None, flagged_before=True)


def test_the_plain_words_of_the_policy_come_first() -> None:
    assert [reason.code for reason in REASONS[:2]] == ["irrelevant", "inappropriate"]
    assert [reason.group for reason in REASONS] == sorted((r.group for r in REASONS), key=list(Group).index)


def test_every_reason_is_found_by_its_code() -> None:
    assert len({reason.code for reason in REASONS}) == len(REASONS)
    assert [reason_of(reason.code) for reason in REASONS] == list(REASONS)


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(UnknownReason):
        reason_of("boring")


def a_flag(seq: int = 1, **known: Any) -> Flag:
    values: dict[str, Any] = {"comment_seq": 1, "revision": 1, "reason": "hate", "note": "", "created_at": NOON} | known
    return Flag(seq=seq, id=UUID(int=seq), **values)


@pytest.mark.parametrize(
    ("upheld", "declined", "weighs"),
    [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (1, 0, 4 / 3),
        (0, 1, 2 / 3),
        (3, 1, 4 / 3),
        (8, 0, 1.8),
        (0, 6, 0.25),
        (0, 1000, LIGHTEST),
        (1_000_000, 0, HEAVIEST),
    ],
)
def test_what_a_report_weighs_is_the_smoothed_share_of_upheld_ones(upheld: int, declined: int, weighs: float) -> None:
    assert weight(upheld=upheld, declined=declined) == pytest.approx(weighs, abs=1e-5)
    assert LIGHTEST <= weight(upheld=upheld, declined=declined) <= HEAVIEST


@pytest.mark.parametrize(
    ("flags", "by_record", "weighs"),
    [
        ([], True, 0.0),
        ([a_flag(1, reporter_seq=1), a_flag(2, reporter_seq=2)], True, 2.0),
        ([a_flag(1, reporter_seq=1), a_flag(2, reporter_seq=1)], True, 1.0),
        ([a_flag(1), a_flag(2), a_flag(3)], True, 1.0),
        ([a_flag(1, device_hash=b"1", declined=1), a_flag(2, reporter_seq=2, upheld=1)], True, 2.0),
        ([a_flag(1, device_hash=b"1", declined=9), a_flag(2, device_hash=b"2", upheld=9)], False, 2.0),
    ],
)
def test_reports_weigh_together_each_reporter_once(flags: list[Flag], by_record: bool, weighs: float) -> None:
    assert weight_of_all(flags, by_record=by_record) == pytest.approx(weighs)


def test_an_answered_report_is_open_no_more() -> None:
    flags = [a_flag(1), a_flag(2, resolution=Resolution.MOOT)]

    assert still_open(flags) == flags[:1]
