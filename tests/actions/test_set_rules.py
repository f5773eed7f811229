"""The whole form of a place's rules, sent: what changed in it holds, and nobody's change is lost under another's."""

from concurrent.futures import wait
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select
from tests.makers import NOON, Setting, a_story, after

from rejoinder.actions.set_rules import SetRules, place_of, set_rules
from rejoinder.discussion.refusals import BadRules, RulesChanged, UnknownSection, UnknownStory
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.store import sites
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.tables import rule_changes

HOW_MANY = Statement(select(func.count()).select_from(rule_changes))


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def place(setting: Setting, **where: str) -> RulePlace:
    return setting.read(lambda r: place_of(r, setting.site.seq, **where))


def order(setting: Setting, changes: dict[str, Any], *, seen: str | None = None, **where: str) -> SetRules:
    mark = place(setting, **where).mark if seen is None else seen
    return SetRules(site_seq=setting.site.seq, by_seq=setting.editor.seq, changes=changes, seen=mark, **where)


def test_a_site_a_section_and_a_story_are_set_each_by_itself(setting: Setting) -> None:
    story = setting.write(lambda w: a_story(w, setting.site, section="Harbour"))
    where: list[dict[str, str]] = [{}, {"section": "harbour"}, {"slug": story.slug}]

    for number, each in enumerate(where):
        sent = order(setting, {"links": number, "longest": None}, **each)
        assert setting.write(lambda w, sent=sent: set_rules(w, sent, now=NOON))  # type: ignore[misc] # the default binds the loop's value

    assert [place(setting, **each).rules.links for each in where] == [0, 1, 2]
    assert [place(setting, **each).origin("links") for each in where] == ["site", "section", "story"]
    assert place(setting, slug=story.slug).origin_above("links") == "section"


def test_only_what_changed_is_on_the_record_and_nothing_where_nothing_did(setting: Setting) -> None:
    sent = order(setting, {"links": 7, "longest": None, "newcomer_comments": 0})
    assert setting.write(lambda w: set_rules(w, sent, now=NOON))
    again = order(setting, {"links": 7})
    assert not setting.write(lambda w: set_rules(w, again, now=after(hours=1)))

    [change] = setting.read(lambda r: sites.rule_changes_of(r, setting.site.seq))
    before, became = msgspec.json.decode(change.before), msgspec.json.decode(change.after)
    assert {name: value for name, value in became.items() if before.get(name) != value} == {"links": 7}
    assert (change.by, change.at) == (setting.editor.name, NOON)


def test_the_changes_of_a_place_are_its_own(setting: Setting) -> None:
    setting.write(lambda w: a_story(w, setting.site, section="Harbour"))
    sent = order(setting, {"links": 7}, section="harbour")
    setting.write(lambda w: set_rules(w, sent, now=NOON))

    section = place(setting, section="harbour").section
    assert section is not None
    assert setting.read(lambda r: sites.rule_changes_of(r, setting.site.seq)) == []
    assert len(setting.read(lambda r: sites.rule_changes_of(r, setting.site.seq, section_seq=section.seq))) == 1


def test_what_was_seen_before_somebody_elses_change_is_not_set(setting: Setting) -> None:
    first, second = order(setting, {"links": 7}), order(setting, {"longest": 100})
    setting.write(lambda w: set_rules(w, first, now=NOON))

    with pytest.raises(RulesChanged):
        setting.write(lambda w: set_rules(w, second, now=NOON))

    assert (place(setting).rules.links, place(setting).rules.longest) == (7, 5000)


def test_bad_rules_and_unknown_places_are_refused(setting: Setting) -> None:
    with pytest.raises(BadRules):
        setting.write(lambda w: set_rules(w, order(setting, {"links": "many"}), now=NOON))
    with pytest.raises(UnknownSection):
        setting.write(lambda w: set_rules(w, order(setting, {}, seen="x", section="sport"), now=NOON))
    with pytest.raises(UnknownStory):
        setting.write(lambda w: set_rules(w, order(setting, {}, seen="x", slug="none"), now=NOON))


@pytest.mark.parametrize("where", ["site", "section", "story"])
def test_of_two_editors_at_once_one_is_told_of_the_other(either_database: Database, where: str) -> None:
    setting = Setting(either_database)
    story = setting.write(lambda w: a_story(w, setting.site, section="Harbour"))
    named: dict[str, str] = {"site": {}, "section": {"section": "harbour"}, "story": {"slug": story.slug}}[where]
    orders = [order(setting, {name: 9}, **named) for name in ("links", "shortest", "flags_to_hide", "flood_most")]

    def change(sent: SetRules, w: Write) -> bool:
        return set_rules(w, sent, now=NOON)

    futures = [either_database.write(lambda w, sent=sent: change(sent, w)) for sent in orders]  # type: ignore[misc] # the default binds the loop's value
    wait(futures, timeout=30)

    refused = [future.exception() for future in futures if future.exception() is not None]
    assert [type(each) for each in refused] == [RulesChanged] * 3
    assert setting.read(lambda r: r.value(HOW_MANY)) == 1
