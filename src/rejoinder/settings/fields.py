"""The settings: each with its type, its default and one line of meaning. A test holds the reference page to them."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from rejoinder.mail.smtp import Tls

HIDDEN = ("secret", "smtp_password", "database_url")  # never shown in a log or an error


class MailBy(StrEnum):
    """How letters leave."""

    CONSOLE = "console"
    SMTP = "smtp"
    NONE = "none"


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def _is(meaning: str, **limits: Any) -> Meta:
    return Meta(description=meaning, **limits)


class Settings(Struct, frozen=True, kw_only=True):
    """All settings, with what each is. Checked as a whole by `load_settings`."""

    database_url: Annotated[
        str, _is("Where everything is kept: `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/NAME`.")
    ] = "sqlite:///rejoinder-data/rejoinder.db"
    data_dir: Annotated[Path, _is("Folder of the generated secret, and of the SQLite file where none is named.")] = (
        Path("rejoinder-data")
    )
    public_url: Annotated[
        str, _is("The address readers reach this installation at; links in letters begin with it.")
    ] = "http://127.0.0.1:8000"
    secret: Annotated[
        str,
        _is(
            "Signs cookies; 32 characters or more. Empty: made once and kept in `data_dir`. Several machines share one."
        ),
    ] = ""
    language: Annotated[str, _is("Language of what belongs to no publication, as a tag such as `en` or `de-AT`.")] = (
        "en"
    )
    worker: Annotated[
        bool,
        _is("Whether `serve` does the jobs too (letters, tidying). If not, `rejoinder worker` must run beside it."),
    ] = True
    mail: Annotated[MailBy, _is("How letters leave: `console` prints them, `smtp` sends them, `none` drops them.")] = (
        MailBy.CONSOLE
    )
    mail_from: Annotated[str, _is("The sender of letters: an address, or `Name <address>`.")] = (
        "Rejoinder <rejoinder@localhost>"
    )
    smtp_host: Annotated[str, _is("The mail server; needed when `mail` is `smtp`.")] = ""
    smtp_port: Annotated[int, _is("Its port: mostly 587 for `starttls`, 465 for `implicit`.", ge=1, le=65535)] = 587
    smtp_username: Annotated[str, _is("Log-in at the mail server. Empty: without one.")] = ""
    smtp_password: Annotated[str, _is("The password of that log-in.")] = ""
    smtp_tls: Annotated[
        Tls, _is("Encryption to the mail server: `starttls`, `implicit`, or `none` inside a trusted network.")
    ] = Tls.STARTTLS
    staff_second_factor: Annotated[
        bool, _is("Whether moderators, editors and administrators confirm each log-in with a second factor.")
    ] = True
    session_days: Annotated[int, _is("Days that a reader stays logged in.", ge=1, le=400)] = 30
    staff_session_hours: Annotated[int, _is("Hours that somebody of the staff stays logged in.", ge=1, le=720)] = 12
    undo_seconds: Annotated[
        int, _is("Seconds that the letter about a decision waits, so that an undo can take it back.", ge=0, le=3600)
    ] = 30
    logins_per_quarter_hour: Annotated[int, _is("Attempts to log in, per address and quarter of an hour.", ge=1)] = 20
    registrations_per_quarter_hour: Annotated[int, _is("Registrations, per address and quarter of an hour.", ge=1)] = 10
    recommendations_per_quarter_hour: Annotated[
        int, _is("Recommendations without an account, per address and quarter of an hour.", ge=1)
    ] = 60
    reports_per_quarter_hour: Annotated[int, _is("Reports of comments, per address and quarter of an hour.", ge=1)] = 30
    keep_marks_days: Annotated[
        int,
        _is(
            "Days after which what marks a person is forgotten: the browser of a vote or report, a reporter's address.",
            ge=1,
        ),
    ] = 90
    record_heads_to: Annotated[
        tuple[str, ...], _is("Mail addresses that are sent the heads of the records every week, to be kept.")
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...], _is("Addresses or networks of the proxies whose `X-Forwarded-For` is believed.")
    ] = ()
    max_body_bytes: Annotated[int, _is("The largest request that is accepted, in bytes.", ge=10_000)] = 256_000
    page_cache_mb: Annotated[
        int, _is("Megabytes of rendered pages that each serving process keeps; the least used leave first.", ge=1)
    ] = 64
    live_tick_ms: Annotated[
        int, _is("Milliseconds in which what happens under a story goes to its open pages together.", ge=10, le=10_000)
    ] = 100
    live_readers: Annotated[
        int, _is("Open pages that each serving process tells of new comments; more are asked to come back.", ge=0)
    ] = 20_000
    live_readers_per_address: Annotated[int, _is("Of these, so many from one address.", ge=1)] = 50
    access_log_one_in: Annotated[
        int, _is("Logs one of so many answers given from kept pages; 1 logs each, 0 none.", ge=0)
    ] = 0
    log_format: Annotated[LogFormat, _is("`text` for people, `json` for machines.")] = LogFormat.TEXT
    log_level: Annotated[LogLevel, _is("The least that is logged: `debug`, `info`, `warning` or `error`.")] = (
        LogLevel.INFO
    )

    def __repr__(self) -> str:
        """All values but those that nobody should read in a log."""
        shown = (f"{name}={'…' if name in HIDDEN else repr(getattr(self, name))}" for name in self.__struct_fields__)
        return f"Settings({', '.join(shown)})"


FIELDS = {field.name: field for field in msgspec.structs.fields(Settings)}
