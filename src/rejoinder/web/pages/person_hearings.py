"""The desk's page of an appeal against what was done about somebody. `appeals` asks for staff, and leads here."""

from rejoinder.actions.hear_act_appeal import act_of_appeal, may_hear_about
from rejoinder.discussion.appeals import Appeal, may_undo_refusal
from rejoinder.discussion.commenters import Commenter, must_be_allowed
from rejoinder.discussion.person_acts import NEEDS, OnPerson
from rejoinder.discussion.refusals import Refusal
from rejoinder.store import commenters, person_acts
from rejoinder.store.database import Read
from rejoinder.web.answers import Answer
from rejoinder.web.decided import shown_appeal
from rejoinder.web.pages.cards import desk_people
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.person_acts import shown_record
from rejoinder.web.shown.hearings import PersonHearingPage
from rejoinder.web.visits import Visit


def person_hearing(r: Read, visit: Visit, appeal: Appeal, refusal: Refusal | None) -> Answer:
    """The act, the words of the appeal, everything that was done about the person; and the answer."""
    site = visit.site.seq
    act, about = act_of_appeal(r, appeal)
    record = shown_record(visit, person_acts.record_of(r, about))
    is_fresh_look, why_not = _who(r, visit, appeal, act, about)
    shown = shown_appeal(appeal, now=visit.asked.now)
    assert shown is not None  # there is an appeal
    page = PersonHearingPage(
        chrome=chrome(r, visit),
        id=appeal.id,
        appeal=shown,
        person=desk_people(r, visit, [about])[about.seq],
        act=next(each for each in record if each.id == act.id),
        record=record,
        heard_by=commenters.by_seq(r, site, appeal.heard_by).name if appeal.heard_by else "",
        why_not=why_not,
        is_fresh_look=is_fresh_look,
        may_undo=may_undo_refusal(appeal, undo_for=visit.options.undo_for, now=visit.asked.now),
        problem=problem(visit, refusal),
        answer=visit.asked.form.text("answer"),
    )
    return show_form(visit, page, refusal)


def _who(r: Read, visit: Visit, appeal: Appeal, act: OnPerson, about: Commenter) -> tuple[bool, str]:
    """Whether the viewer's hearing would be a fresh look, and why they cannot hear it: worded, or empty."""
    if appeal.outcome is not None:
        return appeal.is_fresh_look, ""
    try:
        editor = must_be_allowed(visit.staff(), NEEDS[act.act])
        return may_hear_about(r, act, about, by_seq=editor.seq, now=visit.asked.now), ""
    except Refusal as no:
        return False, problem(visit, no)
