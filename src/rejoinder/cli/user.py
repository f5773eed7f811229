"""`rejoinder user`: people with accounts, their roles and second factors."""

import sys
from typing import Annotated, Any

import typer

from rejoinder.actions.add_person import Added, NewPerson, add_person
from rejoinder.actions.change_role import change_role, set_administrator
from rejoinder.actions.reset_second_factor import reset_second_factor as forget_second_factor
from rejoinder.cli.answers import AsJson, SiteKey, answer, table
from rejoinder.cli.opening import chosen_site, database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.sites import Site
from rejoinder.identity.addresses import clean_email
from rejoinder.identity.password import check_password_strength, hash_password
from rejoinder.store.database import Write
from rejoinder.store.people import Person, people

group = typer.Typer(help="People: list them, add one, change what they may do.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(metavar="ADDRESS", help="The mail address of the account.")]


@group.command("list")
def list_users(
    *,
    site: Annotated[
        str | None, typer.Option("--site", metavar="KEY", help="Only the people of this publication.")
    ] = None,
    staff: Annotated[bool, typer.Option("--staff", help="Only moderators, editors and administrators.")] = False,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Show everybody with an account, and their roles."""
    settings = settings_here()
    with database_of(settings) as database:
        if site is not None:
            database.read(lambda r: chosen_site(r, site)).result()
        everyone = _everyone(database.read)
    shown = [each for each in everyone if (site is None or each.site_key == site) and (not staff or _is_staff(each))]
    rows = [
        (
            each.account.email,
            each.site_key or "–",
            each.name or "–",
            each.role.value if each.role else "–",
            ", ".join(_marks(each)),
        )
        for each in shown
    ]
    words = table(("address", "site", "name", "role", ""), rows) if rows else "There is nobody yet."
    answer({"users": [_document(each) for each in shown]}, words)


@group.command("add")
def add(
    email: Email,
    *,
    name: Annotated[str, typer.Option("--name", help="The name readers see beside what they write.")] = "",
    role: Annotated[Role, typer.Option("--role", help="What they may do on the publication.")] = Role.READER,
    administrator: Annotated[
        bool, typer.Option("--administrator", help="Makes them an administrator of the whole installation.")
    ] = False,
    site: SiteKey = None,
    password_from_stdin: Annotated[
        bool, typer.Option("--password-from-stdin", help="Read the password from the first line of stdin.")
    ] = False,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Add somebody with an account; their address counts as confirmed.

    The password is asked for, or read from stdin. An administrator needs no publication: leave out --name and --site.
    """
    settings = settings_here()
    address = clean_email(email)
    with database_of(settings) as database:
        chosen = None
        if name or site or not administrator:
            chosen = database.read(lambda r: chosen_site(r, site)).result()
            if not name:
                raise Refused("usage", "Say with --name what readers call them.", exit_code=USAGE)
        password = _password(address, from_stdin=password_from_stdin)
        new = NewPerson(
            email=address,
            password_hash=hash_password(password),
            site_seq=chosen.seq if chosen else None,
            name=name,
            role=role,
            is_administrator=administrator,
        )
        added = database.write(lambda w: add_person(w, new, now=now())).result()
    answer({"user": _added(added, chosen)}, *_added_in_words(added, chosen, second_factor=settings.staff_second_factor))


@group.command("role")
def set_role(
    email: Email,
    role: Annotated[Role, typer.Argument(help="What they may do from now on.")],
    *,
    site: SiteKey = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Their name on the publication, where they are new to it.")
    ] = None,
    administrator: Annotated[
        bool | None,
        typer.Option("--administrator/--no-administrator", help="Also make them an administrator, or no longer."),
    ] = None,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Give somebody another role. Their sessions end, so that none keeps the old one."""
    settings = settings_here()
    address = clean_email(email)
    with database_of(settings) as database:

        def change(w: Write) -> tuple[Site, Commenter]:
            chosen = chosen_site(w, site)
            if administrator is not None:
                set_administrator(w, address, yes=administrator)
            return chosen, change_role(w, chosen.seq, address, role, name=name, now=now())

        chosen, commenter = database.write(change).result()
    words = f"{commenter.name} is {_a(commenter.role)} of {chosen.name} now. They log in anew."
    user: dict[str, Any] = {"email": address, "site": chosen.key, "name": commenter.name, "role": commenter.role}
    if administrator is not None:
        user["administrator"] = administrator
        words += " Administrator: yes." if administrator else " Administrator: no."
    answer({"user": user}, words)


@group.command("reset-second-factor")
def reset_second_factor(
    email: Email,
    *,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Take away somebody's second factor, because they lost it. Their sessions end; at the next log-in they set up a
    new one. Make sure that it is they who ask.
    """
    settings = settings_here()
    address = clean_email(email)
    with database_of(settings) as database:
        database.write(lambda w: forget_second_factor(w, address)).result()
    answer(
        {"user": {"email": address, "second_factor": False}},
        f"{address} has no second factor now, and sets up a new one at the next log-in.",
    )


def _everyone(read: Any) -> list[Person]:
    """Every person, however many there are."""
    found: list[Person] = []
    while True:
        after = found[-1].account.seq if found else 0
        page: list[Person] = read(lambda r, after=after: people(r, after=after)).result()
        if not page:
            return found
        found += page


def _password(email: str, *, from_stdin: bool) -> str:
    """The password that was typed or piped in. Raises WeakPassword and its kin."""
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        raise Refused(
            "usage", "There is no terminal to ask for a password: add --password-from-stdin.", exit_code=USAGE
        )
    check_password_strength(password, email=email)
    return password


def _added(added: Added, site: Site | None) -> dict[str, Any]:
    return {
        "email": added.account.email,
        "administrator": added.account.is_administrator,
        "site": site.key if site else None,
        "name": added.commenter.name if added.commenter else None,
        "role": added.commenter.role if added.commenter else None,
    }


def _added_in_words(added: Added, site: Site | None, *, second_factor: bool) -> list[str]:
    lines = []
    if added.commenter is not None and site is not None:
        lines.append(f"{added.commenter.name} is {_a(added.commenter.role)} of {site.name} now.")
    if added.account.is_administrator:
        lines.append(f"{added.account.email} is an administrator of this installation.")
    is_staff = added.account.is_administrator or (added.commenter is not None and added.commenter.is_staff)
    if is_staff and second_factor:
        lines.append("They set up their second factor at the first log-in.")
    return lines


def _document(person: Person) -> dict[str, Any]:
    return {
        "email": person.account.email,
        "confirmed": person.account.confirmed_at is not None,
        "administrator": person.account.is_administrator,
        "second_factor": person.has_second_factor,
        "site": person.site_key,
        "name": person.name,
        "role": person.role,
    }


def _marks(person: Person) -> list[str]:
    marks = ["administrator"] if person.account.is_administrator else []
    if _is_staff(person):
        marks.append("second factor" if person.has_second_factor else "no second factor yet")
    if person.account.confirmed_at is None:
        marks.append("address not confirmed")
    return marks


def _is_staff(person: Person) -> bool:
    return person.account.is_administrator or person.role not in (None, Role.READER)


def _a(role: Role) -> str:
    return f"an {role.value}" if role is Role.EDITOR else f"a {role.value}"
