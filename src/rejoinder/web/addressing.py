"""Whose address a request comes from, as far as configured proxies can be believed."""

from collections.abc import Sequence
from ipaddress import ip_address, ip_network


def client_address(peer: str, forwarded_for: str, trusted: Sequence[str]) -> str:
    """The nearest address that is not one of our proxies. `forwarded_for` is X-Forwarded-For, believed only from right
    to left and only while the one who added it is trusted.
    """
    networks = [ip_network(each, strict=False) for each in trusted]
    address = peer
    for hop in reversed([part.strip() for part in forwarded_for.split(",") if part.strip()]):
        if not _is_in(address, networks):
            break
        address = hop
    return address


def limit_key(address: str) -> str:
    """What attempts are counted by: an IPv4 address, or an IPv6 network of 64 bits, which one household has whole."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:  # noqa: PLR2004 - the version's own number
        return str(parsed)
    return str(ip_network(f"{parsed}/64", strict=False))


def _is_in(address: str, networks: Sequence[object]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)  # type: ignore[operator] # ip_network gives either version
