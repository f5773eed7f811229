"""`rejoinder site origins` and `rejoinder site embed-key`: whose pages may open a story, and what signs for them."""

from typing import Annotated

import typer

from rejoinder.actions.change_origins import add_origin, remove_origin
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, settings_here
from rejoinder.discussion.sites import Site
from rejoinder.identity.tokens import embed_key_of
from rejoinder.settings import load_secret

origins_group = typer.Typer(help="Whose pages may open a publication's stories.", no_args_is_help=True)
Origin = Annotated[str, typer.Argument(help="A scheme and a host, such as https://www.courier.example.")]


@origins_group.command("list")
def list_origins(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Show a publication's origins; the first is its own."""
    with database_of(settings_here()) as database:
        _show(database.read(lambda r: chosen_site(r, site)).result())


@origins_group.command("add")
def add(
    origin: Origin,
    *,
    private: Annotated[
        bool, typer.Option("--private", help="Its pages may be fetched from inside your own network.")
    ] = False,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Let pages of an origin open stories, and have their metadata read."""
    with database_of(settings_here()) as database:
        _show(database.write(lambda w: add_origin(w, chosen_site(w, site).seq, origin, is_private=private)).result())


@origins_group.command("remove")
def remove(origin: Origin, *, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Pages of the origin open no more stories; what they opened stays."""
    with database_of(settings_here()) as database:
        _show(database.write(lambda w: remove_origin(w, chosen_site(w, site).seq, origin)).result())


def embed_key(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show the key that signs what a publisher says of a story. Whoever has it can open stories: keep it on servers."""
    settings = settings_here()
    with database_of(settings) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
    key = embed_key_of(chosen.key, load_secret(settings))
    answer({"site": chosen.key, "embed_key": key}, key)


def _show(site: Site) -> None:
    rows = [(origin, "may be private" if origin in site.private_origins else "") for origin in site.origins]
    documents = [{"origin": origin, "private": origin in site.private_origins} for origin in site.origins]
    if rows:
        answer({"site": site.key, "origins": documents}, table(("origin", "network"), rows, title=site.name))
    else:
        told = f"{site.name} has no origins yet, so no page opens a story: rejoinder site origins add ORIGIN."
        answer({"site": site.key, "origins": []}, told)
