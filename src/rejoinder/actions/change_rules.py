"""An editor changes what holds on a site, in a section or under a story. Every change is on the record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.sites import with_rules
from rejoinder.store import commenters, sites, stories
from rejoinder.store.database import Write


def change_site_rules(w: Write, site_seq: int, changes: Mapping[str, Any], *, by_seq: int | None, now: datetime) -> str:
    """The site's rules (JSON) with the changes; a None takes one back to the default. `by_seq` None is the command
    line. Raises NotAllowed, BadRules.
    """
    site = sites.lock(w, site_seq)
    _must_be_allowed(w, site_seq, by_seq)
    after = with_rules(site.rules, changes)
    sites.set_rules(w, site, after)
    sites.note_rule_change(w, site_seq=site_seq, by_seq=by_seq, before=site.rules, after=after, now=now)
    return after


def change_section_rules(
    w: Write, site_seq: int, key: str, changes: Mapping[str, Any], *, by_seq: int | None, now: datetime
) -> str:
    """The section's rules with the changes; a None takes one back to the site's. Raises as above, UnknownSection."""
    sites.lock(w, site_seq)
    _must_be_allowed(w, site_seq, by_seq)
    section = sites.section(w, site_seq, key)
    after = with_rules(section.rules, changes)
    sites.set_section_rules(w, section, after)
    sites.note_rule_change(
        w, site_seq=site_seq, section_seq=section.seq, by_seq=by_seq, before=section.rules, after=after, now=now
    )
    return after


def change_story_rules(
    w: Write, site_seq: int, story_seq: int, changes: Mapping[str, Any], *, by_seq: int | None, now: datetime
) -> str:
    """The story's own rules with the changes; a None takes one back to the section's. Raises as above, UnknownStory."""
    story = stories.lock(w, site_seq, story_seq)
    _must_be_allowed(w, site_seq, by_seq)
    after = with_rules(story.rules, changes)
    stories.set_rules(w, story, after)
    sites.note_rule_change(
        w, site_seq=site_seq, story_seq=story.seq, by_seq=by_seq, before=story.rules, after=after, now=now
    )
    return after


def _must_be_allowed(w: Write, site_seq: int, by_seq: int | None) -> None:
    if by_seq is not None:
        must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.SET_RULES)
