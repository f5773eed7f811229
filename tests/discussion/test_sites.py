"""The rules that hold somewhere: a site's, changed by a section's, changed by a story's."""

from datetime import timedelta
from typing import Any

import pytest

from rejoinder.discussion.closing import Phase, Step, open_for
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.sites import NO_RULES, Mode, Rules, rules_here, with_rules

NUMBERS = [name for name in Rules.__struct_fields__ if type(getattr(Rules(), name)) is int]


def test_without_any_rules_the_defaults_hold() -> None:
    assert rules_here(NO_RULES, NO_RULES, NO_RULES) == Rules()


def test_the_narrower_layer_wins_and_the_rest_is_inherited() -> None:
    here = rules_here('{"longest": 100, "links": 0}', '{"longest": 200, "mode": "pre-moderated"}', '{"longest": 300}')

    assert (here.longest, here.links, here.mode) == (300, 0, Mode.PRE)


def test_a_rule_is_set_and_taken_back_to_what_is_inherited() -> None:
    layer = with_rules(NO_RULES, {"longest": 100, "schedule": open_for(3)})

    again = with_rules(layer, {"longest": None})

    assert rules_here(layer).longest == 100
    assert rules_here(again) == Rules(schedule=(Step(phase=Phase.OPEN, lasts=timedelta(days=3)),))


@pytest.mark.parametrize(
    "layer",
    [
        '{"longer": 1}',
        '{"longest": "many"}',
        '{"longest": 1.5}',
        '{"mode": "sometimes"}',
        '{"banned_words": "bilge"}',
        '{"schedule": [{"phase": "shut"}]}',
        '{"schedule": [{"phase": "open", "lasts": "two weeks"}]}',
        '{"schedule": [{"phase": "open", "until": "P1D"}]}',
        "[]",
        "null",
        "{",
        "",
    ],
)
def test_rules_that_cannot_be_used_are_refused_with_the_problem(layer: str) -> None:
    with pytest.raises(BadRules) as refused:
        rules_here(layer)

    assert refused.value.data["problem"]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("number", [-1, 10**12])
def test_a_number_that_cannot_be_meant_is_refused(name: str, number: int) -> None:
    with pytest.raises(BadRules):
        with_rules(NO_RULES, {name: number})


@pytest.mark.parametrize("name", ["longest", "posts_per_minute", "posts_per_hour"])
def test_a_limit_that_would_let_nobody_write_is_refused(name: str) -> None:
    with pytest.raises(BadRules):
        with_rules(NO_RULES, {name: 0})


@pytest.mark.parametrize(
    "step",
    [
        {"phase": "open", "ends_at": "2026-11-17T12:00:00"},  # in which zone?
        {"phase": "open", "lasts": "-P1D"},
        {"phase": "open", "lasts": "P900000D"},
    ],
)
def test_a_step_that_cannot_be_reckoned_with_is_refused(step: dict[str, Any]) -> None:
    with pytest.raises(BadRules):
        with_rules(NO_RULES, {"schedule": [step]})


def test_a_refused_change_leaves_no_trace() -> None:
    layer = with_rules(NO_RULES, {"longest": 100})

    with pytest.raises(BadRules):
        with_rules(layer, {"longest": "many"})

    assert rules_here(layer).longest == 100
