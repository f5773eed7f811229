"""Who gave a legal notice that was refused appeals: once, in time, heard by somebody else, undone whole."""

from concurrent.futures import wait
from typing import Any

import pytest
from tests.actions.test_hear_appeal import Hearings
from tests.actions.test_notices import a_notice
from tests.makers import a_commenter, after

from rejoinder.actions.answer_notice import AnswerNotice, answer_notice
from rejoinder.actions.appeal import AppealNotice, appeal_notice
from rejoinder.actions.export_person import export_person
from rejoinder.actions.leave import Leaving, leave
from rejoinder.discussion.appeals import Appeal, Appellant, Hearing
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.notices import Notice, Outcome
from rejoinder.discussion.refusals import (
    AlreadyAppealed,
    AppealOver,
    HeardByAnother,
    NothingToAppeal,
    ReasonNeeded,
    TooLong,
    UnknownNotice,
    UnknownReceipt,
)
from rejoinder.store import accounts, ageing, appeals, notices
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Write


@pytest.fixture
def desk(database: Database) -> Hearings:
    return Hearings(database)


def refused(desk: Hearings, comment: Comment, **known: Any) -> Notice:
    """A notice that an editor looked at, and let the comment stand."""
    [notice] = a_notice(desk, comment, **known)
    order = AnswerNotice(
        site_seq=desk.site.seq,
        notice_id=notice.id,
        by_seq=desk.editor.seq,
        outcome=Outcome.LEFT,
        seen_revision=1,
        answer="It is an opinion.",
    )
    return desk.write(lambda w: answer_notice(w, order, now=after(hours=2)))


def an_order(desk: Hearings, notice: Notice, text: str = "It states a fact.", **known: Any) -> AppealNotice:
    values: dict[str, Any] = {"receipt": f"receipt of {notice.filing}", "notice_id": notice.id} | known
    return AppealNotice(site_seq=desk.site.seq, text=text, **values)


def appealed(desk: Hearings, notice: Notice, text: str = "It states a fact.", **known: Any) -> Appeal:
    now = known.pop("now", after(hours=3))
    return desk.write(lambda w: appeal_notice(w, an_order(desk, notice, text, **known), now=now))


def again(desk: Hearings, notice: Notice) -> Notice:
    return desk.read(lambda r: notices.by_seq(r, desk.site.seq, notice.seq))


def test_a_refused_notice_is_appealed_once(desk: Hearings) -> None:
    notice = refused(desk, desk.post())

    made = appealed(desk, notice)

    assert (made.by, made.notice_seq, made.outcome) == (Appellant.NOTIFIER, notice.seq, None)
    assert appealed(desk, notice) == made
    with pytest.raises(AlreadyAppealed):
        appealed(desk, notice, "And another thing.")
    assert desk.open_cases() == {CaseKind.APPEAL: 1}


def test_only_what_was_left_standing_can_be_appealed_and_for_six_months(desk: Hearings) -> None:
    [waiting] = a_notice(desk, desk.post())
    notice = refused(desk, desk.post("And you believe that?"))

    with pytest.raises(NothingToAppeal):
        appealed(desk, waiting)
    with pytest.raises(AppealOver):
        appealed(desk, notice, now=after(days=185))
    with pytest.raises(TooLong):
        appealed(desk, notice, "x" * 2001)


def test_a_receipt_opens_its_own_notices_alone(desk: Hearings) -> None:
    mine, other = refused(desk, desk.post()), refused(desk, desk.post("And you believe that?"))

    with pytest.raises(UnknownNotice):
        appealed(desk, mine, notice_id=other.id)
    with pytest.raises(UnknownReceipt):
        appealed(desk, mine, receipt="nobody's")


def test_each_notice_of_a_receipt_has_its_own_appeal(desk: Hearings) -> None:
    first, second = desk.post(), desk.post("And you believe that?")
    sent = a_notice(desk, first, second)
    for each in sent:
        order = AnswerNotice(
            site_seq=desk.site.seq, notice_id=each.id, by_seq=desk.editor.seq, outcome=Outcome.LEFT, seen_revision=1
        )
        desk.write(lambda w, order=order: answer_notice(w, order, now=after(hours=2)))  # type: ignore[misc] # the default binds the loop's value

    made = [appealed(desk, each) for each in sent]

    assert [each.comment_seq for each in made] == [first.seq, second.seq]


