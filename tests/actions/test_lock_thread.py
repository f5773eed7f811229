"""Closing a thread: it and all below it take no replies, the rest of the discussion goes on."""

from concurrent.futures import Future, wait
from typing import Any

import pytest
from tests.makers import Setting, a_comment, a_commenter, after

from rejoinder.actions.lock_thread import lock_thread
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import AlreadyUndone, NotAllowed, NothingToDecide, NotPublished, ThreadLocked
from rejoinder.store.database import Database

LATER = after(hours=2)


@pytest.fixture
def setting(either_database: Database) -> Setting:
    return Setting(either_database)


def lock(setting: Setting, comment: Comment, *, by_seq: int = 0) -> Decision:
    by = by_seq or setting.editor.seq
    return setting.write(lambda w: lock_thread(w, 1, comment.id, by_seq=by, now=LATER, note="Going in circles."))


def undo(setting: Setting, decision: Decision, *, by_seq: int = 0) -> Decision:
    by = by_seq or setting.editor.seq
    return setting.write(lambda w: undo_decision(w, 1, decision.id, by_seq=by, now=LATER))


def takes_replies(setting: Setting, comment: Comment) -> bool:
    try:
        setting.post(parent_id=comment.id, now=after(hours=3))
    except ThreadLocked:
        return False
    return True


@pytest.fixture
def thread(setting: Setting) -> tuple[Comment, Comment, Comment, Comment]:
    """A root, a reply, a reply to that, and another reply to the root."""
    root = setting.post()
    reply = setting.post(parent_id=root.id)
    return root, reply, setting.post(parent_id=reply.id), setting.post(parent_id=root.id)


def test_a_locked_root_takes_no_replies_nor_does_anything_below(setting: Setting, thread: tuple[Comment, ...]) -> None:
    other, version = setting.post(), setting.story_now().version

    decision = lock(setting, thread[0])

    assert (decision.outcome, decision.note) == (Outcome.LOCK, "Going in circles.")
    assert setting.story_now().version > version
    assert [takes_replies(setting, each) for each in thread] == [False] * 4
    assert takes_replies(setting, other)


def test_a_locked_branch_leaves_the_rest_of_its_thread_open(setting: Setting, thread: tuple[Comment, ...]) -> None:
    decision = lock(setting, thread[1])

    assert [takes_replies(setting, each) for each in thread] == [True, False, False, True]
    undo(setting, decision)
    assert [takes_replies(setting, each) for each in thread] == [True] * 4


def test_one_lock_in_another_holds_by_itself(setting: Setting, thread: tuple[Comment, ...]) -> None:
    inner, outer = lock(setting, thread[1]), lock(setting, thread[0])

    undo(setting, inner)
    assert [takes_replies(setting, each) for each in thread] == [False] * 4
    undo(setting, outer)
    assert [takes_replies(setting, each) for each in thread] == [True] * 4
    inner, outer = lock(setting, thread[1]), lock(setting, thread[0])
    undo(setting, outer)
    assert [takes_replies(setting, each) for each in thread] == [True, False, False, True]


def test_what_waited_below_it_can_still_be_approved(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    root = setting.post(by=setting.editor)
    held = setting.post(parent_id=root.id)

    lock(setting, root)
    setting.decide(held, Outcome.APPROVE)

    assert setting.again(held).status is Status.PUBLISHED
    assert not takes_replies(setting, held)


def test_only_what_is_open_is_locked_and_by_editors(setting: Setting, thread: tuple[Comment, ...]) -> None:
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))

    with pytest.raises(NotAllowed):
        lock(setting, thread[0], by_seq=moderator.seq)
    decision = lock(setting, thread[0])
    for locked in thread[:2]:
        with pytest.raises(NothingToDecide):
            lock(setting, locked)
    with pytest.raises(NotAllowed):
        undo(setting, decision, by_seq=moderator.seq)
    undo(setting, decision)
    with pytest.raises(AlreadyUndone):
        undo(setting, decision)


def test_what_was_never_published_is_not_locked(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)

    with pytest.raises(NotPublished):
        lock(setting, setting.post())


def test_two_editors_at_once_lock_it_once(setting: Setting, thread: tuple[Comment, ...]) -> None:
    by = setting.editor.seq

    done = [setting.database.write(lambda w: lock_thread(w, 1, thread[0].id, by_seq=by, now=LATER)) for _ in range(2)]
    wait(done)

    assert sorted(type(each.exception()).__name__ for each in done) == ["NoneType", "NothingToDecide"]


def test_a_reply_and_a_lock_at_once_leave_no_open_reply(setting: Setting) -> None:
    root = setting.post()
    by = setting.editor.seq

    done: list[Future[Any]] = [
        setting.database.write(lambda w: lock_thread(w, 1, root.id, by_seq=by, now=LATER)),
        *(
            setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, parent_id=root.id, now=LATER))
            for _ in range(4)
        ),
    ]
    wait(done)

    posted = [each.result().comment for each in done[1:] if each.exception() is None]
    assert done[0].exception() is None
    assert all(isinstance(each.exception(), ThreadLocked) for each in done[1:] if each.exception())
    assert [takes_replies(setting, setting.again(reply)) for reply in posted] == [False] * len(posted)
