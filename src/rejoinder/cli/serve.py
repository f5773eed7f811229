"""`rejoinder serve`: the server, on its own or with the sample publication."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from rejoinder.cli.answers import AsJson, answer, table
from rejoinder.cli.logs import set_up_logging
from rejoinder.cli.opening import database_of, now, settings_here
from rejoinder.cli.problems import USAGE, Refused
from rejoinder.sample.fill import Sample, fill_sample, sample_present
from rejoinder.settings import Settings
from rejoinder.store import sites
from rejoinder.store.database import Database
from rejoinder.web import addresses

FIGURES = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for it
HOST, PORT = "127.0.0.1", 8000


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help="The address to listen at; 0.0.0.0 is every one.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port to listen at.")] = PORT,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, max=64, help="Processes that serve side by side; one for each core is plenty."
        ),
    ] = 1,
    sample: Annotated[
        bool, typer.Option("--sample", help="With a sample publication, if there is none yet, and its log-ins shown.")
    ] = False,
    as_json: AsJson = False,  # noqa: ARG001 - the option is noted as it is read
) -> None:
    """Serve the discussions, until it is told to stop.

    Without settings everything is kept in a SQLite file below rejoinder-data. The sample publication has log-ins that
    anybody can read in the source, so it is served to this machine alone, and there without a second factor.
    """
    settings = _with_address(settings_here(), host=host, port=port)
    if sample and not _is_loopback(host):
        raise Refused(
            "usage",
            "The sample's log-ins are known to everybody, so it is served to this machine only. "
            "Leave out --host, or leave out --sample.",
            exit_code=USAGE,
        )
    _must_be_free(host, port)
    set_up_logging(settings)
    with database_of(settings) as database:
        shown = _sample(database) if sample else None
        is_empty = not database.read(sites.every).result()
    if shown is not None:
        settings = msgspec.structs.replace(settings, staff_second_factor=False)
    url = settings.public_url.rstrip("/") + (addresses.front(shown.site_key) if shown else "/")
    documented = {"url": url, "sample": msgspec.to_builtins(shown.logins) if shown else None}
    answer(documented, *_words(url, shown, asked=sample, is_empty=is_empty))
    with _shared_figures(workers):
        from rejoinder import app  # noqa: PLC0415 - the whole application is loaded only where it runs

        lived = app.serve(settings, host=host, port=port, workers=workers)
    if not lived:
        raise Refused("cannot-serve", "The serving processes die as soon as they are started; their log says why.")


@contextmanager
def _shared_figures(workers: int) -> Iterator[None]:
    """Where several processes serve, a folder in which they keep the figures of `/metrics` together. What counts them
    looks for it when it is loaded.
    """
    if workers == 1 or FIGURES in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="rejoinder-figures-") as folder:
        os.environ[FIGURES] = folder
        try:
            yield
        finally:
            del os.environ[FIGURES]


def _sample(database: Database) -> Sample | None:
    """The sample that is there or was filled now; None where there is another publication."""
    present = database.read(sample_present).result()
    if present is not None:
        return present
    if database.read(sites.every).result():
        return None
    return fill_sample(database, now=now())


def _words(url: str, shown: Sample | None, *, asked: bool, is_empty: bool) -> list[str | Table]:
    words: list[str | Table] = [f"Rejoinder is at {url}", ""]
    if shown is not None:
        rows = [(login.role.value, login.name, login.email, login.password) for login in shown.logins]
        words += [
            table(("role", "name", "mail address", "password"), rows, title="Log-ins of the sample publication"),
            "",
            "The second factor of staff is switched off, since only this machine is served.",
        ]
    elif asked:
        words.append("There is a publication already, so no sample was added.")
    elif is_empty:
        words.append("There is no publication yet. Make one: rejoinder site add KEY --name NAME")
    return [*words, "Stop with Ctrl-C."]


def _with_address(settings: Settings, *, host: str, port: int) -> Settings:
    """The settings, their public address following --host and --port where nobody set one."""
    if settings.public_url != Settings().public_url:
        return settings
    shown = HOST if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - compared with, not listened at
    netloc = f"[{shown}]" if ":" in shown else shown
    return msgspec.structs.replace(settings, public_url=f"http://{netloc}:{port}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _must_be_free(host: str, port: int) -> None:
    """Silent if we can listen there. Raises Refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as problem:
            raise Refused(
                "cannot-listen",
                f"Cannot listen at {host}, port {port}: {problem.strerror or problem}. Try another: --port {port + 1}.",
            ) from problem
