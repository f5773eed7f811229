"""Hearing an appeal: by somebody else, once; a grant restores everything, a refusal says why."""

from concurrent.futures import wait
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.makers import Setting, a_commenter, a_decision, a_flag, after, an_editor

from rejoinder.actions.appeal import AppealDecision, AppealReport, appeal_decision, appeal_report
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_as_editor import EditorsEdit, edit_as_editor
from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.hear_appeal import hear_appeal
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.actions.undo_hearing import undo_hearing
from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.editing import Showing
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import (
    AlreadyHeard,
    AlreadyUndone,
    AnswerNeeded,
    FreshLookTooSoon,
    HeardByAnother,
    NotAllowed,
    NothingToDecide,
    ReasonNeeded,
    Stale,
)
from rejoinder.store import appeals, cases, commenters, decisions, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Write


class Hearings(Setting):
    """A setting with a second editor."""

    def __init__(self, database: Database, **rules: Any) -> None:
        super().__init__(database, **rules)
        self.other = self.write(lambda w: an_editor(w, self.site, "M. Penrose"))

    def appeal(self, decision: Decision, text: str = "It was a joke.") -> Appeal:
        order = AppealDecision(site_seq=self.site.seq, decision_id=decision.id, text=text)
        return self.write(lambda w: appeal_decision(w, order, now=after(hours=3)))

    def hear(
        self,
        appeal: Appeal,
        outcome: Hearing = Hearing.GRANTED,
        *,
        by: Commenter | None = None,
        now: datetime | None = None,
        **known: Any,
    ) -> Appeal:
        values: dict[str, Any] = {"answer": "We looked again.", "seen_revision": 1} | known
        order = Hear(
            site_seq=self.site.seq,
            appeal_id=appeal.id,
            by_seq=(by or self.other).seq,
            outcome=outcome,
            **values,
        )
        return self.write(lambda w: hear_appeal(w, order, now=now or after(hours=4)))

    def undo(self, decision_seq: int | None) -> None:
        assert decision_seq is not None
        found = self.read(lambda r: decisions.by_seq(r, self.site.seq, decision_seq))
        self.write(
            lambda w: undo_decision(w, self.site.seq, found.id, by_seq=self.other.seq, now=after(hours=4, seconds=9))
        )

    def open_cases(self) -> dict[CaseKind, int]:
        return self.read(lambda r: cases.counts(r, self.site.seq))

    def answers(self, comment: Comment) -> list[tuple[Resolution | None, int | None]]:
        found = self.read(lambda r: flags.of_comment(r, self.site.seq, comment.seq))
        return [(each.flag.resolution, each.decision_seq) for each in found]


@pytest.fixture
def desk(database: Database) -> Hearings:
    return Hearings(database)


def test_a_granted_appeal_puts_the_comment_back_in_its_place(desk: Hearings) -> None:
    first, _second = desk.post(), desk.post()
    made = desk.appeal(removed := desk.decide(first, Outcome.REJECT))

    heard = desk.hear(made)

    again = desk.again(first)
    assert (again.status, again.marker, again.publish_seq) == (Status.PUBLISHED, Marker.NONE, 1)
    assert desk.story_now().published_count == 2
    assert (heard.outcome, heard.heard_by, heard.is_fresh_look) == (Hearing.GRANTED, desk.other.seq, False)
    [_, result] = desk.read(lambda r: decisions.of_comment(r, desk.site.seq, first.seq))
    assert (result.seq, result.reverses, result.note) == (heard.result_seq, removed.seq, "We looked again.")
    assert desk.open_cases() == {}


def test_what_was_never_published_is_published_by_a_granted_appeal(database: Database) -> None:
    desk = Hearings(database, newcomer_comments=1)
    comment = desk.post()
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))

    desk.hear(made)

    assert desk.again(comment).publish_seq == 1


