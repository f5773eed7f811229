"""Deciding: the comment, its place, its reports, its cases and its letters follow."""

from concurrent.futures import wait
from datetime import timedelta

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, a_site, after

from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Marker, Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import (
    NotAllowed,
    NothingToDecide,
    ReasonNeeded,
    Refusal,
    Stale,
    StoryClosed,
    UnknownComment,
    UnknownReason,
)
from rejoinder.store import cases, decisions, entries, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database


@pytest.fixture
def held(database: Database) -> Setting:
    """A site that holds a reader's first comment."""
    return Setting(database, newcomer_comments=1)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def test_a_late_approval_is_new_to_a_cursor_that_was_taken_before_it(held: Setting) -> None:
    waiting = held.post()
    held.post(by=held.editor)
    cursor = held.read(lambda r: entries.published_after(r, held.site.seq, held.story.seq))[-1].comment.publish_seq

    held.decide(waiting, Outcome.APPROVE)

    later = held.read(lambda r: entries.published_after(r, held.site.seq, held.story.seq, after=cursor or 0))
    assert [entry.comment.id for entry in later] == [waiting.id]
    assert held.again(waiting).published_at == after(hours=2)


def test_a_late_reply_gets_the_last_place_below_its_root(held: Setting) -> None:
    root = held.post(by=held.editor)
    waiting = held.post(parent_id=root.id)
    held.post(by=held.editor, parent_id=root.id)

    held.decide(waiting, Outcome.APPROVE)

    below = held.read(lambda r: entries.replies_after(r, root, after=1))
    assert [entry.comment.id for entry in below] == [waiting.id]
    assert held.again(waiting).reply_place == 2


def test_an_approval_closes_the_case_and_raises_the_version(held: Setting) -> None:
    waiting = held.post()
    version = held.story_now().version

    decision = held.decide(waiting, Outcome.APPROVE)

    assert (decision.status_before, decision.status_after) == (Status.PENDING, Status.PUBLISHED)
    assert held.read(lambda r: cases.counts(r, held.site.seq)) == {}
    assert held.story_now().version == version + 1
    assert held.story_now().published_count == 1


def test_a_rejection_before_publication_leaves_no_trace_for_readers(held: Setting) -> None:
    waiting = held.post()

    held.decide(waiting, Outcome.REJECT)

    assert held.again(waiting).status is Status.REJECTED
    assert held.story_now() == held.story
    assert held.read(lambda r: entries.flat(r, held.site.seq, held.story.seq)) == []


def test_a_removal_leaves_its_reason_in_the_place(setting: Setting) -> None:
    comment = setting.post()

    setting.decide(comment, Outcome.REJECT, reason="hate", note="Third time.")

    (entry,) = setting.read(lambda r: entries.roots(r, setting.site.seq, setting.story.seq))
    assert (entry.comment.marker, entry.removal_reason) == (Marker.REASON, "hate")
    assert setting.story_now().published_count == 0


def test_a_root_that_is_gone_stays_while_it_has_replies(held: Setting) -> None:
    waiting = held.post()
    held.decide(waiting, Outcome.APPROVE)
    held.post(by=held.editor, parent_id=waiting.id)

    held.decide(waiting, Outcome.REJECT, now=after(hours=3))

    (entry,) = held.read(lambda r: entries.roots(r, held.site.seq, held.story.seq))
    assert (entry.comment.id, entry.replies) == (waiting.id, 1)


def test_every_report_is_answered_and_its_reporter_told(setting: Setting) -> None:
    comment = setting.post()
    receipts = setting.write(lambda w: [a_flag(w, comment, device=n).receipt for n in (1, 2)])

    decision = setting.decide(comment, Outcome.REJECT)

    reported = [setting.read(lambda r, x=x: flags.by_receipt(r, setting.site.seq, x)) for x in receipts]  # type: ignore[misc] # the default binds the loop's value
    assert [(each.flag.resolution, each.decision_seq) for each in reported] == [(Resolution.UPHELD, decision.seq)] * 2
    assert [letter for letter, _ in setting.letters(at=after(hours=3))] == [
        "rejected",
        "flag-resolved",
        "flag-resolved",
    ]


def test_a_report_declined_tells_the_reporter_alone(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment))

    setting.decide(comment, Outcome.APPROVE)

    assert setting.read(lambda r: flags.of_comment(r, setting.site.seq, comment.seq))[0].flag.resolution == "declined"
    assert [letter for letter, _ in setting.letters(at=after(hours=3))] == ["flag-resolved"]


def test_letters_wait_as_long_as_an_undo_is_offered(held: Setting) -> None:
    root = held.post(by=held.editor)
    waiting = held.post(parent_id=root.id)
    held.letters(at=after(hours=2))

    held.decide(waiting, Outcome.APPROVE, undo_for=timedelta(seconds=30))

    assert held.letters(at=after(hours=2, seconds=29)) == []
    assert [letter for letter, _ in held.letters(at=after(hours=2, seconds=30))] == ["reply", "approved"]


