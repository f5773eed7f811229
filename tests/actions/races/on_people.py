"""Races about a person."""

from collections.abc import Callable
from functools import partial

from tests.actions.races.desk import SOON, Both, Desk, Race, either
from tests.makers import after

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.earn_trust import appoint
from rejoinder.actions.erase_spammer import erase_spammer
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.leave_ladder import leave_ladder
from rejoinder.actions.lift_act import lift_act, lift_ban
from rejoinder.actions.message_commenter import message_commenter
from rejoinder.actions.note_comment import note_commenter
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.refusals import ActedMeanwhile, AlreadyUndone
from rejoinder.discussion.trust import Level
from rejoinder.store.database import Write

_AT = "POST /{site}/desk/people/{id}"
BAN, UNBAN, LEVEL, NOTES = ((f"{_AT}/{last}",) for last in ("ban", "unban", "level", "notes"))
LIFT = ("POST /{site}/desk/person-acts/{id}/lift",)
Verb = Callable[..., OnPerson]


def an_order(desk: Desk, by: Commenter, act: PersonAct) -> Order:
    """What is sent from the page of a person about whom nothing was done yet."""
    return Order(
        site_seq=desk.site.seq,
        commenter_id=desk.reader.id,
        by_seq=by.seq,
        reason="inappropriate",
        text="Please argue with what she wrote.",
        until=after(days=3) if act in (PersonAct.SUSPEND, PersonAct.HOLD) else None,
        seen=0,
    )


VERBS: dict[str, tuple[str, PersonAct, Verb]] = {
    "message": ("message", PersonAct.MESSAGE, message_commenter),
    "warn": ("warn", PersonAct.WARN, warn_commenter),
    "hold": ("hold", PersonAct.HOLD, hold_commenter),
    "suspend": ("ban", PersonAct.SUSPEND, ban_commenter),
    "ban": ("ban", PersonAct.BAN, ban_commenter),
    "ban on all sites": ("ban", PersonAct.BAN, partial(ban_commenter, everywhere=True)),
    "take off the ladder": ("off-ladder", PersonAct.OFF_LADDER, leave_ladder),
    "erase a spammer": ("erase", PersonAct.ERASE, erase_spammer),
}


def does(name: str) -> Race:
    """The same act by both."""
    last, act, verb = VERBS[name]

    def begin(desk: Desk) -> Both:
        return either(desk, lambda w, by: verb(w, an_order(desk, by, act), now=SOON))

    return Race(
        name=name,
        routes=(f"{_AT}/{last}",),
        begin=begin,
        told=ActedMeanwhile,
        written=(f"person: {act} by the first",),
    )


def lifts(name: str) -> Race:
    """Both take it back."""
    _, act, verb = VERBS[name]

    def begin(desk: Desk) -> Both:
        done = desk.write(lambda w: verb(w, an_order(desk, desk.third, act), now=after(hours=2)))
        return either(desk, lambda w, by: lift_act(w, desk.site.seq, done.id, by_seq=by.seq, now=SOON))

    written = ("person: lift by the first",)
    return Race(name=f"lift: {name}", routes=LIFT, begin=begin, told=AlreadyUndone, written=written)


def banning_and_warning(desk: Desk) -> Both:
    ban, warning = an_order(desk, desk.first, PersonAct.BAN), an_order(desk, desk.second, PersonAct.WARN)
    return (lambda w: ban_commenter(w, ban, now=SOON)), (lambda w: warn_commenter(w, warning, now=SOON))


def unbanning(desk: Desk) -> Both:
    desk.write(lambda w: ban_commenter(w, an_order(desk, desk.third, PersonAct.BAN), now=after(hours=2)))
    return either(desk, lambda w, by: lift_ban(w, desk.site.seq, desk.reader.id, by_seq=by.seq, now=SOON))


def lifting_and_unbanning(desk: Desk) -> Both:
    order = an_order(desk, desk.third, PersonAct.BAN)
    done = desk.write(lambda w: ban_commenter(w, order, now=after(hours=2)))
    return (
        lambda w: lift_act(w, desk.site.seq, done.id, by_seq=desk.first.seq, now=SOON),
        lambda w: lift_ban(w, desk.site.seq, desk.reader.id, by_seq=desk.second.seq, now=SOON),
    )


def _appoints(desk: Desk, by: Commenter, level: Level) -> Callable[[Write], object]:
    return lambda w: appoint(w, desk.site.seq, desk.reader.id, level, by_seq=by.seq, seen=Level.NEW, now=SOON)


def putting_at_one_level(desk: Desk) -> Both:
    return _appoints(desk, desk.first, Level.EXPERT), _appoints(desk, desk.second, Level.EXPERT)


def putting_at_two_levels(desk: Desk) -> Both:
    return _appoints(desk, desk.first, Level.EXPERT), _appoints(desk, desk.second, Level.RECOGNISED)


def noting(desk: Desk) -> Both:
    return either(
        desk,
        lambda w, by: note_commenter(w, desk.site.seq, desk.reader.id, "Knows boats.", by_seq=by.seq, now=SOON),
    )


RACES: tuple[Race, ...] = (
    *(does(name) for name in VERBS),
    *(lifts(name) for name in VERBS if name != "message"),
    Race(
        name="ban and warn",
        routes=(*BAN, f"{_AT}/warn"),
        begin=banning_and_warning,
        told=ActedMeanwhile,
        written=("person: ban by the first",),
    ),
    Race(
        name="let write again",
        routes=UNBAN,
        begin=unbanning,
        told=AlreadyUndone,
        written=("person: lift by the first",),
    ),
    Race(
        name="lift a ban and let write again",
        routes=(*UNBAN, *LIFT),
        begin=lifting_and_unbanning,
        told=AlreadyUndone,
        written=("person: lift by the first",),
    ),
    Race(name="put at one level", routes=LEVEL, begin=putting_at_one_level, written=("person: level by the first",)),
    Race(
        name="put at two levels",
        routes=LEVEL,
        begin=putting_at_two_levels,
        told=ActedMeanwhile,
        written=("person: level by the first",),
    ),
    Race(
        name="note on a person",
        routes=NOTES,
        begin=noting,
        written=("note by the first", "note by the second"),
    ),
)