def test_points_reports_and_replies_come_back_with_it(database: Database) -> None:
    desk = Hearings(database, ladder={"on": True}, replies_of_removed="go")
    comment = desk.post()
    desk.decide(comment, Outcome.APPROVE)
    reply = desk.post(by=desk.editor, parent_id=comment.id)
    before = desk.read(lambda r: commenters.by_seq(r, desk.site.seq, desk.reader.seq))
    desk.write(lambda w: a_flag(w, comment))
    made = desk.appeal(removed := desk.decide(comment, Outcome.REJECT))
    assert desk.answers(comment) == [(Resolution.UPHELD, removed.seq)]
    assert desk.again(reply).status is Status.REMOVED

    heard = desk.hear(made)

    assert desk.read(lambda r: commenters.by_seq(r, desk.site.seq, desk.reader.seq)).points == before.points
    assert desk.answers(comment) == [(Resolution.DECLINED, heard.result_seq)]
    assert desk.again(reply).status is Status.PUBLISHED


def test_an_undone_grant_leaves_everything_as_it_was_before_the_hearing(database: Database) -> None:
    desk = Hearings(database, ladder={"on": True}, replies_of_removed="go")
    comment = desk.post()
    desk.decide(comment, Outcome.APPROVE)
    reply = desk.post(by=desk.editor, parent_id=comment.id)
    desk.write(lambda w: a_flag(w, comment))
    removed = desk.decide(comment, Outcome.REJECT)
    desk.write(lambda w: a_flag(w, comment, device=2, now=after(hours=2, minutes=30)))
    made = desk.appeal(removed)
    points = desk.read(lambda r: commenters.by_seq(r, desk.site.seq, desk.reader.seq)).points
    was = desk.again(comment), desk.answers(comment), desk.open_cases(), points

    heard = desk.hear(made)
    desk.undo(heard.result_seq)

    points = desk.read(lambda r: commenters.by_seq(r, desk.site.seq, desk.reader.seq)).points
    assert (desk.again(comment), desk.answers(comment), desk.open_cases(), points) == was
    assert desk.again(reply).status is Status.REMOVED
    assert desk.read(lambda r: appeals.by_seq(r, desk.site.seq, made.seq)).outcome is None
    assert desk.hear(made, now=after(hours=5)).outcome is Hearing.GRANTED
    assert desk.again(comment).status is Status.PUBLISHED


def test_letters_of_a_hearing_that_was_undone_in_time_do_not_go(desk: Hearings) -> None:
    comment = desk.post()
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))
    desk.letters(at=after(hours=3))

    desk.undo(desk.hear(made).result_seq)

    assert desk.letters(at=after(hours=9)) == []


def test_a_refused_appeal_changes_nothing_and_says_why(desk: Hearings) -> None:
    comment = desk.post()
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))

    with pytest.raises(AnswerNeeded):
        desk.hear(made, Hearing.REFUSED, answer=" ")
    heard = desk.hear(made, Hearing.REFUSED)

    assert (heard.outcome, heard.answer, heard.result_seq) == (Hearing.REFUSED, "We looked again.", None)
    assert desk.again(comment).status is Status.REMOVED
    assert desk.open_cases() == {}
    assert ("appeal-heard", f"commenter:{desk.reader.seq}") in desk.letters(at=after(hours=9))


def test_a_refusal_is_taken_back_until_its_letter_goes(desk: Hearings) -> None:
    made = desk.appeal(desk.decide(desk.post(), Outcome.REJECT))
    desk.hear(made, Hearing.REFUSED)
    known = {"by_seq": desk.other.seq, "undo_for": timedelta(seconds=30)}

    again = desk.write(
        lambda w: undo_hearing(w, desk.site.seq, made.id, now=after(hours=4, seconds=20), **known)  # type: ignore[arg-type] # by name
    )

    assert (again.outcome, again.answer) == (None, "")
    assert desk.open_cases() == {CaseKind.APPEAL: 1}
    assert "appeal-heard" not in [letter for letter, _ in desk.letters(at=after(hours=9))]
    desk.hear(made, Hearing.REFUSED)
    with pytest.raises(AlreadyUndone):
        desk.write(
            lambda w: undo_hearing(w, desk.site.seq, made.id, now=after(hours=4, seconds=30), **known)  # type: ignore[arg-type] # by name
        )


def test_who_decided_does_not_hear_it_where_somebody_else_can(desk: Hearings) -> None:
    made = desk.appeal(desk.decide(desk.post(), Outcome.REJECT))

    with pytest.raises(HeardByAnother):
        desk.hear(made, by=desk.editor, now=after(days=3))
    with pytest.raises(NotAllowed):
        desk.hear(made, by=desk.reader)


