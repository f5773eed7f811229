"""A form of rules: read field by field, so that each slip is said where it was made, and shown with what holds."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import BadRules, _
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import NO_RULES, Rules, rules_here, set_by, with_rules
from rejoinder.discussion.trust import Ladder
from rejoinder.language import Words
from rejoinder.web.asking import Form
from rejoinder.web.pages.rule_fields import FIELDS, GROUPS, YES, Field, Unreadable
from rejoinder.web.shown.rules import Control, ShownRule, ShownRuleGroup

FEW = 6  # entries of a list that are repeated in words
_LADDER_NUMBERS = ("approval", "removal", "recognised_at", "new_below", "expert_at")
_LADDER_SWITCHES = ("on", "experts_skip_lists")
OWN = "own"  # sent as `ladder` where a place has a ladder of its own


class Typed(Struct, frozen=True):
    """What a form says: the changes that can be used, and what is wrong with the others, by the rule's name, as a
    sentence (a catalogue key) with its data.
    """

    changes: Mapping[str, Any]
    problems: Mapping[str, tuple[str, Mapping[str, Any]]]


def fields_of(place: RulePlace) -> list[Field]:
    """The rules that can be set in the place."""
    return [
        field
        for field in FIELDS.values()
        if not (field.site_only and (place.section or place.story)) and not (field.not_of_stories and place.story)
    ]


def read_form(form: Form, fields: Iterable[Field]) -> Typed:
    """The form, read. A field that was left empty takes its rule back to what holds above; one that was not sent says
    nothing.
    """
    changes: dict[str, Any] = {}
    problems: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for field in fields:
        if field.name not in form.fields:
            continue
        try:
            changes[field.name] = _value(field, form)
        except Unreadable as slip:
            problems[field.name] = (slip.sentence, slip.data)
        except BadRules as refusal:
            is_told = refusal.data["problem"] is not RulesProblem.UNREADABLE
            problems[field.name] = ("%(problem)s", refusal.data) if is_told else (_BEYOND, {})
    return Typed(changes, problems)


_BEYOND = _("That is too little or too much.")


def _value(field: Field, form: Form) -> Any:
    typed = form.text(field.name).strip()
    if not typed:
        return None
    value = _ladder(form) if field.control is Control.LADDER else field.read(typed)
    with_rules(NO_RULES, {field.name: value})
    return value


def _ladder(form: Form) -> Ladder:
    values: dict[str, Any] = {name: form.text(f"ladder_{name}") == YES for name in _LADDER_SWITCHES}
    for name in _LADDER_NUMBERS:
        typed = form.text(f"ladder_{name}").strip()
        if not typed and name == "expert_at":
            values[name] = None
            continue
        try:
            values[name] = int(typed)
        except ValueError:
            raise Unreadable(_("Please give a whole number, in figures.")) from None
    try:
        return msgspec.convert(values, Ladder)
    except msgspec.ValidationError:
        raise Unreadable(_BEYOND) from None


def shown_groups(place: RulePlace, form: Form, typed: Typed | None, words: Words) -> tuple[ShownRuleGroup, ...]:
    """The rules of the place as a form: as they are, or (`typed`) as they were sent, with what was wrong."""
    known = {field.name for field in fields_of(place)}
    groups = []
    for group in GROUPS:
        rules = tuple(_shown(place, field, form, typed, words) for field in group.fields if field.name in known)
        if rules:
            groups.append(ShownRuleGroup(title=words.gettext(group.title), rules=rules))
    return tuple(groups)


def _shown(place: RulePlace, field: Field, form: Form, typed: Typed | None, words: Words) -> ShownRule:
    here, above = place.rules, rules_here(*place.above)
    is_sent = typed is not None and field.name in form.fields
    own = field.name in set_by(place.own)
    stands = _written(field, getattr(here, field.name)) if own else ""
    sentence, data = typed.problems.get(field.name, ("", {})) if typed else ("", {})
    text = form.text(field.name) if is_sent else stands
    choices = tuple((value, words.gettext(label)) for value, label in field.choices)
    if field.control is Control.CHOICE and text and text not in dict(choices):
        choices += ((text, text),)
    return ShownRule(
        name=field.name,
        label=words.gettext(field.label),
        control=field.control,
        holds=worded(field, getattr(here, field.name), words),
        origin=place.origin(field.name),
        above=worded(field, getattr(above, field.name), words),
        typed=text,
        hint=words.gettext(field.hint) if field.hint else "",
        unit=words.gettext(field.unit) if field.unit else "",
        problem=words.sentence(sentence, data) if sentence else "",
        choices=choices,
        ladder=_sent_ladder(form, here) if field.control is Control.LADDER else None,
    )


def _written(field: Field, value: Any) -> str:
    return OWN if field.control is Control.LADDER else field.write(value)


def _sent_ladder(form: Form, here: Rules) -> Ladder:
    """The ladder's figures as they were sent where they can be read, else those that hold."""
    if "ladder_on" not in form.fields:
        return here.ladder
    try:
        return _ladder(form)
    except (Unreadable, BadRules):
        return here.ladder


def worded(field: Field, value: Any, words: Words) -> str:
    """The value as a person reads it, such as "3 links" or "no"."""
    if isinstance(value, Ladder):
        return words.gettext(_("on")) if value.on else words.gettext(_("off"))
    if field.control is Control.CHOICE:
        written = field.write(value)
        return words.gettext(dict(field.choices).get(written, written))
    if field.control is Control.NUMBER:
        return _figure(field, value, words)
    entries = field.write(value).splitlines() if value else []
    if not entries:
        return words.gettext(field.empty)
    if len(entries) > FEW:
        return words.ngettext("%(num)s entry", "%(num)s entries", len(entries)) % {
            "num": words.format_number(len(entries))
        }
    return ", ".join(words.isolate(entry) for entry in entries)


def _figure(field: Field, value: int, words: Words) -> str:
    if field.zero and not value:
        return words.gettext(field.zero)
    written = field.write(value)
    shown = words.format_number(int(written)) if written.isdigit() else written
    return f"{shown} {words.gettext(field.unit)}" if field.unit else shown
