"""A page fetched from the web, carefully: only http and https, only public addresses, only so long and so large.

Whoever can name an address to a server must not make it ask what only the server can reach (server-side request
forgery, OWASP API7:2023). So a name is resolved once, every address it has is judged, the connection goes to one that
was judged, and each redirect begins again from there. No proxy is used: it would resolve names by itself.
"""

import socket
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from msgspec import Struct

from rejoinder import __version__
from rejoinder.importers.record import CannotRead

if TYPE_CHECKING:
    import httpx

LARGEST = 32_000_000  # bytes; the longest real discussion pages have a few millions
SECONDS = 30.0  # for everything together
REDIRECTS = 5
_NAT64 = ip_network("64:ff9b::/96")  # IPv4 inside IPv6 (RFC 6052)
_AGENT = f"Rejoinder/{__version__} (story import)"

Address = IPv4Address | IPv6Address
MayReach = Callable[[Address], bool]
MayFollow = Callable[[str], bool]  # asked of each address that a page redirects to


class Fetched(Struct, frozen=True):
    """What came back, and from where in the end."""

    data: bytes
    content_type: str | None
    url: str


class Bounds(Struct, frozen=True, kw_only=True):
    """How much is taken, in bytes, and in how many seconds altogether."""

    largest: int = LARGEST
    seconds: float = SECONDS


BOUNDS = Bounds()


class CannotFetch(CannotRead):
    """The page was not to be had."""

    code = "cannot-fetch"


class PrivateAddress(CannotRead):
    """The address is not on the public internet."""

    code = "private-address"


class LeadsElsewhere(CannotRead):
    """The page redirects to where it must not."""

    code = "leads-elsewhere"


class TooLargeToRead(CannotRead):
    """More bytes than any story page has."""

    code = "too-large-to-read"


def is_public(address: Address) -> bool:
    """Whether the address is on the public internet, an IPv4 address inside an IPv6 one included."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def anywhere(_: Address) -> bool:
    """For somebody who says that an address of their own network is meant."""
    return True


def to_anywhere(_: str) -> bool:
    """For a page that may redirect to any other."""
    return True


def fetch(
    url: str, *, may_reach: MayReach = is_public, may_follow: MayFollow = to_anywhere, bounds: Bounds = BOUNDS
) -> Fetched:
    """The page at the address, after a few redirects at most. Raises CannotFetch, PrivateAddress, LeadsElsewhere,
    TooLargeToRead.
    """
    import httpx  # noqa: PLC0415 - a large library, loaded only where something is fetched

    until = time.monotonic() + bounds.seconds
    timeout = httpx.Timeout(10.0)
    try:
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout) as client:
            for _ in range(REDIRECTS + 1):
                found = _get(client, url, may_reach=may_reach, bounds=bounds, until=until)
                if isinstance(found, Fetched):
                    return found
                if not may_follow(found):
                    raise LeadsElsewhere(f"{url} redirects to {found}, which is another publisher's.")
                url = found
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        raise CannotFetch(f"{url} cannot be fetched: {_why(problem)}.") from problem
    raise CannotFetch(f"{url} cannot be fetched: it redirects more than {REDIRECTS} times.")


def _get(client: "httpx.Client", url: str, *, may_reach: MayReach, bounds: Bounds, until: float) -> Fetched | str:
    """The page, or the address it redirects to."""
    import httpx  # noqa: PLC0415 - as above

    asked = httpx.URL(url)
    address = _address_of(asked, may_reach=may_reach)
    host = asked.raw_host.decode("ascii")
    headers = {"Host": asked.netloc.decode("ascii"), "User-Agent": _AGENT, "Accept": "text/html, application/json, */*"}
    target = asked.copy_with(host=str(address), username="", password="")
    with client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as answer:
        if answer.is_redirect and "location" in answer.headers:
            return str(asked.join(answer.headers["location"]))
        if not answer.is_success:
            raise CannotFetch(f"{url} cannot be fetched: it answers {answer.status_code} {answer.reason_phrase}.")
        return Fetched(_body(answer, url, bounds=bounds, until=until), answer.headers.get("content-type"), url)


def _body(answer: "httpx.Response", url: str, *, bounds: Bounds, until: float) -> bytes:
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > bounds.largest:
            raise TooLargeToRead(f"{url} is larger than {bounds.largest // 1_000_000} MB, which no story page is.")
        if time.monotonic() > until:
            raise CannotFetch(f"{url} cannot be fetched: it took longer than {bounds.seconds:.0f} seconds.")
    return bytes(data)


def _address_of(url: "httpx.URL", *, may_reach: MayReach) -> Address:
    """The first address of the URL's host, if we may go to every one it has."""
    if url.scheme not in ("http", "https") or not url.host:
        raise CannotFetch(f"{url} cannot be fetched: only http:// and https:// addresses can.")
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise CannotFetch(f"{url} cannot be fetched: there is no host “{url.host}”.") from problem
    addresses = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if not may_reach(address):
            raise PrivateAddress(
                f"{url} is at {address}, which is not a public address. If that is meant, add --allow-private."
            )
    return addresses[0]


def _why(problem: Exception) -> str:
    import httpx  # noqa: PLC0415 - as above

    if isinstance(problem, httpx.TimeoutException):
        return "it does not answer in time"
    return " ".join(str(problem).split()).rstrip(".") or type(problem).__name__