def test_nobody_hears_their_own_appeal(desk: Hearings) -> None:
    comment = desk.post(by=desk.other)
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))

    with pytest.raises(HeardByAnother):
        desk.hear(made, by=desk.other)


def test_the_only_editor_takes_a_fresh_look_on_a_later_day(database: Database) -> None:
    setting = Setting(database)
    decision = setting.decide(setting.post(), Outcome.REJECT)
    order = AppealDecision(site_seq=setting.site.seq, decision_id=decision.id)
    made = setting.write(lambda w: appeal_decision(w, order, now=after(hours=3)))
    hear = Hear(
        site_seq=setting.site.seq,
        appeal_id=made.id,
        by_seq=setting.editor.seq,
        outcome=Hearing.GRANTED,
        seen_revision=1,
    )

    with pytest.raises(FreshLookTooSoon):
        setting.write(lambda w: hear_appeal(w, hear, now=after(hours=4)))
    heard = setting.write(lambda w: hear_appeal(w, hear, now=after(days=1)))

    assert heard.is_fresh_look


def test_a_reporter_who_was_right_has_the_comment_removed(desk: Hearings) -> None:
    comment = desk.post()
    receipt = desk.write(lambda w: a_flag(w, comment)).receipt
    desk.write(lambda w: a_flag(w, comment, device=5))
    approved = desk.decide(comment, Outcome.APPROVE)
    order = AppealReport(site_seq=desk.site.seq, receipt=receipt)
    made = desk.write(lambda w: appeal_report(w, order, now=after(hours=3)))
    desk.letters(at=after(hours=3))

    with pytest.raises(HeardByAnother):
        desk.hear(made, by=desk.editor)
    with pytest.raises(ReasonNeeded):
        desk.hear(made)
    heard = desk.hear(made, reason="hate")

    assert desk.again(comment).status is Status.REMOVED
    assert desk.answers(comment) == [(Resolution.UPHELD, heard.result_seq), (Resolution.DECLINED, approved.seq)]
    assert sorted(desk.letters(at=after(hours=5))) == [
        ("appeal-heard", "flag:1"),
        ("rejected", f"commenter:{desk.reader.seq}"),
    ]
    desk.undo(heard.result_seq)
    assert desk.answers(comment)[0] == (Resolution.DECLINED, approved.seq)
    assert desk.open_cases() == {CaseKind.APPEAL: 1}


def test_a_changed_text_is_given_back(desk: Hearings) -> None:
    comment = desk.post("Call me on 01632 960123.")
    edit = EditorsEdit(
        site_seq=desk.site.seq,
        comment_id=comment.id,
        by_seq=desk.editor.seq,
        text="Call me.",
        seen_revision=1,
        reason="inappropriate",
        showing=Showing.TOLD,
    )
    changed = desk.write(lambda w: edit_as_editor(w, edit, now=after(hours=2)))
    made = desk.appeal(changed)

    heard = desk.hear(made, seen_revision=2)

    assert desk.again(comment).text == "Call me on 01632 960123."
    result = desk.read(lambda r: decisions.by_seq(r, desk.site.seq, heard.result_seq or 0))
    assert (result.outcome, result.reverses) == (Outcome.EDIT, changed.seq)


def test_an_appeal_against_what_was_approved_since_needs_no_decision(desk: Hearings) -> None:
    comment = desk.post()
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))
    desk.decide(comment, Outcome.APPROVE)
    third = desk.write(lambda w: an_editor(w, desk.site, "T. Rowe"))

    heard = desk.hear(made, by=third)

    assert (heard.outcome, heard.result_seq) == (Hearing.GRANTED, None)
    assert ("appeal-heard", f"commenter:{desk.reader.seq}") in desk.letters(at=after(hours=9))


def test_what_its_writer_deleted_is_not_published(desk: Hearings) -> None:
    comment = desk.post()
    for device in range(3):
        desk.write(lambda w, n=device: a_flag(w, comment, device=n))  # type: ignore[misc] # the default binds the loop's value
    [hidden] = desk.read(lambda r: decisions.of_comment(r, desk.site.seq, comment.seq))
    made = desk.appeal(hidden)
    desk.write(
        lambda w: delete_comment(
            w, desk.site.seq, comment.id, commenter_seq=desk.reader.seq, now=after(hours=3, minutes=5)
        )
    )

    with pytest.raises(NothingToDecide):
        desk.hear(made)
    assert desk.hear(made, Hearing.REFUSED).outcome is Hearing.REFUSED


