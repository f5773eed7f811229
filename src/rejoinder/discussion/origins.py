"""Origins: whose pages a site's discussions may stand on. An origin is a scheme, a host and a port (RFC 6454, 4)."""

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from rejoinder.discussion.refusals import BadOrigin

_DEVIATIONS = frozenset("ßς\u200c\u200d")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> str:
    """The origin of an address, as browsers write it: small letters, no usual port, no path. Raises BadOrigin for what
    has none.
    """
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, in_ascii((parts.hostname or "").rstrip("."))
    except ValueError:
        raise BadOrigin(given=url[:200]) from None
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.username or parts.password:
        raise BadOrigin(given=url[:200])
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port not in (None, _DEFAULT_PORTS[parts.scheme]) else "")


def in_ascii(host: str) -> str:
    """The name of a host as it is looked up (RFC 3490). Raises ValueError for what can be none, and for a name that two
    editions of that standard look up as two hosts (Unicode Technical Standard 46, "deviations"): that is to be given in
    ASCII.
    """
    if _DEVIATIONS.intersection(host):
        raise ValueError(host)
    return host.encode("idna").decode()


def in_one_form(url: str) -> str:
    """The address with its origin as browsers write it, so that nobody who reads it finds another host in it. Raises
    BadOrigin.
    """
    origin, parts = origin_of(url), urlsplit(url.strip())
    return origin + urlunsplit(("", "", parts.path, parts.query, ""))


def is_on(url: str, origins: Iterable[str]) -> bool:
    """Whether the address is on one of these origins. What is no address is on none."""
    try:
        own = origin_of(url)
        return any(own == origin_of(each) for each in origins)
    except BadOrigin:
        return False


def may_take_part(origin: str, origins: Iterable[str]) -> bool:
    """Whether pages of this origin, written as browsers write it in an Origin header, are the publisher's own."""
    return is_on(origin, origins) and origin == origin_of(origin)
