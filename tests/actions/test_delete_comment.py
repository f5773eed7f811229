"""Deleting one's own comment: what stays, for readers and for the desk."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import NotEditable, NotYours
from rejoinder.store import cases, entries, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def deleted(setting: Setting, comment: Comment) -> Comment:
    return setting.write(
        lambda w: delete_comment(
            w, setting.site.seq, comment.id, commenter_seq=comment.commenter_seq, now=after(hours=2)
        )
    )


def shown(setting: Setting) -> list[Comment]:
    found = setting.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq))
    return [entry.comment for entry in found]


def test_an_unanswered_comment_goes_without_a_trace(setting: Setting) -> None:
    comment = setting.post()

    gone = deleted(setting, comment)

    assert (gone.status, gone.marker) == (Status.DELETED, Marker.NONE)
    assert shown(setting) == []
    assert setting.story_now().published_count == 0


def test_an_answered_comment_leaves_a_marker(setting: Setting) -> None:
    comment = setting.post()
    setting.post(parent_id=comment.id)

    gone = deleted(setting, comment)

    assert gone.marker is Marker.PLAIN
    assert shown(setting)[0].id == comment.id
    assert setting.story_now().published_count == 1


def test_a_comment_above_a_marker_leaves_one_too(setting: Setting) -> None:
    root = setting.post()
    middle = setting.post(parent_id=root.id)
    lower = setting.post(parent_id=middle.id)
    setting.post(parent_id=lower.id)
    deleted(setting, lower)

    assert deleted(setting, middle).marker is Marker.PLAIN
    assert len(shown(setting)) == 4


def test_a_reply_that_goes_is_no_longer_counted_below_its_root(setting: Setting) -> None:
    root = setting.post()
    reply = setting.post(parent_id=root.id)

    deleted(setting, reply)

    (entry,) = setting.read(lambda r: entries.roots(r, setting.site.seq, setting.story.seq))
    assert entry.replies == 0


def test_an_open_report_keeps_the_text_at_the_desk(setting: Setting) -> None:
    comment = setting.post("What I should not have said.")
    setting.write(lambda w: a_flag(w, comment))

    gone = deleted(setting, comment)

    assert gone.text == "What I should not have said."
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.REPORTED: 1}
    assert setting.read(lambda r: flags.open_count(r, gone)) == 1


def test_a_held_comment_that_goes_waits_no_longer(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)
    comment = setting.post()

    deleted(setting, comment)

    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {}
    assert setting.story_now() == setting.story


def test_what_was_removed_can_be_deleted_and_loses_its_reason(setting: Setting) -> None:
    comment = setting.post()
    setting.decide(comment, Outcome.REJECT)

    gone = deleted(setting, comment)

    assert (gone.status, gone.marker) == (Status.DELETED, Marker.NONE)
    assert shown(setting) == []
    assert setting.story_now().published_count == 0


def test_the_same_words_can_be_posted_again(setting: Setting) -> None:
    deleted(setting, setting.post("The early boat was full."))

    again = setting.post("The early boat was full.")

    assert [each.id for each in shown(setting)] == [again.id]


def test_somebody_elses_comment_is_not_deleted(setting: Setting) -> None:
    comment = setting.post()
    other = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))

    with pytest.raises(NotYours):
        setting.write(
            lambda w: delete_comment(w, setting.site.seq, comment.id, commenter_seq=other.seq, now=after(hours=2))
        )


def test_sixteen_deletions_at_once_delete_once(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    setting.post()

    futures = [
        either_database.write(
            lambda w: delete_comment(w, 1, comment.id, commenter_seq=setting.reader.seq, now=after(hours=2))
        )
        for _ in range(16)
    ]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), NotEditable) for future in futures) == 15
    assert setting.story_now().published_count == 1
