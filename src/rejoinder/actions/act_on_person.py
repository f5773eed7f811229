"""What every act on a commenter has in common: it is allowed, nobody else acted meanwhile, it stands on the record, and
its person is told.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.letters import letter_to_person
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import (
    RESTRICTS,
    OnPerson,
    PersonAct,
    must_be_able,
    must_be_complete,
    must_be_seen,
    statement_of,
)
from rejoinder.discussion.statement import NONE
from rejoinder.discussion.text import clean
from rejoinder.language import official
from rejoinder.store import commenters, person_acts, sites
from rejoinder.store.database import Write


class Order(Struct, frozen=True, kw_only=True):
    """What was sent. `seen` is the newest act about the person that the editor knew of (None: does not say);
    `undo_for` is how long the letter waits.
    """

    site_seq: int
    commenter_id: UUID
    by_seq: int
    reason: str | None = None
    text: str = ""
    until: datetime | None = None
    seen: int | None = None
    undo_for: timedelta = timedelta(seconds=30)


def person_for(w: Write, order: Order, act: PersonAct) -> Commenter:
    """The person, locked, about whom the act may be done now. Raises NotAllowed, UnknownCommenter, ActedMeanwhile,
    ReasonNeeded, UnknownReason, Invalid.
    """
    by = commenters.by_seq(w, order.site_seq, order.by_seq)
    about = commenters.lock(w, order.site_seq, commenters.by_id(w, order.site_seq, order.commenter_id).seq)
    must_be_able(by, about, act)
    must_be_complete(act, reason=order.reason, text=order.text)
    must_be_seen(person_acts.latest(w, about), order.seen)
    return about


def note_act(w: Write, about: Commenter, act: PersonAct, order: Order, *, now: datetime) -> OnPerson:
    """The act on the record; the letter to its person waits. Call it last: it holds the site's record."""
    is_here = about.site_seq == order.site_seq
    noted = person_acts.add(
        w,
        about,
        act,
        by_seq=order.by_seq if is_here else None,
        reason=order.reason,
        text=clean(order.text),
        until=order.until,
        statement=_reasons(w, about, act, order, now=now),
        now=now,
    )
    if act is not PersonAct.ERASE and is_here:
        tell_person(w, about, noted, now=now, after=order.undo_for)
    return noted


def _reasons(w: Write, about: Commenter, act: PersonAct, order: Order, *, now: datetime) -> str:
    """The statement of reasons, in the language of the site; of what restricts nothing there is none."""
    if act not in RESTRICTS:
        return NONE
    language = official(sites.by_seq(w, about.site_seq).language)
    return statement_of(act, order.reason, until=order.until, now=now, language=language)


def tell_person(w: Write, about: Commenter, act: OnPerson, *, now: datetime, after: timedelta) -> None:
    """Notes the letter about an act to its person, and its entry in their inbox."""
    letter_to_person(w, about, "from-editors", event=event_of(act), act=act.seq, now=now, after=after)


def event_of(act: OnPerson) -> str:
    """The event by which the letters about an act are known."""
    return f"person:{act.id}"
