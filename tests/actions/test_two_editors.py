"""One card after another editor: what was seen of it, and what that allows. Both at once: `test_every_race`."""

import pytest
from tests.makers import Setting, a_decision, after, an_editor

from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import Stale
from rejoinder.store import decisions
from rejoinder.store.database import Database


class Two(Setting):
    """A comment that waits, and two editors who have its card open."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, newcomer_comments=1)
        self.waiting: Comment = self.post()
        self.other: Commenter = self.write(lambda w: an_editor(w, self.site, "M. Lowen"))

    def judge(self, by: Commenter, outcome: Outcome, *, seen: int = 0) -> Decision:
        return self.write(lambda w: a_decision(w, self.waiting, by, outcome, seen_revision=1, seen_decision=seen))

    def record(self) -> list[Decision]:
        return self.read(lambda r: decisions.of_comment(r, self.site.seq, self.waiting.seq))


def test_who_has_seen_the_decision_may_decide_otherwise(database: Database) -> None:
    two = Two(database)
    first = two.judge(two.editor, Outcome.APPROVE)

    second = two.judge(two.other, Outcome.REJECT, seen=first.seq)

    assert [each.by_name for each in two.record()] == ["R. Teague", "M. Lowen"]
    assert second.seq > first.seq


def test_one_s_own_decision_taken_back_is_no_surprise(database: Database) -> None:
    two = Two(database)
    first = two.judge(two.editor, Outcome.APPROVE)
    two.write(lambda w: undo_decision(w, two.site.seq, first.id, by_seq=two.editor.seq, now=after(hours=3)))

    assert two.judge(two.editor, Outcome.REJECT).outcome is Outcome.REJECT


def test_a_text_that_changed_is_said_before_anything_else_where_nobody_decided(database: Database) -> None:
    two = Two(database)

    with pytest.raises(Stale):
        two.write(lambda w: a_decision(w, two.waiting, two.editor, Outcome.APPROVE, seen_revision=7, seen_decision=0))
