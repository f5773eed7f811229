"""Fixtures that every test may ask for."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

from tests.missing import LACKING

pytest_plugins = ["tests.postgres", "tests.databases", "tests.serving", "tests.browser"]

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Says at the very end, where nobody overlooks it, what this run did not test."""
    terminalreporter = config.pluginmanager.get_plugin("terminalreporter")
    for what, how_to_get_it in LACKING.items():
        assert terminalreporter is not None
        terminalreporter.section(f"NOT TESTED HERE: everything on {what}. {how_to_get_it}", red=True, bold=True)


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """A command run in a test sets up the log for its own standard error, which ends with the test."""
    yield
    structlog.reset_defaults()
