"""An editor sends the whole form of a place's rules: what is changed in it holds from then on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from rejoinder.actions.change_rules import change_section_rules, change_site_rules, change_story_rules
from rejoinder.discussion.refusals import RulesChanged
from rejoinder.discussion.rule_places import RulePlace, must_be_those_times
from rejoinder.discussion.sites import set_by, with_rules
from rejoinder.store import sites, stories
from rejoinder.store.database import Read, Write


class SetRules(Struct, frozen=True, kw_only=True):
    """What was sent, for the site, or for a section or a story of it. `seen` is the mark of the rules it was made
    from, or, where it is about times alone, of those (None: nobody says).
    """

    site_seq: int
    by_seq: int
    changes: Mapping[str, Any]
    seen: str | None
    section: str = ""  # its key
    slug: str = ""


def set_rules(w: Write, order: SetRules, *, now: datetime) -> bool:
    """Whether anything was changed; what was sent as it was is not. Raises RulesChanged where somebody else changed the
    rules of this place since, and what `change_rules` raises.
    """
    place = _locked(w, order)
    if order.seen not in (None, place.mark):
        raise RulesChanged
    return _set(w, place, order, now=now)


def set_times(w: Write, order: SetRules, *, now: datetime) -> bool:
    """As `set_rules`, for how long discussions are open and when they rest: other rules of the place may have changed
    since. Raises TimesChanged where those have, and what `change_rules` raises.
    """
    place = _locked(w, order)
    must_be_those_times(place.own, seen=order.seen)
    return _set(w, place, order, now=now)


def place_of(r: Read, site_seq: int, *, section: str = "", slug: str = "") -> RulePlace:
    """The place of these names. Raises UnknownSection, UnknownStory."""
    return RulePlace(
        site=sites.by_seq(r, site_seq),
        section=sites.section(r, site_seq, section) if section else None,
        story=stories.standing_for(r, stories.by_slug(r, site_seq, slug)) if slug else None,
    )


def _locked(w: Write, order: SetRules) -> RulePlace:
    sites.lock(w, order.site_seq)
    if order.slug:
        stories.lock_at(w, order.site_seq, order.slug)
    return place_of(w, order.site_seq, section=order.section, slug=order.slug)


def _set(w: Write, place: RulePlace, order: SetRules, *, now: datetime) -> bool:
    kept = set_by(place.own)
    after = set_by(with_rules(place.own, order.changes))
    changes = {name: after.get(name) for name in order.changes if after.get(name) != kept.get(name)}
    if not changes:
        return False
    if place.story is not None:
        change_story_rules(w, order.site_seq, place.story.seq, changes, by_seq=order.by_seq, now=now)
    elif place.section is not None:
        change_section_rules(w, order.site_seq, place.section.key, changes, by_seq=order.by_seq, now=now)
    else:
        change_site_rules(w, order.site_seq, changes, by_seq=order.by_seq, now=now)
    return True
