"""Races on what waits: who reads it, opinions, notices, corrections, appeals."""

from collections.abc import Callable
from datetime import timedelta

from tests.actions.races.desk import SOON, Act, Both, Desk, Race, either
from tests.actions.races.on_comments import DECIDE, Card
from tests.actions.races.on_people import an_order
from tests.actions.test_corrections import a_correction
from tests.actions.test_notices import a_notice, an_answer
from tests.makers import a_flag, after, an_editor

from rejoinder.actions.answer_correction import AnswerCorrection, answer_correction, take_answer_back
from rejoinder.actions.answer_notice import answer_notice
from rejoinder.actions.appeal import (
    AppealDecision,
    AppealNotice,
    AppealReport,
    appeal_decision,
    appeal_notice,
    appeal_report,
)
from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.ask_opinion import answer_opinion, ask_opinion
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.claim_case import assign_case, claim_case, let_go
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.hear_appeal import hear_appeal
from rejoinder.actions.note_comment import note_comment
from rejoinder.actions.undo_hearing import undo_hearing
from rejoinder.discussion.appeals import Appeal, Hearing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.corrections import Outcome as Corrected
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.notices import Outcome as Answered
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.discussion.refusals import (
    AlreadyHeard,
    AlreadyUndone,
    AnsweredAlready,
    ClaimedByColleague,
    DecidedMeanwhile,
    NothingToDecide,
)
from rejoinder.store import comments
from rejoinder.store.database import Write

_AT = "POST /{site}/desk/comments/{id}"
CLAIM, ASSIGN, NOTES, OPINION, ANSWER = (
    (f"{_AT}/{last}",) for last in ("claim", "assign", "notes", "opinion", "answer")
)
NOTICE = ("POST /{site}/desk/notices/{id}",)
CORRECTION = ("POST /{site}/desk/corrections/{id}",)
CORRECTION_UNDO = ("POST /{site}/desk/corrections/{id}/undo",)
HEAR = ("POST /{site}/desk/appeals/{id}/hear", "POST /api/desk/appeals/{appeal_id}/hearing")
HEARING_UNDO = ("POST /{site}/desk/appeals/{id}/undo", "POST /api/desk/appeals/{appeal_id}/undo")


def claiming(desk: Desk) -> Both:
    comment = desk.post()
    return either(desk, lambda w, by: claim_case(w, desk.site.seq, comment.id, by_seq=by.seq, now=SOON))


def letting_go_and_taking_over(desk: Desk) -> Both:
    comment = desk.post()
    desk.write(lambda w: claim_case(w, desk.site.seq, comment.id, by_seq=desk.first.seq, now=SOON))
    return (
        lambda w: let_go(w, desk.site.seq, comment.id, by_seq=desk.first.seq),
        lambda w: claim_case(w, desk.site.seq, comment.id, by_seq=desk.second.seq, now=SOON, take_over=True),
    )


def giving_to_two(desk: Desk) -> Both:
    comment = desk.post()
    return (
        lambda w: assign_case(w, desk.site.seq, comment.id, to=desk.second.id, by_seq=desk.first.seq),
        lambda w: assign_case(w, desk.site.seq, comment.id, to=desk.third.id, by_seq=desk.second.seq),
    )


def noting(desk: Desk) -> Both:
    comment = desk.post()
    return either(
        desk, lambda w, by: note_comment(w, desk.site.seq, comment.id, "Look twice.", by_seq=by.seq, now=SOON)
    )


def asking(desk: Desk) -> Both:
    comment = desk.post()
    return either(desk, lambda w, by: ask_opinion(w, desk.site.seq, comment.id, "Satire?", by_seq=by.seq, now=SOON))


def answering(desk: Desk) -> Both:
    comment, by_seq = desk.post(), desk.third.seq
    desk.write(lambda w: ask_opinion(w, desk.site.seq, comment.id, "Satire?", by_seq=by_seq, now=after(hours=2)))
    return either(
        desk,
        lambda w, by: answer_opinion(w, desk.site.seq, comment.id, "Yes.", agrees=True, by_seq=by.seq, now=SOON),
    )


def answering_a_notice(desk: Desk) -> Both:
    [notice] = a_notice(desk, desk.published(), now=after(hours=2))
    first = an_answer(desk, notice, Answered.ILLEGAL, by_seq=desk.first.seq)
    second = an_answer(desk, notice, Answered.LEFT, by_seq=desk.second.seq)
    return (lambda w: answer_notice(w, first, now=SOON)), (lambda w: answer_notice(w, second, now=SOON))


def answering_a_notice_of_what_is_gone(desk: Desk) -> Both:
    comment = desk.published()
    [notice] = a_notice(desk, comment, now=after(hours=1))
    moment = after(hours=1, minutes=1)
    desk.write(lambda w: delete_comment(w, desk.site.seq, comment.id, commenter_seq=desk.reader.seq, now=moment))
    return either(
        desk,
        lambda w, by: answer_notice(w, an_answer(desk, notice, Answered.GONE, by_seq=by.seq), now=SOON),
    )


