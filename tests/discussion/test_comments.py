"""May this be posted, edited, deleted?"""

from datetime import timedelta
from typing import Any

import pytest
from tests.discussion.nouns import CLOSED, NOON, OPEN, REPLIES, after, attempt, comment, commenter, earlier

from rejoinder.discussion.closing import Standing
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Status, first_of_double, fits, may_delete, may_edit, may_post
from rejoinder.discussion.refusals import (
    Banned,
    BlankText,
    EditWindowOver,
    NoGuests,
    NotConfirmed,
    NotEditable,
    NotYours,
    ParentElsewhere,
    RecognisedOnly,
    Refusal,
    Repeated,
    RepliesOnly,
    StaffOnly,
    Stale,
    StoryClosed,
    StoryWithdrawn,
    TooFast,
    TooLong,
    TooShort,
    UnknownParent,
)
from rejoinder.discussion.sites import Rules, Twice, Who
from rejoinder.discussion.trust import Level

SAME = "The early boat was full."

ELSEWHERE = [earlier(SAME, minutes_ago=20, story_seq=7)]
HERE = [earlier(SAME, minutes_ago=20)]


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"standing": REPLIES, "replies": True, "parent": comment()},
        {"recent": [after(minutes=59)]},
        {"recent": [after(minutes=59 - n) for n in range(6)]},
        {"earlier": [earlier(SAME, minutes_ago=1, status=Status.DELETED)]},
        {"earlier": [earlier(SAME, minutes_ago=60 * 24 + 1)]},
        {"commenter": commenter(banned_at=NOON, banned_until=after(minutes=59))},
        {"earlier": ELSEWHERE, "rules": Rules(same_elsewhere=Twice.HELD)},
        {"earlier": ELSEWHERE, "rules": Rules(same_elsewhere=Twice.TAKEN)},
        {"commenter": commenter(level=Level.RECOGNISED), "rules": Rules(who=Who.RECOGNISED)},
        {"commenter": commenter(role=Role.MODERATOR), "rules": Rules(who=Who.STAFF)},
        {"commenter": commenter(is_guest=True), "rules": Rules(guests=True)},
    ],
)
def test_what_may_be_posted(known: dict[str, Any]) -> None:
    may_post(attempt(**known))


