"""The record at the desk: every kind of entry is worded, and can be looked for."""

import re

import pytest
from tests.makers import NOON, a_commenter, a_story, after
from tests.serving import Served

from rejoinder.actions.change_role import change_role
from rejoinder.actions.change_rules import change_section_rules, change_site_rules
from rejoinder.actions.close_story import restore_story, withdraw_story
from rejoinder.actions.earn_trust import appoint
from rejoinder.actions.leave import Rest, erase_part
from rejoinder.actions.merge_stories import merge_stories, part_stories
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.trust import Level
from rejoinder.store import accounts, sites
from rejoinder.store.database import Write
from rejoinder.web.pages.record import KINDS


def _acts(w: Write, served: Served) -> None:
    """One of each kind that editors do."""
    setting, site = served.setting, served.setting.site
    editor = {"by_seq": setting.editor.seq}
    change_site_rules(w, site.seq, {"longest": 900, "ladder": {"on": True}}, **editor, now=NOON)
    withdraw_story(w, site.seq, setting.story.seq, **editor, now=NOON)
    restore_story(w, site.seq, setting.story.seq, **editor, now=NOON)
    other = a_story(w, site, headline="The ferry sails")
    merge = merge_stories(w, site.seq, other.seq, setting.story.seq, **editor, now=NOON)
    part_stories(w, site.seq, merge.id, **editor, now=NOON)
    appoint(w, site.seq, setting.reader.id, Level.EXPERT, by_seq=setting.editor.seq, now=NOON)
    hale = a_commenter(w, site, "hale")
    account = accounts.by_seq(w, hale.account_seq or 0)
    change_role(w, site.seq, account.address, Role.MODERATOR, now=NOON)


@pytest.fixture
def told(served: Served) -> Served:
    """A server where all of it was done."""
    comment = served.setting.post()
    served.setting.write(lambda w: pick_comment(w, 1, comment.id, by_seq=served.setting.editor.seq, now=after(hours=1)))
    served.setting.decide(comment, Outcome.REJECT, note="Twice.")
    served.setting.write(lambda w: _acts(w, served))
    return served


def _page(served: Served, query: str = "") -> str:
    answer = served.client(served.setting.editor).get(f"{served.site}/desk/log{query}")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_every_kind_of_entry_is_told_in_words(told: Served) -> None:
    page = _page(told)

    for words in (
        "Changed the rules",
        "Took the discussion out of sight",
        "Put the discussion back",
        "Made the discussion part of another",
        "Made the discussion its own again",
        "Picked the comment",
        "Set the level: new to expert",
        "Gave another role: reader to moderator",
        "Twice.",
    ):
        assert words in page, words
    assert "<dt>Longest comment:</dt>" in page


def test_a_change_of_rules_is_told_in_words_with_its_section(served: Served) -> None:
    setting, by_seq = served.setting, served.setting.editor.seq
    section = setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    for links in (0, 4):
        rules = {"links": links, "mode": "pre-moderated", "suspect_words": ["keel"]}
        setting.write(lambda w, rules=rules: change_section_rules(w, 1, section.key, rules, by_seq=by_seq, now=NOON))  # type: ignore[misc] # binds the loop's value

    page = " ".join(re.sub(r"<[^>]+>", " ", _page(served)).split())

    assert "Changed the rules of the section Sport" in page
    assert "Links before a comment is held: 4 links ; before: 0 links" in page
    assert "Mode: pre-moderated: read before publication ; before: as inherited" in page
    assert "Suspect words: keel ; before: as inherited" in page
    assert not re.search(r"\[\s*(&quot;|&#34;|\")", page)


@pytest.mark.parametrize(("kind", "words"), [("merge", "part of another"), ("role", "Gave another role")])
def test_one_kind_can_be_looked_for(told: Served, kind: str, words: str) -> None:
    page = _page(told, f"?kind={kind}")

    assert words in page
    assert "Took the discussion out of sight" not in page


def test_one_editors_acts_can_be_looked_for(told: Served) -> None:
    page = _page(told, f"?by={told.setting.editor.id}")

    assert "Changed the rules" in page
    assert "Gave another role" not in page  # the command line did that


def test_a_kind_there_is_none_of_is_no_page(told: Served) -> None:
    assert told.client(told.setting.editor).get(f"{told.site}/desk/log?kind=nonsense").status_code == 404


def test_pages_of_entries_follow_each_other(told: Served) -> None:
    for _ in range(55):
        told.setting.decide(told.setting.post(), Outcome.APPROVE)

    first = _page(told, "?kind=decision")
    after_number = first.partition("kind=decision&amp;after=")[2].partition('"')[0]

    assert after_number
    assert "Twice." not in first
    assert "Twice." in _page(told, f"?kind=decision&after={after_number}")


def test_words_that_left_with_their_writer_are_not_told(told: Served) -> None:
    setting = told.setting
    rest = Rest(site_seq=1, commenter_seq=setting.reader.seq, name="northquay", called="Former", erase=True)
    setting.write(lambda w: erase_part(w, rest, now=after(hours=9)))

    page = _page(told)

    assert "Twice." not in page
    assert "Took the words out of 1 entry" in page
    assert "its words left with whom they were about" in page


def test_every_kind_has_a_name() -> None:
    assert set(KINDS) == set(RecordKind)
