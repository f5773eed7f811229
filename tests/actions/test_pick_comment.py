"""Editors' picks: by editors, of what is published, on and off."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_commenter, after

from rejoinder.actions.pick_comment import pick_comment
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import NotAllowed, NotPublished
from rejoinder.store import entries, picks
from rejoinder.store.database import Database

LATER = after(hours=2)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def pick(setting: Setting, comment: Comment, *, by_seq: int | None = None, back: bool = False) -> Comment:
    by = by_seq or setting.editor.seq
    return setting.write(lambda w: pick_comment(w, setting.site.seq, comment.id, by_seq=by, now=LATER, back=back))


def picked(setting: Setting) -> list[int]:
    found = setting.read(lambda r: entries.picked(r, setting.site.seq, setting.story.seq))
    return [entry.comment.seq for entry in found]


def test_picks_stand_in_the_order_of_publication_and_can_be_taken_back(setting: Setting) -> None:
    first, second = setting.post(), setting.post()
    reply = setting.post(parent_id=first.id)
    version = setting.story_now().version

    for comment in (reply, second, second, first):
        pick(setting, comment)

    assert picked(setting) == [first.seq, second.seq, reply.seq]
    assert setting.story_now().version == version + 3
    pick(setting, second, back=True)
    pick(setting, second, back=True)
    assert picked(setting) == [first.seq, reply.seq]
    assert setting.story_now().version == version + 4


def test_only_what_is_published_is_picked_and_a_removed_pick_is_not_shown(setting: Setting) -> None:
    comment, removed = setting.post(), setting.post()
    pick(setting, comment)
    for each in (comment, removed):
        setting.decide(each, Outcome.REJECT)

    with pytest.raises(NotPublished):
        pick(setting, removed)
    assert picked(setting) == []
    pick(setting, comment, back=True)
    assert not setting.read(lambda r: picks.is_picked(r, comment))


def test_only_editors_pick(setting: Setting) -> None:
    comment = setting.post()
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker", role=Role.MODERATOR))

    for person in (setting.reader, moderator):
        with pytest.raises(NotAllowed):
            pick(setting, comment, by_seq=person.seq)
    assert picked(setting) == []


def test_sixteen_picks_at_once_are_one(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    version, by = setting.story_now().version, setting.editor.seq

    done = [
        either_database.write(lambda w: pick_comment(w, setting.site.seq, comment.id, by_seq=by, now=LATER))
        for _ in range(16)
    ]
    wait(done)

    assert [each.exception() for each in done] == [None] * 16
    assert setting.story_now().version == version + 1
