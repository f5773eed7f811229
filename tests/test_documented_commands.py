"""Every command, option and exit code stands in docs/reference/commands.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from rejoinder.cli import app, problems

PAGE = (Path(__file__).parent.parent / "docs/reference/commands.md").read_text(encoding="utf-8")


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, each in getattr(command, "commands", {}).items():
        if hasattr(each, "commands"):
            yield from _commands(each, (*path, name))
        else:
            yield " ".join((*path, name)), each


COMMANDS = dict(_commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_table(name: str) -> None:
    assert f"| `rejoinder {name}` |" in PAGE


def test_the_table_names_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `rejoinder ([^`]+)` \|", PAGE, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_json_and_says_what_it_does(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert "--json" in options
    assert COMMANDS[name].help


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_is_described(name: str) -> None:
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in PAGE, option


def test_an_exit_code_is_described() -> None:
    for code in (problems.PROBLEM, problems.USAGE, problems.CANNOT_READ, problems.REFUSED, problems.DATABASE):
        assert re.search(rf"^\| {code} \|", PAGE, re.MULTILINE)
