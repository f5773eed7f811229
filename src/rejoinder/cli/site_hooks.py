"""`rejoinder site hook`: addresses outside that are told what happens, or asked about comments."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
import typer

from rejoinder.actions.change_hooks import add_hook, end_hook
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.hooks import Asking, Happening, Hook, Telling
from rejoinder.hooks.signing import new_secret
from rejoinder.store import hooks

hooks_group = typer.Typer(help="Webhooks, and checks that are asked about comments.", no_args_is_help=True)
Address = Annotated[str, typer.Argument(help="Where it is called: https://…, or http:// on this machine.")]


@hooks_group.command("tell")
def tell(
    address: Address,
    *,
    events: Annotated[
        str, typer.Option("--events", help=f"Which, by commas: {', '.join(Happening)}. All, if left out.")
    ] = "",
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Tell an address what happens, by signed and retried calls."""
    _add(address, Telling(events=_events(events)), site)


@hooks_group.command("ask")
def ask(
    address: Address,
    *,
    name: Annotated[str, typer.Option("--name", help="What editors call the check.")],
    when: Annotated[
        str, typer.Option("--when", help="before: comments wait for its answer; after: they are hidden by it.")
    ] = "before",
    on_failure: Annotated[
        str, typer.Option("--on-failure", help="publish or hold: what becomes of a comment if no answer comes.")
    ] = "hold",
    seconds: Annotated[float, typer.Option("--seconds", help="How long one answer may take.")] = 5.0,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Ask an address about each comment. It can hold one for an editor, not reject it."""
    given = {"name": name, "when": when, "on_failure": on_failure, "seconds": seconds}
    try:
        what = msgspec.convert(given, Asking)
    except msgspec.ValidationError as problem:
        raise Refused("usage", f"This check cannot be: {problem}.", exit_code=USAGE) from problem
    _add(address, what, site)


@hooks_group.command("list")
def list_hooks(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - as above
    """Show a publication's hooks, without their secrets."""
    with database_of(settings_here()) as database:
        chosen, found = database.read(lambda r: (it := chosen_site(r, site), hooks.of_site(r, it.seq))).result()
    rows = [(str(hook.id), _kind(hook), hook.address) for hook in found]
    shown = table(("id", "does", "address"), rows, title=chosen.name) if rows else f"{chosen.name} has no hooks."
    answer({"site": chosen.key, "hooks": [_document(hook) for hook in found]}, shown)


@hooks_group.command("end")
def end(
    hook: Annotated[UUID, typer.Argument(help="Its id, as list shows it.")],
    *,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Call an address no more."""
    with database_of(settings_here()) as database:
        ended = database.write(lambda w: end_hook(w, chosen_site(w, site).seq, hook, now=now())).result()
    answer({"hook": _document(ended)}, f"{ended.address} is called no more.")


def _add(address: str, what: Telling | Asking, site: str | None) -> None:
    secret = new_secret()
    with database_of(settings_here()) as database:
        made = database.write(
            lambda w: add_hook(w, chosen_site(w, site).seq, address, what, secret=secret, now=now())
        ).result()
    told = f"{address} is called from now on. Calls are signed with {secret}"
    answer({"hook": _document(made), "secret": secret}, told, "It is shown only now: keep it where calls are received.")


def _events(typed: str) -> tuple[Happening, ...]:
    try:
        return tuple(Happening(each.strip()) for each in typed.split(",")) if typed.strip() else tuple(Happening)
    except ValueError as problem:
        told = f"“{typed}” names no such event. There are: {', '.join(Happening)}."
        raise Refused("usage", told, exit_code=USAGE) from problem


def _kind(hook: Hook) -> str:
    if isinstance(hook.what, Telling):
        return "is told " + ", ".join(hook.what.events)
    return f"checks {hook.what.when} publication as “{hook.what.name}”; without an answer: {hook.what.on_failure}"


def _document(hook: Hook) -> dict[str, Any]:
    kind = "tell" if isinstance(hook.what, Telling) else "ask"
    settings = msgspec.to_builtins(hook.what)
    return {"id": str(hook.id), "kind": kind, "address": hook.address, **settings}
