"""What editors did about somebody, as that person sees it, and appealing it: logged in, or by the key from the letter,
without an account. The link only shows: a button acts.
"""

from uuid import UUID

from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.hear_act_appeal import who_may_lift
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.discussion.refusals import Refusal, UnknownPersonAct
from rejoinder.identity.tokens import act_of
from rejoinder.store import appeals, commenters, person_acts
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.editors_words import told
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.person_acts import PersonActPage
from rejoinder.web.visits import Visit


def person_act(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """An act of the editors about whoever has its key, or is logged in: what, why, until when, and what can be done.
    Raises LogInNeeded, UnknownPersonAct.
    """
    key = visit.asked.part("key")
    act, about = found_by(r, visit, key)
    made = appeals.about_act(r, visit.site.seq, act.seq)
    page = PersonActPage(
        chrome=chrome(r, visit),
        key=key,
        act=told(r, visit, act, record=person_acts.record_of(r, about), appeal=made),
        by_another=bool(who_may_lift(r, act, about) - {act.by_seq}),
        text=visit.asked.form.text("text"),
        problem=problem(visit, refusal),
        further=visit.site.texts.redress,
    )
    return show_form(visit, page, refusal)


async def appeal(doing: Doing) -> Answer:
    """An appeal against the act of the path; then its page, which says so."""
    visit = doing.visit
    key = visit.asked.part("key")
    act_id, is_by_key = opened_by(visit, key)
    order = AppealAct(
        site_seq=visit.site.seq,
        act_id=act_id,
        text=visit.asked.form.text("text"),
        by_seq=None if is_by_key else visit.reader().seq,
    )
    await doing.write(lambda w: appeal_act(w, order, now=visit.asked.now))
    return see_other(addresses.person_act(visit.site.key, key))


def found_by(r: Read, visit: Visit, key: str) -> tuple[OnPerson, Commenter]:
    """The act that this key or id names, and its person. Raises LogInNeeded, UnknownPersonAct."""
    act_id, is_by_key = opened_by(visit, key)
    viewer = None if is_by_key else visit.reader()
    act = person_acts.by_id(r, visit.site.seq, act_id)
    if viewer is not None and act.commenter_seq != viewer.seq:
        raise UnknownPersonAct
    return act, commenters.by_seq(r, visit.site.seq, act.commenter_seq)


def opened_by(visit: Visit, key: str) -> tuple[UUID, bool]:
    """The act that a key or an id names, and whether it is a key, the right to see it in itself. Raises
    UnknownPersonAct for one that is not ours.
    """
    by_key = act_of(key, visit.options.secret)
    if by_key is not None:
        return by_key, True
    try:
        return UUID(key), False
    except ValueError:
        raise UnknownPersonAct from None
