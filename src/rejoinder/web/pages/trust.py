"""Where a reader stands on the trust ladder, and how they came there."""

from rejoinder.actions.earn_trust import appoint
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import rules_here
from rejoinder.discussion.trust import Level, needed
from rejoinder.markup import excerpt
from rejoinder.store import points
from rejoinder.store.database import Read, Write
from rejoinder.store.points import Entry
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.trust import ShownStep, TrustPage
from rejoinder.web.visits import Visit

STEPS = 50  # on a page


def trust(r: Read, visit: Visit) -> Answer:
    """The viewer's level, points and steps. Raises LogInNeeded."""
    reader = visit.reader()
    ladder = rules_here(visit.site.rules).ladder
    before = cursor(visit)
    found = points.ledger(r, reader, before=before or None, most=STEPS + 1)
    page = TrustPage(
        chrome=chrome(r, visit),
        level=reader.level,
        points=reader.points,
        needed=needed(reader.points, ladder=ladder) if reader.level is Level.NEW else 0,
        is_on_it=ladder.on and reader.is_on_ladder,
        ladder=ladder,
        steps=tuple(_shown(entry) for entry in found[:STEPS]),
        after=str(found[STEPS - 1].seq) if len(found) > STEPS else None,
    )
    return show(visit, page)


def appoint_person(w: Write, visit: Visit) -> Answer:
    """The commenter of the path, put at a level by an editor."""
    by_seq = visit.staff(Act.MANAGE_PEOPLE).seq
    level, seen = _level(visit, "level"), _level(visit, "seen") if visit.asked.form.text("seen") else None
    appoint(w, visit.site.seq, visit.asked.id(), level, by_seq=by_seq, seen=seen, now=visit.asked.now)
    return see_other(addresses.person(visit.site.key, visit.asked.id()))


def _level(visit: Visit, field: str) -> Level:
    try:
        return Level(visit.asked.form.text(field))
    except ValueError:
        raise Invalid(field=field) from None


def _shown(entry: Entry) -> ShownStep:
    return ShownStep(
        points=entry.step.points,
        why=entry.step.why,
        at=entry.at,
        became=entry.step.after if entry.step.after is not entry.step.before else None,
        comment_id=entry.comment_id,
        excerpt=excerpt(entry.text, 120),
        reason=reason_of(entry.reason).told if entry.reason else "",
    )
