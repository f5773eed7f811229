"""A change of rules on the record, in words: every rule that there is, and what the record keeps of those that were."""

import json
from typing import Any

import msgspec
import pytest

from rejoinder.discussion.sites import NO_RULES, Rules
from rejoinder.language import words
from rejoinder.web.pages.rule_changes import changed_rules
from rejoinder.web.shown.record import RuleChange

ENGLISH = words("en")


def changed(before: dict[str, Any], after: dict[str, Any]) -> tuple[RuleChange, ...]:
    return changed_rules(json.dumps(before), json.dumps(after), ENGLISH)


@pytest.mark.parametrize(
    ("name", "value", "label", "told"),
    [
        ("links", 4, "Links before a comment is held", "4 links"),
        ("capitals", 0, "Capitals before a comment is held", "never"),
        ("edit_window", 600, "One’s own comment can be changed for", "10 minutes"),
        ("guests", True, "Guests may write, with a name and a confirmed address", "yes"),
        ("who", "staff", "Who may comment", "the editors alone"),
        ("languages", [], "Languages", "any"),
        ("languages", ["en", "de"], "Languages", "en de"),
        ("marks", [], "Levels shown beside names", "none"),
        ("closed_hours", ["22:00-06:00"], "Hours of rest", "22:00-06:00"),
        ("closed_hours", [], "Hours of rest", "none"),
        ("banned_words", [], "Banned words", "none"),
        ("ladder", {"on": False}, "Trust ladder", "off"),
        ("for_tags", [], "What stories of a tag have by themselves", "none"),
    ],
)
def test_a_rule_is_told_by_its_name_and_its_value_in_words(name: str, value: Any, label: str, told: str) -> None:
    [found] = changed({}, {name: value})

    assert (found.label, found.before, found.after) == (label, None, told)
    assert changed({name: value}, {}) == (RuleChange(label=label, before=told, after=None),)


def test_what_stories_of_a_tag_have_is_told_rule_by_rule() -> None:
    rules = [{"tag": "election", "rules": {"mode": "pre-moderated", "links": 0}}]

    [found] = changed({}, {"for_tags": rules})

    told = "election: pre-moderated: read before publication, Links before a comment is held 0 links"
    assert (found.after or "").replace("\u2068", "").replace("\u2069", "") == told


def test_a_schedule_is_told_phase_by_phase() -> None:
    steps = [{"phase": "open", "lasts": "P14D"}, {"phase": "replies", "lasts": "P2D"}, {"phase": "read-only"}]

    [found] = changed({}, {"schedule": steps})

    assert found.after == "open, 14 days; replies only, 2 days; closed"


def test_every_rule_that_there_is_can_be_told() -> None:
    every = json.loads(msgspec.json.encode(Rules()))

    found = changed({}, every)

    assert len(found) == len(Rules.__struct_fields__)
    assert [each.label for each in found if each.label in every or not each.after or each.after[0] in "[{"] == []


def test_the_record_outlives_a_rule_and_what_it_could_be() -> None:
    found = changed({"no_rule_any_more": 3}, {"links": "many"})

    assert found == (
        RuleChange(label="Links before a comment is held", before=None, after='"many"'),
        RuleChange(label="no_rule_any_more", before="3", after=None),
    )


def test_what_is_the_same_is_not_told() -> None:
    assert changed({"links": 2}, {"links": 2}) == ()
    assert changed_rules(NO_RULES, NO_RULES, ENGLISH) == ()
