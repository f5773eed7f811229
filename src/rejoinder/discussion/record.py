"""The record: everything editors and the system do, entry upon entry, each chained to the one before.

The chain covers digests, not the entries themselves, so that personal fields can be erased without breaking it; the
salt, which goes with them, keeps anybody from guessing what a digest was of.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

WORDS = ("note", "text", "why", "answer", "quote", "name", "cited")  # details in which somebody's words may stand
START = bytes(32)  # what the first entry of a site is chained to


class RecordKind(StrEnum):
    """What an entry is about. The words stand in the log as they are here."""

    DECISION = "decision"
    RULES = "rules"
    POLICY = "policy"
    PERSON = "person"
    STORY = "story"
    APPEAL = "appeal"
    NOTICE = "notice"
    CORRECTION = "correction"
    PICK = "pick"
    MERGE = "merge"
    HOOK = "hook"
    ROLE = "role"
    ERASURE = "erasure"


def written(details: Mapping[str, Any]) -> str:
    """The details as they are stored and digested: JSON with its keys in order, so that equal details are equal."""
    return msgspec.json.encode(details, order="sorted").decode()


def digest_of(salt: bytes, details: str) -> bytes:
    """SHA-256 of the salt and the details as they were written."""
    return hashlib.sha256(salt + details.encode()).digest()


def next_link(before: bytes, number: int, digest: bytes) -> bytes:
    """The link that an entry adds to the chain: SHA-256 of the link before it, its number and its digest."""
    return hashlib.sha256(before + number.to_bytes(8, "big") + digest).digest()


def has_words(details: Mapping[str, Any]) -> bool:
    """Whether somebody's words stand in the details: they leave with whom they are about."""
    return any(details.get(name) not in (None, "", [], "[]") for name in WORDS)
