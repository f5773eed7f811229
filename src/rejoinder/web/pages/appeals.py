"""The desk's pages of appeals: what waits, and hearing one. Every page asks for staff first."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rejoinder.actions.grant_appeal import Hear
from rejoinder.actions.hear_appeal import hear_appeal, sides_of
from rejoinder.actions.undo_hearing import undo_hearing
from rejoinder.discussion.appeals import Appeal, Hearing, may_hear
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.notices import LABELS
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Invalid, Refusal
from rejoinder.markup import excerpt
from rejoinder.store import appeals, commenters, comments, decisions, entries, flags, notices, stories
from rejoinder.store.database import Read, Write
from rejoinder.store.texts import texts_of
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.decided import shown_appeal
from rejoinder.web.pages.cards import cards, desk_decision, desk_record
from rejoinder.web.pages.framing import chrome, problem, show, show_form
from rejoinder.web.pages.person_hearings import person_hearing
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.desk import pieces
from rejoinder.web.shown.hearings import AppealsPage, HeardNotice, HearingPage, WaitingAppeal
from rejoinder.web.visits import Visit

LINES = 50


def waiting(r: Read, visit: Visit) -> Answer:
    """What waits to be heard, the longest waiting first."""
    visit.staff()
    after = cursor(visit)
    found = appeals.waiting(r, visit.site.seq, after=after, most=LINES + 1)
    found, more = found[:LINES], len(found) > LINES
    about = entries.by_seqs(r, visit.site.seq, {appeal.comment_seq for appeal in found if appeal.comment_seq})
    headlines = stories.headlines(r, visit.site.seq, {entry.comment.story_seq for entry in about.values()})
    people = appeals.who_appeals(r, visit.site.seq, (appeal.seq for appeal in found if appeal.person_act_seq))
    page = AppealsPage(
        chrome=chrome(r, visit),
        appeals=tuple(
            WaitingAppeal(
                id=appeal.id,
                by=appeal.by,
                at=appeal.created_at,
                name=entry.author.name if entry else people[appeal.seq][1],
                excerpt=excerpt(entry.comment.text, 160) if entry else "",
                headline=headlines.get(entry.comment.story_seq, "") if entry else "",
            )
            for appeal in found
            if (entry := about.get(appeal.comment_seq)) is not None or appeal.seq in people
        ),
        after=str(found[-1].seq) if more else None,
        is_first_page=not after,
    )
    return show(visit, page)


def hearing(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """One appeal: the decision, the text then and now, the words of the appeal, the record. Raises UnknownAppeal."""
    visit.staff()
    site, form = visit.site.seq, visit.asked.form
    appeal = appeals.by_id(r, site, visit.asked.id())
    if appeal.person_act_seq is not None:
        return person_hearing(r, visit, appeal, refusal)
    comment = comments.by_seq(r, site, appeal.comment_seq)
    record = decisions.of_comment(r, site, comment.seq)
    decision = next(each for each in record if each.seq == appeal.decision_seq)
    lines = {each.id: each for each in desk_record(record, status=comment.status)}
    reported = flags.by_seq(r, site, appeal.flag_seq).flag if appeal.flag_seq is not None else None
    then = {each.number: each.text for each in texts_of(r, comment)}.get(decision.revision, "")
    is_fresh_look, why_not = _who(r, visit, appeal, comment, record)
    shown = shown_appeal(appeal, now=visit.asked.now)
    assert shown is not None  # there is an appeal
    page = HearingPage(
        chrome=chrome(r, visit),
        id=appeal.id,
        by=appeal.by,
        appeal=shown,
        decision=lines[decision.id],
        then=pieces(then, decision.cited),
        card=cards(r, visit, [], also=(comment.seq,))[0],
        is_changed=then != comment.text,
        reported_for=reason_of(reported.reason).label if reported else "",
        reporters_note=reported.note if reported else "",
        notice=_noticed(r, site, appeal.notice_seq) if appeal.notice_seq is not None else None,
        record=tuple(lines.values()),
        heard_by=commenters.by_seq(r, site, appeal.heard_by).name if appeal.heard_by else "",
        why_not=why_not,
        is_fresh_look=is_fresh_look,
        may_grant=comment.status is not Status.DELETED,
        may_undo=_may_undo(visit, appeal, comment, record),
        problem=problem(visit, refusal),
        answer=form.text("answer"),
        reason=form.text("reason"),
    )
    return show_form(visit, page, refusal)


def hear(w: Write, visit: Visit) -> Answer:
    """The appeal of the path, granted or refused; then its page, which says so."""
    by_seq, form = visit.staff().seq, visit.asked.form
    try:
        outcome = Hearing(form.text("outcome"))
    except ValueError:
        raise Invalid(field="outcome") from None
    if outcome is Hearing.WITHDRAWN:
        raise Invalid(field="outcome")
    order = Hear(
        site_seq=visit.site.seq,
        appeal_id=visit.asked.id(),
        by_seq=by_seq,
        outcome=outcome,
        seen_revision=form.number("revision") if form.text("revision") else 0,
        answer=form.text("answer"),
        reason=form.text("reason") or None,
        undo_for=visit.options.undo_for,
    )
    appeal = hear_appeal(w, order, now=visit.asked.now)
    return see_other(addresses.hearing(visit.site.key, appeal.id))


def undo(w: Write, visit: Visit) -> Answer:
    """A hearing taken back, with the decision that came of it; the appeal waits again."""
    by_seq = visit.staff().seq
    undo_for, now = visit.options.undo_for, visit.asked.now
    appeal = undo_hearing(w, visit.site.seq, visit.asked.id(), by_seq=by_seq, undo_for=undo_for, now=now)
    return see_other(addresses.hearing(visit.site.key, appeal.id))


def _who(r: Read, visit: Visit, appeal: Appeal, comment: Comment, record: list[Decision]) -> tuple[bool, str]:
    """Whether the viewer's hearing would be a fresh look, and why they cannot hear it: worded, or empty."""
    if appeal.outcome is not None:
        return appeal.is_fresh_look, ""
    try:
        return may_hear(
            sides_of(r, appeal, comment, record),
            by_seq=visit.staff().seq,
            zone=ZoneInfo(visit.site.zone),
            now=visit.asked.now,
        ), ""
    except Refusal as no:
        return False, problem(visit, no)


def _noticed(r: Read, site_seq: int, seq: int) -> HeardNotice:
    notice = notices.by_seq(r, site_seq, seq)
    return HeardNotice(
        id=notice.id, kind=LABELS[notice.kind], why=notice.why, name=notice.name, trusted=notice.flagger_name or ""
    )


def _may_undo(visit: Visit, appeal: Appeal, comment: Comment, record: Sequence[Decision]) -> bool:
    """While the letter waits; where a decision came of it, as long as that one can be undone."""
    if appeal.heard_at is None:
        return False
    if appeal.result_seq is None:
        return appeal.heard_by is not None and visit.asked.now < appeal.heard_at + visit.options.undo_for
    result = next(each for each in record if each.seq == appeal.result_seq)
    return desk_decision(result, status=comment.status).may_undo
