"""Who was banned, suspended, held or taken off the ladder appeals: once, in time, heard by somebody else who may."""

from concurrent.futures import wait
from datetime import datetime
from typing import Any

import pytest
from tests.makers import Setting, a_commenter, after, an_editor

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.export_person import export_person
from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.hear_appeal import hear_appeal
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.leave import Leaving, leave
from rejoinder.actions.leave_ladder import leave_ladder
from rejoinder.actions.lift_act import lift_act
from rejoinder.actions.undo_hearing import undo_hearing
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.appeals import Appeal, Appellant, Hearing
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.discussion.refusals import (
    AlreadyAppealed,
    AlreadyHeard,
    AlreadyUndone,
    AnswerNeeded,
    AppealOver,
    FreshLookTooSoon,
    HeardByAnother,
    NotAllowed,
    NothingToAppeal,
    NotYours,
    TooLong,
    UnknownPersonAct,
)
from rejoinder.store import accounts, appeals, cases, commenters, person_acts
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database, Write


class People(Setting):
    """A setting in which a reader can be banned, and a second editor may hear of it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.other = self.write(lambda w: an_editor(w, self.site, "M. Penrose"))

    def act(self, do: Any = ban_commenter, *, by: Commenter | None = None, **known: Any) -> OnPerson:
        order = Order(
            site_seq=self.site.seq,
            commenter_id=self.reader.id,
            by_seq=(by or self.editor).seq,
            reason="advertising",
            **known,
        )
        done: OnPerson = self.write(lambda w: do(w, order, now=after(hours=1)))
        return done

    def appeal(self, act: OnPerson, text: str = "It was no advertising.", **known: Any) -> Appeal:
        now = known.pop("now", after(hours=2))
        order = AppealAct(site_seq=self.site.seq, act_id=act.id, text=text, **known)
        return self.write(lambda w: appeal_act(w, order, now=now))

    def hear(
        self,
        appeal: Appeal,
        outcome: Hearing = Hearing.GRANTED,
        *,
        by: Commenter | None = None,
        answer: str = "We looked again.",
        now: datetime | None = None,
    ) -> Appeal:
        order = self.hearing(appeal, outcome, by or self.other, answer=answer)
        return self.write(lambda w: hear_appeal(w, order, now=now or after(hours=3)))

    def hearing(self, appeal: Appeal, outcome: Hearing, by: Commenter, *, answer: str = "Seen.") -> Hear:
        return Hear(
            site_seq=self.site.seq,
            appeal_id=appeal.id,
            by_seq=by.seq,
            outcome=outcome,
            seen_revision=0,
            answer=answer,
        )

    def now_(self) -> Commenter:
        return self.read(lambda r: commenters.by_seq(r, self.site.seq, self.reader.seq))

    def open_cases(self) -> dict[CaseKind, int]:
        return self.read(lambda r: cases.counts(r, self.site.seq))


@pytest.fixture
def people(database: Database) -> People:
    return People(database)


@pytest.mark.parametrize("do", [ban_commenter, hold_commenter, leave_ladder])
def test_what_restricts_somebody_is_appealed_once(people: People, do: Any) -> None:
    act = people.act(do)

    made = people.appeal(act)

    assert (made.by, made.person_act_seq, made.outcome) == (Appellant.PERSON, act.seq, None)
    assert (made.decision_seq, made.comment_seq) == (0, 0)
    assert people.appeal(act) == made
    with pytest.raises(AlreadyAppealed):
        people.appeal(act, "And another thing.")
    assert people.open_cases() == {CaseKind.APPEAL: 1}


def test_two_acts_have_each_their_appeal(people: People) -> None:
    made = [people.appeal(act) for act in (people.act(), people.act(hold_commenter))]

    assert len({each.seq for each in made}) == 2
    assert people.open_cases() == {CaseKind.APPEAL: 2}


def test_what_restricts_nobody_or_was_taken_back_or_decided_anew_is_nothing_to_appeal(people: People) -> None:
    warning = people.act(warn_commenter)
    lifted = people.act()
    people.write(lambda w: lift_act(w, people.site.seq, lifted.id, by_seq=people.editor.seq, now=after(hours=1)))
    short, _ban_instead = people.act(until=after(hours=1, minutes=9)), people.act()

    for act in (warning, lifted, short):
        with pytest.raises(NothingToAppeal):
            people.appeal(act)


def test_a_suspension_that_ran_out_is_appealed_and_taken_off_the_record(people: People) -> None:
    over = people.act(until=after(hours=1, minutes=9))

    heard = people.hear(people.appeal(over))

    taken_back = people.read(lambda r: person_acts.by_seq(r, people.site.seq, over.seq))
    assert (heard.outcome, heard.result_seq) == (Hearing.GRANTED, taken_back.reversed_by)
    with pytest.raises(AlreadyUndone):
        people.write(lambda w: lift_act(w, people.site.seq, over.id, by_seq=people.editor.seq, now=after(hours=4)))


def test_it_is_the_persons_alone_for_six_months_and_words_have_a_limit(people: People) -> None:
    act = people.act()

    with pytest.raises(NotYours):
        people.appeal(act, by_seq=people.other.seq)
    with pytest.raises(AppealOver):
        people.appeal(act, now=after(days=185))
    with pytest.raises(TooLong):
        people.appeal(act, "x" * 2001)
    with pytest.raises(UnknownPersonAct):
        people.write(lambda w: appeal_act(w, AppealAct(site_seq=1, act_id=people.reader.id), now=after(hours=2)))
    assert people.appeal(act, by_seq=people.reader.seq).by is Appellant.PERSON


def test_a_grant_lifts_it_with_one_letter(people: People) -> None:
    act = people.act()
    people.letters(at=after(hours=1, minutes=30))

    heard = people.hear(people.appeal(act))

    assert heard.outcome is Hearing.GRANTED
    assert not people.now_().is_banned(after(hours=3))
    lifted = people.read(lambda r: person_acts.by_seq(r, people.site.seq, heard.result_seq or 0))
    assert (lifted.reverses, lifted.by_seq) == (act.seq, people.other.seq)
    assert people.letters(at=after(hours=4)) == [("act-appeal-heard", f"commenter:{people.reader.seq}")]
    assert people.open_cases() == {}


def test_a_refusal_needs_an_answer_and_leaves_it(people: People) -> None:
    made = people.appeal(people.act())

    with pytest.raises(AnswerNeeded):
        people.hear(made, Hearing.REFUSED, answer=" ")
    heard = people.hear(made, Hearing.REFUSED)

    assert (heard.outcome, heard.result_seq, heard.answer) == (Hearing.REFUSED, None, "We looked again.")
    assert people.now_().is_banned(after(hours=3))
    with pytest.raises(AlreadyHeard):
        people.hear(made)


def test_what_was_lifted_meanwhile_is_granted_without_an_act(people: People) -> None:
    act = people.act(hold_commenter)
    made = people.appeal(act)
    people.write(lambda w: lift_act(w, people.site.seq, act.id, by_seq=people.editor.seq, now=after(hours=2)))

    assert people.hear(made).result_seq is None


def test_somebody_else_hears_it_or_the_same_editor_on_a_later_day(people: People) -> None:
    made = people.appeal(people.act())
    with pytest.raises(HeardByAnother):
        people.hear(made, by=people.editor)

    people.write(lambda w: commenters.set_role(w, people.other, Role.READER))

    with pytest.raises(NotAllowed):
        people.hear(made)
    with pytest.raises(FreshLookTooSoon):
        people.hear(made, by=people.editor)
    assert people.hear(made, by=people.editor, now=after(days=1)).is_fresh_look


def test_a_moderator_hears_of_a_hold_and_of_no_ban(people: People) -> None:
    moderator = people.write(lambda w: a_commenter(w, people.site, "desk hand", role=Role.MODERATOR))
    hold, ban = people.appeal(people.act(hold_commenter)), people.appeal(people.act())

    assert people.hear(hold, by=moderator).outcome is Hearing.GRANTED
    with pytest.raises(NotAllowed):
        people.hear(ban, by=moderator)


def test_a_refusal_is_undone_until_its_letter_goes_and_a_grant_is_not(people: People) -> None:
    refused, granted = people.appeal(people.act()), people.appeal(people.act(hold_commenter))
    people.hear(refused, Hearing.REFUSED)
    people.hear(granted)

    def undo(appeal: Appeal, **later: float) -> Appeal:
        return people.write(
            lambda w: undo_hearing(
                w,
                people.site.seq,
                appeal.id,
                by_seq=people.other.seq,
                undo_for=after(seconds=30) - after(),
                now=after(hours=3, **later),
            )
        )

    with pytest.raises(AlreadyUndone):
        undo(refused, seconds=31)
    with pytest.raises(AlreadyUndone):
        undo(granted, seconds=9)
    assert undo(refused, seconds=9) == refused
    assert people.open_cases() == {CaseKind.APPEAL: 1}
    assert ("act-appeal-heard", f"commenter:{people.reader.seq}") in people.letters(at=after(hours=4))  # of the grant


def test_their_record_has_it_and_who_leaves_takes_it_along(either_database: Database) -> None:
    people = People(either_database)
    made = people.appeal(people.act())
    account = people.reader.account_seq
    assert account is not None

    record = people.read(lambda r: export_person(r, accounts.by_seq(r, account), now=after(hours=4)))
    order = Leaving(account_seq=account, erase=False, called={people.site.seq: "Former reader"})
    people.write(lambda w: leave(w, order, now=after(hours=4)))

    [[said]] = [site.appeals for site in record.sites]
    assert (said.what["against"], said.what["text"]) == ("ban", "It was no advertising.")
    left = people.read(lambda r: appeals.by_seq(r, people.site.seq, made.seq))
    assert (left.text, left.outcome) == ("", Hearing.WITHDRAWN)
    assert people.open_cases() == {}


def test_an_act_appealed_many_times_at_once_is_appealed_once(either_database: Database) -> None:
    people = People(either_database)
    act = people.act()

    def file(w: Write, n: int) -> Appeal:
        order = AppealAct(site_seq=people.site.seq, act_id=act.id, text=f"Word {n % 4}")
        return appeal_act(w, order, now=after(hours=2))

    tries = [either_database.write(lambda w, n=n: file(w, n)) for n in range(16)]  # type: ignore[misc] # the default binds the loop's value
    wait(tries)

    made = [each.result() for each in tries if each.exception() is None]
    assert (len(made), len({each.seq for each in made})) == (4, 1)
    assert all(isinstance(each.exception(), AlreadyAppealed) for each in tries if each.exception() is not None)
    assert people.open_cases() == {CaseKind.APPEAL: 1}


def test_editors_who_hear_it_at_once_while_another_lifts_it_hear_it_once(either_database: Database) -> None:
    people = People(either_database)
    act = people.act()
    made = people.appeal(act)
    editors = [people.other, *(people.write(lambda w, n=n: an_editor(w, people.site, f"Editor {n}")) for n in range(5))]  # type: ignore[misc] # as above

    tries = [
        either_database.write(
            lambda w, by=by, n=n: hear_appeal(  # type: ignore[misc] # as above
                w, people.hearing(made, Hearing.GRANTED if n % 2 else Hearing.REFUSED, by), now=after(hours=3)
            )
        )
        for n, by in enumerate(editors)
    ]
    lifting = either_database.write(
        lambda w: lift_act(w, people.site.seq, act.id, by_seq=people.editor.seq, now=after(hours=3))
    )
    wait(tries)
    wait([lifting])

    [heard] = [each.result() for each in tries if each.exception() is None]
    assert all(isinstance(each.exception(), AlreadyHeard) for each in tries if each.exception() is not None)
    assert lifting.exception() is None or isinstance(lifting.exception(), AlreadyUndone)
    assert not people.now_().is_banned(after(hours=4))
    assert heard.outcome in (Hearing.GRANTED, Hearing.REFUSED)
    assert people.open_cases() == {}
