"""Moving a reply under another comment, with its own replies: places, counts, links and cursors stay right."""

from concurrent.futures import Future, wait
from typing import Any
from uuid import uuid4

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_story, after

from rejoinder.actions.lock_thread import lock_thread
from rejoinder.actions.move_reply import move_reply
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import (
    AlreadyUndone,
    CannotMove,
    NotAllowed,
    NothingToDecide,
    ThreadLocked,
    UnknownComment,
)
from rejoinder.store import entries
from rejoinder.store.database import Database

LATER = after(hours=2)


class Threads(Setting):
    """Two threads: `one` with `a`, `b` below `a`, `c` below `b`, and `d`; `two` with `x`."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.one, self.two = self.post(), self.post()
        self.a = self.post(parent_id=self.one.id)
        self.b = self.post(parent_id=self.a.id)
        self.c = self.post(parent_id=self.b.id)
        self.d = self.post(parent_id=self.one.id)
        self.x = self.post(parent_id=self.two.id)

    def move(self, comment: Comment, under: Comment, *, by_seq: int = 0) -> Decision:
        by = by_seq or self.editor.seq
        return self.write(lambda w: move_reply(w, 1, comment.id, under=under.id, by_seq=by, now=LATER))

    def undo(self, decision: Decision) -> Decision:
        by = self.editor.seq
        return self.write(lambda w: undo_decision(w, 1, decision.id, by_seq=by, now=LATER))

    def stands(self, comment: Comment) -> tuple[int | None, int | None, int]:
        found = self.again(comment)
        return found.parent_seq, found.root_seq, found.depth

    def counts(self) -> list[int]:
        """How many replies are counted below each root, and how many there are."""
        found = []
        for root in (self.one, self.two):
            entry = self.read(lambda r, root=root: entries.one_by_seq(r, 1, root.seq))  # type: ignore[misc] # binds the loop's value
            below = self.read(lambda r, root=root: entries.replies_after(r, root))  # type: ignore[misc] # binds the loop's value
            assert entry is not None
            assert entry.replies == len(below)
            found.append(entry.replies)
        return found


@pytest.fixture
def threads(either_database: Database) -> Threads:
    return Threads(either_database)


def test_a_branch_moves_into_another_thread_with_all_below_it(threads: Threads) -> None:
    places = [threads.again(each).publish_seq for each in (threads.b, threads.c)]

    decision = threads.move(threads.b, threads.x)

    assert threads.stands(threads.b) == (threads.x.seq, threads.two.seq, 2)
    assert threads.stands(threads.c) == (threads.b.seq, threads.two.seq, 3)
    assert threads.counts() == [2, 3]
    assert [threads.again(each).publish_seq for each in (threads.b, threads.c)] == places
    assert [threads.again(each).reply_place for each in (threads.x, threads.b, threads.c)] == [1, 2, 3]
    assert (decision.outcome, decision.rule) == (Outcome.MOVE, str(threads.a.id))


def test_within_its_thread_everybody_keeps_their_place(threads: Threads) -> None:
    before = [threads.again(each).reply_place for each in (threads.a, threads.b, threads.c, threads.d)]

    threads.move(threads.b, threads.one)

    assert threads.stands(threads.b) == (threads.one.seq, threads.one.seq, 1)
    assert threads.stands(threads.c) == (threads.b.seq, threads.one.seq, 2)
    assert [threads.again(each).reply_place for each in (threads.a, threads.b, threads.c, threads.d)] == before
    assert threads.counts() == [4, 1]


def test_a_cursor_into_the_new_thread_sees_it_and_skips_nothing(threads: Threads) -> None:
    seen = threads.read(lambda r: entries.replies_after(r, threads.two))[-1].comment.reply_place or 0

    threads.move(threads.a, threads.two)

    found = threads.read(lambda r: entries.replies_after(r, threads.two, after=seen))
    assert [entry.comment.seq for entry in found] == [threads.a.seq, threads.b.seq, threads.c.seq]


def test_the_next_reply_there_has_the_next_place(threads: Threads) -> None:
    threads.move(threads.a, threads.two)

    assert threads.post(parent_id=threads.b.id, now=LATER).reply_place == 5


def test_taking_it_back_moves_it_back_once(threads: Threads) -> None:
    before = [threads.stands(each) for each in (threads.b, threads.c)]
    decision = threads.move(threads.b, threads.x)

    threads.undo(decision)

    assert [threads.stands(each) for each in (threads.b, threads.c)] == before
    assert threads.counts() == [4, 1]
    with pytest.raises(AlreadyUndone):
        threads.undo(decision)


def test_what_does_not_count_is_not_counted(threads: Threads) -> None:
    threads.decide(threads.c, Outcome.REJECT)

    threads.move(threads.b, threads.x)

    entry = threads.read(lambda r: entries.one_by_seq(r, 1, threads.two.seq))
    assert entry is not None
    assert entry.replies == 2


def test_it_is_as_locked_as_where_it_comes_to(threads: Threads) -> None:
    by = threads.editor.seq
    threads.write(lambda w: lock_thread(w, 1, threads.two.id, by_seq=by, now=LATER))

    decision = threads.move(threads.b, threads.x)

    with pytest.raises(ThreadLocked):
        threads.post(parent_id=threads.c.id, now=LATER)
    threads.undo(decision)
    threads.post(parent_id=threads.c.id, now=LATER)


def test_where_it_cannot_go(threads: Threads) -> None:
    elsewhere = threads.write(lambda w: a_story(w, threads.site))
    foreign = threads.write(lambda w: a_comment(w, elsewhere, threads.reader)).comment
    moderator = threads.write(lambda w: a_commenter(w, threads.site, "desk hand", role=Role.MODERATOR))

    for comment, under, refusal in (
        (threads.one, threads.two, CannotMove),
        (threads.a, threads.c, CannotMove),
        (threads.a, threads.a, CannotMove),
        (threads.a, foreign, CannotMove),
        (threads.a, threads.one, NothingToDecide),
    ):
        with pytest.raises(refusal):
            threads.move(comment, under)
    with pytest.raises(NotAllowed):
        threads.move(threads.a, threads.two, by_seq=moderator.seq)
    by = threads.editor.seq
    with pytest.raises(UnknownComment):
        threads.write(lambda w: move_reply(w, 1, threads.a.id, under=uuid4(), by_seq=by, now=LATER))


def test_two_editors_and_a_reader_at_once_leave_every_count_right(threads: Threads) -> None:
    by = threads.editor.seq
    database = threads.database

    done: list[Future[Any]] = [
        database.write(lambda w: move_reply(w, 1, threads.b.id, under=threads.x.id, by_seq=by, now=LATER)),
        database.write(lambda w: move_reply(w, 1, threads.a.id, under=threads.two.id, by_seq=by, now=LATER)),
        database.write(lambda w: a_comment(w, threads.story, threads.reader, parent_id=threads.c.id, now=LATER)),
        database.write(lambda w: a_comment(w, threads.story, threads.reader, parent_id=threads.d.id, now=LATER)),
    ]
    wait(done)

    assert [each.exception() for each in done] == [None] * 4
    assert sum(threads.counts()) == 7
    for reply in (each.result().comment for each in done[2:]):
        now = threads.again(reply)
        parent = threads.read(lambda r, now=now: entries.one_by_seq(r, 1, now.parent_seq or 0))  # type: ignore[misc] # binds the loop's value
        assert parent is not None
        assert (now.root_seq, now.depth) == (parent.comment.root_seq, parent.comment.depth + 1)


def test_two_editors_at_once_take_it_back_once(threads: Threads) -> None:
    decision = threads.move(threads.b, threads.x)
    by = threads.editor.seq

    done = [threads.database.write(lambda w: undo_decision(w, 1, decision.id, by_seq=by, now=LATER)) for _ in range(2)]
    wait(done)

    assert sorted(type(each.exception()).__name__ for each in done) == ["AlreadyUndone", "NoneType"]
    assert threads.counts() == [4, 1]
