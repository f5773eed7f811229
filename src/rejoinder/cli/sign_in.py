"""`rejoinder site sign-in`: how readers sign in from the publisher. Secrets are taken, and never shown."""

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from rejoinder.actions.set_sign_in import KEPT, set_sign_in
from rejoinder.cli.answers import AsJson, SiteKey, answer, facts
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.sign_in import HandOff, Provider, SignIn
from rejoinder.discussion.sites import Site
from rejoinder.store import sign_in
from rejoinder.store.database import Write
from rejoinder.web import addresses

group = typer.Typer(help="How readers sign in from the publisher.", no_args_is_help=True)


@group.command("show")
def show(*, site: SiteKey = None, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Show the providers and the hand-off of a publication, without their secrets."""
    settings = settings_here()
    with database_of(settings) as database:
        chosen = database.read(lambda r: chosen_site(r, site)).result()
        found = database.read(lambda r: sign_in.of_site(r, chosen.seq)).result()
    _show(chosen, found, settings.public_url)


@group.command("set")
def set_settings(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A JSON file with all of it; - reads stdin.")],
    *,
    site: SiteKey = None,
    as_json: AsJson = False,  # noqa: ARG001 - as above
) -> None:
    """Set how readers sign in on a publication: all of it, in place of what was there. An empty object takes it away.

    In a file rather than in arguments, which others on the machine can read. A secret that is "(kept)" stays as it was.
    """
    settings = settings_here()
    body = _read(file)
    with database_of(settings) as database:

        def change(w: Write) -> tuple[Site, SignIn]:
            chosen = chosen_site(w, site)
            return chosen, set_sign_in(w, chosen.seq, body, now=now())

        chosen, found = database.write(change).result()
    _show(chosen, found, settings.public_url)


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as problem:
        raise Refused("usage", f"{file} cannot be read: {problem.strerror}.", exit_code=USAGE) from problem


def _show(site: Site, found: SignIn, public_url: str) -> None:
    base = public_url.rstrip("/")
    shown: list[Any] = [
        facts(_provider(provider, base + addresses.signed_in(site.key, name)), title=f"{site.name}: {name}")
        for name, provider in found.providers.items()
    ]
    if found.hand_off is not None:
        where = base + addresses.hand_over(site.key)
        shown.append(facts(_hand_off(found.hand_off, where), title=f"{site.name}: hand-off"))
    document = {"site": site.key, "sign_in": _without_secrets(found)}
    answer(document, *(shown or [f"Nobody signs in on {site.name} from the publisher."]))


def _provider(provider: Provider, back: str) -> dict[str, str]:
    return {
        "label": provider.label,
        "issuer": provider.issuer,
        "client": provider.client_id,
        "secret": "kept" if provider.client_secret else "none",
        "scopes": " ".join(provider.scopes),
        "algorithms": " ".join(provider.algorithms),
        "redirect to": back,
    }


def _hand_off(hand_off: HandOff, where: str) -> dict[str, str]:
    return {
        "issuer": hand_off.issuer,
        "audience": hand_off.audience,
        "algorithms": " ".join(hand_off.algorithms),
        "shared keys": " ".join(hand_off.keys) or "none",
        "public keys": hand_off.jwks_url or "none",
        "log-in page": hand_off.page or "none",
        "post to": where,
    }


def _without_secrets(found: SignIn) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(found)
    for provider in document.get("providers", {}).values():
        if provider.get("client_secret"):
            provider["client_secret"] = KEPT
    keys = document.get("hand_off", {}).get("keys", {})
    keys.update(dict.fromkeys(keys, KEPT))
    return document
