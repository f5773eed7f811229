"""What editors did about somebody, as that person may know it, and appealing it; also by a letter's key, without an
account.
"""

from typing import Any

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from rejoinder.actions.appeal_act import AppealAct
from rejoinder.actions.appeal_act import appeal_act as do_appeal
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.store import appeals, person_acts
from rejoinder.store.database import Read
from rejoinder.web.api import schemas
from rejoinder.web.api.appeals import shown
from rejoinder.web.api.calls import Call
from rejoinder.web.pages.act_appeals import found_by, opened_by
from rejoinder.web.pages.editors_words import told
from rejoinder.web.visits import Visit


async def get_act(call: NamedDependency[Call], key: FromPath[str]) -> schemas.ToldAct:
    """What editors did about oneself: by its id, logged in, or by the key in a letter's link, without an account."""
    return await call.read(lambda r, visit: _told(r, visit, key))


async def appeal_act(
    call: NamedDependency[Call], key: FromPath[str], data: JSONBody[schemas.FileAppeal]
) -> schemas.Appeal:
    """Appeals against having been banned, suspended, held, or taken off the ladder; once, within six months. The same
    again gives the first.
    """
    visit = await call.visit()
    act_id, is_by_key = opened_by(visit, key)
    by_seq = None if is_by_key else visit.reader().seq
    order = AppealAct(site_seq=visit.site.seq, act_id=act_id, text=data.text, by_seq=by_seq)
    return shown(await call.write(lambda w: do_appeal(w, order, now=call.asked.now)))


def act_fields(act: OnPerson, *, holds: bool) -> dict[str, Any]:
    """What its person and the desk see of it."""
    return {
        "id": act.id,
        "act": act.act.value,
        "reason": act.reason,
        "text": act.text,
        "created_at": act.created_at,
        "until": act.until,
        "holds": holds,
    }


def _told(r: Read, visit: Visit, key: str) -> schemas.ToldAct:
    act, about = found_by(r, visit, key)
    made = appeals.about_act(r, visit.site.seq, act.seq)
    said = told(r, visit, act, record=person_acts.record_of(r, about), appeal=made)
    return schemas.ToldAct(
        **act_fields(act, holds=said.holds),
        told=said.reason,
        appeal_until=said.appeal_until,
        appeal=shown(made) if made else None,
    )
