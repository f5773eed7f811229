"""`rejoinder site flagger`: trusted flaggers, whose notices of illegal content come first."""

from typing import Annotated

import typer

from rejoinder.actions.change_flaggers import add_flagger, end_flagger
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.identity.tokens import new_token
from rejoinder.store import trusted_flaggers
from rejoinder.store.database import Read, Write

flaggers_group = typer.Typer(help="Trusted flaggers: their legal notices come first.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The organisation's name, as editors and readers see it.")]


@flaggers_group.command("add")
def add(name: Name, *, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Give a trusted flagger a key. It is shown once and not kept: send it to them by a safe way."""
    key = new_token()

    def change(w: Write) -> str:
        chosen = chosen_site(w, site)
        add_flagger(w, chosen.seq, name, key=key, now=now())
        return chosen.key

    with database_of(settings_here()) as database:
        chosen = database.write(change).result()
    answer(
        {"site": chosen, "name": name, "key": key}, f"{name} is a trusted flagger now. The key, shown only now:", key
    )


@flaggers_group.command("end")
def end(name: Name, *, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """A flagger's key holds no longer; what they sent stays."""

    def change(w: Write) -> str:
        chosen = chosen_site(w, site)
        end_flagger(w, chosen.seq, name, now=now())
        return chosen.key

    with database_of(settings_here()) as database:
        chosen = database.write(change).result()
    answer({"site": chosen, "name": name}, f"The key of {name} holds no longer.")


@flaggers_group.command("list")
def list_flaggers(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show the trusted flaggers, how many notices each has sent, and whose key no longer holds."""

    def ask(r: Read) -> tuple[str, list[trusted_flaggers.Flagger]]:
        chosen = chosen_site(r, site)
        return chosen.key, trusted_flaggers.every(r, chosen.seq)

    with database_of(settings_here()) as database:
        key, found = database.read(ask).result()
    documents = [
        {"name": each.name, "since": each.since, "ended_at": each.ended_at, "notices": each.notices} for each in found
    ]
    rows = [
        (each.name, each.since.date().isoformat(), str(each.notices), "ended" if each.ended_at else "")
        for each in found
    ]
    if rows:
        answer({"site": key, "flaggers": documents}, table(("name", "since", "notices", ""), rows))
    else:
        told = "There is no trusted flagger. Add one: rejoinder site flagger add NAME."
        answer({"site": key, "flaggers": []}, told)
