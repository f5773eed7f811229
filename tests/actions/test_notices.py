"""Notices of illegal content: given without an account, put before reports, answered once, undone whole."""

from concurrent.futures import wait
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import select
from tests.makers import Setting, a_story, after

from rejoinder.actions.answer_notice import AnswerNotice, answer_notice
from rejoinder.actions.change_flaggers import add_flagger, end_flagger
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.file_notice import FileNotice, file_notice
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome as Decided
from rejoinder.discussion.notices import Notice, Outcome
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import (
    AnsweredAlready,
    ExplanationNeeded,
    FlaggerExists,
    GoodFaithNeeded,
    Invalid,
    LegalGroundNeeded,
    NameNeeded,
    NotAllowed,
    NothingToDecide,
    NotOurComment,
    ReasonNeeded,
    Refusal,
    Stale,
    TooManyAddresses,
    UnknownFlagger,
    WordsTooLong,
)
from rejoinder.store import cases, decisions, notices, trusted_flaggers
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Statement
from rejoinder.store.own_data import comments_of
from rejoinder.store.tables import log

KEY = "a key that only the helpline has"


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def place(comment: Comment) -> str:
    return f"https://talk.example/courier/comments/{comment.id}"


def a_notice(setting: Setting, *about: Comment, **known: Any) -> list[Notice]:
    """What filing a notice of these comments gives."""
    values: dict[str, Any] = {
        "filing": uuid4(),
        "kind": "defamation",
        "why": "It says that I took the money. I did not; the audit says so.",
        "addresses": "\n".join(place(comment) for comment in about),
        "name": "Ida Marsh",
        "email": "ida@reader.example",
        "in_good_faith": True,
    } | known
    moment = values.pop("now", after(hours=1, minutes=30))
    receipt = f"receipt of {values['filing']}"
    sent = FileNotice(site_seq=setting.site.seq, receipt=receipt, **values)
    setting.write(lambda w: file_notice(w, sent, now=moment))
    return setting.read(lambda r: notices.by_receipt(r, setting.site.seq, receipt))


def an_answer(setting: Setting, notice: Notice, outcome: Outcome = Outcome.ILLEGAL, **known: Any) -> AnswerNotice:
    values: dict[str, Any] = {"by_seq": setting.editor.seq, "seen_revision": 1}
    if outcome is Outcome.ILLEGAL:
        values |= {"reason": "defamation", "law": "Defamation Act, section 1", "explanation": "The claim is false."}
    if outcome is Outcome.POLICY:
        values |= {"reason": "personal-attack"}
    return AnswerNotice(site_seq=setting.site.seq, notice_id=notice.id, outcome=outcome, **values | known)


def answered(setting: Setting, notice: Notice, outcome: Outcome = Outcome.ILLEGAL, **known: Any) -> Notice:
    moment = known.pop("now", after(hours=2))
    return setting.write(lambda w: answer_notice(w, an_answer(setting, notice, outcome, **known), now=moment))


def the_case(setting: Setting, comment: Comment) -> cases.Case:
    (found,) = setting.read(lambda r: cases.of_comment(r, setting.site.seq, comment.seq))
    return found


