"""The checks a new comment passes: published, or held with every reason for it."""

from typing import Any

import pytest

from rejoinder.discussion.comments import Status
from rejoinder.discussion.screening import CHECKS, Draft, Screened, screen
from rejoinder.discussion.sites import Mode, Rules

QUIET = Rules(newcomer_comments=0)


def screened(text: str = "The early boat was full.", *, rules: Rules = QUIET, **known: Any) -> Screened:
    values: dict[str, Any] = {"links": 0, "approved_before": 0, "by_staff": False} | known
    return screen(Draft(text=text, rules=rules, **values))


def test_a_plain_comment_is_published() -> None:
    assert screened() == Screened(Status.PUBLISHED)


@pytest.mark.parametrize(
    ("check", "rules", "known"),
    [
        ("banned-words", Rules(newcomer_comments=0, banned_words=("bilgewater",)), {"text": "Such Bilgewater!"}),
        ("suspect-words", Rules(newcomer_comments=0, suspect_words=("full boat",)), {"text": "A full  boat."}),
        ("links", Rules(newcomer_comments=0, links=2), {"links": 3}),
        ("newcomer", Rules(newcomer_comments=2), {"approved_before": 1}),
        ("pre-moderation", Rules(newcomer_comments=0, mode=Mode.PRE), {}),
    ],
)
def test_each_check_holds_by_itself_and_says_why(check: str, rules: Rules, known: dict[str, Any]) -> None:
    found = screened(rules=rules, **known)

    assert found.status is Status.PENDING
    assert [finding.check for finding in found.findings] == [check]
    assert "%" not in found.findings[0].sentence % found.findings[0].data


@pytest.mark.parametrize(
    ("rules", "known"),
    [
        (Rules(newcomer_comments=0, links=2), {"links": 2}),
        (Rules(newcomer_comments=2), {"approved_before": 2}),
        (Rules(newcomer_comments=0, banned_words=("bilge",)), {"text": "Bilgewater is another word."}),
    ],
)
def test_at_the_limit_a_check_is_silent(rules: Rules, known: dict[str, Any]) -> None:
    assert screened(rules=rules, **known).status is Status.PUBLISHED


def test_every_reason_is_kept_in_the_order_of_the_checks() -> None:
    rules = Rules(banned_words=("bilge",), suspect_words=("keel",), links=0, mode=Mode.PRE)

    found = screened("Bilge and keel.", rules=rules, links=1, is_held=True)

    assert [finding.check for finding in found.findings] == [
        "held-person", "banned-words", "suspect-words", "links", "newcomer", "pre-moderation"
    ]  # fmt: skip
    assert len(found.findings) == len(CHECKS)


def test_a_word_is_shown_where_it_stands() -> None:
    rules = Rules(newcomer_comments=0, banned_words=("bilge", "keel"))
    text = "What BILGE, and what a keel. Bilge!"

    (finding,) = screened(text, rules=rules).findings

    assert [text[start:end] for start, end in finding.spans] == ["BILGE", "keel", "Bilge"]
    assert finding.data == {"words": "bilge, keel"}


def test_staff_write_unscreened() -> None:
    rules = Rules(banned_words=("bilge",), mode=Mode.PRE)

    assert screened("Bilge.", rules=rules, by_staff=True) == Screened(Status.PUBLISHED)
