"""The moderation desk: what waits, and deciding on it. For staff who proved their second factor."""

from typing import Annotated
from uuid import UUID

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import UnsetType

from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.undo_decision import undo_decision as undo
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import UnknownDecision
from rejoinder.store import cases, comments, decisions, desk_news, entries, flags, stories
from rejoinder.store.cases import CaseKind, Waiting
from rejoinder.store.database import Read, Write
from rejoinder.web.api import schemas
from rejoinder.web.api.calls import Call
from rejoinder.web.api.cursors import after as place_of
from rejoinder.web.api.cursors import cursor
from rejoinder.web.api.showing import decision, finding, flag, showing
from rejoinder.web.api.stories import After
from rejoinder.web.visits import Visit

CASES = 25  # on a page


async def get_queue(
    call: NamedDependency[Call],
    kind: Annotated[CaseKind | None, QueryParameter(description="Only cases of this kind.")] = None,
    after: After = None,
) -> schemas.Queue:
    """What waits for a decision: by priority, then by what is due sooner, then by what waits longer."""

    def ask(r: Read, visit: Visit) -> schemas.Queue:
        visit.staff()
        name = f"queue:{visit.site.seq}:{kind or ''}"
        found = cases.queue(r, visit.site.seq, waiting=Waiting(kind=kind), after=place_of(after, name), most=CASES + 1)
        shown = found[:CASES]
        return schemas.Queue(
            cases=_shown(r, visit, shown),
            counts={each.value: count for each, count in cases.counts(r, visit.site.seq).items()},
            next=cursor(name, shown[-1].seq if len(found) > CASES else None),
        )

    return await call.read(ask)


async def decide_comment(
    call: NamedDependency[Call], comment_id: FromPath[UUID], data: JSONBody[schemas.DecideComment]
) -> schemas.Decision:
    """Approves or rejects a comment. Its writer and those who reported it are told a little later."""

    def change(w: Write, visit: Visit) -> schemas.Decision:
        order = Decide(
            site_seq=visit.site.seq,
            comment_id=comment_id,
            by_seq=visit.staff().seq,
            outcome=Outcome(data.outcome),
            seen_revision=data.revision,
            seen_decision=_seen(w, visit, comment_id, data.seen_decision),
            reason=data.reason,
            note=data.note,
            words=data.words,
            undo_for=call.options.undo_for,
        )
        return decision(decide(w, order, now=call.asked.now))

    return await call.change(change)


async def undo_decision(call: NamedDependency[Call], decision_id: FromPath[UUID]) -> schemas.Decision:
    """Takes a decision back, with what it did and its letters that have not gone yet. The answer is the undoing one."""

    def change(w: Write, visit: Visit) -> schemas.Decision:
        return decision(undo(w, visit.site.seq, decision_id, by_seq=visit.staff().seq, now=call.asked.now))

    return await call.change(change)


def _seen(r: Read, visit: Visit, comment_id: UUID, decision_id: UUID | UnsetType | None) -> int | None:
    """The last decision on the comment that was known: 0 for none, None where nobody says. Raises UnknownComment,
    UnknownDecision.
    """
    if isinstance(decision_id, UnsetType):
        return None
    if decision_id is None:
        return 0
    seen = decisions.by_id(r, visit.site.seq, decision_id)
    if seen.comment_seq != comments.by_id(r, visit.site.seq, comment_id).seq:
        raise UnknownDecision
    return seen.seq


def _shown(r: Read, visit: Visit, found: list[cases.Case]) -> tuple[schemas.Case, ...]:
    site = visit.site.seq
    under = stories.by_seqs(r, site, {case.story_seq for case in found if case.story_seq})
    written = entries.by_seqs(r, site, {case.comment_seq for case in found if case.comment_seq})
    reports = flags.of_comments(r, site, list(written))
    last = desk_news.last_decisions(r, site, written)
    as_shown = showing(r, visit, list(written.values()), *under.values())
    return tuple(
        schemas.Case(
            id=case.id,
            kind=case.kind,
            opened_at=case.opened_at,
            headline=under[case.story_seq].content.headline if case.story_seq else "",
            comment=as_shown.comment(written[case.comment_seq]) if case.comment_seq else None,
            last_decision=last[case.comment_seq].id if case.comment_seq in last else None,
            findings=tuple(finding(each, visit.words, visit.zone) for each in case.findings),
            flags=tuple(flag(each) for each in reports.get(case.comment_seq, ())),
        )
        for case in found
    )