def deciding_and_answering_a_notice(desk: Desk) -> Both:
    comment = desk.published()
    [notice] = a_notice(desk, comment, now=after(hours=2))
    card, answer = Card(desk, comment), an_answer(desk, notice, Answered.LEFT, by_seq=desk.second.seq)
    return (lambda w: card.decide(w, desk.first, Outcome.REJECT)), (lambda w: answer_notice(w, answer, now=SOON))


def answering_a_notice_and_deciding(desk: Desk) -> Both:
    comment = desk.published()
    [notice] = a_notice(desk, comment, now=after(hours=2))
    card, answer = Card(desk, comment), an_answer(desk, notice, Answered.LEFT, by_seq=desk.first.seq)
    return (lambda w: answer_notice(w, answer, now=SOON)), (lambda w: card.decide(w, desk.second, Outcome.REJECT))


def answering_a_correction(desk: Desk) -> Both:
    found = a_correction(desk)

    def answer(w: Write, by: Commenter) -> object:
        outcome = Corrected.CORRECTED if by is desk.first else Corrected.DECLINED
        order = AnswerCorrection(
            site_seq=desk.site.seq, correction_id=found.id, by_seq=by.seq, outcome=outcome, answer="Thank you."
        )
        return answer_correction(w, order, now=SOON)

    return either(desk, answer)


def taking_the_answer_back(desk: Desk) -> Both:
    found = a_correction(desk)
    order = AnswerCorrection(
        site_seq=desk.site.seq, correction_id=found.id, by_seq=desk.third.seq, outcome=Corrected.CORRECTED
    )
    desk.write(lambda w: answer_correction(w, order, now=after(hours=2)))
    return either(desk, lambda w, by: take_answer_back(w, desk.site.seq, found.id, by_seq=by.seq, now=SOON))


def of_the_writer(desk: Desk) -> Appeal:
    rejected = desk.earlier(desk.post(), Outcome.REJECT)
    order = AppealDecision(site_seq=desk.site.seq, decision_id=rejected.id, text="It was a joke.")
    return desk.write(lambda w: appeal_decision(w, order, now=after(hours=2, minutes=30)))


def of_the_reporter(desk: Desk) -> Appeal:
    comment = desk.post()
    receipt = desk.write(lambda w: a_flag(w, comment, device=7)).receipt
    desk.earlier(comment, Outcome.APPROVE)
    order = AppealReport(site_seq=desk.site.seq, receipt=receipt, text="It is hateful.")
    return desk.write(lambda w: appeal_report(w, order, now=after(hours=2, minutes=30)))


def of_who_gave_notice(desk: Desk) -> Appeal:
    [notice] = a_notice(desk, desk.published(), now=after(hours=2))
    answer = an_answer(desk, notice, Answered.LEFT, by_seq=desk.third.seq)
    desk.write(lambda w: answer_notice(w, answer, now=after(hours=2)))
    receipt = f"receipt of {notice.filing}"
    order = AppealNotice(site_seq=desk.site.seq, receipt=receipt, notice_id=notice.id, text="It states a fact.")
    return desk.write(lambda w: appeal_notice(w, order, now=after(hours=2, minutes=30)))


def of_who_was_banned(desk: Desk) -> Appeal:
    ban = an_order(desk, desk.third, PersonAct.BAN)
    done = desk.write(lambda w: ban_commenter(w, ban, now=after(hours=2)))
    order = AppealAct(site_seq=desk.site.seq, act_id=done.id, text="It was no advertising.")
    return desk.write(lambda w: appeal_act(w, order, now=after(hours=2, minutes=30)))


Filed = Callable[[Desk], Appeal]
APPEALS: dict[str, Filed] = {
    "the writer": of_the_writer,
    "the reporter": of_the_reporter,
    "who gave notice": of_who_gave_notice,
    "who was banned": of_who_was_banned,
}
GRANTED = {  # what comes of it
    "the writer": ("decision: approve by the first",),
    "the reporter": ("decision: reject by the first",),
    "who gave notice": ("decision: reject by the first",),
    "who was banned": ("person: lift by the first",),
}
UNDONE = ("decision: undo by the first",)


def _hears(desk: Desk, appeal: Appeal, by: Commenter, outcome: Hearing) -> Act:
    order = Hear(
        site_seq=desk.site.seq,
        appeal_id=appeal.id,
        by_seq=by.seq,
        outcome=outcome,
        seen_revision=1 if appeal.comment_seq else 0,
        answer="We looked again.",
        reason="hate",
        undo_for=timedelta(minutes=5),
    )
    return lambda w: hear_appeal(w, order, now=SOON)


