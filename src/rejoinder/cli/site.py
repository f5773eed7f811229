"""`rejoinder site`: publications and their rules."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from msgspec.structs import asdict

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.change_rules import change_section_rules, change_site_rules
from rejoinder.actions.change_texts import change_texts
from rejoinder.cli import sign_in
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.cli.site_hooks import hooks_group
from rejoinder.cli.site_origins import embed_key, origins_group
from rejoinder.cli.site_policy import policy_group
from rejoinder.discussion.closing import open_for
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import Rules, Site, Texts, rules_here
from rejoinder.store import sites
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses

group = typer.Typer(help="Publications: list them, add one, set its rules.", no_args_is_help=True)
rules_group = typer.Typer(help="What holds on a publication or in a section of it.", no_args_is_help=True)
group.add_typer(rules_group, name="rules")
texts_group = typer.Typer(help="A publication's own wording.", no_args_is_help=True)
group.add_typer(texts_group, name="texts")
group.add_typer(sign_in.group, name="sign-in")
group.add_typer(origins_group, name="origins")
group.add_typer(hooks_group, name="hook")
group.add_typer(policy_group, name="policy")
group.command("embed-key")(embed_key)

SectionKey = Annotated[
    str | None, typer.Option("--section", metavar="KEY", help="A section of the publication; its rules win.")
]
LONGEST_DAYS = 36_500  # a hundred years
_DAYS = re.compile(r"\d{1,5}(\.\d{1,6})?")
_DEFAULTS = frozenset({"", "default"})  # a value that takes a rule back


@group.command("list")
def list_sites(*, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Show every publication with its address."""
    settings = settings_here()
    with database_of(settings) as database:
        present = database.read(sites.every).result()
    rows = [(site.key, site.name, site.language, site.zone, _address(settings.public_url, site)) for site in present]
    documents = [_document(site, settings.public_url) for site in present]
    if rows:
        answer({"sites": documents}, table(("key", "name", "language", "zone", "address"), rows))
    else:
        answer({"sites": documents}, "There is no publication yet. Make one: rejoinder site add KEY --name NAME.")


@group.command("add")
def add(
    key: Annotated[str, typer.Argument(help="Its name in addresses: small letters, digits and hyphens.")],
    *,
    name: Annotated[str, typer.Option("--name", help="Its name as readers know it.")],
    language: Annotated[str, typer.Option("--language", help="Its language, as a tag such as en or de.")] = "en",
    zone: Annotated[
        str, typer.Option("--zone", help="The time zone readers are shown, such as Europe/London.")
    ] = "UTC",
    origin: Annotated[
        str, typer.Option("--origin", help="Where its own pages are, such as https://www.courier.example.")
    ] = "",
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Set up a publication."""
    settings = settings_here()
    new = NewSite(key=key, name=name, language=language, zone=zone, origin=origin)
    with database_of(settings) as database:
        try:
            site = database.write(lambda w: add_site(w, new, now=now())).result()
        except Invalid as refused:
            raise _what_is_wrong(new, str(refused.data.get("field"))) from refused
    where = _address(settings.public_url, site)
    answer(
        {"site": _document(site, settings.public_url)},
        f"{site.name} is set up; its discussions are at {where}",
        f"Next: rejoinder user add ADDRESS --name NAME --role editor --site {site.key}",
    )


@rules_group.command("show")
def show(*, site: SiteKey = None, section: SectionKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show every rule that holds, and which are set here rather than being the default."""
    settings = settings_here()
    with database_of(settings) as database:
        chosen, layers = database.read(lambda r: _layers(r, site, section)).result()
    _show_rules(chosen, section, layers)


@rules_group.command("set")
def set_rules(
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="RULE=VALUE",
            help="Such as longest=3000, days=7 or suspect_words='[\"scam\"]'; RULE=default takes one back.",
        ),
    ],
    *,
    site: SiteKey = None,
    section: SectionKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Set rules of a publication or of a section. All changes are made together or not at all, and noted.

    days=N is short for a schedule of one phase: open for N days after publication.
    """
    settings = settings_here()
    given = _changes(changes)
    with database_of(settings) as database:

        def change(w: Write) -> tuple[Site, tuple[str, ...]]:
            chosen = chosen_site(w, site)
            if section is None:
                change_site_rules(w, chosen.seq, given, by_seq=None, now=now())
            else:
                change_section_rules(w, chosen.seq, section, given, by_seq=None, now=now())
            return _layers(w, site, section)

        chosen, layers = database.write(change).result()
    _show_rules(chosen, section, layers)


@texts_group.command("show")
def show_texts(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show the texts a publication has of its own; the others are Rejoinder's."""
    with database_of(settings_here()) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
    _show_texts(chosen)


