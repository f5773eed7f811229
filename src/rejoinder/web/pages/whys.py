"""Why a card is at the desk, worded: what was reported and how much that weighs; what a check found, by which rule and
where that is set.
"""

from collections.abc import Sequence

from rejoinder.discussion.commenters import Act
from rejoinder.discussion.flags import Flag, weight_of_all
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.refusals import _
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.sites import LAYERS
from rejoinder.discussion.stories import Story
from rejoinder.language import Words
from rejoinder.web import addresses
from rejoinder.web.findings import worded
from rejoinder.web.pages.rule_fields import FIELDS
from rejoinder.web.shown.desk import Why
from rejoinder.web.visits import Visit


def reports_why(visit: Visit, story: Story, opened: Sequence[Flag]) -> Why:
    """How many open reports there are, for which reasons, and what they weigh of what hides a comment."""
    said, rules = visit.words, story.rules_here
    labels = ", ".join(dict.fromkeys(said.gettext(reason_of(flag.reason).label) for flag in opened))
    count = said.ngettext("%(num)d report", "%(num)d reports", len(opened)) % {"num": len(opened)}
    weighing = ""
    if rules.flags_to_hide:
        weight = weight_of_all(opened, by_record=rules.weigh_reports)
        weighing = said.ngettext(
            "weighs %(weight)s of the %(limit)s that hide a comment",
            "weigh %(weight)s of the %(limit)s that hide a comment",
            len(opened),
        ) % {"weight": said.format_number(round(weight, 1)), "limit": said.format_number(rules.flags_to_hide)}
    return Why(sentence=f"{count}: {labels}", is_report=True, where=weighing)


def finding_why(visit: Visit, story: Story, finding: Finding) -> Why:
    """The finding, with its rule and where that is set, if it is set anywhere; for who may change it, with the way
    there.
    """
    sentence = worded(finding, visit.words, visit.zone)
    if finding.rule not in FIELDS or finding.set_at not in LAYERS:
        return Why(sentence=sentence)
    return Why(
        sentence=sentence,
        where=_where(visit.words, story, finding),
        address=_address(visit, story, finding) if visit.may(Act.SET_RULES) else "",
    )


def _where(said: Words, story: Story, finding: Finding) -> str:
    rule = said.gettext(FIELDS[finding.rule].label)
    names = {
        "site": _("rule “%(rule)s”, set for the site"),
        "section": _("rule “%(rule)s”, set for the section “%(section)s”"),
        "tags": _("rule “%(rule)s”, set for one of the story’s tags"),
        "story": _("rule “%(rule)s”, set for this story"),
    }
    return said.sentence(names[finding.set_at], {"rule": rule, "section": story.section_name or ""})


def _address(visit: Visit, story: Story, finding: Finding) -> str:
    if finding.set_at == "story":
        return addresses.rules(visit.site.key, slug=story.slug, at=finding.rule)
    if finding.set_at == "section" and story.section_key:
        return addresses.rules(visit.site.key, section=story.section_key, at=finding.rule)
    return addresses.rules(visit.site.key, at="for_tags" if finding.set_at == "tags" else finding.rule)
