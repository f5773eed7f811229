"""A decision as the comment's writer may know it, and appealing; also without an account, by a letter's key or a
receipt.
"""

from typing import Any

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from rejoinder.actions.appeal import AppealDecision, AppealReport
from rejoinder.actions.appeal import appeal_decision as do_appeal
from rejoinder.actions.appeal import appeal_report as do_appeal_report
from rejoinder.discussion import appeals
from rejoinder.store.database import Read
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.decided import decided, opened_by, reason_told
from rejoinder.web.visits import Visit


async def get_decision(call: NamedDependency[Call], key: FromPath[str]) -> schemas.Told:
    """A decision on one's own comment: by its id, logged in, or by the key in a letter's link, without an account."""
    return await call.read(lambda r, visit: _told(r, visit, key))


async def appeal_decision(
    call: NamedDependency[Call], key: FromPath[str], data: JSONBody[schemas.FileAppeal]
) -> schemas.Appeal:
    """Appeals against a decision on one's own comment, once, within six months. The same again gives the first."""
    visit = await call.visit()
    decision_id, is_by_key = opened_by(visit, key)
    by_seq = None if is_by_key else visit.reader().seq
    order = AppealDecision(site_seq=visit.site.seq, decision_id=decision_id, text=data.text, by_seq=by_seq)
    return shown(await call.write(lambda w: do_appeal(w, order, now=call.asked.now)))


async def appeal_report(
    call: NamedDependency[Call], receipt: FromPath[str], data: JSONBody[schemas.FileAppeal]
) -> schemas.Appeal:
    """Appeals because a reported comment was left standing, once, within six months. The same again gives the first."""
    visit = await call.visit()
    order = AppealReport(site_seq=visit.site.seq, receipt=receipt, text=data.text)
    return shown(await call.write(lambda w: do_appeal_report(w, order, now=call.asked.now)))


def shown(appeal: appeals.Appeal) -> schemas.Appeal:
    """The appeal as whoever made it sees it."""
    return schemas.Appeal(**fields_of(appeal))


def fields_of(appeal: appeals.Appeal) -> dict[str, Any]:
    """What everybody who may see the appeal sees of it."""
    return {
        "id": appeal.id,
        "text": appeal.text,
        "created_at": appeal.created_at,
        "outcome": appeal.outcome,
        "heard_at": appeal.heard_at,
        "answer": appeal.answer,
        "is_fresh_look": appeal.is_fresh_look,
    }


def _told(r: Read, visit: Visit, key: str) -> schemas.Told:
    found = decided(r, visit, key)
    told = reason_told(found.decision)
    return schemas.Told(
        id=found.decision.id,
        comment=found.comment.id,
        outcome=found.decision.outcome,
        created_at=found.decision.created_at,
        is_automatic=found.decision.by_seq is None,
        after_reports=found.after_reports,
        reason=found.decision.reason,
        told=visit.words.gettext(told) if told else "",
        also=found.decision.also,
        clauses=tuple(
            schemas.ToldClause(number=each.number, sentence=each.sentence, section=each.section)
            for each in found.clauses
        ),
        note=found.decision.note,
        text=found.text,
        spans=found.spans,
        changed_to=found.changed_to,
        holds=found.holds,
        appeal_until=found.until,
        appeal=shown(found.appeal) if found.appeal else None,
    )
