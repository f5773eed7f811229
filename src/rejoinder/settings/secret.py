"""The secret that signs cookies, where none is set: made once and kept beside the data."""

import os
import secrets
from pathlib import Path

from rejoinder.settings.errors import SettingsError
from rejoinder.settings.fields import Settings

SHORTEST_SECRET = 32  # characters


def load_secret(settings: Settings) -> str:
    """The secret that signs cookies: the one that is set, else the one in the data folder, made on first use. Raises
    SettingsError if the folder cannot be used.
    """
    if settings.secret:
        return settings.secret
    path = settings.data_dir / "secret"
    try:
        if not path.exists():
            _make_secret(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise SettingsError([f"secret: {path} cannot be used: {problem}"]) from problem
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError([f"secret: {path} is damaged; delete it to get a new one (everybody is logged out)."])
    return secret


def _make_secret(path: Path) -> None:
    """Writes a new secret that only its owner may read; of two processes that try at once, the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
