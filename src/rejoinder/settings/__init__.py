"""Settings of a process: one typed struct, read from the environment (`REJOINDER_…`) and an optional TOML file. Values
are handed down, never fetched.
"""

from rejoinder.settings.errors import SettingsError
from rejoinder.settings.fields import LogFormat, LogLevel, MailBy, Settings
from rejoinder.settings.reading import load_settings
from rejoinder.settings.secret import load_secret
from rejoinder.settings.sending import sender_for

__all__ = [
    "LogFormat",
    "LogLevel",
    "MailBy",
    "Settings",
    "SettingsError",
    "load_secret",
    "load_settings",
    "sender_for",
]