def test_a_grant_takes_the_comment_down_and_tells_who_gave_notice(desk: Hearings) -> None:
    comment = desk.post()
    notice = refused(desk, comment)
    made = appealed(desk, notice)

    with pytest.raises(HeardByAnother):
        desk.hear(made, by=desk.editor, reason="defamation")
    with pytest.raises(ReasonNeeded):
        desk.hear(made)
    heard = desk.hear(made, reason="defamation")

    assert heard.outcome is Hearing.GRANTED
    assert desk.again(comment).status is Status.REMOVED
    found = again(desk, notice)
    assert (found.resolution, found.answer) == (Outcome.ILLEGAL, "It is an opinion.")
    assert found.decision_seq == heard.result_seq
    assert ("appeal-heard", f"notice:{notice.seq}") in desk.letters(at=after(hours=5))


def test_a_hearing_that_is_undone_leaves_the_notice_as_it_was(desk: Hearings) -> None:
    comment = desk.post()
    notice = refused(desk, comment)
    made = appealed(desk, notice)
    heard = desk.hear(made, reason="personal-attack")
    assert again(desk, notice).resolution is Outcome.POLICY

    desk.undo(heard.result_seq)

    assert again(desk, notice) == notice
    assert desk.again(comment).status is Status.PUBLISHED
    assert desk.read(lambda r: appeals.by_seq(r, desk.site.seq, made.seq)) == made
    assert desk.open_cases() == {CaseKind.APPEAL: 1}


def test_a_refusal_leaves_everything_and_is_told(desk: Hearings) -> None:
    comment = desk.post()
    notice = refused(desk, comment)

    heard = desk.hear(appealed(desk, notice), Hearing.REFUSED)

    assert (heard.outcome, heard.result_seq) == (Hearing.REFUSED, None)
    assert again(desk, notice) == notice
    assert desk.again(comment).status is Status.PUBLISHED
    assert ("appeal-heard", f"notice:{notice.seq}") in desk.letters(at=after(hours=5))


def test_who_gave_notice_does_not_hear_their_own_appeal(desk: Hearings) -> None:
    made = appealed(desk, refused(desk, desk.post(), reporter_seq=desk.other.seq))

    with pytest.raises(HeardByAnother):
        desk.hear(made, by=desk.other, reason="defamation")


def test_where_they_are_to_be_told_is_kept_until_the_appeal_is_heard(either_database: Database) -> None:
    desk = Hearings(either_database)
    appealed_one, other = refused(desk, desk.post()), refused(desk, desk.post("And you believe that?"))
    appealed(desk, appealed_one)

    desk.write(lambda w: ageing.forget_marks(w, before=after(days=90)))

    assert [again(desk, each).email for each in (appealed_one, other)] == ["ida@reader.example", None]


def test_their_record_has_it_and_who_leaves_takes_the_words_along(either_database: Database) -> None:
    desk = Hearings(either_database)
    ida = desk.write(lambda w: a_commenter(w, desk.site, "idamarsh"))
    made = appealed(desk, refused(desk, desk.post(), reporter_seq=ida.seq))
    account = ida.account_seq
    assert account is not None

    record = desk.read(lambda r: export_person(r, accounts.by_seq(r, account), now=after(hours=4)))
    order = Leaving(account_seq=account, erase=False, called={desk.site.seq: "Former reader"})
    desk.write(lambda w: leave(w, order, now=after(hours=4)))

    [site] = record.sites
    assert [each.what["text"] for each in site.appeals] == ["It states a fact."]
    assert desk.read(lambda r: appeals.by_seq(r, desk.site.seq, made.seq)).text == ""


def test_a_notice_appealed_many_times_at_once_is_appealed_once(either_database: Database) -> None:
    desk = Hearings(either_database)
    notice = refused(desk, desk.post())

    def file(w: Write, n: int) -> Appeal:
        return appeal_notice(w, an_order(desk, notice, f"Word {n % 4}"), now=after(hours=3))

    tries = [either_database.write(lambda w, n=n: file(w, n)) for n in range(16)]  # type: ignore[misc] # the default binds the loop's value
    wait(tries)

    made = [each.result() for each in tries if each.exception() is None]
    assert len({each.seq for each in made}) == 1
    assert len(made) == 4
    assert all(isinstance(each.exception(), AlreadyAppealed) for each in tries if each.exception() is not None)
    assert desk.open_cases() == {CaseKind.APPEAL: 1}
