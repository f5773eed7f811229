"""An editor takes a commenter off the trust ladder: they earn nothing on it, and count as new."""

from datetime import datetime

from rejoinder.actions.act_on_person import Order, note_act, person_for
from rejoinder.actions.earn_trust import note_levels
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.store import person_acts
from rejoinder.store.database import Write


def leave_ladder(w: Write, order: Order, *, now: datetime) -> OnPerson:
    """The act. Their points stay on the ledger, and count again once it is lifted. Raises the refusals of
    `person_for`.
    """
    about = person_for(w, order, PersonAct.OFF_LADDER)
    person_acts.set_ladder(w, about, leaves=True)
    note_levels(w, about.site_seq, now=now)
    return note_act(w, about, PersonAct.OFF_LADDER, order, now=now)
