"""Replies of a removed comment: they stay, or go and come back with it, exactly."""

from concurrent.futures import wait
from datetime import datetime

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, after

from rejoinder.actions import remove_replies
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.remove_replies import Rest
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import UnknownReason
from rejoinder.jobs.replies import RepliesRun
from rejoinder.store import cases, decisions, entries, flags, jobs, newest
from rejoinder.store.database import Database


@pytest.fixture
def going(database: Database) -> Setting:
    return Setting(database, replies_of_removed="go")


def a_thread(setting: Setting, *, by: Commenter | None = None) -> list[Comment]:
    """A root, a reply, an answer to the reply, and another reply."""
    root = setting.post()
    reply = setting.post(parent_id=root.id, by=by)
    return [root, reply, setting.post(parent_id=reply.id), setting.post(parent_id=root.id)]


def undo(setting: Setting, decision: Decision, *, at: datetime | None = None) -> Decision:
    now = at or after(hours=3)
    return setting.write(lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=now))


def statuses(setting: Setting, of: list[Comment]) -> list[Status]:
    return [setting.again(comment).status for comment in of]


def run_rest(setting: Setting) -> int:
    """Runs what is left of decisions. How many jobs."""
    due = setting.write(lambda w: [job for job in jobs.claim(w, now=after(days=2), most=100) if job.kind == "replies"])
    for job in due:
        RepliesRun(setting.database, lambda: after(hours=5))(job)
    return len(due)


def test_replies_stay_where_the_rule_says_nothing(database: Database) -> None:
    setting = Setting(database)
    root, *replies = a_thread(setting)

    setting.decide(root, Outcome.REJECT)

    assert statuses(setting, replies) == [Status.PUBLISHED] * 3


def test_replies_go_with_what_they_answer(going: Setting) -> None:
    root, *replies = a_thread(going)
    other = going.post()

    decision = going.decide(root, Outcome.REJECT)

    assert statuses(going, [root, *replies, other]) == [Status.REMOVED] * 4 + [Status.PUBLISHED]
    shown = going.read(lambda r: entries.flat(r, going.site.seq, going.story.seq))
    assert [entry.comment.id for entry in shown] == [root.id, other.id]
    assert shown[0].replies == 0
    assert going.story_now().published_count == 1
    (taken,) = going.read(lambda r: decisions.of_comment(r, going.site.seq, replies[1].seq))
    assert (taken.by_seq, taken.rule, taken.reason) == (None, "replies-of-removed", "reply-to-removed")
    assert going.read(lambda r: decisions.by_seq(r, going.site.seq, decision.seq)).reason == "inappropriate"


def test_below_a_reply_only_what_is_below_it_goes(going: Setting) -> None:
    root, reply, answer, other = a_thread(going)

    going.decide(reply, Outcome.REJECT)

    assert statuses(going, [root, reply, answer, other]) == [
        Status.PUBLISHED,
        Status.REMOVED,
        Status.REMOVED,
        Status.PUBLISHED,
    ]
    entry = going.read(lambda r: entries.one(r, going.site.seq, root.id))
    assert entry is not None
    assert (entry.replies, going.story_now().published_count) == (1, 2)


def test_an_undoing_gives_back_exactly_what_went(going: Setting) -> None:
    root, reply, answer, other = a_thread(going)
    going.decide(other, Outcome.REJECT, reason="hate")
    before = [going.again(comment) for comment in (root, reply, answer, other)]

    undo(going, going.decide(root, Outcome.REJECT))

    assert [going.again(comment) for comment in (root, reply, answer, other)] == before
    assert going.story_now().published_count == 3
    assert [letter for letter, _ in going.letters(at=after(days=1))] == ["rejected"]  # of what was rejected before


def test_what_was_decided_since_stays_as_it_was_decided(going: Setting) -> None:
    root, reply, answer, other = a_thread(going)
    decision = going.decide(root, Outcome.REJECT)
    going.decide(reply, Outcome.REJECT, reason="hate")
    going.write(lambda w: delete_comment(w, going.site.seq, answer.id, commenter_seq=answer.commenter_seq, now=after()))

    undo(going, decision)

    assert statuses(going, [reply, answer, other]) == [Status.REMOVED, Status.DELETED, Status.PUBLISHED]
    assert going.story_now().published_count == 2


def test_an_approval_brings_them_back_and_its_undoing_takes_them_again(going: Setting) -> None:
    root, *replies = a_thread(going)
    going.decide(root, Outcome.REJECT)

    approval = going.decide(root, Outcome.APPROVE)
    assert statuses(going, replies) == [Status.PUBLISHED] * 3
    undo(going, approval)

    assert statuses(going, [root, *replies]) == [Status.REMOVED] * 4
    assert going.story_now().published_count == 0


