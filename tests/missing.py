"""What a machine lacks is said loudly; where CI=true it is a failure, so that a green run has run everything."""

import os
from typing import NoReturn

import pytest

LACKING: dict[str, str] = {}  # what this run went without, and how to get it


def lacks(what: str, how_to_get_it: str) -> NoReturn:
    """Skips the test, or fails it in CI."""
    LACKING[what] = how_to_get_it
    words = f"{what} is not on this machine. {how_to_get_it}"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)
