"""Appealing: the writer against a decision, a reporter against a refusal; once, in time, and caught when sent twice."""

from concurrent.futures import wait
from typing import Any

import pytest
from tests.makers import Setting, a_commenter, a_flag, after

from rejoinder.actions.appeal import AppealDecision, AppealReport, appeal_decision, appeal_report
from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.actions.leave import Leaving, Rest, erase_part, leave
from rejoinder.discussion.appeals import Appeal, Appellant, Hearing
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.refusals import AlreadyAppealed, AppealOver, NothingToAppeal, NotYours, TooLong
from rejoinder.store import ageing, appeals, cases, decisions, flags
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Write
from rejoinder.store.flags import Reporter


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def an_order(setting: Setting, decision: Decision, **known: Any) -> AppealDecision:
    return AppealDecision(site_seq=setting.site.seq, decision_id=decision.id, **known)


def appeal(setting: Setting, decision: Decision, text: str = "It was a joke.", **known: Any) -> Appeal:
    now = known.pop("now", after(hours=3))
    return setting.write(lambda w: appeal_decision(w, an_order(setting, decision, text=text, **known), now=now))


def open_cases(setting: Setting) -> dict[CaseKind, int]:
    return setting.read(lambda r: cases.counts(r, setting.site.seq))


def hidden_after_reports(setting: Setting) -> tuple[Comment, Decision]:
    comment = setting.post()
    for device in range(3):
        setting.write(lambda w, n=device: a_flag(w, comment, device=n))  # type: ignore[misc] # the default binds the loop's value
    [decision] = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))
    return comment, decision


def test_an_appeal_waits_at_the_desk_and_stands_on_the_record(setting: Setting) -> None:
    decision = setting.decide(setting.post(), Outcome.REJECT)

    made = appeal(setting, decision)

    assert (made.by, made.text, made.outcome) == (Appellant.WRITER, "It was a joke.", None)
    assert open_cases(setting) == {CaseKind.APPEAL: 1}
    kinds = setting.read(lambda r: r._cursor.execute("SELECT kind FROM log ORDER BY seq").fetchall())
    assert [row[0] for row in kinds][-1] == "appeal"


def test_what_the_system_hid_can_be_appealed(setting: Setting) -> None:
    _, decision = hidden_after_reports(setting)

    appeal(setting, decision)

    assert open_cases(setting) == {CaseKind.REPORTED: 1, CaseKind.APPEAL: 1}


def test_the_same_form_sent_twice_is_one_appeal(setting: Setting) -> None:
    decision = setting.decide(setting.post(), Outcome.REJECT)

    assert appeal(setting, decision) == appeal(setting, decision)
    with pytest.raises(AlreadyAppealed):
        appeal(setting, decision, "And another thing.")


def test_only_the_writer_appeals_with_a_log_in(setting: Setting) -> None:
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    decision = setting.decide(setting.post(), Outcome.REJECT)

    with pytest.raises(NotYours):
        appeal(setting, decision, by_seq=other.seq)
    assert appeal(setting, decision, by_seq=setting.reader.seq).by is Appellant.WRITER


def test_after_six_months_it_is_too_late(setting: Setting) -> None:
    decision = setting.decide(setting.post(), Outcome.REJECT)

    with pytest.raises(AppealOver):
        appeal(setting, decision, now=after(days=185))


def test_an_approval_is_nothing_to_appeal_and_words_have_a_limit(setting: Setting) -> None:
    comment = setting.post()
    rejected = setting.decide(comment, Outcome.REJECT)
    approved = setting.decide(comment, Outcome.APPROVE)

    with pytest.raises(NothingToAppeal):
        appeal(setting, approved)
    with pytest.raises(NothingToAppeal):
        appeal(setting, rejected)
    with pytest.raises(TooLong):
        appeal(setting, rejected, "x" * 2001)


def test_an_appeal_outlasts_another_decision_on_the_comment(setting: Setting) -> None:
    comment, decision = hidden_after_reports(setting)
    appeal(setting, decision)

    setting.decide(comment, Outcome.REJECT)

    assert open_cases(setting) == {CaseKind.APPEAL: 1}


