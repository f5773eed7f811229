"""What doctor looks at. Each check gives its findings and changes nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from msgspec import Struct

from rejoinder.cli.opening import is_sqlite, now, shown_url
from rejoinder.cli.problems import sentence
from rejoinder.mail.sender import CannotSend
from rejoinder.mail.smtp import MailServer, SmtpSender
from rejoinder.sample.fill import DOMAIN
from rejoinder.settings import MailBy, Settings, SettingsError, load_secret
from rejoinder.store import jobs, schema, soundness
from rejoinder.store.database import Database, Read, Unreachable
from rejoinder.store.opening import open_database

SECONDS = 5.0  # that a server has to answer
CLOCKS_APART = timedelta(seconds=5)
LEADS = timedelta(minutes=1)
UNREACHABLE = "See whether it runs and whether REJOINDER_DATABASE_URL is right."


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(Struct, frozen=True, kw_only=True):
    """What was found, and what to do where it is not as it should be."""

    about: str
    level: Level
    words: str
    advice: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Everything found, in the order of what rests on what."""
    return [finding for check in (_database, _mail, _secret, _public_url) for finding in check(settings)]


def _ok(about: str, words: str) -> Finding:
    return Finding(about=about, level=Level.OK, words=words)


def _warning(about: str, words: str, advice: str) -> Finding:
    return Finding(about=about, level=Level.WARNING, words=words, advice=advice)


def _problem(about: str, words: str, advice: str) -> Finding:
    return Finding(about=about, level=Level.PROBLEM, words=words, advice=advice)


# The database, and what is in it


def _database(settings: Settings) -> Iterator[Finding]:
    url = settings.database_url
    if is_sqlite(settings) and not Path(url.removeprefix("sqlite:///")).exists():
        advice = "rejoinder serve makes it; or see whether REJOINDER_DATABASE_URL and the folder are the right ones."
        yield _warning("database", f"{url} does not exist yet.", advice)
        return
    try:
        if is_sqlite(settings):
            open_database(url).close()  # says what is wrong with a file that is no database
        current, newest = schema.current(url), schema.newest()
    except Unreachable as problem:
        yield _problem("database", sentence(str(problem)), UNREACHABLE)
        return
    yield _ok("database", f"{shown_url(url)} answers.")
    if current != newest:
        at = f"It is at {current}" if current else "It is empty"
        yield _problem("migrations", f"{at}; this release wants {newest}.", "Run: rejoinder migrate")
        return
    yield _ok("migrations", f"It is at {newest}, as this release wants.")
    database = open_database(url)
    try:
        yield from _inside(database, settings)
    finally:
        database.close()


def _inside(database: Database, settings: Settings) -> Iterator[Finding]:
    def ask(r: Read) -> list[Finding]:
        return [_clock(r), _given_up(r), _counts(r), *_sample_accounts(r, settings)]

    try:
        yield from database.read(ask).result()
    except Unreachable as problem:
        yield _problem("database", sentence(str(problem)), UNREACHABLE)


def _clock(r: Read) -> Finding:
    ours, theirs, newest = now(), soundness.server_clock(r), soundness.newest_comment_at(r)
    advice = "Let both machines keep time by NTP; what closes when is told by this clock."
    if theirs is not None and abs(theirs - ours) > CLOCKS_APART:
        apart = abs(theirs - ours).total_seconds()
        return _problem("clock", f"This machine and the database server are {apart:.0f} seconds apart.", advice)
    if newest is not None and newest - ours > LEADS:
        return _problem("clock", f"It is {_shown(ours)} here, and the newest comment is of {_shown(newest)}.", advice)
    return _ok("clock", f"It is {_shown(ours)} here.")


def _given_up(r: Read) -> Finding:
    given_up = jobs.given_up(r)
    if not given_up:
        return _ok("jobs", "None was given up.")
    kind, event, why = given_up[0]
    words = f"{len(given_up)} or more were given up after {jobs.TRIES} tries; the first: {kind}, {event}: {why}"
    return _problem("jobs", words, "See what the problem was; these letters did not go out.")


