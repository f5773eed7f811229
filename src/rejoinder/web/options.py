"""What the web is told of the installation. Values are handed down by `app`, never fetched."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct, field

from rejoinder.identity.documents import Documents
from rejoinder.store.database import Database


class Limits(Struct, frozen=True, kw_only=True):
    """So many attempts from one address within a window of seconds."""

    logins: int = 20
    registrations: int = 10
    reports: int = 30
    recommendations: int = 60
    window: int = 900


class Options(Struct, frozen=True, kw_only=True):
    """The installation, as far as pages need to know it."""

    database: Database
    clock: Callable[[], datetime]
    public_url: str
    secret: str
    limits: Limits = Limits()
    max_body: int = 256_000
    session_lasts: timedelta = timedelta(days=30)
    staff_session_lasts: timedelta = timedelta(hours=12)
    undo_for: timedelta = timedelta(seconds=30)
    staff_second_factor: bool = True
    trusted_proxies: tuple[str, ...] = ()
    documents: Documents = field(default_factory=Documents)  # of sign-in servers

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).netloc

    @property
    def session_cookie(self) -> str:
        """`__Host-` binds the cookie to this very host, where https allows it (RFC 6265bis, 4.1.3.2)."""
        return "__Host-rejoinder" if self.is_https else "rejoinder"

    @property
    def sign_in_cookie(self) -> str:
        """Of a sign-in under way."""
        return "__Host-rejoinder-sign-in" if self.is_https else "rejoinder-sign-in"

    @property
    def passkey_cookie(self) -> str:
        """Of a challenge for a passkey."""
        return "__Host-rejoinder-passkey" if self.is_https else "rejoinder-passkey"

    @property
    def device_cookie(self) -> str:
        return "__Host-rejoinder-device" if self.is_https else "rejoinder-device"

    @property
    def care_cookie(self) -> str:
        """Of how an editor wants to read at the desk."""
        return "__Host-rejoinder-care" if self.is_https else "rejoinder-care"
