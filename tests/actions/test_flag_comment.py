"""Reporting: any status, before and after closing; never lost, never twice."""

from concurrent.futures import wait
from uuid import uuid4

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.close_story import withdraw_story
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.discussion.comments import Marker, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import (
    AlreadyFlagged,
    OwnComment,
    TooLong,
    UnknownComment,
    UnknownReason,
    UnknownReceipt,
)
from rejoinder.store import cases, decisions, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database
from rejoinder.store.flags import Reporter


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def test_a_report_is_kept_with_its_words_and_opens_a_case(setting: Setting) -> None:
    comment = setting.post()
    other = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))

    setting.write(lambda w: a_flag(w, comment, other, reason="irrelevant", note="It is about\u202e another ferry.\x00"))

    (kept,) = setting.read(lambda r: flags.of_comment(r, setting.site.seq, comment.seq))
    assert (kept.flag.reason, kept.flag.note) == ("irrelevant", "It is about another ferry.")
    assert (kept.flag.reporter_name, kept.flag.revision) == ("mewanbaker", 1)
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.REPORTED: 1}


def test_more_reports_add_to_one_case(setting: Setting) -> None:
    comment = setting.post()

    setting.write(lambda w: [a_flag(w, comment, device=n) for n in (1, 2)])

    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.REPORTED: 1}
    assert setting.read(lambda r: flags.open_count(r, comment)) == 2


def test_the_receipt_shows_the_outcome(setting: Setting) -> None:
    comment = setting.post()
    receipt = setting.write(lambda w: a_flag(w, comment)).receipt
    assert setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).flag.resolution is None

    setting.decide(comment, Outcome.REJECT)

    assert setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).flag.resolution == "upheld"


@pytest.mark.parametrize("receipt", ["", "made-up", "\x00", "ä" * 400])
def test_a_made_up_receipt_is_unknown(setting: Setting, receipt: str) -> None:
    with pytest.raises(UnknownReceipt):
        setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt))


def test_a_comment_of_any_status_can_be_reported(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)
    pending, rejected, removed, deleted = (setting.post() for _ in range(4))
    setting.decide(rejected, Outcome.REJECT)
    setting.decide(removed, Outcome.APPROVE)
    setting.decide(removed, Outcome.REJECT)
    setting.write(
        lambda w: delete_comment(w, setting.site.seq, deleted.id, commenter_seq=setting.reader.seq, now=after(hours=2))
    )

    for comment in (pending, rejected, removed, deleted):
        setting.write(lambda w, c=comment: a_flag(w, c))  # type: ignore[misc] # the default binds the loop's value

    found = [setting.again(comment).status for comment in (pending, rejected, removed, deleted)]
    assert found == [Status.PENDING, Status.REJECTED, Status.REMOVED, Status.DELETED]
    assert setting.read(lambda r: cases.counts(r, setting.site.seq))[CaseKind.REPORTED] == 4


def test_a_report_under_a_closed_and_withdrawn_story_is_taken(setting: Setting) -> None:
    comment = setting.post()
    setting.write(
        lambda w: withdraw_story(w, setting.site.seq, setting.story.seq, by_seq=setting.editor.seq, now=after(days=2))
    )

    assert setting.write(lambda w: a_flag(w, comment, now=after(days=900))).receipt


def test_enough_reports_hide_the_comment_by_a_decision_of_the_system(setting: Setting) -> None:
    comment = setting.post()

    setting.write(lambda w: [a_flag(w, comment, device=n) for n in (1, 2, 3, 4)])

    hidden = setting.again(comment)
    (decision,) = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))
    assert (hidden.status, hidden.marker) == (Status.HIDDEN, Marker.PLAIN)
    assert (decision.outcome, decision.by_seq, decision.rule) == (Outcome.HIDE, None, "flags:3")
    assert setting.story_now().published_count == 0


