"""The desk's acts on people: writing to them, warning, holding, keeping out, taking off the ladder, erasing a spammer,
and lifting each.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.erase_spammer import erase_spammer
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.leave_ladder import leave_ladder
from rejoinder.actions.lift_act import lift_act, lift_ban
from rejoinder.actions.message_commenter import message_commenter
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.commenters import Act, Commenter, may
from rejoinder.discussion.person_acts import NEEDS, OnPerson, PersonAct, in_force, until_after
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Invalid, Refusal
from rejoinder.store import commenters, person_acts, spam
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.person_acts import EraseSpammerPage, ShownAct, TypedAct
from rejoinder.web.visits import Visit

LONGEST_DAYS = 3650
FOR_GOOD = "for good"
Do = Callable[[Write, Order], OnPerson]
_ACTS = {
    "message": PersonAct.MESSAGE,
    "warn": PersonAct.WARN,
    "hold": PersonAct.HOLD,
    "ban": PersonAct.BAN,
    "off-ladder": PersonAct.OFF_LADDER,
    "erase": PersonAct.ERASE,
}


def message(w: Write, visit: Visit) -> Answer:
    """A message to the person of the path."""
    return _done(w, visit, Act.WARN, lambda w, order: message_commenter(w, order, now=visit.asked.now))


def warn(w: Write, visit: Visit) -> Answer:
    """A warning, which they acknowledge before they write on."""
    return _done(w, visit, Act.WARN, lambda w, order: warn_commenter(w, order, now=visit.asked.now))


def hold(w: Write, visit: Visit) -> Answer:
    """Their new comments wait for an editor: for a time, or until that is lifted."""
    return _done(w, visit, Act.WARN, lambda w, order: hold_commenter(w, order, now=visit.asked.now))


def ban(w: Write, visit: Visit) -> Answer:
    """They cannot write for a time, or any more; here, or everywhere."""
    everywhere = bool(visit.asked.form.text("everywhere"))
    return _done(
        w,
        visit,
        Act.MANAGE_PEOPLE,
        lambda w, order: ban_commenter(w, order, now=visit.asked.now, everywhere=everywhere),
    )


def off_ladder(w: Write, visit: Visit) -> Answer:
    """They earn no trust any more, and count as new."""
    return _done(w, visit, Act.MANAGE_PEOPLE, lambda w, order: leave_ladder(w, order, now=visit.asked.now))


def erase(w: Write, visit: Visit) -> Answer:
    """All their comments go as spam."""
    return _done(w, visit, Act.MANAGE_PEOPLE, lambda w, order: erase_spammer(w, order, now=visit.asked.now))


def erase_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks once more, and says first how much would go. Raises UnknownCommenter."""
    visit.staff(Act.MANAGE_PEOPLE)
    who = commenters.by_id(r, visit.site.seq, visit.asked.id())
    count, under = spam.how_many(r, visit.site.seq, who.seq)
    page = EraseSpammerPage(
        chrome=chrome(r, visit),
        id=who.id,
        name=who.name,
        comments=count,
        stories=under,
        seen=person_acts.latest(r, who),
        seconds=int(visit.options.undo_for.total_seconds()),
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


def lift(w: Write, visit: Visit) -> Answer:
    """The act of the path taken back; then the page of its person."""
    by_seq = visit.staff(Act.WARN).seq
    lifted = lift_act(w, visit.site.seq, visit.asked.id(), by_seq=by_seq, now=visit.asked.now)
    about = commenters.by_seq(w, visit.site.seq, lifted.commenter_seq)
    return see_other(addresses.person(visit.site.key, about.id))


def unban(w: Write, visit: Visit) -> Answer:
    """The person of the path may write again."""
    by_seq, person = visit.staff(Act.MANAGE_PEOPLE).seq, visit.asked.id()
    lift_ban(w, visit.site.seq, person, by_seq=by_seq, now=visit.asked.now)
    return see_other(addresses.person(visit.site.key, person))


def shown_record(visit: Visit, record: Iterable[OnPerson]) -> tuple[ShownAct, ...]:
    """The acts as the desk sees them, the newest first."""
    record = list(record)
    now = visit.asked.now
    holding = {each.seq for each in in_force(record, now=now)}
    return tuple(
        _shown(each, holds=each.seq in holding, may_lift=_may_lift(visit, each, holds=each.seq in holding))
        for each in reversed(record)
    )


def able(visit: Visit, about: Commenter) -> tuple[str, ...]:
    """The acts that the viewer can do about this person, by the last parts of their addresses."""
    if about.is_staff or visit.viewer is None:
        return ()
    has_account = about.account_seq is not None  # who has none cannot be written to, nor write
    known = [name for name, act in _ACTS.items() if may(visit.viewer, NEEDS[act]) and (has_account or name == "erase")]
    if visit.viewer.is_administrator and "ban" in known:
        known.append("everywhere")
    return tuple(known)


def typed_act(visit: Visit, refusal: Refusal | None) -> TypedAct:
    """What was sent, where it was refused."""
    if refusal is None:
        return TypedAct()
    form = visit.asked.form
    return TypedAct(
        act=visit.asked.path.rsplit("/", 1)[-1],
        reason=form.text("reason"),
        text=form.text("words"),
        days=form.text("days"),
    )


def _shown(each: OnPerson, *, holds: bool, may_lift: bool) -> ShownAct:
    return ShownAct(
        id=each.id,
        act=each.act,
        at=each.created_at,
        by=each.by_name,
        reason=reason_of(each.reason).label if each.reason else "",
        text=each.text,
        until=each.until,
        lifts=each.lifted,
        is_lifted=each.reversed_by is not None,
        read_at=each.acknowledged_at,
        holds=holds,
        may_lift=may_lift,
    )


def _may_lift(visit: Visit, each: OnPerson, *, holds: bool) -> bool:
    waits = each.act is PersonAct.WARN and each.acknowledged_at is None and each.reversed_by is None
    able = visit.viewer is not None and each.act in NEEDS and may(visit.viewer, NEEDS[each.act])
    return able and (holds or waits)


def _done(w: Write, visit: Visit, needs: Act, do: Do) -> Answer:
    order = _order(visit, by_seq=visit.staff(needs).seq)
    do(w, order)
    return see_other(addresses.person(visit.site.key, order.commenter_id, done=visit.asked.path.rsplit("/", 1)[-1]))


def _order(visit: Visit, *, by_seq: int) -> Order:
    form = visit.asked.form
    return Order(
        site_seq=visit.site.seq,
        commenter_id=visit.asked.id(),
        by_seq=by_seq,
        reason=form.text("reason") or None,
        text=form.text("words"),
        until=_until(visit),
        seen=form.number("seen"),
        undo_for=visit.options.undo_for,
    )


def _until(visit: Visit) -> datetime | None:
    """The end of the days that were typed; None for none, or for good. Raises Invalid."""
    typed = visit.asked.form.text("days").strip()
    if typed in ("", FOR_GOOD):
        return None
    days = visit.asked.form.number("days")
    if not 0 < days <= LONGEST_DAYS:
        raise Invalid(field="days")
    return until_after(days, now=visit.asked.now)
