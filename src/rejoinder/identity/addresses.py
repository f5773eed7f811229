"""Mail addresses: one way to write each, so that one mailbox opens one account."""

import unicodedata

import idna

from rejoinder.discussion.refusals import BadAddress

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1

_ATOM = frozenset("abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.")  # RFC 5322, 3.2.3


def clean_email(text: str) -> str:
    """The address as it is kept and compared: trimmed, lower case, the domain in ASCII (RFC 5891). Raises BadAddress.

    The part before the @ is lowered too, though RFC 5321 (2.4) would let a host tell capitals apart: none that people
    have a mailbox at does, and a telephone capitalises the first letter. Quoted names and bare hosts are refused.
    """
    local, at, domain = text.strip().rpartition("@")
    local = unicodedata.normalize("NFC", local.lower())
    address = f"{local}@{_domain(domain)}"
    if not at or not _is_local(local) or len(address.encode()) > LONGEST:
        raise BadAddress
    return address


def _is_local(local: str) -> bool:
    """Whether this is a dot-atom, of letters and figures of any script (RFC 5322, 3.2.3; RFC 6531, 3.3)."""
    if not local or len(local.encode()) > LONGEST_LOCAL or "" in local.split("."):
        return False
    return all(character in _ATOM or (not character.isascii() and _is_letter(character)) for character in local)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def _domain(domain: str) -> str:
    if len(domain) > LONGEST:
        raise BadAddress
    try:
        ascii_domain = idna.encode(domain, uts46=True, std3_rules=True).decode()
    except (idna.IDNAError, UnicodeError):
        raise BadAddress from None
    _, dot, top = ascii_domain.rpartition(".")
    if not dot or not top or top.isdigit():
        raise BadAddress
    return ascii_domain
