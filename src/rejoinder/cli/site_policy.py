"""`rejoinder site policy`: the rules of conversation from and to a file."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.read_policy import policy_here
from rejoinder.cli.answers import AsJson, SiteKey, answer
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.policy import Content
from rejoinder.language import words

policy_group = typer.Typer(help="The rules of conversation, in versions.", no_args_is_help=True)


@policy_group.command("show")
def show(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Show the version that holds, as the JSON that publish takes."""
    with database_of(settings_here()) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
        holds = database.read(lambda r: policy_here(r, chosen, words(chosen.language).gettext)).result()
    shown = msgspec.json.format(msgspec.json.encode(holds.content), indent=2).decode()
    answer({"site": chosen.key, "version": holds.number, "policy": msgspec.to_builtins(holds.content)}, shown)


@policy_group.command("publish")
def publish(
    file: Annotated[Path, typer.Argument(help="A file of the form that show prints.")],
    *,
    material: Annotated[
        bool, typer.Option("--material", help="Readers are asked to agree before they write again.")
    ] = False,
    note: Annotated[str, typer.Option("--note", help="What has changed, for readers.")] = "",
    section: Annotated[str, typer.Option("--section", help="Publish it as what this section adds.")] = "",
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Publish a new version."""
    try:
        content = msgspec.json.decode(file.read_bytes(), type=Content)
    except (OSError, msgspec.MsgspecError) as problem:
        raise Refused("usage", f"{file} is no policy: {problem}.", exit_code=USAGE) from problem
    with database_of(settings_here()) as database:
        made = database.write(
            lambda w: publish_policy(
                w,
                chosen_site(w, site),
                content,
                by_seq=None,
                is_material=material,
                note=note,
                section=section or None,
                now=now(),
            )
        ).result()
    answer({"version": made.number, "material": made.is_material}, f"Version {made.number} holds from now on.")
