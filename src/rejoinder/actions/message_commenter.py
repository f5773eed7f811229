"""An editor writes to a commenter. There is no way to answer: it is no private conversation."""

from datetime import datetime

from rejoinder.actions.act_on_person import Order, note_act, person_for
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.store.database import Write


def message_commenter(w: Write, order: Order, *, now: datetime) -> OnPerson:
    """The message, on its way by letter and to the inbox. Raises the refusals of `person_for`."""
    return note_act(w, person_for(w, order, PersonAct.MESSAGE), PersonAct.MESSAGE, order, now=now)