def test_a_notice_waits_at_the_desk_and_its_sender_has_a_receipt(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()

    (notice,) = a_notice(setting, comment)

    assert (notice.comment_seq, notice.kind, notice.name) == (comment.seq, "defamation", "Ida Marsh")
    case = the_case(setting, comment)
    assert (case.kind, case.subject_seq, case.due_at) == (CaseKind.NOTICE, notice.seq, None)
    assert setting.letters(at=after(hours=2)) == [("notice-received", f"notice:{notice.seq}")]


def test_several_comments_in_one_notice_have_one_receipt(setting: Setting) -> None:
    first, second = setting.post(), setting.post()

    found = a_notice(setting, second, first, first)

    assert [notice.comment_seq for notice in found] == [first.seq, second.seq]
    assert len(setting.letters(at=after(hours=2))) == 1


def test_several_notices_of_a_comment_make_one_case_and_have_one_answer(setting: Setting) -> None:
    comment = setting.post()
    (first,) = a_notice(setting, comment)
    (second,) = a_notice(setting, comment, email="other@reader.example")

    answered(setting, second)

    assert setting.read(lambda r: cases.of_comment(r, setting.site.seq, comment.seq)) == []
    again = setting.read(lambda r: notices.by_id(r, setting.site.seq, first.id))
    assert again.resolution is Outcome.ILLEGAL
    letters = setting.letters(at=after(days=1))
    assert [letter for letter, _ in letters].count("notice-answered") == 2


def test_an_intimate_image_must_be_answered_within_two_days_and_editors_are_told_before(setting: Setting) -> None:
    comment = setting.post()

    (notice,) = a_notice(setting, comment, kind="intimate-image", now=after(hours=1))

    assert notice.due_at == after(hours=49)
    assert the_case(setting, comment).due_at == after(hours=49)


def test_what_becomes_known_later_makes_a_case_more_urgent_and_never_less(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    a_notice(setting, comment)
    calm = the_case(setting, comment).priority

    a_notice(setting, comment, kind="intimate-image")
    a_notice(setting, comment, threatens_life=True)
    a_notice(setting, comment)

    case = the_case(setting, comment)
    assert case.priority > calm
    assert case.due_at == after(hours=49, minutes=30)


def test_trusted_flaggers_come_first(setting: Setting) -> None:
    setting.write(lambda w: add_flagger(w, setting.site.seq, " The  Helpline ", key=KEY, now=after()))
    other, theirs = setting.post(), setting.post()
    a_notice(setting, other)
    (notice,) = a_notice(setting, theirs, key=KEY, name="")

    waiting = setting.read(lambda r: cases.queue(r, setting.site.seq))

    assert (notice.flagger_name, notice.name) == ("The Helpline", "The Helpline")
    assert [case.comment_seq for case in waiting] == [theirs.seq, other.seq]


def test_an_ended_key_is_no_key(setting: Setting) -> None:
    site = setting.site.seq
    setting.write(lambda w: add_flagger(w, site, "The Helpline", key=KEY, now=after()))
    with pytest.raises(FlaggerExists):
        setting.write(lambda w: add_flagger(w, site, "The Helpline", key="another", now=after()))
    setting.write(lambda w: end_flagger(w, site, "The Helpline", now=after(hours=1)))

    with pytest.raises(UnknownFlagger):
        a_notice(setting, setting.post(), key=KEY)
    with pytest.raises(UnknownFlagger):
        setting.write(lambda w: end_flagger(w, site, "The Helpline", now=after(hours=1)))
    with pytest.raises(Invalid):
        setting.write(lambda w: add_flagger(w, site, " ", key="another", now=after()))
    assert setting.read(lambda r: trusted_flaggers.every(r, site))[0].ended_at == after(hours=1)


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({"kind": "rudeness"}, Invalid),
        ({"why": " \n "}, ExplanationNeeded),
        ({"why": "x" * 10_001}, WordsTooLong),
        ({"name": ""}, NameNeeded),
        ({"name": "x" * 201}, WordsTooLong),
        ({"email": None}, NameNeeded),
        ({"in_good_faith": False}, GoodFaithNeeded),
        ({"addresses": ""}, NotOurComment),
        ({"addresses": "the third one"}, NotOurComment),
        ({"addresses": f"https://talk.example/courier/comments/{UUID(int=7)}"}, NotOurComment),
        ({"addresses": "\n".join(f"/courier/comments/{UUID(int=n)}" for n in range(21))}, TooManyAddresses),
        ({"key": "no such key"}, UnknownFlagger),
    ],
)
def test_a_notice_that_is_not_complete_is_refused(
    setting: Setting, known: dict[str, Any], refusal: type[Refusal]
) -> None:
    comment = setting.post()

    with pytest.raises(refusal):
        a_notice(setting, comment, **known)

    assert setting.read(lambda r: notices.of_comment(r, setting.site.seq, comment.seq)) == []


def test_child_abuse_is_reported_without_a_name(setting: Setting) -> None:
    (notice,) = a_notice(setting, setting.post(), kind="child-safety", name="", email=None)

    assert (notice.name, notice.email) == ("", None)


def test_nobody_learns_of_what_was_never_published(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)

    with pytest.raises(NotOurComment):
        a_notice(setting, setting.post())