def test_a_rejection_is_on_the_record_with_its_statement_of_reasons(setting: Setting) -> None:
    comment = setting.post()

    decision = setting.decide(comment, Outcome.REJECT, reason="defamation", note="See the letter of the 4th.")

    (kept,) = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))
    assert kept == decision
    assert (kept.by_name, kept.reason, kept.note) == ("R. Teague", "defamation", "See the letter of the 4th.")


@pytest.mark.parametrize(
    ("refusal", "known"),
    [
        (Stale, {"seen_revision": 2}),
        (ReasonNeeded, {"reason": None}),
        (UnknownReason, {"reason": "boring"}),
    ],
)
def test_a_refused_rejection_changes_nothing(
    setting: Setting, refusal: type[Refusal], known: dict[str, object]
) -> None:
    comment = setting.post()

    with pytest.raises(refusal):
        setting.decide(comment, Outcome.REJECT, **known)

    assert setting.again(comment).status is Status.PUBLISHED
    assert setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq)) == []


def test_a_reader_may_not_decide(setting: Setting) -> None:
    comment = setting.post()

    with pytest.raises(NotAllowed):
        setting.write(lambda w: a_decision(w, comment, setting.reader, Outcome.REJECT))


def test_a_moderator_may_decide(setting: Setting) -> None:
    comment = setting.post()
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))

    setting.write(lambda w: a_decision(w, comment, moderator, Outcome.REJECT))

    assert setting.again(comment).status is Status.REMOVED


def test_an_editor_of_another_site_does_not_find_the_comment(setting: Setting) -> None:
    comment = setting.post()
    other = setting.write(lambda w: a_site(w, key="beacon"))
    order = Decide(
        site_seq=other.seq, comment_id=comment.id, by_seq=setting.editor.seq, outcome=Outcome.APPROVE, seen_revision=1
    )

    with pytest.raises(UnknownComment):
        setting.write(lambda w: decide(w, order, now=after(hours=2)))


def test_after_closing_what_waits_may_be_approved_unless_the_rules_say_no(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1, approve_after_closing=False)
    waiting = setting.post()

    with pytest.raises(StoryClosed):
        setting.decide(waiting, Outcome.APPROVE, now=after(days=15))
    setting.decide(waiting, Outcome.REJECT, now=after(days=15))

    assert setting.again(waiting).status is Status.REJECTED


def test_a_report_of_what_its_writer_deleted_is_answered(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment))
    setting.write(
        lambda w: delete_comment(w, setting.site.seq, comment.id, commenter_seq=setting.reader.seq, now=after(hours=2))
    )

    setting.decide(comment, Outcome.REJECT)

    assert setting.again(comment).status is Status.DELETED
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {}
    assert [letter for letter, _ in setting.letters(at=after(hours=3))] == ["flag-resolved"]


@pytest.mark.parametrize("outcome", [Outcome.APPROVE, Outcome.REJECT])
def test_sixteen_editors_deciding_the_same_at_once_make_one_decision(
    either_database: Database, outcome: Outcome
) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    waiting = setting.post()

    futures = [
        either_database.write(lambda w: a_decision(w, waiting, setting.editor, outcome, seen_revision=1))
        for _ in range(16)
    ]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), NothingToDecide) for future in futures) == 15
    assert len(setting.read(lambda r: decisions.of_comment(r, setting.site.seq, waiting.seq))) == 1
    assert setting.story_now().published_count == (1 if outcome is Outcome.APPROVE else 0)
    assert len(setting.letters(at=after(days=1))) == 1


def test_editors_who_disagree_at_once_leave_exact_counts(either_database: Database) -> None:
    setting = Setting(either_database)
    root = setting.post()
    reply = setting.post(parent_id=root.id)

    futures = [
        either_database.write(
            lambda w, o=outcome: a_decision(w, reply, setting.editor, o, seen_revision=1)  # type: ignore[misc] # the default binds the loop's value
        )
        for outcome in [Outcome.REJECT, Outcome.APPROVE] * 8
    ]
    wait(futures, timeout=30)

    stands = setting.again(reply).status is Status.PUBLISHED
    (entry,) = setting.read(lambda r: entries.roots(r, setting.site.seq, setting.story.seq))
    assert entry.replies == int(stands)
    assert setting.story_now().published_count == 1 + int(stands)


def test_a_held_comment_that_is_reported_has_both_cases_until_it_is_decided(held: Setting) -> None:
    waiting = held.post()
    held.write(lambda w: a_flag(w, waiting))
    assert held.read(lambda r: cases.counts(r, held.site.seq)) == {CaseKind.HELD: 1, CaseKind.REPORTED: 1}

    held.decide(waiting, Outcome.APPROVE)

    assert held.read(lambda r: cases.counts(r, held.site.seq)) == {}
    held.write(lambda w: a_comment(w, held.story, held.reader))
