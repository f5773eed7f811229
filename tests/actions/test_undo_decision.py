"""Taking a decision back, with what it did to the comment, its reports, its cases and its letters."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_flag, after

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import AlreadyUndone, NotAllowed, NothingToDecide
from rejoinder.store import cases, decisions, entries, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Write


@pytest.fixture
def held(database: Database) -> Setting:
    return Setting(database, newcomer_comments=1)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def undo(setting: Setting, decision: Decision) -> Decision:
    return setting.write(
        lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=3))
    )


def open_cases(setting: Setting) -> dict[CaseKind, int]:
    return setting.read(lambda r: cases.counts(r, setting.site.seq))


def test_an_undone_rejection_puts_the_comment_back_to_wait(held: Setting) -> None:
    waiting = held.post()

    undo(held, held.decide(waiting, Outcome.REJECT))

    assert held.again(waiting) == waiting
    assert open_cases(held) == {CaseKind.HELD: 1}


def test_an_undone_removal_shows_the_comment_in_its_old_place(setting: Setting) -> None:
    first, _second = setting.post(), setting.post()

    undo(setting, setting.decide(first, Outcome.REJECT))

    shown = setting.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq))
    assert [entry.comment.publish_seq for entry in shown] == [1, 2]
    assert (shown[0].comment.status, shown[0].comment.marker) == (Status.PUBLISHED, Marker.NONE)
    assert setting.story_now().published_count == 2


def test_an_undone_approval_hides_what_readers_may_have_seen(held: Setting) -> None:
    waiting = held.post()

    undo(held, held.decide(waiting, Outcome.APPROVE))

    assert held.again(waiting).status is Status.HIDDEN
    assert held.story_now().published_count == 0
    assert open_cases(held) == {CaseKind.HELD: 1}


def test_the_letters_that_have_not_gone_are_taken_back(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment))

    undo(setting, setting.decide(comment, Outcome.REJECT))

    assert setting.letters(at=after(days=1)) == []


def test_the_letter_about_a_reply_is_taken_back_and_goes_after_another_approval(held: Setting) -> None:
    root = held.post(by=held.editor)
    reply = held.post(parent_id=root.id)
    undo(held, held.decide(reply, Outcome.APPROVE))

    assert held.letters(at=after(days=1)) == []
    held.decide(reply, Outcome.APPROVE, now=after(hours=4))

    assert sorted(letter for letter, _ in held.letters(at=after(days=1))) == ["approved", "reply"]


def test_a_writer_who_was_told_already_is_told_again(setting: Setting) -> None:
    comment = setting.post()
    decision = setting.decide(comment, Outcome.REJECT)
    setting.letters(at=after(hours=2, minutes=1))

    undo(setting, decision)

    assert setting.letters(at=after(hours=3)) == [("approved", f"commenter:{setting.reader.seq}")]


def test_nobody_is_told_that_a_hiding_by_reports_is_undone(database: Database) -> None:
    setting = Setting(database, flags_to_hide=1)
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment))
    (hiding,) = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))

    undo(setting, hiding)

    assert setting.again(comment).status is Status.PUBLISHED
    assert setting.story_now().published_count == 1
    assert setting.letters(at=after(days=1)) == []
    assert open_cases(setting) == {CaseKind.REPORTED: 1}


def test_reports_wait_again_and_are_answered_by_the_next_decision(setting: Setting) -> None:
    comment = setting.post()
    receipt = setting.write(lambda w: a_flag(w, comment)).receipt
    undo(setting, setting.decide(comment, Outcome.REJECT))
    assert setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).flag.resolution is None

    setting.decide(comment, Outcome.APPROVE, now=after(hours=4))

    assert setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).flag.resolution == "declined"


def test_a_case_opened_since_is_not_opened_twice(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment, device=1))
    decision = setting.decide(comment, Outcome.APPROVE)
    setting.write(lambda w: a_flag(w, comment, device=2))

    undo(setting, decision)

    assert open_cases(setting) == {CaseKind.REPORTED: 1}
    assert setting.read(lambda r: flags.open_count(r, comment)) == 2


def test_only_the_latest_word_is_undone(setting: Setting) -> None:
    comment = setting.post()
    first = setting.decide(comment, Outcome.REJECT)
    setting.decide(comment, Outcome.APPROVE)
    setting.decide(comment, Outcome.REJECT)

    with pytest.raises(AlreadyUndone):
        undo(setting, first)


def test_a_removal_that_holds_again_keeps_its_reason(setting: Setting) -> None:
    comment = setting.post()
    setting.decide(comment, Outcome.REJECT, reason="hate")

    undo(setting, setting.decide(comment, Outcome.APPROVE))

    entry = setting.read(lambda r: entries.one(r, setting.site.seq, comment.id))
    assert entry is not None
    assert (entry.comment.marker, entry.removal_reason) == (Marker.REASON, "hate")


def test_a_decision_is_undone_once(setting: Setting) -> None:
    decision = setting.decide(setting.post(), Outcome.REJECT)
    undoing = undo(setting, decision)

    for each in (decision, undoing):
        with pytest.raises(AlreadyUndone):
            undo(setting, each)


def test_what_the_writer_deleted_since_stays_deleted(setting: Setting) -> None:
    comment = setting.post()
    decision = setting.decide(comment, Outcome.REJECT)
    setting.write(lambda w: delete(w, setting, comment))

    with pytest.raises(NothingToDecide):
        undo(setting, decision)


def test_an_answer_to_a_report_of_a_deleted_comment_can_be_undone(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment))
    setting.write(lambda w: delete(w, setting, comment))
    deleted = setting.again(comment)

    undo(setting, setting.decide(comment, Outcome.REJECT))

    assert setting.again(comment) == deleted
    assert open_cases(setting) == {CaseKind.REPORTED: 1}


def test_a_reader_undoes_nothing(setting: Setting) -> None:
    decision = setting.decide(setting.post(), Outcome.REJECT)

    with pytest.raises(NotAllowed):
        setting.write(
            lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.reader.seq, now=after(hours=3))
        )


def test_sixteen_undoings_at_once_undo_once(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    decision = setting.decide(comment, Outcome.REJECT)

    futures = [
        either_database.write(
            lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=3))
        )
        for _ in range(16)
    ]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), AlreadyUndone) for future in futures) == 15
    assert setting.story_now().published_count == 1


def delete(w: Write, setting: Setting, comment: Comment) -> Comment:
    return delete_comment(w, setting.site.seq, comment.id, commenter_seq=comment.commenter_seq, now=after(hours=2))
