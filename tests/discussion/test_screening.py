"""The checks a new comment passes: published, or held with every reason for it."""

from typing import Any

import pytest
from tests.discussion.nouns import NOON

from rejoinder.discussion.comments import Status
from rejoinder.discussion.copies import Copies
from rejoinder.discussion.screening import CHECKS, Draft, Screened, screen
from rejoinder.discussion.sites import NO_RULES, Mode, Rules

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
    rules = Rules(
        banned_words=("bilge",), suspect_words=("keel",), links=0, languages=("de",), capitals=50, flood_most=1,
        same_text_people=3, mode=Mode.PRE,
    )  # fmt: skip
    text = "BILGE AND KEEL ARE WHAT THE BOATS HAVE, AND THAT IS NOT WHAT THEY SAID OF THE FERRY."

    found = screened(text, rules=rules, links=1, elsewhere=True, theirs=1, is_held=True, copies=Copies(4, NOON))

    assert [finding.check for finding in found.findings] == [
        "held-person", "banned-words", "suspect-words", "links", "language", "capitals", "elsewhere", "flooding",
        "same-text", "newcomer", "pre-moderation",
    ]  # fmt: skip
    assert len(found.findings) == len(CHECKS)
    assert all("%" not in finding.sentence % finding.data for finding in found.findings)


def test_a_finding_names_its_rule_and_where_that_is_set() -> None:
    site, section, story = '{"suspect_words": ["keel"]}', '{"banned_words": ["bilge"]}', '{"links": 0}'
    rules = Rules(newcomer_comments=1, suspect_words=("keel",), banned_words=("bilge",), links=0)

    found = screened("Bilge, keel.", rules=rules, links=1, layers=(site, section, NO_RULES, story))

    assert [(finding.rule, finding.set_at) for finding in found.findings] == [
        ("banned_words", "section"), ("suspect_words", "site"), ("links", "story"), ("newcomer_comments", "default")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("THE EARLY BOAT WAS FULL AGAIN TODAY", "capitals"),
        ("Die Fähre war heute nicht voll, und das ist auch für die Werft gut.", "language"),
        ("Паром сегодня был полон, и это не то, что они обещали в прошлом году.", "language"),
        ("NATO, the BBC and the EU sent boats again today", None),
        ("WHY?", None),
        ("Ja, gut.", None),
        ("The early boat was full again today, and that is not what they said.", None),
    ],
)
def test_how_it_is_written_may_hold_a_comment(text: str, check: str | None) -> None:
    rules = Rules(newcomer_comments=0, capitals=60, languages=("en",))

    assert [finding.check for finding in screened(text, rules=rules).findings] == ([check] if check else [])


@pytest.mark.parametrize(("theirs", "held"), [(0, False), (2, False), (3, True)])
def test_more_than_ones_share_of_the_last_comments_is_held(theirs: int, held: bool) -> None:
    rules = Rules(newcomer_comments=0, flood_most=3, flood_among=10)

    assert (screened(rules=rules, theirs=theirs).status is Status.PENDING) is held


@pytest.mark.parametrize(
    ("most", "copies", "held"),
    [(0, Copies(50, NOON), False), (3, None, False), (3, Copies(3, NOON), False), (3, Copies(4, NOON), True)],
)
def test_what_more_people_post_than_may_is_held(most: int, copies: Copies | None, held: bool) -> None:
    rules = Rules(newcomer_comments=0, same_text_people=most)

    assert (screened(rules=rules, copies=copies).status is Status.PENDING) is held


def test_a_word_is_shown_where_it_stands() -> None:
    rules = Rules(newcomer_comments=0, banned_words=("bilge", "keel"))
    text = "What BILGE, and what a keel. Bilge!"

    (finding,) = screened(text, rules=rules).findings

    assert [text[start:end] for start, end in finding.spans] == ["BILGE", "keel", "Bilge"]
    assert finding.data == {"words": "bilge, keel"}


def test_staff_write_unscreened() -> None:
    rules = Rules(banned_words=("bilge",), mode=Mode.PRE)

    assert screened("Bilge.", rules=rules, by_staff=True) == Screened(Status.PUBLISHED)
