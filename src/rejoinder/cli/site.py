"""`rejoinder site`: publications and their rules."""

from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import asdict

from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.change_texts import POLICY, change_texts
from rejoinder.actions.read_policy import policy_here
from rejoinder.cli import sign_in, site_rules
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.cli.site_flaggers import flaggers_group
from rejoinder.cli.site_hooks import hooks_group
from rejoinder.cli.site_origins import embed_key, origins_group
from rejoinder.cli.site_policy import policy_group
from rejoinder.discussion.refusals import Invalid
from rejoinder.discussion.sites import Site, Texts
from rejoinder.language import words
from rejoinder.store import sites
from rejoinder.store.database import Read
from rejoinder.web import addresses

group = typer.Typer(help="Publications: list them, add one, set its rules.", no_args_is_help=True)
group.add_typer(site_rules.group, name="rules")
texts_group = typer.Typer(help="A publication's own wording.", no_args_is_help=True)
group.add_typer(texts_group, name="texts")
group.add_typer(sign_in.group, name="sign-in")
group.add_typer(origins_group, name="origins")
group.add_typer(hooks_group, name="hook")
group.add_typer(policy_group, name="policy")
group.add_typer(flaggers_group, name="flagger")
group.command("embed-key")(embed_key)


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


@texts_group.command("show")
def show_texts(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show the texts a publication has of its own; the others are Rejoinder's."""
    with database_of(settings_here()) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
        introduction = database.read(lambda r: _introduction(r, chosen)).result()
    _show_texts(chosen, introduction)


@texts_group.command("set")
def set_texts(
    changes: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT=WORDS",
            help="TEXT is invitation, policy, disclaimer, closed, redress (what can be done beyond an appeal) or "
            "danger (what editors do where somebody is in it). WORDS may be @FILE; none takes the text back.",
        ),
    ],
    *,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Set texts of a publication. A changed policy is published as a version: its introduction, above the clauses."""
    given = _texts(changes)
    with database_of(settings_here()) as database:
        chosen = database.write(lambda w: change_texts(w, chosen_site(w, site).seq, given, now=now())).result()
        introduction = database.read(lambda r: _introduction(r, chosen)).result()
    _show_texts(chosen, introduction)


def _texts(changes: list[str]) -> dict[str, str]:
    """The texts by name. Raises Refused for one that is none, or a file that cannot be read."""
    known = Texts.__struct_fields__
    given: dict[str, str] = {}
    for change in changes:
        name, separator, said = change.partition("=")
        if name not in known or not separator:
            told = f"“{change}” is not TEXT=WORDS; the texts are {', '.join(known)}."
            raise Refused("usage", told, exit_code=USAGE)
        given[name] = _file(said[1:]) if said.startswith("@") else said
    return given


def _file(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused("usage", f"{path} cannot be read: {problem}.", exit_code=USAGE) from problem


def _introduction(r: Read, site: Site) -> str:
    """What the policy begins with, in the site's language; empty where these are Rejoinder's words."""
    return policy_here(r, site, words(site.language).gettext).content.introduction.get(site.language, "")


def _show_texts(site: Site, introduction: str) -> None:
    texts = asdict(site.texts) | {POLICY: introduction}
    rows = [(name, said or "(Rejoinder's own)") for name, said in texts.items()]
    shown = table(("text", "words"), rows, title=f"{site.name}, policy version {site.policy_version}")
    answer({"site": site.key, "policy_version": site.policy_version, "texts": texts}, shown)


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