def test_each_writer_has_one_letter_that_names_the_cause(going: Setting) -> None:
    other = going.write(lambda w: a_commenter(w, going.site, "saltmarsh"))
    root, *_ = a_thread(going, by=other)
    going.letters(at=after(hours=1, minutes=30))

    going.decide(root, Outcome.REJECT)

    assert sorted(going.letters(at=after(days=1))) == [
        ("rejected", f"commenter:{going.reader.seq}"),
        ("reply-removed", f"commenter:{going.reader.seq}"),
        ("reply-removed", f"commenter:{other.seq}"),
    ]


def test_who_was_told_is_told_that_it_is_back(going: Setting) -> None:
    root, *_ = a_thread(going)
    decision = going.decide(root, Outcome.REJECT)
    going.letters(at=after(hours=2, minutes=1))

    undo(going, decision)

    assert sorted(letter for letter, _ in going.letters(at=after(hours=3))) == ["approved", "reply-restored"]


def test_open_reports_are_answered_and_open_again(going: Setting) -> None:
    root, reply, *_ = a_thread(going)
    receipt = going.write(lambda w: a_flag(w, reply)).receipt

    decision = going.decide(root, Outcome.REJECT)
    assert going.read(lambda r: flags.by_receipt(r, going.site.seq, receipt)).flag.resolution == "gone"
    assert going.read(lambda r: cases.counts(r, going.site.seq)) == {}
    undo(going, decision)

    assert going.read(lambda r: flags.by_receipt(r, going.site.seq, receipt)).flag.resolution is None
    assert sum(going.read(lambda r: cases.counts(r, going.site.seq)).values()) == 1


def test_nobody_can_choose_the_systems_reason(going: Setting) -> None:
    root, *_ = a_thread(going)

    with pytest.raises(UnknownReason):
        going.decide(root, Outcome.REJECT, reason="reply-to-removed")
    with pytest.raises(UnknownReason):
        going.write(lambda w: a_flag(w, root, reason="reply-to-removed"))


def test_it_does_not_stand_on_a_writers_record(going: Setting) -> None:
    root, *_ = a_thread(going)
    going.decide(root, Outcome.REJECT)

    assert going.read(lambda r: newest.record_of(r, going.site.seq, going.reader.seq)) == (0, 1)


def test_a_long_thread_goes_and_comes_back_in_parts(going: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remove_replies, "PART", 2)
    root = going.post()
    replies = [going.post(parent_id=root.id) for _ in range(7)]

    decision = going.decide(root, Outcome.REJECT)
    assert statuses(going, replies).count(Status.REMOVED) == 2
    assert going.story_now().published_count == 5
    assert run_rest(going) == 1
    assert statuses(going, replies) == [Status.REMOVED] * 7
    undo(going, decision)
    assert statuses(going, replies).count(Status.PUBLISHED) == 2
    assert run_rest(going) == 1

    assert statuses(going, replies) == [Status.PUBLISHED] * 7
    assert going.story_now().published_count == 8
    assert {going.again(reply).marker for reply in replies} == {Marker.NONE}


def test_the_rest_is_left_where_the_decision_holds_no_more(going: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remove_replies, "PART", 2)
    root = going.post()
    replies = [going.post(parent_id=root.id) for _ in range(5)]
    decision = going.decide(root, Outcome.REJECT)
    undo(going, decision)

    rest = Rest(site_seq=going.site.seq, decision_seq=decision.seq)
    assert going.write(lambda w: remove_replies.go_on(w, rest, now=after(hours=4))) is None
    run_rest(going)

    assert statuses(going, replies) == [Status.PUBLISHED] * 5
    assert going.story_now().published_count == 6


def test_replies_posted_while_their_root_is_removed_are_counted_right(either_database: Database) -> None:
    setting = Setting(either_database, replies_of_removed="go")
    root = setting.post()
    reply = setting.post(parent_id=root.id)

    futures = [
        either_database.write(lambda w: a_comment(w, setting.story, setting.reader, parent_id=reply.id))
        for _ in range(8)
    ]
    removal = either_database.write(lambda w: a_decision(w, root, setting.editor, Outcome.REJECT))
    futures += [
        either_database.write(lambda w: a_comment(w, setting.story, setting.reader, parent_id=reply.id))
        for _ in range(8)
    ]
    wait(futures, timeout=30)

    removed = removal.result(timeout=30)

    shown = setting.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq))
    assert [entry.comment.id for entry in shown] == [root.id]
    assert shown[0].replies == 0
    assert setting.story_now().published_count == 0
    undo(setting, removed)
    posted = sum(future.exception() is None for future in futures)
    assert setting.story_now().published_count == 2 + posted