def test_a_reporter_appeals_a_refusal_once(setting: Setting) -> None:
    comment = setting.post()
    receipt = setting.write(lambda w: a_flag(w, comment)).receipt
    order = AppealReport(site_seq=setting.site.seq, receipt=receipt, text="It names a child.")

    with pytest.raises(NothingToAppeal):
        setting.write(lambda w: appeal_report(w, order, now=after(hours=2)))
    setting.decide(comment, Outcome.APPROVE)
    made = setting.write(lambda w: appeal_report(w, order, now=after(hours=3)))

    assert made.by is Appellant.REPORTER
    assert setting.write(lambda w: appeal_report(w, order, now=after(hours=3))) == made
    other = AppealReport(site_seq=setting.site.seq, receipt=receipt, text="Again.")
    with pytest.raises(AlreadyAppealed):
        setting.write(lambda w: appeal_report(w, other, now=after(hours=3)))


def test_where_a_reporter_is_to_be_told_is_kept_until_the_appeal_is_heard(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    receipts = []
    for n in range(2):
        by = Reporter(device_hash=bytes([n] * 16), email=f"mara{n}@mail.example")
        flag = FlagComment(site_seq=setting.site.seq, comment_id=comment.id, reason="hate", by=by)
        receipts.append(setting.write(lambda w, flag=flag: flag_comment(w, flag, now=after(hours=1)).receipt))  # type: ignore[misc] # the default binds the loop's value
    setting.decide(comment, Outcome.APPROVE)
    order = AppealReport(site_seq=setting.site.seq, receipt=receipts[0])
    setting.write(lambda w: appeal_report(w, order, now=after(hours=3)))

    setting.write(lambda w: ageing.forget_marks(w, before=after(days=90)))

    found = setting.read(lambda r: flags.of_comment(r, setting.site.seq, comment.seq))
    assert [each.email for each in found] == ["mara0@mail.example", None]


def test_a_writer_who_appeals_many_times_at_once_appeals_once(either_database: Database) -> None:
    setting = Setting(either_database)
    decision = setting.decide(setting.post(), Outcome.REJECT)

    def file(w: Write, n: int) -> Appeal:
        return appeal_decision(w, an_order(setting, decision, text=f"Word {n % 4}"), now=after(hours=3))

    tries = [either_database.write(lambda w, n=n: file(w, n)) for n in range(16)]  # type: ignore[misc] # the default binds the loop's value
    wait(tries)

    made = [each.result() for each in tries if each.exception() is None]
    refused = [each.exception() for each in tries if each.exception() is not None]
    assert len({each.seq for each in made}) == 1
    assert all(isinstance(each, AlreadyAppealed) for each in refused)
    assert (len(made), len(refused)) == (4, 12)
    assert open_cases(setting) == {CaseKind.APPEAL: 1}


def test_who_leaves_takes_the_words_of_their_appeals_along(either_database: Database) -> None:
    setting = Setting(either_database)
    comment, theirs = setting.post(), setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    made = appeal(setting, setting.decide(comment, Outcome.REJECT))
    other = setting.post(by=theirs)
    kept = appeal(setting, setting.decide(other, Outcome.REJECT), "Mine stays.")
    account = setting.reader.account_seq
    assert account is not None
    order = Leaving(account_seq=account, erase=True, called={setting.site.seq: "Former reader"})
    rest = Rest(
        site_seq=setting.site.seq, commenter_seq=setting.reader.seq, name="northquay", called="Former", erase=True
    )

    setting.write(lambda w: leave(w, order, now=after(hours=4)))
    setting.write(lambda w: erase_part(w, rest, now=after(hours=4)))

    found = setting.read(lambda r: [appeals.by_seq(r, setting.site.seq, each.seq) for each in (made, kept)])
    assert [each.text for each in found] == ["", "Mine stays."]
    assert [each.outcome for each in found] == [Hearing.WITHDRAWN, None]
    assert open_cases(setting) == {CaseKind.APPEAL: 1}
