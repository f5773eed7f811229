"""Fixtures that every test may ask for."""

from hypothesis import settings

pytest_plugins = ["tests.postgres", "tests.databases", "tests.serving", "tests.browser"]

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
