"""An editor takes back what was done about a commenter."""

from datetime import datetime, timedelta
from uuid import UUID

from rejoinder.actions.act_on_person import event_of, tell_person
from rejoinder.actions.ban_commenter import lock_account, memberships_elsewhere
from rejoinder.actions.earn_trust import note_levels
from rejoinder.actions.erase_spammer import give_all_back
from rejoinder.actions.letters import recipient
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson, PersonAct, in_force, must_be_able, must_be_liftable
from rejoinder.discussion.refusals import AlreadyUndone
from rejoinder.store import commenters, jobs, notifications, person_acts
from rejoinder.store.database import Write

_KEEPS_OUT = (PersonAct.SUSPEND, PersonAct.BAN)


def lift_act(
    w: Write, site_seq: int, act_id: UUID, *, by_seq: int, now: datetime, is_heard: bool = False
) -> OnPerson:  # fmt: skip
    """The act that takes it back. Its letter does not go if it has not gone yet; else its person is told of this one,
    unless it follows from a hearing (`is_heard`), whose own letter does; that also takes back what has run out, on the
    record alone. Whoever could do it can lift it; what holds on every site is lifted on every one, by an administrator.
    Raises NotAllowed, UnknownPersonAct, AlreadyUndone.
    """
    lifted = person_acts.by_id(w, site_seq, act_id)
    by = commenters.by_seq(w, site_seq, by_seq)
    found = commenters.by_seq(w, site_seq, lifted.commenter_seq)
    if lifted.act in _KEEPS_OUT:
        lock_account(w, site_seq, found.id)
    about = commenters.lock(w, site_seq, found.seq)
    must_be_able(by, about, lifted.act)
    record = person_acts.record_of(w, about)
    must_be_liftable(person_acts.by_id(w, site_seq, act_id), record, now=now, is_heard=is_heard)
    if lifted.until is not None and lifted.until <= now:
        return person_acts.add(w, about, PersonAct.LIFT, by_seq=by_seq, reverses=lifted.seq, now=now)
    noted = _lift(w, about, lifted, by_seq=by_seq, now=now)
    taken_back = jobs.cancel(w, event_of(lifted))
    notifications.take_back(w, site_seq, event_of(lifted))
    if not is_heard and recipient(about.seq) not in taken_back and lifted.act is not PersonAct.ERASE:
        tell_person(w, about, noted, now=now, after=timedelta())
    return noted


def lift_ban(w: Write, site_seq: int, commenter_id: UUID, *, by_seq: int, now: datetime) -> OnPerson:
    """The act that lets them write again, also where their ban is older than the record of acts. Raises NotAllowed,
    UnknownCommenter, AlreadyUndone.
    """
    about = commenters.by_id(w, site_seq, commenter_id)
    holding = [each for each in in_force(person_acts.record_of(w, about), now=now) if each.act in _KEEPS_OUT]
    if holding:
        return lift_act(w, site_seq, holding[-1].id, by_seq=by_seq, now=now)
    about = commenters.lock(w, site_seq, about.seq)
    must_be_able(commenters.by_seq(w, site_seq, by_seq), about, PersonAct.BAN)
    if not about.is_banned(now):
        raise AlreadyUndone
    commenters.set_ban(w, about, since=None)
    noted = person_acts.add(w, about, PersonAct.LIFT, by_seq=by_seq, now=now)
    tell_person(w, about, noted, now=now, after=timedelta())
    return noted


def _lift(w: Write, about: Commenter, lifted: OnPerson, *, by_seq: int, now: datetime) -> OnPerson:
    others: list[Commenter] = []
    if lifted.act is PersonAct.HOLD:
        person_acts.set_hold(w, about, since=None)
    elif lifted.act is PersonAct.OFF_LADDER:
        person_acts.set_ladder(w, about, leaves=False)
        note_levels(w, about.site_seq, now=now)
    elif lifted.act is PersonAct.ERASE:
        give_all_back(w, about, lifted, now=now)
    elif lifted.act in _KEEPS_OUT:
        if about.is_banned_everywhere:
            found = memberships_elsewhere(w, about, by_seq=by_seq)
            others = [each for each in found if each.is_banned_everywhere]
        for each in (about, *others):
            commenters.set_ban(w, each, since=None)
    noted = person_acts.add(w, about, PersonAct.LIFT, by_seq=by_seq, reverses=lifted.seq, now=now)
    for each in others:
        _lift_there(w, each, now=now)
    if lifted.act is PersonAct.WARN:
        person_acts.renew_warned(w, about)
    return noted


def _lift_there(w: Write, about: Commenter, *, now: datetime) -> None:
    """The same on the record of another site, whose own act it takes back."""
    holding = [each for each in in_force(person_acts.record_of(w, about), now=now) if each.act in _KEEPS_OUT]
    person_acts.add(w, about, PersonAct.LIFT, reverses=holding[-1].seq if holding else None, now=now)
