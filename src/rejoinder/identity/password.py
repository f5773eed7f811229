"""Passwords: which are good enough, how they are kept, whether one is right. Hashing is slow on purpose: never inside a
transaction.
"""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from rejoinder.discussion.refusals import GuessablePassword, LongPassword, WeakPassword
from rejoinder.identity.common_passwords import COMMON

SHORTEST, LONGEST = 10, 200  # characters
_TELLING = 4  # a mail name shorter than this may be part of any password

# argon2id with 19 MiB, two rounds, one lane: OWASP Password Storage Cheat Sheet, "Argon2id".
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)

# The hash of a random password that nobody kept: what an unknown account is checked against.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$9ku9EPrwkUlQ4XBdr6SkKA$K82OkDLhd+fabMJzE9gHlIaa6e6IEsVCDen57uFga0g"


def hash_password(password: str) -> str:
    """The password as it is kept, salted, with the parameters it was hashed with."""
    return _hasher.hash(_same(password))


def verify_password(kept: str | None, password: str) -> bool:
    """Whether the password is the one that was kept. Without one (`None`: no such account) it takes as long to say no,
    so that the time tells nobody who has an account.
    """
    try:
        _hasher.verify(kept or _NOBODYS, _same(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def needs_rehash(kept: str) -> bool:
    """Whether the password was hashed with other parameters than ours now. Only who just proved it can renew it."""
    return _hasher.check_needs_rehash(kept)


def check_password_strength(password: str, *, email: str) -> None:
    """Silent if a password is good enough to be chosen. Raises WeakPassword, GuessablePassword, LongPassword.

    By length and against a list, without rules on what it must be composed of: NIST SP 800-63B, 5.1.1.2.
    """
    folded = _same(password).casefold()
    if len(folded) < SHORTEST or _is_common(folded):
        raise WeakPassword(limit=SHORTEST)
    if len(password) > LONGEST:
        raise LongPassword(limit=LONGEST)
    name = email.partition("@")[0].casefold()
    if folded == email.casefold() or (len(name) >= _TELLING and name in folded):
        raise GuessablePassword


def _is_common(folded: str) -> bool:
    """Whether it is one of the list, as it is or with figures and marks around it, or one piece over and over."""
    core = folded.strip("0123456789!?.,*#$_- ")
    return folded in COMMON or core in COMMON or _repeats(folded)


def _repeats(folded: str) -> bool:
    """Whether it is a piece of at most four characters again and again."""
    return any(folded == (folded[:size] * len(folded))[: len(folded)] for size in range(1, 5))


def _same(password: str) -> str:
    """The password in one way of writing, however the keyboard composed its letters (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
