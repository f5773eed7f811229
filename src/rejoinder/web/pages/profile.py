"""A commenter's public page. It has nothing of what is held, rejected or removed, and nothing of a ban."""

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import UnknownCommenter
from rejoinder.discussion.sites import rules_here
from rejoinder.store import commenters, newest
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.pages.across import across
from rejoinder.web.pages.framing import chrome, listed, show
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.comments import Mark
from rejoinder.web.shown.profile import ProfileComment, ProfilePage, Record
from rejoinder.web.visits import Visit

COMMENTS = 20  # on a page


def profile(r: Read, visit: Visit) -> Answer:
    """The page of the commenter of the path, the newest comments first. Raises UnknownCommenter, BadCursor."""
    who, before = who_is_here(r, visit), cursor(visit)
    rules = rules_here(visit.site.rules)
    part = newest.of_commenter(r, visit.site.seq, who.seq, before=before, most=COMMENTS)
    found = across(r, visit, newest.in_order(r, visit.site.seq, part))
    canonical = addresses.profile(visit.site.key, who.id) if rules.index_profiles and not before else ""
    shown = tuple(
        ProfileComment(
            comment=found.comment(entry),
            slug=found.story(entry).slug,
            headline=found.story(entry).content.headline,
        )
        for entry in found.entries
    )
    page = ProfilePage(
        chrome=chrome(r, visit, canonical=canonical),
        id=who.id,
        name=who.name,
        mark=_mark(who, shown),
        since=who.since if who.account_seq is not None else None,
        record=record(r, who) if rules.show_record else None,
        comments=shown,
        after=str(part.before) if part.before else None,
        is_first_page=not before,
    )
    return show(visit, page, edition=listed(visit))


def who_is_here(r: Read, visit: Visit) -> Commenter:
    """The commenter of the path, imported names included. Raises UnknownCommenter, also for who has left."""
    who = commenters.by_id(r, visit.site.seq, visit.asked.id())
    if commenters.has_left(r, who):
        raise UnknownCommenter
    return who


def record(r: Read, who: Commenter) -> Record:
    """Their record, as far as it is counted."""
    published, removed = newest.record_of(r, who.site_seq, who.seq)
    return Record(published=published, removed=removed, most=newest.COUNTED)


def _mark(who: Commenter, shown: tuple[ProfileComment, ...]) -> Mark | None:
    """Their mark as it stands beside their comments, but for what is theirs under one story only."""
    if who.account_seq is None:
        return Mark.FORMER
    marks = {each.comment.mark for each in shown}
    return next((mark for mark in marks if mark is not None and mark is not Mark.AUTHOR), None)
