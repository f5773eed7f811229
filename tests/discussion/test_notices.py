"""Where a notice says something is, and how soon it must be answered."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from rejoinder.discussion.corrections import corrected_after
from rejoinder.discussion.notices import (
    LABELS,
    Notice,
    NoticeKind,
    comments_at,
    due,
    outcome_of,
    priority,
    suggested,
    urgency,
)
from rejoinder.discussion.policy import chosen_reason
from rejoinder.discussion.refusals import NotOurComment

NOW = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
ID = "01999c5e-8a00-7000-8000-0123456789ab"


def a_notice(kind: NoticeKind = NoticeKind.OTHER, **known: Any) -> Notice:
    values: dict[str, Any] = {
        "seq": 1,
        "id": UUID(ID),
        "filing": UUID(ID),
        "site_seq": 1,
        "comment_seq": 1,
        "revision": 1,
        "why": "",
        "address": "",
        "name": "",
        "email": None,
        "threatens_life": False,
        "created_at": NOW,
    }
    return Notice(kind=kind, **values | known)


@pytest.mark.parametrize(
    "address",
    [
        f"https://talk.example/courier/comments/{ID}",
        f"https://talk.example/courier/comments/{ID}?after=3",
        f"https://talk.example/courier/comments/{ID.upper()}/report",
        f"/courier/comments/{ID}",
        f"https://talk.example/courier/stories/ferry#c-{ID}",
        f"https://www.courier.example/2026/ferry?utm=x#c-{ID}",
        f"https://talk.example/api/v1/sites/courier/comments/{ID}",
    ],
)
def test_a_comment_is_known_by_its_page_or_its_place_on_any(address: str) -> None:
    assert comments_at(address) == {UUID(ID): address}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   \n ",
        "the third comment",
        "https://talk.example/courier/stories/ferry",
        "https://talk.example/courier/comments/",
        f"https://talk.example/courier/comments/{ID[:-1]}",
        f"https://talk.example/courier/comments/{ID}0",
        f"https://talk.example/courier/people/{ID}",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_comments_address_is_refused(address: str) -> None:
    with pytest.raises(NotOurComment):
        comments_at(address)


def test_one_wrong_address_among_right_ones_is_named() -> None:
    with pytest.raises(NotOurComment) as refused:
        comments_at(f"/courier/comments/{ID}\nhttps://elsewhere.example/a")

    assert refused.value.data == {"address": "https://elsewhere.example/a"}


def test_only_intimate_images_have_a_clock() -> None:
    assert {kind for kind in NoticeKind if due(kind, now=NOW)} == {NoticeKind.INTIMATE}
    assert due(NoticeKind.INTIMATE, now=NOW) == NOW + timedelta(hours=48)


def test_the_most_urgent_comes_first() -> None:
    ordered = [
        a_notice(),
        a_notice(NoticeKind.INTIMATE),
        a_notice(flagger_seq=1),
        a_notice(NoticeKind.CHILD_SAFETY, flagger_seq=1),
        a_notice(threatens_life=True),
        a_notice(NoticeKind.CHILD_SAFETY, flagger_seq=1, threatens_life=True),
    ]

    figures = [priority(notice) for notice in ordered]

    assert figures == sorted(set(figures))
    assert figures[0] > 0
    assert figures[-1] <= 255


def test_a_case_is_as_urgent_as_the_most_urgent_notice_in_it() -> None:
    late, soon = a_notice(due_at=NOW + timedelta(hours=9)), a_notice(due_at=NOW, threatens_life=True)

    assert urgency([late, soon]) == (priority(soon), NOW)
    assert urgency([]) == (0, None)


def test_every_kind_has_a_label_and_a_reason_to_remove_it_for() -> None:
    assert set(LABELS) == set(NoticeKind)
    assert all(chosen_reason(suggested(kind)).illegal for kind in NoticeKind)


@pytest.mark.parametrize(("reason", "outcome"), [(None, "left"), ("defamation", "illegal"), ("trolling", "policy")])
def test_a_decision_answers_notices(reason: str | None, outcome: str) -> None:
    assert outcome_of(reason, illegal=("defamation", "illegal")) == outcome


@pytest.mark.parametrize(("hour", "found"), [(0, 1), (1, 3), (2, 3), (3, None), (4, None)])
def test_a_comment_is_told_from_the_first_correction_after_it(hour: int, found: int | None) -> None:
    def at(hours: int) -> datetime:
        return NOW + timedelta(hours=hours)

    assert corrected_after(at(hour), (at(1), at(3))) == (None if found is None else at(found))
