"""From an environment and a file to settings. The environment wins."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.settings.checks import CHECKS
from rejoinder.settings.errors import SettingsError
from rejoinder.settings.fields import FIELDS, HIDDEN, MailBy, Settings

PREFIX = "REJOINDER_"
CONFIG = "REJOINDER_CONFIG"  # names the TOML file; not itself a setting
FILE = "rejoinder.toml"

_SWITCHES = {"yes": True, "on": True, "no": False, "off": False}


class _Given(Struct, frozen=True):
    """A value, and where it stands."""

    value: Any
    place: str


def load_settings(environ: Mapping[str, str], directory: Path) -> Settings:
    """The settings of a process with this environment, run in this directory. Raises SettingsError with all problems
    at once.
    """
    problems: list[str] = []
    given = _from_file(environ, directory, problems) | _from_environment(environ, problems)
    values: dict[str, Any] = {}
    for name in FIELDS:
        if name in given:
            _take(values, name, given[name], problems)
    if "data_dir" in values and "database_url" not in given:
        values["database_url"] = f"sqlite:///{values['data_dir']}/rejoinder.db"
    settings = Settings(**values)
    if settings.mail is MailBy.SMTP and not settings.smtp_host:
        problems.append("smtp_host: is missing; where `mail` is `smtp`, it names the server.")
    if problems:
        raise SettingsError(problems)
    return settings


def _from_environment(environ: Mapping[str, str], problems: list[str]) -> dict[str, _Given]:
    """The settings among the variables. An empty variable counts as not set, as is usual in containers."""
    given = {}
    for variable in sorted(environ):
        if not variable.startswith(PREFIX) or variable == CONFIG:
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in FIELDS or variable != PREFIX + name.upper():
            problems.append(_unknown(variable, [PREFIX + known.upper() for known in FIELDS]))
        elif environ[variable]:
            given[name] = _Given(environ[variable], variable)
    return given


def _from_file(environ: Mapping[str, str], directory: Path, problems: list[str]) -> dict[str, _Given]:
    """The settings in the TOML file. It may be missing, unless it was named."""
    named = environ.get(CONFIG)
    path = directory / (named or FILE)
    if not named and not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        problems.append(f"{path.name}: cannot be read: {problem}")
        return {}
    problems += [f"{path.name}: {_unknown(key, list(FIELDS))}" for key in table if key not in FIELDS]
    return {key: _Given(value, f"{path.name}: {key}") for key, value in table.items() if key in FIELDS}


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name.upper() if name.upper().startswith(PREFIX) else name.lower(), known, n=1)
    return f"{name} is not a setting{f'; did you mean {near[0]}?' if near else '.'}"


def _take(values: dict[str, Any], name: str, given: _Given, problems: list[str]) -> None:
    """Puts the checked value among the values, or a line among the problems."""
    check = CHECKS.get(name, lambda value: value)
    try:
        values[name] = check(
            msgspec.convert(_plain(name, given.value), FIELDS[name].type, strict=False, dec_hook=_path)
        )
    except ValueError as problem:  # msgspec's ValidationError is one too
        shown = "this value" if name in HIDDEN else repr(given.value)
        problems.append(f"{given.place}: {shown} cannot be used: {problem}")


def _plain(name: str, value: Any) -> Any:
    """The value as msgspec reads it: lists written with commas, switches in words."""
    kind = type(FIELDS[name].default)
    if kind is tuple and isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if kind is bool and isinstance(value, str):
        return _SWITCHES.get(value.lower(), value)
    if issubclass(kind, StrEnum) and value not in list(kind):
        raise ValueError(f"it can be {', '.join(kind)}")
    return value


def _path(_type: type, value: Any) -> Path:
    if not isinstance(value, str):
        raise ValueError("expected a path")  # noqa: TRY004 - msgspec and `_take` speak of bad values by ValueError
    return Path(value)
