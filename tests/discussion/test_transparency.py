"""The figures of the yearly report, as tables."""

from collections.abc import Iterable
from typing import Any

import pytest

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.notices import NoticeKind
from rejoinder.discussion.notices import Outcome as NoticeOutcome
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.discussion.policy import REASONS, WITH_PARENT
from rejoinder.discussion.restrictions import VISIBILITY, Source
from rejoinder.discussion.transparency import Appealed, Facts, Noticed, Restricted, parts
from rejoinder.discussion.transparency_labels import label_of


def restricted(**known: Any) -> Restricted:
    values: dict[str, Any] = {
        "reason": "hate",
        "restriction": "DECISION_VISIBILITY_CONTENT_REMOVED",
        "source": "SOURCE_VOLUNTARY",
        "is_automatic": False,
        "is_detected": False,
        "is_illegal": False,
        "is_reversed": False,
        "outcome": "reject",
        "hours": 1.0,
    } | known
    return Restricted(**values)


def figure(facts: Facts, part: int, key: str) -> float | None:
    """One figure of the report."""
    found = {line.key: line.value for line in parts(facts)[part - 1].lines}
    return found.get(key)


def test_every_word_of_it_is_said_in_the_language() -> None:
    facts = Facts(
        restricted=[restricted(reason=each) for each in ("hate", "", "from-another-time")],
        noticed=[Noticed(kind="defamation", is_trusted=False, resolution=each, hours=1) for each in (None, "left")],
        appealed=[Appealed(by="notifier", outcome=None, hours=None)],
        acts={"off ladder": 1},
    )

    said = parts(facts, lambda sentence: f"‹{sentence}›")

    told = [text for part in said for text in (part.title, part.note, *(line.label for line in part.lines)) if text]
    assert [text for text in told if not text.startswith("‹")] == []
    assert parts(facts)[5].lines[0].label == "Off the trust ladder"


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("kind", NoticeKind),
        ("result", NoticeOutcome),
        ("by", Appellant),
        ("act", PersonAct),
        ("source", Source),
        ("restriction", [each for fields in VISIBILITY.values() for each in fields["decision_visibility"]]),
        ("reason", [reason.code for reason in (*REASONS, WITH_PARENT)]),
    ],
)
def test_everything_counted_has_a_name_of_its_own(group: str, names: Iterable[str]) -> None:
    assert [name for name in names if label_of(group, str(name)) == str(name)] == []


def test_the_sections_stand_in_the_templates_order() -> None:
    assert [part.number for part in parts(Facts())] == list(range(1, 9))


@pytest.mark.parametrize(
    ("reversed_", "of", "rate"), [(0, 0, None), (0, 4, 0.0), (1, 4, 25.0), (2, 3, pytest.approx(66.667, abs=0.01))]
)
def test_the_error_rate_is_the_share_that_an_editor_reversed(reversed_: int, of: int, rate: float | None) -> None:
    automatic = [restricted(is_automatic=True, is_reversed=number < reversed_) for number in range(of)]

    assert figure(Facts(restricted=[*automatic, restricted(is_reversed=True)]), 7, "error-rate") == rate


@pytest.mark.parametrize(
    ("known", "part"),
    [
        ({}, 4),
        ({"is_illegal": True}, 3),
        ({"source": "SOURCE_TYPE_OTHER_NOTIFICATION"}, 4),
    ],
)
def test_a_decision_counts_in_its_section_alone(known: dict[str, Any], part: int) -> None:
    facts = Facts(restricted=[restricted(**known)])

    assert [figure(facts, each, "all") for each in (3, 4)] == [int(each == part) for each in (3, 4)]


def test_what_a_notice_led_to_is_no_own_initiative() -> None:
    facts = Facts(restricted=[restricted(source="SOURCE_ARTICLE_16", is_illegal=True)])

    assert (figure(facts, 3, "all"), figure(facts, 8, "restricted")) == (0, 1)


@pytest.mark.parametrize(("hours", "median"), [((), None), ((3.0,), 3.0), ((1.0, 2.0, 9.0), 2.0), ((1.0, 2.0), 1.5)])
def test_medians_are_of_what_was_decided(hours: tuple[float, ...], median: float | None) -> None:
    noticed = [Noticed(kind="defamation", is_trusted=False, resolution="left", hours=each) for each in hours]
    waiting = Noticed(kind="defamation", is_trusted=True, resolution=None, hours=None)

    assert figure(Facts(noticed=[*noticed, waiting]), 2, "median") == median


def test_appeals_are_counted_by_outcome() -> None:
    outcomes = ("granted", "granted", "refused", None)
    facts = Facts(appealed=[Appealed(by="writer", outcome=each, hours=None) for each in outcomes])

    assert [figure(facts, 5, key) for key in ("all", "reversed", "upheld", "open")] == [4, 2, 1, 1]