def test_removed_as_illegal_the_statement_says_by_which_law_and_after_whose_notice(setting: Setting) -> None:
    comment = setting.post()
    (notice,) = a_notice(setting, comment)

    done = answered(setting, notice, answer="Thank you.")

    assert (done.resolution, done.answer, done.resolved_at) == (Outcome.ILLEGAL, "Thank you.", after(hours=2))
    assert setting.again(comment).status is Status.REMOVED
    (decision,) = setting.read(lambda r: decisions.of_comment(r, setting.site.seq, comment.seq))
    assert decision.note == "Defamation Act, section 1: The claim is false."
    written = next(iter(setting.read(lambda r: list(comments_of(r, setting.site.seq, comment.commenter_seq)))))
    fields = written.decisions[0].statement
    assert fields["source_type"] == "SOURCE_ARTICLE_16"
    assert fields["illegal_content_legal_ground"] == "Defamation Act, section 1"
    assert "Ida" not in msgspec.json.encode(fields).decode()


def test_a_trusted_flaggers_notice_is_the_statements_source(setting: Setting) -> None:
    setting.write(lambda w: add_flagger(w, setting.site.seq, "The Helpline", key=KEY, now=after()))
    comment = setting.post()
    (notice,) = a_notice(setting, comment, key=KEY)

    answered(setting, notice, Outcome.POLICY)

    written = next(iter(setting.read(lambda r: list(comments_of(r, setting.site.seq, comment.commenter_seq)))))
    assert written.decisions[0].statement["source_type"] == "SOURCE_TRUSTED_FLAGGER"


def test_what_stands_was_looked_at(setting: Setting) -> None:
    comment = setting.post()
    (notice,) = a_notice(setting, comment)

    done = answered(setting, notice, Outcome.LEFT, answer="It is an opinion, and says so.")

    assert (done.resolution, setting.again(comment).status) == (Outcome.LEFT, Status.PUBLISHED)


def test_a_decision_at_the_queue_answers_notices_too(setting: Setting) -> None:
    comment = setting.post()
    (notice,) = a_notice(setting, comment)

    setting.decide(comment, Decided.REJECT, reason="hate")

    again = setting.read(lambda r: notices.by_id(r, setting.site.seq, notice.id))
    assert again.resolution is Outcome.POLICY


def test_an_undone_answer_opens_the_notice_again_and_its_letter_does_not_go(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post()
    (notice,) = a_notice(setting, comment)
    done = answered(setting, notice)
    assert done.decision_seq is not None
    decision = setting.read(lambda r: decisions.by_seq(r, setting.site.seq, done.decision_seq or 0))

    setting.write(
        lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=2))
    )

    again = setting.read(lambda r: notices.by_id(r, setting.site.seq, notice.id))
    assert (again.resolution, again.answer, again.decision_seq) == (None, "", None)
    assert the_case(setting, comment).kind is CaseKind.NOTICE
    assert [letter for letter, _ in setting.letters(at=after(days=1))] == ["notice-received"]


@pytest.mark.parametrize(
    ("outcome", "known", "refusal"),
    [
        (Outcome.ILLEGAL, {"reason": ""}, ReasonNeeded),
        (Outcome.ILLEGAL, {"reason": "personal-attack"}, ReasonNeeded),
        (Outcome.POLICY, {"reason": "defamation"}, ReasonNeeded),
        (Outcome.ILLEGAL, {"law": " "}, LegalGroundNeeded),
        (Outcome.ILLEGAL, {"explanation": ""}, LegalGroundNeeded),
        (Outcome.ILLEGAL, {"law": "x" * 501}, WordsTooLong),
        (Outcome.LEFT, {"answer": "x" * 5001}, WordsTooLong),
        (Outcome.LEFT, {"seen_revision": 2}, Stale),
        (Outcome.GONE, {}, NothingToDecide),
    ],
)
def test_an_answer_that_lacks_what_the_writer_must_be_told_is_refused(
    setting: Setting, outcome: Outcome, known: dict[str, Any], refusal: type[Refusal]
) -> None:
    comment = setting.post()
    (notice,) = a_notice(setting, comment)

    with pytest.raises(refusal):
        answered(setting, notice, outcome, **known)

    assert setting.again(comment).status is Status.PUBLISHED


def test_readers_do_not_answer_notices(setting: Setting) -> None:
    (notice,) = a_notice(setting, setting.post())

    with pytest.raises(NotAllowed):
        answered(setting, notice, Outcome.LEFT, by_seq=setting.reader.seq)


