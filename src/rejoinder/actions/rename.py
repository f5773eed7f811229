"""A name is given, or changed: is it good, is it free, and would readers take it for somebody else's?"""

from datetime import datetime, timedelta

from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.likeness import name_look, poses_as
from rejoinder.discussion.names import clean_name, name_key, name_problem
from rejoinder.discussion.refusals import BadName, NameTaken, RenamedLately
from rejoinder.discussion.sites import rules_here
from rejoinder.store import commenters, renames, sites, stories
from rejoinder.store.database import Read, Write

STORIES = 100  # so many of the newest stories' writers are known by their names
KEPT = timedelta(days=90)  # a name that was given up is nobody else's for so long


def may_have_name(
    r: Read, site_seq: int, name: str, *, role: Role = Role.READER, by: Commenter | None = None, now: datetime
) -> str:  # fmt: skip
    """The name as it is stored. `by` is who has another one now, or the same. Raises BadName, NameTaken."""
    cleaned = clean_name(name)
    is_reader = role is Role.READER
    if (problem := name_problem(cleaned)) is not None and (is_reader or problem != "reserved"):
        raise BadName(problem=problem)
    if is_reader and _poses(r, site_seq, cleaned):
        raise BadName(problem="impersonates")
    own = by.seq if by else 0
    if renames.looks_taken(r, site_seq, key=name_key(cleaned), look=name_look(cleaned), own=own, since=now - KEPT):
        raise NameTaken
    return cleaned


def rename(w: Write, commenter: Commenter, *, name: str, now: datetime) -> Commenter:
    """The commenter with a name that they may have, everywhere. It is noted. Raises NameTaken where somebody took it at
    this moment.
    """
    sites.changed(w, commenter.site_seq)
    renames.rename(w, commenter, name=name, now=now)
    return commenters.by_seq(w, commenter.site_seq, commenter.seq)


def rename_self(w: Write, site_seq: int, commenter_seq: int, *, name: str, now: datetime) -> Commenter:
    """Somebody's own name, changed by them. Raises RenamedLately, BadName, NameTaken."""
    site = sites.lock(w, site_seq)
    commenter = commenters.lock(w, site_seq, commenter_seq)
    cleaned = may_have_name(w, site_seq, name, role=commenter.role, by=commenter, now=now)
    if cleaned == commenter.name:
        return commenter
    days = rules_here(site.rules).rename_days
    last = renames.last_of(w, commenter)
    if last is not None and now < last + timedelta(days=days):
        raise RenamedLately(days=days, until=(last + timedelta(days=days)).isoformat())
    return rename(w, commenter, name=cleaned, now=now)


def _poses(r: Read, site_seq: int, name: str) -> bool:
    site = sites.by_seq(r, site_seq)
    people: set[str] = set()
    for story in stories.newest(r, site_seq, most=STORIES):
        people |= {*story.content.byline, *story.content.credits.reporting}
    return poses_as(
        name, titles=(site.name, site.key), people=people, reserved=rules_here(site.rules).reserved_names
    )  # fmt: skip
