"""An editor warns a commenter, who says that they have read it before they write on."""

from datetime import datetime
from uuid import UUID

from rejoinder.actions.act_on_person import Order, note_act, person_for
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.discussion.refusals import UnknownPersonAct
from rejoinder.store import commenters, person_acts
from rejoinder.store.database import Write


def warn_commenter(w: Write, order: Order, *, now: datetime) -> OnPerson:
    """The warning. From now on its person writes nothing until they have said that they read it. Raises the refusals of
    `person_for`.
    """
    about = person_for(w, order, PersonAct.WARN)
    warning = note_act(w, about, PersonAct.WARN, order, now=now)
    person_acts.renew_warned(w, about)
    return warning


def acknowledge_warning(w: Write, site_seq: int, act_id: UUID, *, by_seq: int, now: datetime) -> OnPerson:
    """The warning, read by its person, and with it every one before it; saying so twice changes nothing. Raises
    UnknownPersonAct for somebody else's.
    """
    about = commenters.lock(w, site_seq, by_seq)
    warning = person_acts.by_id(w, site_seq, act_id)
    if warning.commenter_seq != about.seq or warning.act is not PersonAct.WARN:
        raise UnknownPersonAct
    person_acts.acknowledge(w, about, up_to=warning.seq, now=now)
    return person_acts.by_seq(w, site_seq, warning.seq)
