"""Statements of reasons as the European Commission's transparency database takes them: at most a hundred in a call."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

AT_ONCE = 100


def batch_text(statements: Sequence[Mapping[str, Any]]) -> str:
    """The body of one call."""
    return msgspec.json.format(msgspec.json.encode({"statements": statements}), indent=1).decode() + "\n"