@texts_group.command("set")
def set_texts(
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT=WORDS",
            help="TEXT is invitation, policy, disclaimer or closed. WORDS may be @FILE; none takes the text back.",
        ),
    ],
    *,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Set texts of a publication. A changed policy is a new version of it, which comments remember."""
    given = _texts(changes)
    with database_of(settings_here()) as database:
        chosen = database.write(lambda w: change_texts(w, chosen_site(w, site).seq, given)).result()
    _show_texts(chosen)


def _texts(changes: list[str]) -> dict[str, str]:
    """The texts by name. Raises Refused for one that is none, or a file that cannot be read."""
    known = Texts.__struct_fields__
    given: dict[str, str] = {}
    for change in changes:
        name, separator, words = change.partition("=")
        if name not in known or not separator:
            told = f"“{change}” is not TEXT=WORDS; the texts are {', '.join(known)}."
            raise Refused("usage", told, exit_code=USAGE)
        given[name] = _file(words[1:]) if words.startswith("@") else words
    return given


def _file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused("usage", f"{path} cannot be read: {problem}.", exit_code=USAGE) from problem


def _show_texts(site: Site) -> None:
    texts = asdict(site.texts)
    rows = [(name, words or "(Rejoinder's own)") for name, words in texts.items()]
    shown = table(("text", "words"), rows, title=f"{site.name}, policy version {site.policy_version}")
    answer({"site": site.key, "policy_version": site.policy_version, "texts": texts}, shown)


def _layers(r: Read, key: str | None, section: str | None) -> tuple[Site, tuple[str, ...]]:
    """The site and the JSON of what it, and the section, sets."""
    chosen = chosen_site(r, key)
    if section is None:
        return chosen, (chosen.rules,)
    return chosen, (chosen.rules, sites.section(r, chosen.seq, section).rules)


def _show_rules(site: Site, section: str | None, layers: tuple[str, ...]) -> None:
    holding: dict[str, Any] = msgspec.to_builtins(rules_here(*layers))
    set_here = sorted(msgspec.json.decode(layers[-1]))
    rows = [(name, _in_words(value), "here" if name in set_here else "") for name, value in holding.items()]
    answer(
        {"site": site.key, "section": section, "rules": holding, "set_here": set_here},
        table(("rule", "value", "set"), rows, title=site.name if section is None else f"{site.name}, {section}"),
    )


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


def _what_is_wrong(new: NewSite, field: str) -> Refused:
    if field == "zone":
        return Refused("unknown-zone", f"There is no time zone “{new.zone}”. One is named like Europe/London.")
    return Refused(
        "bad-key",
        f"“{new.key}” cannot be a key: it has small letters, digits and hyphens, and is neither taken nor one of ours.",
    )


def _address(public_url: str, site: Site) -> str:
    return public_url.rstrip("/") + addresses.front(site.key)


def _document(site: Site, public_url: str) -> dict[str, Any]:
    return {
        "key": site.key,
        "name": site.name,
        "language": site.language,
        "zone": site.zone,
        "origin": site.origin or None,
        "url": _address(public_url, site),
    }
