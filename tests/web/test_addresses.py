"""The paths stand in several files and are asked for under one name."""

import inspect
from types import ModuleType

from rejoinder.web import addresses
from rejoinder.web.addresses import editors, members, readers


def paths_in(module: ModuleType) -> dict[str, object]:
    found = inspect.getmembers(module, inspect.isfunction)
    return {name: path for name, path in found if path.__module__ == module.__name__}


def test_every_path_is_found_under_its_own_name() -> None:
    """None hides another of the same name, and none is hidden by the file of that name."""
    for module in (editors, members, readers):
        paths = paths_in(module)
        assert paths
        assert {name: getattr(addresses, name) for name in paths} == paths
