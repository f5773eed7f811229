"""How a change of rules on the record reads: each rule by its name, with what it was and what it became, in words."""

from collections.abc import Mapping
from typing import Any

import msgspec

from rejoinder.discussion.closing import Phase, Step
from rejoinder.discussion.refusals import BadRules, _
from rejoinder.discussion.sites import Rules, rules_here, set_by
from rejoinder.discussion.trust import Ladder
from rejoinder.language import Words
from rejoinder.web.pages.rule_fields import FIELDS
from rejoinder.web.pages.rule_forms import worded
from rejoinder.web.shown.record import RuleChange
from rejoinder.web.shown.rules import Control

ELSEWHERE: Mapping[str, str] = {"schedule": _("Open for"), "closed_hours": _("Hours of rest")}  # with the times
_PHASES: Mapping[Phase, str] = {
    Phase.OPEN: _("open"),
    Phase.REPLIES: _("replies only"),
    Phase.REACTIONS: _("recommending and reporting only"),
    Phase.READ_ONLY: _("closed"),
}


def changed_rules(before: str, after: str, words: Words) -> tuple[RuleChange, ...]:
    """The rules that differ between two layers of JSON, in the order of `Rules`, then those that are rules no more."""
    was, became = set_by(before), set_by(after)
    known = Rules.__struct_fields__
    names = [*known, *sorted((was.keys() | became.keys()) - set(known))]
    return tuple(
        RuleChange(label=_label(name, words), before=_said(name, was, words), after=_said(name, became, words))
        for name in names
        if was.get(name) != became.get(name)
    )


def _label(name: str, words: Words) -> str:
    if name in ELSEWHERE:
        return words.gettext(ELSEWHERE[name])
    return words.gettext(FIELDS[name].label) if name in FIELDS else name


def _said(name: str, layer: Mapping[str, Any], words: Words) -> str | None:
    """The value in words; None where the layer says nothing. The record outlives rules and what they could be: a value
    that is none any more is said as it was kept.
    """
    if name not in layer:
        return None
    kept = msgspec.json.encode(layer[name]).decode()
    try:
        return _worded(name, getattr(rules_here(f'{{"{name}":{kept}}}'), name), words)
    except (AttributeError, BadRules):
        return kept


def _worded(name: str, value: Any, words: Words) -> str:
    if name == "schedule":
        return "; ".join(_step(step, words) for step in value) or words.gettext(_("none"))
    if name == "closed_hours":
        return ", ".join(value) or words.gettext(_("none"))
    if name == "for_tags" and value:
        return "; ".join(f"{words.isolate(each.tag)}: {_of_tag(each.rules, words)}" for each in value)
    if isinstance(value, Ladder) and value.on:
        figures = {"approval": value.approval, "removal": value.removal, "at": value.recognised_at}
        return words.sentence(
            _("on: %(approval)s for an approval, %(removal)s off for a removal, recognised at %(at)s"), figures
        )
    if FIELDS[name].control is Control.LINES and value:
        return ", ".join(words.isolate(entry) for entry in FIELDS[name].write(value).splitlines())
    return worded(FIELDS[name], value, words)


def _of_tag(rules: Mapping[str, Any], words: Words) -> str:
    """What stories of a tag have: the mode by itself, other rules with their names."""
    return ", ".join(
        str(_said(name, rules, words)) if name == "mode" else f"{_label(name, words)} {_said(name, rules, words)}"
        for name in rules
    )


def _step(step: Step, words: Words) -> str:
    phase = words.gettext(_PHASES[step.phase])
    if step.ends_at is not None:
        return words.sentence(
            _("%(phase)s until %(moment)s"), {"phase": phase, "moment": f"{step.ends_at:%Y-%m-%d %H:%M}"}
        )
    if step.lasts is None:
        return phase
    return words.sentence(
        _("%(phase)s, %(days)s days"), {"phase": phase, "days": f"{step.lasts.total_seconds() / 86400:g}"}
    )
