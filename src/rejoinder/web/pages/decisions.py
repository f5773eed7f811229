"""The other side of a decision: its page for the comment's writer, and appealing, also without an account. The link in
a letter only shows: a button acts, since mail scanners follow links.
"""

from rejoinder.actions.appeal import AppealDecision, AppealReport
from rejoinder.actions.appeal import appeal_decision as do_appeal
from rejoinder.actions.appeal import appeal_report as do_appeal_report
from rejoinder.discussion.refusals import Refusal
from rejoinder.markup import excerpt
from rejoinder.store import appeals, decisions, entries, stories
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.decided import Decided, also_told, decided, opened_by, reason_told, shown_appeal
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.decisions import DecisionLine, DecisionPage, DecisionsPage
from rejoinder.web.shown.desk import pieces
from rejoinder.web.visits import Visit

LINES = 50


def decision(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """A decision on one's own comment: what, why, on which words, by whom, and what can be done. Raises LogInNeeded,
    UnknownDecision.
    """
    key = visit.asked.part("key")
    found = decided(r, visit, key)
    page = DecisionPage(
        chrome=chrome(r, visit),
        key=key,
        comment_id=found.comment.id,
        story_slug=found.story.slug,
        headline=found.story.content.headline,
        outcome=found.decision.outcome,
        at=found.decision.created_at,
        pieces=pieces(found.text, found.spans),
        was_published=found.comment.was_published,
        is_automatic=found.decision.by_seq is None,
        after_reports=found.after_reports,
        holds=found.holds,
        by_check=found.decision.is_by_check,
        reason=reason_told(found.decision),
        also=also_told(found.decision),
        clauses=found.clauses,
        policy=_policy(visit, found),
        cause=reason_told(found.cause),
        note=found.decision.note,
        changed_to=found.changed_to,
        until=found.until,
        by_another=found.by_another,
        appeal=shown_appeal(found.appeal, now=visit.asked.now),
        text=visit.asked.form.text("text"),
        problem=problem(visit, refusal),
        further=visit.site.texts.redress,
    )
    return show_form(visit, page, refusal)


def _policy(visit: Visit, found: Decided) -> str:
    """The address of the policy as it was, where the decision names clauses of it."""
    version = (found.cause or found.decision).policy_version
    site = visit.site.key
    return addresses.policy_version(site, version) if version and found.clauses else addresses.policy(site)


def mine(r: Read, visit: Visit) -> Answer:
    """What was decided on the viewer's comments, the newest first. Raises LogInNeeded."""
    reader, before = visit.reader(), cursor(visit)
    found = appeals.decided_on(r, visit.site.seq, reader.seq, before=before or None, most=LINES + 1)
    known = decisions.by_seqs(r, visit.site.seq, found[:LINES])
    listed = [known[seq] for seq in found[:LINES]]
    appealed = appeals.by_the_writers(r, visit.site.seq, known)
    about = entries.by_seqs(r, visit.site.seq, {each.comment_seq for each in listed})
    headlines = stories.headlines(r, visit.site.seq, {entry.comment.story_seq for entry in about.values()})
    page = DecisionsPage(
        chrome=chrome(r, visit),
        decisions=tuple(
            DecisionLine(
                id=each.id,
                at=each.created_at,
                outcome=each.outcome,
                headline=headlines.get(about[each.comment_seq].comment.story_seq, ""),
                excerpt=excerpt(about[each.comment_seq].comment.text, 160),
                was_published=about[each.comment_seq].comment.was_published,
                reason=reason_told(each),
                appeal=shown_appeal(appealed.get(each.seq), now=visit.asked.now),
            )
            for each in listed
        ),
        after=str(found[LINES - 1]) if len(found) > LINES else None,
    )
    return show(visit, page)


async def appeal(doing: Doing) -> Answer:
    """An appeal against the decision of the path; then its page, which says so."""
    visit = doing.visit
    key = visit.asked.part("key")
    decision_id, is_by_key = opened_by(visit, key)
    order = AppealDecision(
        site_seq=visit.site.seq,
        decision_id=decision_id,
        text=visit.asked.form.text("text"),
        by_seq=None if is_by_key else visit.reader().seq,
    )
    await doing.write(lambda w: do_appeal(w, order, now=visit.asked.now))
    return see_other(addresses.decision(visit.site.key, key))


async def appeal_report(doing: Doing) -> Answer:
    """An appeal by whoever has the receipt of a report that was declined; then the receipt again."""
    visit = doing.visit
    order = AppealReport(
        site_seq=visit.site.seq, receipt=visit.asked.part("receipt"), text=visit.asked.form.text("text")
    )
    await doing.write(lambda w: do_appeal_report(w, order, now=visit.asked.now))
    return see_other(addresses.receipt(visit.site.key, order.receipt))
