"""The rules that hold somewhere: a site's, changed by a section's, changed by a story's."""

from datetime import timedelta
from typing import Any

import pytest

from rejoinder.discussion.closing import Phase, Step, open_for
from rejoinder.discussion.refusals import BadRules
from rejoinder.discussion.sites import (
    NO_RULES,
    Mode,
    Rules,
    layer_of_tags,
    rules_here,
    tags_of,
    where_set,
    with_rules,
)

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


TAGGED = """{"for_tags": [
    {"tag": "sub judice", "rules": {"mode": "pre-moderated", "links": 0}},
    {"tag": "election", "rules": {"mode": "reactive", "links": 9, "flags_to_hide": 1}},
    {"tag": "suicide", "rules": {"mode": "closed"}}
]}"""


@pytest.mark.parametrize(
    ("published", "story", "mode", "links", "flags"),
    [
        ((), "{}", Mode.POST, 2, 3),
        (("Sub-Judice",), "{}", Mode.PRE, 0, 3),
        (("election",), "{}", Mode.REACTIVE, 9, 1),
        (("election", "sub judice"), "{}", Mode.PRE, 0, 1),
        (("sub judice", "Suicide"), "{}", Mode.CLOSED, 0, 3),
        (("suicide",), '{"mode": "post-moderated"}', Mode.POST, 2, 3),
        ((), '{"tags": ["suicide"]}', Mode.CLOSED, 2, 3),
        (("suicide",), '{"tags": ["-Suicide", "election"]}', Mode.REACTIVE, 9, 1),
    ],
)
def test_a_tag_sets_rules_between_the_section_and_the_story(
    published: tuple[str, ...], story: str, mode: Mode, links: int, flags: int
) -> None:
    tags = layer_of_tags((TAGGED, "{}"), story, published)

    here = rules_here(TAGGED, "{}", tags, story)

    assert (here.mode, here.links, here.flags_to_hide) == (mode, links, flags)


def test_a_tag_wins_over_the_section_and_a_section_may_have_its_own() -> None:
    section = '{"mode": "reactive", "for_tags": [{"tag": "courts", "rules": {"mode": "closed"}}]}'

    assert layer_of_tags((TAGGED, '{"mode": "reactive"}'), "{}", ("suicide",)) == '{"mode":"closed"}'
    assert layer_of_tags((TAGGED, section), "{}", ("suicide",)) == "{}"
    assert layer_of_tags((TAGGED, section), "{}", ("Courts",)) == '{"mode":"closed"}'


@pytest.mark.parametrize(
    ("ours", "found"),
    [
        ((), ("Ferries", "Sub-judice")),
        (("courts",), ("Ferries", "Sub-judice", "courts")),
        (("-sub judice",), ("Ferries",)),
        (("ferries", "-Nothing"), ("Ferries", "Sub-judice")),
    ],
)
def test_a_storys_tags_are_the_publishers_and_ours(ours: tuple[str, ...], found: tuple[str, ...]) -> None:
    assert tags_of(("Ferries", "Sub-judice"), ours) == found


@pytest.mark.parametrize(
    "layer",
    [
        '{"for_tags": [{"tag": "x", "rules": {"links": "many"}}]}',
        '{"for_tags": [{"tag": "x", "rules": {"tags": ["y"]}}]}',
        '{"for_tags": [{"tag": "", "rules": {}}]}',
        '{"languages": ["English"]}',
        '{"capitals": 101}',
        '{"flood_among": 1}',
        '{"who": "nobody"}',
    ],
)
def test_new_rules_that_cannot_be_used_are_refused(layer: str) -> None:
    with pytest.raises(BadRules):
        rules_here(layer)


def test_where_a_rule_is_set() -> None:
    layers = ('{"links": 1}', '{"links": 2, "mode": "closed"}', '{"mode": "pre-moderated"}', '{"longest": 9}')

    assert [where_set(name, layers) for name in ("links", "mode", "longest", "shortest")] == [
        "section", "tags", "story", "default"
    ]  # fmt: skip
