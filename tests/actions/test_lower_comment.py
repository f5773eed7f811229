"""Letting a comment stand, but after all others: a decision with a reason, told, taken back like any other."""

from concurrent.futures import wait

import msgspec
import pytest
from sqlalchemy import select
from tests.makers import Setting, a_commenter, a_decision, after

from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.refusals import NotAllowed, NothingToDecide, NotPublished, ReasonNeeded, Stale
from rejoinder.discussion.tree import in_reading_order
from rejoinder.store import entries, newest, rankings
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import decisions as decision_table
from rejoinder.web.pages import orders


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def lower(setting: Setting, comment: Comment, *, reason: str | None = "trolling") -> Decision:
    return setting.decide(comment, Outcome.LOWER, reason=reason)


def undo(setting: Setting, decision: Decision) -> Decision:
    by = setting.editor.seq
    return setting.write(lambda w: undo_decision(w, 1, decision.id, by_seq=by, now=after(hours=3)))


def seqs_in(setting: Setting, order: Order) -> list[int]:
    story = setting.story_now()
    found = setting.read(lambda r: orders.roots(r, story, order, after=0).found)
    return [entry.comment.seq for entry in found]


@pytest.mark.parametrize("order", [Order.OLDEST, Order.NEWEST, Order.RECOMMENDED, Order.REPLIED])
def test_it_stands_after_all_others_in_every_order(setting: Setting, order: Order) -> None:
    first, second = setting.post(), setting.post()

    lower(setting, first)

    assert seqs_in(setting, order) == [second.seq]
    assert setting.story_now().lowered == 1
    below = setting.read(lambda r: entries.lowered(r, 1, setting.story.seq))
    assert [entry.comment.seq for entry in below] == [first.seq]


def test_a_ranking_that_is_kept_no_longer_shows_it(setting: Setting) -> None:
    first, second = setting.post(), setting.post()
    setting.write(lambda w: rankings.renew(w, setting.story_now(), now=after(hours=1)))

    lower(setting, first)

    assert seqs_in(setting, Order.RECOMMENDED) == [second.seq]


def test_neither_the_flat_row_nor_a_feed_nor_the_first_replies_have_it(setting: Setting) -> None:
    root = setting.post()
    reply = setting.post(parent_id=root.id)

    lower(setting, reply)

    flat = setting.read(lambda r: entries.flat(r, 1, setting.story.seq))
    feed = setting.read(lambda r: entries.newest(r, 1, setting.story.seq, most=9))
    of_site = setting.read(lambda r: newest.of_site(r, 1, most=9))
    replies = setting.read(lambda r: entries.first_replies(r, 1, entries.roots(r, 1, setting.story.seq)))
    for found in (flat, feed, of_site):
        assert [entry.comment.seq for entry in found] == [root.seq]
    assert replies == []


def test_on_its_threads_own_page_it_stands_after_its_sisters(setting: Setting) -> None:

    root = setting.post()
    first, second = setting.post(parent_id=root.id), setting.post(parent_id=root.id)
    below = setting.post(parent_id=first.id)

    lower(setting, first)

    replies = setting.read(lambda r: entries.replies_after(r, root))
    assert [e.comment.seq for e in in_reading_order(replies)] == [second.seq, first.seq, below.seq]


def test_what_waited_is_published_and_stands_last(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)
    held = setting.post()

    lower(setting, held)

    assert setting.again(held).status is Status.PUBLISHED
    assert setting.again(held).is_lowered
    assert setting.story_now().published_count == 1
    assert ("lowered", f"commenter:{setting.reader.seq}") in setting.letters(at=after(days=1))


def test_it_needs_a_reason_and_states_it_as_the_law_asks(setting: Setting) -> None:
    comment = setting.post()

    with pytest.raises(ReasonNeeded):
        lower(setting, comment, reason=None)
    decision = lower(setting, comment)

    stored = setting.read(
        lambda r: r.value(Statement(select(decision_table.c.statement).where(decision_table.c.seq == decision.seq)))
    )
    assert msgspec.json.decode(stored)["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DEMOTED"]
    with pytest.raises(NothingToDecide):
        lower(setting, comment)
    with pytest.raises(Stale):
        setting.decide(comment, Outcome.LOWER, reason="trolling", seen_revision=7)


def test_undoing_it_approving_it_and_undoing_that_put_it_back_and_forth(setting: Setting) -> None:
    comment = setting.post()

    undo(setting, lower(setting, comment))
    assert not setting.again(comment).is_lowered
    lower(setting, comment)
    approved = setting.decide(setting.again(comment), Outcome.APPROVE)
    assert not setting.again(comment).is_lowered
    undo(setting, approved)
    assert setting.again(comment).is_lowered
    removed = setting.decide(setting.again(comment), Outcome.REJECT)
    assert setting.story_now().lowered == 0
    undo(setting, removed)
    assert setting.story_now().lowered == 1


def test_a_pick_is_none_any_more_and_none_is_made_of_it(setting: Setting) -> None:
    comment = setting.post()
    by = setting.editor.seq
    setting.write(lambda w: pick_comment(w, 1, comment.id, by_seq=by, now=after(hours=2), note="The figure we missed."))

    lower(setting, comment)

    assert setting.read(lambda r: entries.picked(r, 1, setting.story.seq)) == []
    with pytest.raises(NotPublished):
        setting.write(lambda w: pick_comment(w, 1, comment.id, by_seq=by, now=after(hours=2)))


def test_a_reader_may_not(setting: Setting) -> None:
    comment = setting.post()
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh", role=Role.READER))

    with pytest.raises(NotAllowed):
        setting.write(lambda w: a_decision(w, comment, other, Outcome.LOWER, reason="trolling"))


def test_two_editors_at_once_lower_it_once(either_database: Database) -> None:

    setting = Setting(either_database)
    comment = setting.post()

    done = [
        either_database.write(lambda w: a_decision(w, comment, setting.editor, Outcome.LOWER, reason="trolling"))
        for _ in range(2)
    ]
    wait(done)

    assert sorted(type(each.exception()).__name__ for each in done) == ["NoneType", "NothingToDecide"]
    assert setting.story_now().lowered == 1
    assert seqs_in(setting, Order.OLDEST) == []
