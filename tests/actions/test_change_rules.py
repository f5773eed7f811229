"""Changing what holds on a site, in a section, under a story; all of it on the record."""

from concurrent.futures import wait

import msgspec
import pytest
from sqlalchemy import select
from tests.makers import NOON, Setting, a_commenter, a_story, after

from rejoinder.actions.change_rules import change_section_rules, change_site_rules, change_story_rules
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.refusals import BadRules, NotAllowed, UnknownSection
from rejoinder.store import sites, stories
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.tables import rule_changes

RECORD = Statement(
    select(rule_changes.c.section_seq, rule_changes.c.story_seq, rule_changes.c.by_seq, rule_changes.c.after).order_by(
        rule_changes.c.seq
    )
)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def test_a_story_is_ruled_by_site_then_section_then_itself(setting: Setting) -> None:
    story = setting.write(lambda w: a_story(w, setting.site, section="Harbour"))

    def change(w: Write) -> None:
        change_site_rules(w, 1, {"longest": 100, "links": 7}, by_seq=setting.editor.seq, now=NOON)
        change_section_rules(w, 1, "harbour", {"longest": 200}, by_seq=setting.editor.seq, now=NOON)
        change_story_rules(w, 1, story.seq, {"shortest": 3}, by_seq=setting.editor.seq, now=NOON)

    setting.write(change)

    here = setting.read(lambda r: stories.by_seq(r, 1, story.seq)).rules_here
    assert (here.longest, here.links, here.shortest) == (200, 7, 3)


def test_what_changes_all_pages_raises_the_epoch_of_the_site(setting: Setting) -> None:
    setting.write(lambda w: a_story(w, setting.site, section="Harbour"))
    epoch = setting.read(lambda r: sites.by_seq(r, 1)).epoch

    setting.write(lambda w: change_site_rules(w, 1, {"links": 7}, by_seq=None, now=NOON))
    setting.write(lambda w: change_section_rules(w, 1, "harbour", {"links": 8}, by_seq=None, now=NOON))

    assert setting.read(lambda r: sites.by_seq(r, 1)).epoch == epoch + 2


def test_a_change_for_one_story_raises_its_version(setting: Setting) -> None:
    setting.write(lambda w: change_story_rules(w, 1, setting.story.seq, {"links": 7}, by_seq=None, now=NOON))

    assert setting.story_now().version == setting.story.version + 1


def test_every_change_is_on_the_record(setting: Setting) -> None:
    setting.write(lambda w: change_site_rules(w, 1, {"links": 7}, by_seq=setting.editor.seq, now=NOON))
    setting.write(lambda w: change_story_rules(w, 1, setting.story.seq, {"links": 8}, by_seq=None, now=after(hours=1)))

    (first, second) = setting.read(lambda r: r.rows(RECORD))
    assert tuple(first[:3]) == (None, None, setting.editor.seq)
    assert msgspec.json.decode(first[3])["links"] == 7
    assert tuple(second) == (None, setting.story.seq, None, '{"links":8}')


def test_bad_rules_change_nothing_and_are_not_on_the_record(setting: Setting) -> None:
    with pytest.raises(BadRules):
        setting.write(lambda w: change_site_rules(w, 1, {"links": "many"}, by_seq=None, now=NOON))

    assert setting.read(lambda r: sites.by_seq(r, 1)) == setting.site
    assert setting.read(lambda r: r.rows(RECORD)) == []


@pytest.mark.parametrize("role", [Role.READER, Role.MODERATOR])
def test_only_an_editor_changes_rules(setting: Setting, role: Role) -> None:
    somebody = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=role))

    with pytest.raises(NotAllowed):
        setting.write(lambda w: change_site_rules(w, 1, {"links": 7}, by_seq=somebody.seq, now=NOON))


def test_an_unknown_section_is_told_so(setting: Setting) -> None:
    with pytest.raises(UnknownSection):
        setting.write(lambda w: change_section_rules(w, 1, "sport", {"links": 7}, by_seq=None, now=NOON))


def test_changes_at_once_are_all_kept(either_database: Database) -> None:
    setting = Setting(either_database)
    names = ["links", "shortest", "longest", "newcomer_comments", "edit_window", "flags_to_hide", "repeat_window"]

    futures = [
        either_database.write(lambda w, n=name: change_site_rules(w, 1, {n: 9}, by_seq=None, now=NOON))  # type: ignore[misc] # the default binds the loop's value
        for name in names
    ]
    wait(futures, timeout=30)

    kept = msgspec.json.decode(setting.read(lambda r: sites.by_seq(r, 1)).rules)
    assert {name: kept[name] for name in names} == dict.fromkeys(names, 9)