def _counts(r: Read) -> Finding:
    wrong = soundness.miscounted(r)
    if not wrong:
        return _ok("counts", f"All {soundness.story_count(r)} stories count their published comments rightly.")
    first = wrong[0]
    which = f"{first.site_key}/{first.slug} says {first.stored} and has {first.present}"
    words = f"{len(wrong)} stories count their comments wrongly; {which}."
    return _problem("counts", words, "This is a fault of ours: please report it, with what was done to that story.")


def _sample_accounts(r: Read, settings: Settings) -> Iterator[Finding]:
    count = soundness.accounts_at(r, DOMAIN)
    if count and not _is_local(settings):
        words = f"{count} accounts of the sample publication are here, whose passwords are public."
        yield _problem("sample", words, "Begin a real installation with an empty database.")


# Letters


def _mail(settings: Settings) -> Iterator[Finding]:
    if settings.mail is MailBy.CONSOLE:
        words = "Letters are printed on the console, so nobody gets one."
        yield _warning("mail", words, "Set REJOINDER_MAIL=smtp and REJOINDER_SMTP_HOST.")
    elif settings.mail is MailBy.NONE:
        words = "Letters are dropped: nobody can confirm an address or reset a password."
        yield _warning("mail", words, "Set REJOINDER_MAIL=smtp and REJOINDER_SMTP_HOST.")
    else:
        yield _smtp(settings)


def _smtp(settings: Settings) -> Finding:
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        username=settings.smtp_username,
        password=settings.smtp_password,
        timeout=SECONDS,
    )
    try:
        SmtpSender(server, sender=settings.mail_from).check()
    except CannotSend as problem:
        advice = "See REJOINDER_SMTP_HOST, _PORT, _TLS, _USERNAME and _PASSWORD."
        return _problem("mail", sentence(str(problem)), advice)
    return _ok("mail", f"{server} answers and lets us in.")


# The installation's own


def _secret(settings: Settings) -> Iterator[Finding]:
    path = settings.data_dir / "secret"
    if not settings.secret and not path.exists():
        yield _ok("secret", f"It will be made on first use, in {path}.")
        return
    try:
        load_secret(settings)
    except SettingsError as problem:
        yield _problem("secret", " ".join(problem.problems), "It signs every cookie, so nobody can log in without it.")
        return
    if not settings.secret and path.stat().st_mode & 0o077:
        yield _problem("secret", f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
        return
    yield _ok("secret", "It is set." if settings.secret else f"It is in {path}, which only its owner can read.")


def _public_url(settings: Settings) -> Iterator[Finding]:
    url = settings.public_url
    if not url.startswith("https://") and not _is_local(settings):
        words = f"{url} is not https, so passwords and cookies travel in the open."
        yield _problem(
            "public address", words, "Put a server with a certificate in front, and set REJOINDER_PUBLIC_URL."
        )
    if not settings.staff_second_factor and not _is_local(settings):
        yield _warning("second factor", "Staff log in without one.", "Set REJOINDER_STAFF_SECOND_FACTOR=yes.")
    yield _answering(url)


def _answering(url: str) -> Finding:
    try:
        answer = httpx.get(f"{url.rstrip('/')}/healthz", timeout=SECONDS, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        why = " ".join(str(problem).split()) or type(problem).__name__
        advice = "Start it with rejoinder serve; or see REJOINDER_PUBLIC_URL and the server in front."
        return _warning("public address", f"{url} does not answer: {why}.", advice)
    if not answer.is_success:
        words = f"{url}/healthz answers {answer.status_code}."
        return _warning("public address", words, "See REJOINDER_PUBLIC_URL and the server in front.")
    apart = _apart(answer)
    if apart is not None and apart > LEADS:
        words = f"{url} answers, but its clock is {apart.total_seconds():.0f} seconds away from this one."
        return _warning("public address", words, "Let both machines keep time by NTP.")
    return _ok("public address", f"{url} answers.")


def _apart(answer: httpx.Response) -> timedelta | None:
    """How far the answering machine's clock is from ours, where it says."""
    try:
        return abs(parsedate_to_datetime(answer.headers["date"]).astimezone(UTC) - now())
    except (KeyError, ValueError):
        return None


def _is_local(settings: Settings) -> bool:
    """Whether only this machine is meant to reach the installation."""
    host = urlsplit(settings.public_url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