@pytest.mark.parametrize(
    ("refusal", "known"),
    [
        (StoryClosed, {"standing": CLOSED}),
        (StoryClosed, {"standing": CLOSED, "replies": True, "parent": comment()}),
        (RepliesOnly, {"standing": REPLIES}),
        (StoryWithdrawn, {"withdrawn": True}),
        (StoryWithdrawn, {"withdrawn": True, "standing": CLOSED}),
        (Banned, {"commenter": commenter(banned_at=NOON)}),
        (Banned, {"commenter": commenter(banned_at=NOON, banned_until=after(hours=2), confirmed=False)}),
        (NotConfirmed, {"commenter": commenter(confirmed=False)}),
        (UnknownParent, {"replies": True}),
        (UnknownParent, {"replies": True, "parent": comment(status=Status.REMOVED)}),
        (UnknownParent, {"replies": True, "parent": comment(status=Status.PENDING)}),
        (ParentElsewhere, {"replies": True, "parent": comment(story_seq=2)}),
        (BlankText, {"text": " \n\u200b"}),
        (TooLong, {"text": "x" * 5001}),
        (TooShort, {"text": "ok", "rules": Rules(shortest=3)}),
        (Repeated, {"earlier": [earlier(SAME, minutes_ago=60 * 24 - 1)]}),
        (Repeated, {"earlier": [earlier(SAME, minutes_ago=20, story_seq=7, status=Status.REJECTED)]}),
        (Repeated, {"earlier": [*ELSEWHERE, *HERE], "rules": Rules(same_elsewhere=Twice.TAKEN)}),
        (RecognisedOnly, {"rules": Rules(who=Who.RECOGNISED)}),
        (StaffOnly, {"commenter": commenter(level=Level.EXPERT), "rules": Rules(who=Who.STAFF)}),
        (NoGuests, {"commenter": commenter(is_guest=True)}),
        (NoGuests, {"commenter": commenter(is_guest=True), "rules": Rules(guests=True, who=Who.RECOGNISED)}),
        (TooFast, {"recent": [after(minutes=60 - 0.1 * n) for n in range(6)]}),
        (TooFast, {"recent": [after(minutes=58 - n / 2) for n in range(60)]}),
    ],
)
def test_what_may_not_be_posted(refusal: type[Refusal], known: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        may_post(attempt(**known))


def test_the_wait_is_told_until_a_place_is_free() -> None:
    before = [after(minutes=60 - n / 6) for n in range(6)]  # 0, 10 … 50 seconds ago

    with pytest.raises(TooFast) as refused:
        may_post(attempt("Another.", recent=before))

    assert refused.value.data == {"seconds": 10}


@pytest.mark.parametrize(
    ("known", "is_double"),
    [
        ({}, True),
        ({"text": "THE EARLY BOAT — was full"}, True),
        ({"minutes_ago": 10}, False),
        ({"story_seq": 2}, False),
        ({"parent_seq": 5}, False),
        ({"status": Status.DELETED}, False),
        ({"status": Status.PENDING}, True),
        ({"text": "The late boat was full."}, False),
    ],
)
def test_a_double_submit_is_the_same_text_to_the_same_place_moments_ago(
    known: dict[str, Any], *, is_double: bool
) -> None:
    values: dict[str, Any] = {"text": SAME, "minutes_ago": 9}
    before = earlier(**values | known)

    assert (first_of_double(attempt(SAME, earlier=[before])) is before) is is_double


def test_a_length_is_counted_as_a_reader_counts() -> None:
    fits("e\u0301" * 5000, Rules())  # accents do not count
    with pytest.raises(TooLong) as refused:
        fits("\U0001f6a2" * 5001, Rules())

    assert refused.value.data == {"limit": 5000, "length": 5001}


EDIT: dict[str, Any] = {
    "by": commenter(),
    "seen_revision": 1,
    "rules": Rules(),
    "standing": OPEN,
    "now": after(minutes=4, seconds=59),
}


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.PENDING])
@pytest.mark.parametrize("standing", [OPEN, REPLIES])
def test_ones_own_comment_may_be_edited_for_a_while(status: Status, standing: Standing) -> None:
    may_edit(comment(status=status), **EDIT | {"standing": standing})


@pytest.mark.parametrize(
    ("refusal", "status", "known"),
    [
        (NotYours, Status.PUBLISHED, {"by": commenter(2)}),
        (Banned, Status.PUBLISHED, {"by": commenter(banned_at=NOON)}),
        (NotEditable, Status.REMOVED, {}),
        (NotEditable, Status.HIDDEN, {}),
        (NotEditable, Status.DELETED, {}),
        (StoryClosed, Status.PUBLISHED, {"standing": CLOSED}),
        (EditWindowOver, Status.PUBLISHED, {"now": after(minutes=5)}),
        (EditWindowOver, Status.PUBLISHED, {"rules": Rules(edit_window=0), "now": NOON}),
        (Stale, Status.PUBLISHED, {"seen_revision": 2}),
    ],
)
def test_what_may_not_be_edited(refusal: type[Refusal], status: Status, known: dict[str, Any]) -> None:
    with pytest.raises(refusal):
        may_edit(comment(status=status), **EDIT | known)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DELETED])
def test_ones_own_comment_may_be_deleted_whatever_became_of_it(status: Status) -> None:
    may_delete(comment(status=status, created_at=NOON - timedelta(days=900)), by=commenter(banned_at=NOON))


def test_somebody_elses_comment_may_not_be_deleted() -> None:
    with pytest.raises(NotYours):
        may_delete(comment(), by=commenter(2))


def test_a_deleted_comment_is_not_deleted_again() -> None:
    with pytest.raises(NotEditable):
        may_delete(comment(status=Status.DELETED), by=commenter())
