"""Two editors at the same card: the second is told that, and by whom, it was decided."""

from concurrent.futures import Future, wait

import pytest
from tests.makers import Setting, a_decision, after, an_editor

from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import AlreadyUndone, DecidedMeanwhile, Stale
from rejoinder.store import decisions
from rejoinder.store.database import Database


class Two(Setting):
    """A comment that waits, and two editors who have its card open."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, newcomer_comments=1)
        self.waiting: Comment = self.post()
        self.other: Commenter = self.write(lambda w: an_editor(w, self.site, "M. Lowen"))

    def begin(self, by: Commenter, outcome: Outcome, *, seen: int = 0) -> "Future[Decision]":
        return self.database.write(
            lambda w: a_decision(w, self.waiting, by, outcome, seen_revision=1, seen_decision=seen)
        )

    def record(self) -> list[Decision]:
        return self.read(lambda r: decisions.of_comment(r, self.site.seq, self.waiting.seq))


@pytest.mark.parametrize("second", [Outcome.APPROVE, Outcome.REJECT])
@pytest.mark.parametrize("first", [Outcome.APPROVE, Outcome.REJECT])
def test_the_second_of_two_decisions_at_once_is_told_of_the_first(
    either_database: Database, first: Outcome, second: Outcome
) -> None:
    two = Two(either_database)

    both = [two.begin(two.editor, first), two.begin(two.other, second)]
    wait(both, timeout=30)

    (decision,) = two.record()
    (refused,) = [each.exception() for each in both if each.exception()]
    assert isinstance(refused, DecidedMeanwhile)
    assert refused.data == {"name": decision.by_name}


def test_who_has_seen_the_decision_may_decide_otherwise(database: Database) -> None:
    two = Two(database)
    first = two.begin(two.editor, Outcome.APPROVE).result()

    second = two.begin(two.other, Outcome.REJECT, seen=first.seq).result()

    assert [each.by_name for each in two.record()] == ["R. Teague", "M. Lowen"]
    assert second.seq > first.seq


def test_one_s_own_decision_taken_back_is_no_surprise(database: Database) -> None:
    two = Two(database)
    first = two.begin(two.editor, Outcome.APPROVE).result()
    two.write(lambda w: undo_decision(w, two.site.seq, first.id, by_seq=two.editor.seq, now=after(hours=3)))

    assert two.begin(two.editor, Outcome.REJECT).result().outcome is Outcome.REJECT


def test_of_two_who_undo_the_same_decision_at_once_one_does(either_database: Database) -> None:
    two = Two(either_database)
    decision = two.begin(two.editor, Outcome.REJECT).result()

    both = [
        either_database.write(
            lambda w, by=by: undo_decision(w, two.site.seq, decision.id, by_seq=by.seq, now=after(hours=3))  # type: ignore[misc] # the default binds the loop's value
        )
        for by in (two.editor, two.other)
    ]
    wait(both, timeout=30)

    assert [type(each.exception()) for each in both if each.exception()] == [AlreadyUndone]
    assert [each.outcome for each in two.record()] == [Outcome.REJECT, Outcome.UNDO]


def test_a_text_that_changed_is_said_before_anything_else_where_nobody_decided(database: Database) -> None:
    two = Two(database)

    with pytest.raises(Stale):
        two.write(lambda w: a_decision(w, two.waiting, two.editor, Outcome.APPROVE, seen_revision=7, seen_decision=0))