def test_another_appeal_about_the_comment_still_waits(desk: Hearings) -> None:
    comment = desk.post()
    receipts = [desk.write(lambda w, n=n: a_flag(w, comment, device=n)).receipt for n in range(2)]  # type: ignore[misc] # the default binds the loop's value
    desk.decide(comment, Outcome.APPROVE)
    made = [
        desk.write(
            lambda w, receipt=receipt: appeal_report(  # type: ignore[misc] # as above
                w, AppealReport(site_seq=desk.site.seq, receipt=receipt), now=after(hours=3)
            )
        )
        for receipt in receipts
    ]

    desk.hear(made[0], Hearing.REFUSED)
    assert desk.open_cases() == {CaseKind.APPEAL: 1}
    desk.hear(made[1], Hearing.REFUSED)
    assert desk.open_cases() == {}


def test_a_hearing_is_about_the_text_that_was_read(desk: Hearings) -> None:
    made = desk.appeal(desk.decide(desk.post(), Outcome.REJECT))

    with pytest.raises(Stale):
        desk.hear(made, seen_revision=2)


def test_two_editors_who_hear_it_at_once_hear_it_once(either_database: Database) -> None:
    desk = Hearings(either_database, ladder={"on": True})
    comment = desk.post()
    desk.write(lambda w: a_flag(w, comment))
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))
    editors = [desk.other, *(desk.write(lambda w, n=n: an_editor(w, desk.site, f"Editor {n}")) for n in range(7))]  # type: ignore[misc] # the default binds the loop's value

    def hear(w: Write, by: Commenter, outcome: Hearing) -> Appeal:
        order = Hear(
            site_seq=desk.site.seq,
            appeal_id=made.id,
            by_seq=by.seq,
            outcome=outcome,
            seen_revision=1,
            answer="Seen.",
        )
        return hear_appeal(w, order, now=after(hours=4))

    tries = [
        either_database.write(
            lambda w, by=by, n=n: hear(w, by, Hearing.GRANTED if n % 2 else Hearing.REFUSED)  # type: ignore[misc] # as above
        )
        for n, by in enumerate(editors)
    ]
    wait(tries)

    [heard] = [each.result() for each in tries if each.exception() is None]
    assert all(isinstance(each.exception(), AlreadyHeard) for each in tries if each.exception() is not None)
    stands = desk.again(comment).status is Status.PUBLISHED
    assert stands is (heard.outcome is Hearing.GRANTED)
    assert desk.story_now().published_count == int(stands)


def test_a_stranger_to_the_site_is_counted_for_nothing(desk: Hearings) -> None:
    desk.write(lambda w: a_commenter(w, desk.site, "saltmarsh"))

    assert desk.read(lambda r: commenters.deciders(r, desk.site.seq)) == {desk.editor.seq, desk.other.seq}


def test_an_editor_who_decides_while_another_hears_leaves_exact_counts(either_database: Database) -> None:
    desk = Hearings(either_database, ladder={"on": True})
    comment = desk.post()
    desk.decide(comment, Outcome.APPROVE)
    made = desk.appeal(desk.decide(comment, Outcome.REJECT))
    order = Hear(
        site_seq=desk.site.seq,
        appeal_id=made.id,
        by_seq=desk.other.seq,
        outcome=Hearing.GRANTED,
        seen_revision=1,
    )

    tries = [
        either_database.write(lambda w: hear_appeal(w, order, now=after(hours=4)).seq),
        either_database.write(lambda w: a_decision(w, comment, desk.editor, Outcome.APPROVE).seq),
        either_database.write(lambda w: a_decision(w, comment, desk.editor, Outcome.REJECT, reason="hate").seq),
    ]
    wait(tries)

    stands = desk.again(comment).status is Status.PUBLISHED
    assert tries[0].exception() is None
    assert desk.story_now().published_count == int(stands)
    assert desk.open_cases() == {}
    points = desk.read(lambda r: commenters.by_seq(r, desk.site.seq, desk.reader.seq)).points
    assert points == (1 if stands else -3)
