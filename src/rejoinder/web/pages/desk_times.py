"""How long discussions are open and when they rest: of the site and of its sections, and how a form says so."""

from collections.abc import Mapping
from typing import Any

import msgspec

from rejoinder.actions.set_rules import SetRules, set_times
from rejoinder.discussion.closing import Phase, days_of, in_phases
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.hours import read_hours
from rejoinder.discussion.refusals import Invalid, Refusal, _
from rejoinder.discussion.rule_places import times_mark
from rejoinder.discussion.sites import NO_RULES, Rules, rules_here
from rejoinder.store import sites
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.asking import Form
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.desk import ShownTimes, Times, TimesPage
from rejoinder.web.visits import Visit

LONGEST = 3650  # days: ten years
NEVER = ("-", "–")  # typed for hours, where a discussion never rests though others do


def times(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The opening times of the site and of each section."""
    visit.staff(Act.SET_RULES)
    site = visit.site
    sections = sites.sections_of(r, site.seq)
    page = TimesPage(
        chrome=chrome(r, visit),
        times=(
            shown_times(site.rules, NO_RULES, name=site.name),
            *(shown_times(each.rules, site.rules, key=each.key, name=each.name) for each in sections),
        ),
        zone=site.zone,
        notice=visit.words.gettext(_("The times are set.")) if visit.asked.query.get("done") else "",
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


def set_site(w: Write, visit: Visit) -> Answer:
    """The times of all discussions that have none of their own."""
    set_times(w, times_order(visit), now=visit.asked.now)
    return see_other(addresses.times(visit.site.key, done="1"))


def set_section(w: Write, visit: Visit) -> Answer:
    """The times of a section's discussions. Raises UnknownSection."""
    set_times(w, times_order(visit, section=visit.asked.part("section")), now=visit.asked.now)
    return see_other(addresses.times(visit.site.key, done="1"))


def times_order(visit: Visit, **where: str) -> SetRules:
    """The times that the form says, for the site or for a `section` or the story of a `slug`, with the mark of those
    that it was drawn with. Raises Invalid, BadRules.
    """
    by_seq, form = visit.staff(Act.SET_RULES).seq, visit.asked.form
    seen = form.text("seen") or None
    return SetRules(site_seq=visit.site.seq, by_seq=by_seq, changes=typed_times(form), seen=seen, **where)


def typed_times(form: Form) -> Mapping[str, Any]:
    """The rules that a form of times says; what was left empty is inherited. Raises Invalid, BadRules."""
    days, replies, reactions = (_days(form, name) for name in ("days", "replies", "reactions"))
    if days is None and (replies or reactions):
        raise Invalid(field="days")
    schedule = None if days is None else in_phases(days=days, replies=replies or 0, reactions=reactions or 0)
    hours = form.text("hours").strip()
    return {"schedule": schedule, "closed_hours": () if hours in NEVER else read_hours(hours) or None}


def shown_times(rules: str, *inherited: str, key: str = "", name: str = "") -> ShownTimes:
    """What these rules (JSON) set by themselves, and what holds where they set nothing. A schedule that a form cannot
    say, such as that of a discussion closed by hand, is shown as nothing.
    """
    own: dict[str, Any] = msgspec.json.decode(rules)
    here = rules_here(*inherited, rules)
    return ShownTimes(
        key=key,
        name=name,
        own=Times(
            days=days_of(here.schedule, Phase.OPEN) if "schedule" in own else None,
            replies=days_of(here.schedule, Phase.REPLIES) if "schedule" in own else None,
            reactions=days_of(here.schedule, Phase.REACTIONS) if "schedule" in own else None,
            hours=", ".join(here.closed_hours) or "-" if "closed_hours" in own else "",
        ),
        inherited=_times(rules_here(*inherited)),
        seen=times_mark(rules),
    )


def _times(rules: Rules) -> Times:
    return Times(
        days=days_of(rules.schedule, Phase.OPEN),
        replies=days_of(rules.schedule, Phase.REPLIES),
        reactions=days_of(rules.schedule, Phase.REACTIONS),
        hours=", ".join(rules.closed_hours),
    )


def _days(form: Form, name: str) -> float | None:
    typed = form.text(name).strip().replace(",", ".")
    if not typed:
        return None
    try:
        days = float(typed)
    except ValueError:
        raise Invalid(field=name) from None
    if not 0 <= days <= LONGEST:
        raise Invalid(field=name)
    return days
