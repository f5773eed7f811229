"""An editor asks to see a commenter's new comments before anybody else does."""

from datetime import datetime

from rejoinder.actions.act_on_person import Order, note_act, person_for
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.store import person_acts
from rejoinder.store.database import Write


def hold_commenter(w: Write, order: Order, *, now: datetime) -> OnPerson:
    """The act. Each new comment of its person waits until `until` (None: until this is lifted). Raises the refusals of
    `person_for`.
    """
    about = person_for(w, order, PersonAct.HOLD)
    person_acts.set_hold(w, about, since=now, until=order.until)
    return note_act(w, about, PersonAct.HOLD, order, now=now)
