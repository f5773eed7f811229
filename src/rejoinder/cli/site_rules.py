"""`rejoinder site rules`: what holds on a publication, in a section or under a story; tried, and set."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import typer

from rejoinder.actions.change_rules import change_section_rules, change_site_rules, change_story_rules
from rejoinder.actions.set_rules import place_of
from rejoinder.actions.try_rules import try_rules
from rejoinder.cli.answers import AsJson, SiteKey, answer, facts, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.closing import open_for
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import Rules, set_by
from rejoinder.discussion.trying import Tally
from rejoinder.store.database import Read, Write

group = typer.Typer(help="What holds on a publication, in a section of it or under a story.", no_args_is_help=True)

SectionKey = Annotated[
    str | None, typer.Option("--section", metavar="KEY", help="A section of the publication; its rules win.")
]
StorySlug = Annotated[
    str | None, typer.Option("--story", metavar="SLUG", help="A story, by the last part of its address here.")
]
Changes = Annotated[
    list[str],
    typer.Argument(
        metavar="RULE=VALUE",
        help="Such as longest=3000, days=7 or suspect_words='[\"scam\"]'; RULE=default takes one back.",
    ),
]
LONGEST_DAYS = 36_500  # a hundred years
MOST_DAYS = 365  # that a try looks back
_DAYS = re.compile(r"\d{1,5}(\.\d{1,6})?")
_DEFAULTS = frozenset({"", "default"})  # a value that takes a rule back


@group.command("show")
def show(
    *,
    site: SiteKey = None,
    section: SectionKey = None,
    story: StorySlug = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Show every rule that holds, and where each is set rather than being the default."""
    with database_of(settings_here()) as database:
        _show_rules(database.read(lambda r: _place(r, site, section, story)).result())


@group.command("set")
def set_rules(
    changes: Changes,
    *,
    site: SiteKey = None,
    section: SectionKey = None,
    story: StorySlug = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Set rules of a publication, a section or a story. All changes are made together or not at all, and noted.

    days=N is short for a schedule of one phase: open for N days after publication.
    """
    given = _changes(changes)
    with database_of(settings_here()) as database:

        def change(w: Write) -> RulePlace:
            place = _place(w, site, section, story)
            if place.story is not None:
                change_story_rules(w, place.site.seq, place.story.seq, given, by_seq=None, now=now())
            elif place.section is not None:
                change_section_rules(w, place.site.seq, place.section.key, given, by_seq=None, now=now())
            else:
                change_site_rules(w, place.site.seq, given, by_seq=None, now=now())
            return _place(w, site, section, story)

        _show_rules(database.write(change).result())


@group.command("try")
def try_them(
    changes: Changes,
    *,
    site: SiteKey = None,
    section: SectionKey = None,
    story: StorySlug = None,
    days: Annotated[int, typer.Option("--days", min=1, max=MOST_DAYS, help="How far to look back.")] = 7,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Try rules on the comments of the last days: what would have been held and refused. Nothing is changed."""
    given = _changes(changes)
    with database_of(settings_here()) as database:
        found = database.read(
            lambda r: try_rules(r, _place(r, site, section, story), given, days=days, now=now())
        ).result()
    document = {
        "days": days,
        "looked_at": found.looked_at,
        "is_cut": found.is_cut,
        "held": _counted(found.held),
        "refused": _counted(found.refused),
        "hidden": _counted(found.hidden),
        "held_today": found.held_today,
        "refused_today": found.refused_today,
        "hidden_today": found.hidden_today,
        "reasons": dict(found.reasons),
    }
    said = {
        "looked at": f"{found.looked_at} comments{', the newest' if found.is_cut else ''}",
        "would have held": _in_words_of(found.held),
        "would have refused": _in_words_of(found.refused),
        "reports would have hidden": _in_words_of(found.hidden),
        "held by the rules as they are": str(found.held_today),
        "refused by them": str(found.refused_today),
        "hidden under them": str(found.hidden_today),
    }
    answer(document, facts(said), table(("stopped by", "comments"), [(name, str(n)) for name, n in found.reasons]))


def _counted(tally: Tally) -> dict[str, int]:
    return {"count": tally.count, "approved": tally.approved, "rejected": tally.rejected, "unread": tally.unread}


def _in_words_of(tally: Tally) -> str:
    if not tally.count:
        return "0"
    return f"{tally.count}, of which editors approved {tally.approved} and rejected {tally.rejected}"


def _place(r: Read, key: str | None, section: str | None, story: str | None) -> RulePlace:
    """The place that was named. Raises Refused, UnknownSection, UnknownStory."""
    if section is not None and story is not None:
        raise Refused("usage", "Say --section or --story, not both.", exit_code=USAGE)
    return place_of(r, chosen_site(r, key).seq, section=section or "", slug=story or "")


def _show_rules(place: RulePlace) -> None:
    holding: dict[str, Any] = msgspec.to_builtins(place.rules)
    set_here = sorted(set_by(place.own))
    origins = {name: place.origin(name) for name in holding}
    named = place.story.slug if place.story else place.section.key if place.section else None
    rows = [(name, _in_words(value), _from(name, origins, set_here)) for name, value in holding.items()]
    answer(
        {
            "site": place.site.key,
            "section": place.section.key if place.section else None,
            "story": place.story.slug if place.story else None,
            "rules": holding,
            "set_here": set_here,
            "from": origins,
        },
        table(
            ("rule", "value", "set"), rows, title=place.site.name if named is None else f"{place.site.name}, {named}"
        ),
    )


def _from(name: str, origins: Mapping[str, str], set_here: list[str]) -> str:
    if name in set_here:
        return "here"
    return "" if origins[name] == "default" else origins[name]


def _changes(given: list[str]) -> Mapping[str, Any]:
    """The changes as values. Raises Refused for one without a "=" or with an unknown name."""
    changes: dict[str, Any] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals:
            raise Refused("usage", f"“{each}” has no “=”: write RULE=VALUE, such as longest=3000.", exit_code=USAGE)
        if name == "days":
            changes["schedule"] = _days(value)
        elif name not in Rules.__struct_fields__:
            names = ", ".join(("days", *Rules.__struct_fields__))
            raise Refused("unknown-rule", f"There is no rule “{name}”. There are: {names}.", exit_code=USAGE)
        else:
            changes[name] = None if value in _DEFAULTS else _value(value)
    return changes


def _days(value: str) -> Any:
    if value in _DEFAULTS:
        return None
    days = float(value) if _DAYS.fullmatch(value) else 0
    if not 0 < days <= LONGEST_DAYS:
        raise Refused("usage", f"“{value}” is not a number of days.", exit_code=USAGE)
    return open_for(days)


def _value(value: str) -> Any:
    """JSON where it is JSON, else the word itself."""
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return value


def _in_words(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
