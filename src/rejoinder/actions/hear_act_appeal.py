"""An editor hears the appeal of somebody about whom something was done: lifts it, or refuses with the grounds. The same
rules as for a comment: somebody else, or nobody else is there and it is a fresh look on a later day.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rejoinder.actions.ban_commenter import lock_account
from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.letters import letter_about_act_appeal
from rejoinder.actions.lift_act import lift_act
from rejoinder.discussion.appeals import (
    Appeal,
    Hearing,
    Sides,
    act_stands,
    fits_appeal,
    may_hear,
    may_undo_refusal,
    must_answer,
    must_be_open,
)
from rejoinder.discussion.commenters import Commenter, may, must_be_allowed
from rejoinder.discussion.person_acts import NEEDS, OnPerson, PersonAct
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import AlreadyUndone
from rejoinder.discussion.text import clean
from rejoinder.store import appeals, cases, commenters, jobs, log, notifications, person_acts, sites
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Read, Write

_KEEPS_OUT = (PersonAct.SUSPEND, PersonAct.BAN)


def hear_act_appeal(w: Write, order: Hear, found: Appeal, *, now: datetime) -> Appeal:
    """The appeal with what became of it, on the record; its person is told. A grant lifts the act, if it still stands.
    Raises NotAllowed, AlreadyHeard, TooLong, AnswerNeeded and the refusals of `appeals.may_hear`.
    """
    answer = clean(order.answer)
    fits_appeal(answer)
    act, about = act_of_appeal(w, found)
    must_be_allowed(commenters.by_seq(w, order.site_seq, order.by_seq), NEEDS[act.act])
    if act.act in _KEEPS_OUT:
        lock_account(w, order.site_seq, about.id)
    about = commenters.lock(w, order.site_seq, about.seq)
    appeal = appeals.lock(w, order.site_seq, found.seq)
    must_be_open(appeal)
    is_fresh_look = may_hear_about(w, act, about, by_seq=order.by_seq, now=now)
    cases.close_about(w, order.site_seq, CaseKind.APPEAL, appeal.seq, now=now)
    lifted: OnPerson | None = None
    if order.outcome is not Hearing.GRANTED:
        must_answer(answer)
    elif act_stands(act, person_acts.record_of(w, about)):
        lifted = lift_act(w, order.site_seq, act.id, by_seq=order.by_seq, now=now, is_heard=True)
    appeals.heard(
        w,
        appeal,
        order.outcome,
        by_seq=order.by_seq,
        answer=answer,
        result_seq=lifted.seq if lifted else None,
        is_fresh_look=is_fresh_look,
        now=now,
    )
    letter_about_act_appeal(w, about, appeal, now=now, after=order.undo_for)
    told = {"act": order.outcome.value, "lifted": str(lifted.id) if lifted else None, "is_fresh_look": is_fresh_look}
    _note(w, appeal, about, told, by_seq=order.by_seq, now=now)
    return appeals.by_seq(w, order.site_seq, appeal.seq)


def undo_act_hearing(w: Write, found: Appeal, *, by_seq: int, undo_for: timedelta, now: datetime) -> Appeal:
    """The appeal, waiting again, where it was refused and its letter, `undo_for` after that, has not gone. What a grant
    has lifted is not done again by an undo, but by a new act, with its reasons. Raises NotAllowed, AlreadyUndone.
    """
    act, about = act_of_appeal(w, found)
    must_be_allowed(commenters.by_seq(w, found.site_seq, by_seq), NEEDS[act.act])
    about = commenters.lock(w, found.site_seq, about.seq)
    appeal = appeals.lock(w, found.site_seq, found.seq)
    if not may_undo_refusal(appeal, undo_for=undo_for, now=now):
        raise AlreadyUndone
    jobs.cancel(w, appeal.event)
    notifications.take_back(w, appeal.site_seq, appeal.event)
    appeals.take_up(w, appeal)
    cases.reopen_about(w, appeal.site_seq, CaseKind.APPEAL, appeal.seq)
    _note(w, appeal, about, {"act": "undone"}, by_seq=by_seq, now=now)
    return appeals.by_seq(w, appeal.site_seq, appeal.seq)


def act_of_appeal(r: Read, appeal: Appeal) -> tuple[OnPerson, Commenter]:
    """What the appeal is against, and its person."""
    assert appeal.person_act_seq is not None  # that is what it is against
    act = person_acts.by_seq(r, appeal.site_seq, appeal.person_act_seq)
    return act, commenters.by_seq(r, appeal.site_seq, act.commenter_seq)


def may_hear_about(r: Read, act: OnPerson, about: Commenter, *, by_seq: int, now: datetime) -> bool:
    """Whether hearing it is a fresh look; see `appeals.may_hear`, whose refusals it raises."""
    sides = Sides(decided=(act,), appellant_seq=about.seq, deciders=who_may_lift(r, act, about))
    return may_hear(sides, by_seq=by_seq, zone=ZoneInfo(sites.by_seq(r, about.site_seq).zone), now=now)


def who_may_lift(r: Read, act: OnPerson, about: Commenter) -> frozenset[int]:
    """Everyone on the site who could grant it: what holds on every site only administrators lift."""
    everywhere = act.act in _KEEPS_OUT and about.is_banned_everywhere
    staff = commenters.by_seqs(r, about.site_seq, commenters.deciders(r, about.site_seq))
    return frozenset(
        seq for seq, each in staff.items() if may(each, NEEDS[act.act]) and (each.is_administrator or not everywhere)
    )


def _note(
    w: Write, appeal: Appeal, about: Commenter, what: Mapping[str, object], *, by_seq: int, now: datetime
) -> None:
    details = {"appeal": str(appeal.id), "appellant": appeal.by.value, **what}
    log.append(w, appeal.site_seq, RecordKind.APPEAL, details, by_seq=by_seq, commenter_seq=about.seq, now=now)
