"""Fixtures that every test may ask for."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

pytest_plugins = ["tests.postgres", "tests.databases", "tests.serving", "tests.browser"]

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """A command run in a test sets up the log for its own standard error, which ends with the test."""
    yield
    structlog.reset_defaults()
