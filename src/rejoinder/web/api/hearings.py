"""Hearing appeals at the desk. For staff who proved their second factor."""

from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.hear_act_appeal import act_of_appeal
from rejoinder.actions.hear_appeal import hear_appeal
from rejoinder.actions.undo_hearing import undo_hearing
from rejoinder.discussion.appeals import Appeal, Hearing, act_holds
from rejoinder.store import appeals, decisions, entries, person_acts, stories
from rejoinder.store.database import Read, Write
from rejoinder.web.api import schemas
from rejoinder.web.api.act_appeals import act_fields
from rejoinder.web.api.appeals import fields_of
from rejoinder.web.api.calls import Call
from rejoinder.web.api.cursors import after as place_of
from rejoinder.web.api.cursors import cursor
from rejoinder.web.api.showing import decision, showing
from rejoinder.web.api.stories import After
from rejoinder.web.visits import Visit

APPEALS = 25  # on a page


async def list_appeals(call: NamedDependency[Call], after: After = None) -> schemas.DeskAppeals:
    """What waits to be heard, the longest waiting first."""

    def ask(r: Read, visit: Visit) -> schemas.DeskAppeals:
        visit.staff()
        name = f"appeals:{visit.site.seq}"
        found = appeals.waiting(r, visit.site.seq, after=place_of(after, name), most=APPEALS + 1)
        shown = found[:APPEALS]
        return schemas.DeskAppeals(
            appeals=_shown(r, visit, shown),
            next=cursor(name, shown[-1].seq if len(found) > APPEALS else None),
        )

    return await call.read(ask)


async def hear(
    call: NamedDependency[Call], appeal_id: FromPath[UUID], data: JSONBody[schemas.HearAppeal]
) -> schemas.DeskAppeal:
    """Grants or refuses an appeal. Whoever made it is told a little later."""

    def change(w: Write, visit: Visit) -> schemas.DeskAppeal:
        order = Hear(
            site_seq=visit.site.seq,
            appeal_id=appeal_id,
            by_seq=visit.staff().seq,
            outcome=Hearing(data.outcome),
            seen_revision=data.revision,
            answer=data.answer,
            reason=data.reason,
            undo_for=call.options.undo_for,
        )
        return _shown(w, visit, [hear_appeal(w, order, now=call.asked.now)])[0]

    return await call.change(change)


async def undo(call: NamedDependency[Call], appeal_id: FromPath[UUID]) -> schemas.DeskAppeal:
    """Takes a hearing back, with the decision that came of it; the appeal waits again."""

    def change(w: Write, visit: Visit) -> schemas.DeskAppeal:
        by_seq, undo_for = visit.staff().seq, call.options.undo_for
        appeal = undo_hearing(w, visit.site.seq, appeal_id, by_seq=by_seq, undo_for=undo_for, now=call.asked.now)
        return _shown(w, visit, [appeal])[0]

    return await call.change(change)


def _shown(r: Read, visit: Visit, found: list[Appeal]) -> tuple[schemas.DeskAppeal, ...]:
    site = visit.site.seq
    written = entries.by_seqs(r, site, {appeal.comment_seq for appeal in found if appeal.comment_seq})
    under = stories.by_seqs(r, site, {entry.comment.story_seq for entry in written.values()})
    against = decisions.by_seqs(r, site, {appeal.decision_seq for appeal in found if appeal.decision_seq})
    as_shown = showing(r, visit, list(written.values()), *under.values())
    return tuple(
        _about_person(r, visit, appeal)
        if appeal.person_act_seq is not None
        else schemas.DeskAppeal(
            **fields_of(appeal),
            by=appeal.by,
            decision=decision(against[appeal.decision_seq]),
            comment=as_shown.comment(written[appeal.comment_seq]),
        )
        for appeal in found
    )


def _about_person(r: Read, visit: Visit, appeal: Appeal) -> schemas.DeskAppeal:
    act, about = act_of_appeal(r, appeal)
    holds = act_holds(act, person_acts.record_of(r, about), now=visit.asked.now)
    return schemas.DeskAppeal(
        **fields_of(appeal),
        by=appeal.by,
        decision=None,
        comment=None,
        person=about.name,
        person_act=schemas.PersonAct(**act_fields(act, holds=holds)),
    )
