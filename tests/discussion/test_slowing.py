"""When somebody's reports are slowed: a warning first, then a time that ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from rejoinder.discussion.sites import Rules
from rejoinder.discussion.slowing import Standing, Step, counted_from, is_slowed, next_step

NOW = datetime(2026, 11, 17, 12, 0, tzinfo=UTC)
RULES = Rules(slow_after=10, slow_share=20, slow_days=90, slow_for=30)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("upheld", "declined", "step"),
    [
        (0, 0, Step.NOTHING),
        (0, 9, Step.NOTHING),  # too few to say
        (0, 10, Step.WARN),
        (1, 9, Step.WARN),
        (2, 8, Step.NOTHING),  # 20 % is enough
        (1, 4, Step.NOTHING),
        (19, 81, Step.WARN),
        (10, 0, Step.NOTHING),
    ],
)
def test_few_upheld_among_enough_answered_bring_a_warning(upheld: int, declined: int, step: Step) -> None:
    assert next_step(Standing(), upheld=upheld, declined=declined, rules=RULES, now=NOW) is step


@pytest.mark.parametrize(
    ("standing", "step"),
    [
        (Standing(), Step.WARN),
        (Standing(warned_at=ago(1)), Step.SLOW),
        (Standing(warned_at=ago(89)), Step.SLOW),
        (Standing(warned_at=ago(90)), Step.WARN),  # a warning does not hold for ever
        (Standing(warned_at=ago(40), slowed_until=ago(-1)), Step.NOTHING),  # slowed already
        (Standing(warned_at=ago(40), slowed_until=ago(1)), Step.WARN),  # and after that, warned anew
        (Standing(warned_at=ago(1), slowed_until=ago(10)), Step.SLOW),
    ],
)
def test_a_warning_comes_before_each_slowing(standing: Standing, step: Step) -> None:
    assert next_step(standing, upheld=0, declined=10, rules=RULES, now=NOW) is step


def test_a_site_can_do_without() -> None:
    rules = Rules(slow_after=0)

    assert next_step(Standing(warned_at=ago(1)), upheld=0, declined=1000, rules=rules, now=NOW) is Step.NOTHING


@pytest.mark.parametrize(
    ("standing", "since"),
    [
        (Standing(), ago(90)),
        (Standing(warned_at=ago(100)), ago(90)),
        (Standing(warned_at=ago(3)), ago(3)),
        (Standing(warned_at=ago(40), slowed_until=ago(8)), ago(8)),
    ],
)
def test_no_report_counts_twice(standing: Standing, since: datetime) -> None:
    assert counted_from(standing, rules=RULES, now=NOW) == since


@pytest.mark.parametrize(("until", "slowed"), [(None, False), (ago(1), False), (NOW, False), (ago(-1), True)])
def test_it_ends_by_itself(until: datetime | None, slowed: bool) -> None:
    assert is_slowed(until, now=NOW) is slowed