def test_a_notice_of_what_its_writer_deleted_is_still_answered(setting: Setting) -> None:
    comment = setting.post()
    (notice,) = a_notice(setting, comment)
    setting.write(
        lambda w: delete_comment(
            w, setting.site.seq, comment.id, commenter_seq=setting.reader.seq, now=after(hours=1, minutes=40)
        )
    )
    assert the_case(setting, comment).kind is CaseKind.NOTICE

    done = answered(setting, notice, Outcome.GONE)

    assert (done.resolution, done.decision_seq) == (Outcome.GONE, None)
    assert setting.read(lambda r: cases.of_comment(r, setting.site.seq, comment.seq)) == []
    with pytest.raises(AnsweredAlready):
        answered(setting, notice, Outcome.GONE)


def test_leaving_what_is_removed_already_does_not_publish_it(setting: Setting) -> None:
    comment = setting.post()
    setting.decide(comment, Decided.REJECT, now=after(hours=1, minutes=10))
    (notice,) = a_notice(setting, comment)

    with pytest.raises(NothingToDecide):
        answered(setting, notice, Outcome.LEFT)

    assert setting.again(comment).status is Status.REMOVED


def test_a_notice_of_a_reply_that_went_with_its_parent_is_answered_and_comes_back_with_it(database: Database) -> None:
    setting = Setting(database, replies_of_removed="go")
    root = setting.post()
    reply = setting.post(parent_id=root.id)
    (notice,) = a_notice(setting, reply)

    decision = setting.decide(root, Decided.REJECT)
    gone = setting.read(lambda r: notices.by_id(r, setting.site.seq, notice.id))
    setting.write(
        lambda w: undo_decision(w, setting.site.seq, decision.id, by_seq=setting.editor.seq, now=after(hours=3))
    )

    assert (gone.resolution, gone.resolved_at) == (Outcome.GONE, after(hours=2))
    again = setting.read(lambda r: notices.by_id(r, setting.site.seq, notice.id))
    assert again.resolution is None
    assert the_case(setting, reply).kind is CaseKind.NOTICE


def test_what_is_done_about_a_notice_is_on_the_record_without_its_words(setting: Setting) -> None:
    setting.write(lambda w: add_flagger(w, setting.site.seq, "The Helpline", key=KEY, now=after()))
    (notice,) = a_notice(setting, setting.post(), key=KEY, threatens_life=True)
    answered(setting, notice, Outcome.LEFT, told_authorities=True)

    written = Statement(select(log.c.details).where(log.c.kind == RecordKind.NOTICE.value).order_by(log.c.seq))
    details = [row[0] for row in setting.read(lambda r: r.rows(written))]

    assert [msgspec.json.decode(each)["act"] for each in details] == ["flagger added", "received", "authorities told"]
    assert msgspec.json.decode(details[1])["danger"] is True
    assert not any(word in each for each in details for word in ("Ida", "money", KEY))


def test_two_notices_at_once_of_the_same_comments_make_one_case_each(either_database: Database) -> None:
    setting = Setting(either_database)
    other = setting.write(lambda w: a_story(w, setting.site, headline="Kiosk to close"))
    first = setting.post()
    second = setting.post(by=setting.editor)
    assert other.seq != setting.story.seq

    def sent(*about: Comment) -> FileNotice:
        return FileNotice(
            site_seq=setting.site.seq,
            filing=(filing := uuid4()),
            receipt=str(filing),
            kind="threat",
            why="It threatens me.",
            addresses=" ".join(place(comment) for comment in about),
            name="Ida Marsh",
            email="ida@reader.example",
            in_good_faith=True,
        )

    orders = [sent(first, second), sent(second, first)] * 3
    racing = [either_database.write(lambda w, each=each: file_notice(w, each, now=after(hours=2))) for each in orders]  # type: ignore[misc] # binds the loop's value
    wait(racing, timeout=60)

    assert [each.exception() for each in racing] == [None] * 6
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.NOTICE: 2}


def test_a_letter_waits_until_the_answer_can_no_longer_be_undone(setting: Setting) -> None:
    (notice,) = a_notice(setting, setting.post())
    setting.letters(at=after(hours=2))

    answered(setting, notice)

    assert setting.letters(at=after(hours=2) + timedelta(seconds=29)) == []
    assert ("notice-answered", f"notice:{notice.seq}") in setting.letters(at=after(hours=3))