def hears(whose: str, first: Hearing, second: Hearing) -> Race:
    """Both hear it."""

    def begin(desk: Desk) -> Both:
        appeal = APPEALS[whose](desk)
        return _hears(desk, appeal, desk.first, first), _hears(desk, appeal, desk.second, second)

    came = GRANTED[whose] if first is Hearing.GRANTED else ()
    written = (*came, f"appeal: {first} by the first")
    name = f"hear {whose}: {first} and {second}"
    return Race(name=name, routes=HEAR, begin=begin, told=AlreadyHeard, written=written)


def undoes_hearing(whose: str, outcome: Hearing) -> Race:
    """Both take the hearing back, which somebody else had heard."""

    def begin(desk: Desk) -> Both:
        appeal = APPEALS[whose](desk)
        fourth = desk.write(lambda w: an_editor(w, desk.site, "S. Pell"))
        desk.write(_hears(desk, appeal, fourth, outcome))
        return either(
            desk,
            lambda w, by: undo_hearing(
                w, desk.site.seq, appeal.id, by_seq=by.seq, undo_for=timedelta(minutes=5), now=SOON
            ),
        )

    written = UNDONE if outcome is Hearing.GRANTED else ("appeal: undone by the first",)
    name = f"undo a hearing of {whose}: {outcome}"
    return Race(name=name, routes=HEARING_UNDO, begin=begin, told=AlreadyUndone, written=written)


def hearing_and_deciding(desk: Desk) -> Both:
    appeal = of_the_writer(desk)
    card = Card(desk, desk.read(lambda r: comments.by_seq(r, desk.site.seq, appeal.comment_seq)))
    return _hears(desk, appeal, desk.first, Hearing.GRANTED), (lambda w: card.decide(w, desk.second, Outcome.REJECT))


def deciding_and_hearing(desk: Desk) -> Both:
    appeal = of_the_writer(desk)
    card = Card(desk, desk.read(lambda r: comments.by_seq(r, desk.site.seq, appeal.comment_seq)))
    return (lambda w: card.decide(w, desk.first, Outcome.APPROVE)), _hears(desk, appeal, desk.second, Hearing.GRANTED)


_HEARD = (Hearing.GRANTED, Hearing.REFUSED)
RACES: tuple[Race, ...] = (
    Race(
        name="take to read",
        routes=CLAIM,
        begin=claiming,
        told=ClaimedByColleague,
        named=True,
        written=("held read by the first",),
    ),
    Race(
        name="let go and take over",
        routes=CLAIM,
        begin=letting_go_and_taking_over,
        written=("held read by the second",),
    ),
    Race(  # a wish, which the card shows: the later one holds
        name="give to two colleagues", routes=ASSIGN, begin=giving_to_two, written=("held for the third",)
    ),
    Race(name="note", routes=NOTES, begin=noting, written=("note by the first", "note by the second")),
    Race(  # two questions, one case: who answers has read both
        name="ask for a second opinion",
        routes=OPINION,
        begin=asking,
        written=("asked by the first", "asked by the second"),
    ),
    Race(
        name="give a second opinion",
        routes=ANSWER,
        begin=answering,
        told=NothingToDecide,
        written=("agreed by the first", "held for the third"),
    ),
    Race(
        name="answer a notice",
        routes=NOTICE,
        begin=answering_a_notice,
        told=AnsweredAlready,
        written=("decision: reject by the first",),
    ),
    Race(
        name="answer a notice of what is gone",
        routes=NOTICE,
        begin=answering_a_notice_of_what_is_gone,
        told=AnsweredAlready,
        written=("notice: answered by the first",),
    ),
    Race(
        name="decide and answer a notice",
        routes=(*DECIDE, *NOTICE),
        begin=deciding_and_answering_a_notice,
        told=AnsweredAlready,
        written=("decision: reject by the first",),
    ),
    Race(
        name="answer a notice and decide",
        routes=(*DECIDE, *NOTICE),
        begin=answering_a_notice_and_deciding,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: approve by the first",),
    ),
    Race(
        name="answer a correction",
        routes=CORRECTION,
        begin=answering_a_correction,
        told=AnsweredAlready,
        written=("correction: answered by the first",),
    ),
    Race(
        name="take the answer to a correction back",
        routes=CORRECTION_UNDO,
        begin=taking_the_answer_back,
        told=AlreadyUndone,
        written=("correction: taken back by the first",),
    ),
    *(hears(whose, first, second) for whose in APPEALS for first in _HEARD for second in _HEARD),
    *(undoes_hearing(whose, Hearing.REFUSED) for whose in APPEALS),
    *(undoes_hearing(whose, Hearing.GRANTED) for whose in APPEALS if whose != "who was banned"),
    Race(
        name="hear and decide",
        routes=(*HEAR, *DECIDE),
        begin=hearing_and_deciding,
        told=DecidedMeanwhile,
        named=True,
        written=("decision: approve by the first", "appeal: granted by the first"),
    ),
    Race(
        name="decide and hear",
        routes=(*HEAR, *DECIDE),
        begin=deciding_and_hearing,
        written=("decision: approve by the first", "appeal: granted by the second"),
    ),
)
