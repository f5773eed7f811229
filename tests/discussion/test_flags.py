"""May this be reported?"""

import pytest
from tests.discussion.nouns import comment, commenter

from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import may_flag
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