def test_who_was_right_before_counts_more_and_who_was_wrong_less(either_database: Database) -> None:
    setting = Setting(either_database)
    right = setting.write(lambda w: a_commenter(w, setting.site, "right"))
    wrong = setting.write(lambda w: a_commenter(w, setting.site, "wrong"))
    bad, good = [setting.post() for _ in range(4)], [setting.post() for _ in range(4)]
    setting.write(lambda w: [(a_flag(w, each, right), a_flag(w, each, device=7)) for each in bad])
    setting.write(lambda w: [a_flag(w, each, wrong) for each in good])
    for each in bad:
        setting.decide(each, Outcome.REJECT)
    for each in good:
        setting.decide(each, Outcome.APPROVE)
    by_the_right, by_the_wrong, counted = setting.post("One."), setting.post("Two."), setting.post("Three.")

    setting.write(lambda w: [a_flag(w, by_the_right, right), a_flag(w, by_the_right, device=7)])
    setting.write(lambda w: [a_flag(w, by_the_wrong, wrong), a_flag(w, by_the_wrong, device=8)])
    setting.write(lambda w: a_flag(w, by_the_wrong, device=9))
    setting.write(lambda w: change_site_rules(w, 1, {"weigh_reports": False}, by_seq=None, now=after(hours=3)))
    setting.write(lambda w: [a_flag(w, counted, right), a_flag(w, counted, device=7)])

    (decision,) = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, by_the_right.seq))
    assert decision.rule == "flags:2:3.33"  # 2 * 5/6 each, of 3
    assert setting.again(by_the_right).status is Status.HIDDEN
    assert setting.again(by_the_wrong).status is Status.PUBLISHED  # 1/3 and two new ones
    assert setting.again(counted).status is Status.PUBLISHED


def test_after_an_approval_the_counting_begins_again(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: [a_flag(w, comment, device=n) for n in (1, 2, 3)])
    setting.decide(comment, Outcome.APPROVE)

    setting.write(lambda w: [a_flag(w, comment, device=n, now=after(hours=3)) for n in (4, 5)])

    assert setting.again(comment).status is Status.PUBLISHED


def test_the_same_reporter_reports_the_same_text_once(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment, device=1))
    setting.decide(comment, Outcome.APPROVE)

    with pytest.raises(AlreadyFlagged):
        setting.write(lambda w: a_flag(w, comment, device=1, reason="irrelevant"))


def test_a_changed_text_can_be_reported_again(setting: Setting) -> None:
    comment = setting.post()
    setting.write(lambda w: a_flag(w, comment, device=1))
    edit = Edit(
        site_seq=setting.site.seq, comment_id=comment.id, commenter_seq=setting.reader.seq, text="New.", seen_revision=1
    )
    setting.write(lambda w: edit_comment(w, edit, now=after(hours=1, minutes=2)))

    setting.write(lambda w: a_flag(w, comment, device=1))

    assert [each.flag.revision for each in setting.read(lambda r: flags.of_comment(r, 1, comment.seq))] == [1, 2]


def test_somebody_known_by_nothing_can_report(setting: Setting) -> None:
    comment = setting.post()

    flag = FlagComment(site_seq=setting.site.seq, comment_id=comment.id, reason="threat", by=Reporter())
    for _ in range(2):
        setting.write(lambda w: flag_comment(w, flag, now=after(hours=2)))

    assert setting.read(lambda r: flags.open_count(r, comment)) == 2


def test_ones_own_comment_is_not_reported(setting: Setting) -> None:
    comment = setting.post()

    with pytest.raises(OwnComment):
        setting.write(lambda w: a_flag(w, comment, setting.reader))


def test_an_unknown_comment_is_told_so(setting: Setting) -> None:
    flag = FlagComment(site_seq=setting.site.seq, comment_id=uuid4(), reason="hate")

    with pytest.raises(UnknownComment):
        setting.write(lambda w: flag_comment(w, flag, now=after(hours=2)))


@pytest.mark.parametrize("reason", ["", "boring", "HATE"])
def test_an_unknown_reason_is_told_so(setting: Setting, reason: str) -> None:
    comment = setting.post()

    with pytest.raises(UnknownReason):
        setting.write(lambda w: a_flag(w, comment, reason=reason))


def test_a_note_has_an_end(setting: Setting) -> None:
    comment = setting.post()

    with pytest.raises(TooLong) as refused:
        setting.write(lambda w: a_flag(w, comment, note="x" * 2001))

    assert refused.value.data == {"limit": 2000, "length": 2001}


def test_sixteen_reports_by_one_reader_at_once_make_one(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    other = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))

    futures = [either_database.write(lambda w: a_flag(w, comment, other)) for _ in range(16)]
    wait(futures, timeout=30)

    assert sum(isinstance(future.exception(), AlreadyFlagged) for future in futures) == 15
    assert setting.read(lambda r: flags.open_count(r, comment)) == 1
    assert setting.again(comment).status is Status.PUBLISHED


def test_sixteen_reporters_at_once_hide_the_comment_once(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()

    futures = [either_database.write(lambda w, n=n: a_flag(w, comment, device=n)) for n in range(16)]  # type: ignore[misc] # the default binds the loop's value
    wait(futures, timeout=30)

    assert len({future.result().receipt for future in futures}) == 16
    assert len(setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))) == 1
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.REPORTED: 1}
    assert setting.story_now().published_count == 0
